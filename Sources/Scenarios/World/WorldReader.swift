import Documents
import PolicyModel
import Quantities

/// Reads the `world` section: first the parameters in it, then, once their table stands, the plan.
struct WorldReader {
  private let node: DocumentNode
  private let contents: WorldContents
  /// Whether there is no world that anything could be said of.
  private let isBlank: Bool
  private var shelf: ChipShelf
  private var ownFaults: [Fault] = []

  var faults: [Fault] { ownFaults + shelf.faults }
  /// All chips that are sound, by id.
  var chips: [Chip] { shelf.allChips }
  /// The ids of all chips that rules and paths may name.
  var chipIDs: [String] { shelf.ids }

  /// Takes the `world` section of a file.
  init(_ file: DocumentNode, facts: BuiltInFacts) {
    node = file["world"] ?? file
    isBlank = file["world"] == nil
    contents = WorldContents(node)
    shelf = ChipShelf(facts: facts, changes: node["chips"])
  }

  /// Declares every parameter that lives in the world, and gives those that are written here.
  func collectParameters(into collector: inout ParameterCollector) {
    WorldParameters(node: node, chipIDs: shelf.ids).collect(into: &collector)
  }

  /// The plan of the world, as far as it is sound.
  ///
  /// - Parameters:
  ///   - refused: parameters that have a value with a fault.
  ///   - period: the scenario's months, nil when they are at fault.
  ///   - namedBuyers: ids that rules name.
  mutating func plan(
    parameters: ParameterTable, refused: Set<String>, period: ClosedRange<Month>?,
    namedBuyers: Set<String>
  ) -> WorldPlan? {
    let figures = ChipFigures(parameters: parameters, refused: refused)
    // Every chip must have been named before any of them gets its place.
    let named = namedParts(figures)
    let chips = shelf.usedChips
    let places = Dictionary(
      uniqueKeysWithValues: chips.enumerated().map { ($1.id, ChipIndex(position: $0)) })
    ownFaults += nameFaults(in: node, chips: contents.hasEconomy ? chips.map(\.id) : [])
    ownFaults += sharedLuckFaults(in: node)
    var economyReader = EconomyReader(node)
    economyReader.checkParts(hasEconomy: contents.hasEconomy)
    let labReader = LabReader(
      owners: economyReader.owners,
      jurisdictions: contents.hasEconomy ? economyReader.jurisdictions : nil, chips: places,
      parameters: parameters)
    let labs = named.labs.map { labReader.lab($0, fleet: $1, faults: &ownFaults) }
    ownFaults += FleetUse.faults(ofSumsIn: named.labs.map(\.node), parameters)
    let runReader = RunReader(
      labs: isComplete("labs") ? labs.map(\.id) : nil,
      runs: isComplete("runs") ? named.runs.compactMap { $0.node["id"]?.text } : nil,
      chips: places, parameters: parameters, figures: figures, period: period)
    let runs = named.runs.compactMap { runReader.run($0, chips: $1, faults: &ownFaults) }
    let economy =
      contents.hasEconomy
      ? economyReader.economy(
        chips: places, parameters: parameters, start: period?.lowerBound, namedBuyers: namedBuyers)
      : .empty
    ownFaults += economyReader.faults
    guard let place = named.reference.flatMap({ places[$0.id] }), let economy else { return nil }
    return WorldPlan(chips: chips, referenceChip: place, labs: labs, runs: runs, economy: economy)
  }

  /// Labs and runs in the order of the plan, with the chips that they name.
  private struct NamedParts {
    let reference: Chip?
    let labs: [(node: DocumentNode, fleet: [NamedHolding])]
    let runs: [(node: DocumentNode, chips: [StageChips])]
  }

  /// Looks up every chip that anything here refers to.
  private mutating func namedParts(_ figures: ChipFigures) -> NamedParts {
    let reference = node["reference_chip"].flatMap { shelf.chip($0) }
    let runs = node.runsInOrder(faults: &ownFaults).map { run in
      (node: run, chips: (run["stages"]?.items ?? []).map { chipNames(of: $0) })
    }
    let labs = (node["labs"]?.itemsByID ?? []).map { (node: $0, fleet: fleet(of: $0)) }
    if contents.hasEconomy {
      var chips = EconomyChips(node)
      chips.name(on: &shelf)
      chips.check(figures)
      ownFaults += chips.faults
    }
    checkThatSomethingHappens(labs.map(\.node))
    return NamedParts(reference: reference, labs: labs, runs: runs)
  }

  /// Whether a list of the world is there and nothing in it was refused.
  private func isComplete(_ key: String) -> Bool {
    node[key].map { $0.refused.isEmpty && !$0.items.isEmpty } ?? false
  }

  private mutating func fleet(of lab: DocumentNode) -> [NamedHolding] {
    (lab["fleet"]?.items ?? []).compactMap { holding in
      guard let chip = holding["chip"].flatMap({ shelf.chip($0) }),
        let count = holding["count"]?.number
      else { return nil }
      return NamedHolding(chip: chip, node: holding, count: count)
    }
  }

  /// A world must have something in it that the model can do.
  private mutating func checkThatSomethingHappens(_ labs: [DocumentNode]) {
    guard !isBlank, !contents.hasRuns, labs.allSatisfy({ $0.lacks("fleet_of") }) else { return }
    ownFaults.append(
      node.fault(
        "has neither a run nor a lab that uses a fleet",
        advice: "give runs, or fleet_of for a lab and owners"))
  }

  /// The chips that a stage names, or that its run names for all stages.
  private mutating func chipNames(of stage: DocumentNode) -> StageChips {
    let documented = stage["documented_on"].flatMap { shelf.chip($0) }
    let candidates = stage["choose_from"]?.items.compactMap { shelf.chip($0) }
    return StageChips(documented: documented, candidates: candidates ?? documented.map { [$0] })
  }
}

/// A holding of a lab, its chip looked up.
struct NamedHolding {
  let chip: Chip
  let node: DocumentNode
  let count: Double
}
