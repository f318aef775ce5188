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
        if let id = chip["id"]?.text, let price = chip[key], price.distribution != nil {
          collector.give("chips.\(id).\(key)", price)
        }
      }
    }
    for run in node["runs"]?.items ?? [] {
      guard let id = run["id"]?.text else { continue }
      collector.declare(Self.dataCost(ofRun: id), orElse: 0, at: run)
      if let data = run["data_usd"] { collector.give("runs.\(id).data_usd", data) }
      for stage in run["stages"]?.items ?? [] {
        for key in ["chip_hours", "flop"] {
          guard let stageID = stage["id"]?.text, let work = stage[key] else { continue }
          collector.declare(Self.work(key, ofStage: stageID, ofRun: id))
          collector.give("runs.\(id).\(stageID).\(key)", work)
        }
      }
    }
  }

  private static func dataCost(ofRun id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "runs.\(id).data_usd", unit: "usd", range: 0...1e12,
      definition: "What the training data of \(id) cost.")
  }

  private static func work(
    _ key: String, ofStage stage: String, ofRun run: String
  ) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "runs.\(run).\(stage).\(key)", unit: key, range: 0...1e35,
      definition: "The work of stage \(stage) of \(run).")
  }

  /// The plan of the world, as far as it is sound.
  mutating func plan(parameters: ParameterTable, start: Month, end: Month) -> WorldPlan? {
    let labNodes = (node["labs"]?.items ?? []).sorted {
      ($0["id"]?.text ?? "") < ($1["id"]?.text ?? "")
    }
    let labIDs = labNodes.compactMap { $0["id"]?.text }
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
      labs: labIDs, runs: runNodes.compactMap { $0["id"]?.text }, chips: places,
      parameters: parameters, period: start...end)
    var runs: [ScriptedRun] = []
    for (run, choice) in zip(runNodes, choices) {
      if let script = runReader.run(run, chips: choice, faults: &ownFaults) { runs.append(script) }
    }
    guard let referencePlace = places[reference.id] else { return nil }
    return WorldPlan(chips: chips, referenceChip: referencePlace, labs: labs, runs: runs)
  }

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
        ownFaults += waiting.prefix(1).map { $0.fault("runs wait for each other: \(names)") }
        return ordered
      }
      let run = waiting.remove(at: next)
      if let id = run["id"]?.text { placed.insert(id) }
      ordered.append(run)
    }
    return ordered
  }
}

/// The chips that a stage names, looked up.
struct StageChips {
  let documented: Chip?
  let candidates: [Chip]?
}
