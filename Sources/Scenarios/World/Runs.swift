import Documents
import PolicyModel
import Quantities

extension WorldSchema {
  /// The keys of a documented training run.
  static let scriptedRun: [Field] =
    [
      .required("id", .identifier, "Its id in results."),
      displayName,
      .required("lab", .reference, "Whose run it is."),
      .required("start", .date, "The day before which it does not start."),
      .optional("after", .reference, "A run that must be finished first."),
      .optional("uses_cluster_of", .reference, "A run that has paid for the cluster."),
      .optional(
        "parallelism", .word(of: Parallelism.self), default: .word(Parallelism.unknown),
        "How it is spread over chips."),
      .optional(
        "format", .word(of: NumberFormat.self), default: .word(NumberFormat.bf16),
        "The number format whose peak counts."),
      .optional(
        "data_usd", .quantity(NumberRange(ScriptedRun.dataRange), unit: "USD"), default: .number(0),
        "What its data cost."),
    ] + chipChoice + [
      .required(
        "stages", .records(of: stage, minimum: 1), "Its stages, in order.",
        example: """
          - {id: pretraining, chip_hours: 2.7e6, active_parameters: 3.7e10}
          - {id: rl, stage: reinforcement_learning, flop: 1e24, chips: 512}
          """)
    ]
}

/// Reads one scripted run of the `world` section.
struct RunReader {
  /// Ids, in the order of the plan; nil when some of them could not be read.
  let labs: [String]?
  let runs: [String]?
  let chips: [String: ChipIndex]
  let parameters: ParameterTable
  let figures: ChipFigures
  /// The scenario's months; nil when they are at fault.
  let period: ClosedRange<Month>?

  func run(_ node: DocumentNode, chips: [StageChips], faults: inout [Fault]) -> ScriptedRun? {
    guard let format: NumberFormat = node.word("format") else { return nil }
    let lab = lookUp(node["lab"], among: labs, "lab", faults: &faults)
    let own = node["id"]?.text
    let after = lookUp(node["after"], among: runs, "run", notBeing: own, faults: &faults)
    let cluster = lookUp(
      node["uses_cluster_of"], among: runs, "run", notBeing: own, faults: &faults)
    checkStart(node["start"], faults: &faults)
    var stages: [StagePlan] = []
    var chipFaults: [Fault] = []
    for (stage, choice) in zip(node["stages"]?.items ?? [], chips) {
      check(choice, format: format, stage, faults: &chipFaults)
      let plan = self.stage(stage, of: own, chips: choice, faults: &faults)
      if let plan { stages.append(plan) }
    }
    faults += chipFaults
    guard let lab, let id = node["id"]?.text, let start = node["start"]?.date,
      let parallelism: Parallelism = node.word("parallelism"),
      parameters.contains("runs.\(id).data_usd"), !stages.isEmpty
    else { return nil }
    return ScriptedRun(
      id: id, name: node["name"]?.text, lab: lab, start: start, after: after,
      usesClusterOf: cluster,
      parallelism: parallelism, format: format,
      dataCost: parameters.index(of: "runs.\(id).data_usd"), stages: stages)
  }

  private func checkStart(_ node: DocumentNode?, faults: inout [Fault]) {
    guard let node, let day = node.date, let period, !period.contains(day.month) else { return }
    faults.append(
      node.fault(
        "\(day) is outside the scenario's months \(period.lowerBound) to \(period.upperBound)",
        advice: "move it, or run.start and run.end"))
  }
}

extension DocumentNode {
  /// Runs by id, each after those that it waits for, so that results do not depend on file order.
  func runsInOrder(faults: inout [Fault]) -> [DocumentNode] {
    var waiting = self["runs"]?.itemsByID ?? []
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
        faults += waiting.prefix(1).map {
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
