import PolicyModel
import Quantities

/// Reads the `world` section: first the parameters in it, then, once their table stands, the plan.
struct WorldReader {
  private let node: DocumentNode
  private var shelf: ChipShelf
  private var ownFaults: [Fault] = []

  var faults: [Fault] { ownFaults + shelf.faults }
  /// The ids of all chips that rules and paths may name.
  var chipIDs: [String] { shelf.ids }

  init(_ node: DocumentNode, facts: BuiltInFacts) {
    self.node = node
    shelf = ChipShelf(facts: facts, changes: node["chips"])
  }

  /// Declares every parameter that lives in the world, and gives those that are written here.
  func collectParameters(into collector: inout ParameterCollector) {
    for id in shelf.ids {
      collector.declare(ChipPrices.purchaseParameter(ofChip: id))
      collector.declare(ChipPrices.rentParameter(ofChip: id))
    }
    for chip in node["chips"]?.items ?? [] {
      for key in ["purchase_price_usd", "rent_usd_per_hour"] {
        guard let id = chip["id"]?.text, !chip.lacks(key) else { continue }
        if let price = chip[key] {
          if price.distribution != nil { collector.give("chips.\(id).\(key)", price) }
        } else {
          collector.refuse("chips.\(id).\(key)")
        }
      }
    }
    for (id, run) in node["runs"]?.records ?? [] {
      collector.declare(ScriptedRun.dataParameter(ofRun: id), orElse: 0, at: run)
      if let data = run["data_usd"] { collector.give("runs.\(id).data_usd", data) }
      for (stageID, stage) in run["stages"]?.records ?? [] {
        for key in ["chip_hours", "flop"] where !stage.lacks(key) {
          collector.declare(StagePlan.workParameter(key, ofStage: stageID, ofRun: id))
          if let work = stage[key] {
            collector.give("runs.\(id).\(stageID).\(key)", work)
          } else {
            collector.refuse("runs.\(id).\(stageID).\(key)")
          }
        }
      }
    }
  }

  /// The plan of the world, as far as it is sound.
  ///
  /// - Parameters:
  ///   - refused: parameters that have a value with a fault.
  ///   - period: the scenario's months, nil when they are at fault.
  mutating func plan(
    parameters: ParameterTable, refused: Set<String>, period: ClosedRange<Month>?
  ) -> WorldPlan? {
    let labNodes = (node["labs"]?.items ?? []).sorted {
      ($0["id"]?.text ?? "") < ($1["id"]?.text ?? "")
    }
    let labIDs = labNodes.compactMap { $0["id"]?.text }
    checkNames(ofRunsAgainst: labIDs)
    ownFaults += labNodes.flatMap { [$0["jurisdiction"], $0["headquarters"]] }
      .compactMap { codeFault($0) }
    let reference = referenceChip()
    let runNodes = orderedRuns()
    // Every chip must have been named before any of them gets its place.
    let choices = runNodes.map { run in
      (run["stages"]?.items ?? []).map { stage in chipNames(of: stage, in: run) }
    }
    let fleets = labNodes.map { lab in
      (lab["fleet"]?.items ?? []).compactMap {
        holding -> (chip: Chip, node: DocumentNode, count: Double)? in
        guard let chip = holding["chip"].flatMap({ shelf.chip($0) }),
          let count = holding["count"]?.number
        else { return nil }
        return (chip, holding, count)
      }
    }
    guard let reference else { return nil }
    let chips = shelf.usedChips
    let places = Dictionary(
      uniqueKeysWithValues: chips.enumerated().map { ($1.id, ChipIndex(position: $0)) })
    let labs = zip(labNodes, fleets).map { lab, fleet in
      Self.lab(
        lab,
        fleet: fleet.compactMap { holding in
          places[holding.chip.id].map {
            FleetHolding(
              chip: $0, count: Chips(holding.count), source: holding.node["source"]?.text)
          }
        })
    }
    let runReader = RunReader(
      labs: isComplete("labs") ? labIDs : nil,
      runs: isComplete("runs") ? runNodes.compactMap { $0["id"]?.text } : nil, chips: places,
      parameters: parameters, refused: refused, period: period)
    var runs: [ScriptedRun] = []
    for (run, choice) in zip(runNodes, choices) {
      if let script = runReader.run(run, chips: choice, faults: &ownFaults) { runs.append(script) }
    }
    guard let referencePlace = places[reference.id] else { return nil }
    return WorldPlan(chips: chips, referenceChip: referencePlace, labs: labs, runs: runs)
  }

  /// Whether a list of the world is there and nothing in it was refused.
  private func isComplete(_ key: String) -> Bool { node[key]?.refused.isEmpty == true }

  private static func lab(_ node: DocumentNode, fleet: [FleetHolding]) -> Lab {
    let jurisdiction = node["jurisdiction"]?.text ?? ""
    return Lab(
      id: node["id"]?.text ?? "", jurisdiction: jurisdiction,
      headquarters: node["headquarters"]?.text ?? jurisdiction, fleet: fleet)
  }

  private mutating func referenceChip() -> Chip? {
    guard let named = node["reference_chip"] else { return shelf.chip(id: "h100_sxm") }
    return shelf.chip(named)
  }

  /// The chips that a stage names, or that its run names for all stages.
  private mutating func chipNames(of stage: DocumentNode, in run: DocumentNode) -> StageChips {
    let documented = (stage["documented_on"] ?? run["documented_on"]).flatMap { shelf.chip($0) }
    let listed = stage["choose_from"] ?? (stage["documented_on"] == nil ? run["choose_from"] : nil)
    let candidates = listed?.items.compactMap { shelf.chip($0) }
    return StageChips(documented: documented, candidates: candidates ?? documented.map { [$0] })
  }

  /// Labs and runs stand in one column of the results.
  private mutating func checkNames(ofRunsAgainst labIDs: [String]) {
    for run in node["runs"]?.items ?? [] {
      guard let name = run["id"], let id = name.text, labIDs.contains(id) else { continue }
      ownFaults.append(
        name.fault("a lab is called \(quoted(id)) too", advice: "give the run another id"))
    }
  }

  /// Runs by id, each after those that it waits for, so that results do not depend on file order.
  private mutating func orderedRuns() -> [DocumentNode] {
    var waiting = (node["runs"]?.items ?? []).sorted {
      ($0["id"]?.text ?? "") < ($1["id"]?.text ?? "")
    }
    let ids = Set(waiting.compactMap { $0["id"]?.text })
    var ordered: [DocumentNode] = []
    var placed: Set<String> = []
    while !waiting.isEmpty {
      let next = waiting.firstIndex { run in
        ["after", "uses_cluster_of"].allSatisfy { key in
          guard let other = run[key]?.text, ids.contains(other) else { return true }
          return placed.contains(other)
        }
      }
      guard let next else {
        let names = waiting.compactMap { $0["id"]?.text }.joined(separator: ", ")
        ownFaults += waiting.prefix(1).map {
          $0.fault(
            waiting.count == 1 ? "waits for itself" : "runs wait for each other: \(names)",
            advice: "take out one after or uses_cluster_of")
        }
        return ordered + waiting
      }
      let run = waiting.remove(at: next)
      if let id = run["id"]?.text { placed.insert(id) }
      ordered.append(run)
    }
    return ordered
  }
}

extension DocumentNode {
  /// The items of a list of records with their ids; of two with the same id, the first.
  fileprivate var records: [(id: String, node: DocumentNode)] {
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let id = item["id"]?.text, seen.insert(id).inserted else { return nil }
      return (id, item)
    }
  }
}

/// The chips that a stage names, looked up.
struct StageChips {
  let documented: Chip?
  let candidates: [Chip]?
}
