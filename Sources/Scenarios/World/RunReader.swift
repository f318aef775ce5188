import Documents
import PolicyModel
import Quantities

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
    let lab = lookUp(node["lab"], among: labs, "lab", faults: &faults)
    let own = node["id"]?.text
    let after = lookUp(node["after"], among: runs, "run", notBeing: own, faults: &faults)
    let cluster = lookUp(
      node["uses_cluster_of"], among: runs, "run", notBeing: own, faults: &faults)
    checkStart(node["start"], faults: &faults)
    let format = node["format"]?.text.flatMap(NumberFormat.init(rawValue:)) ?? .bf16
    var stages: [StagePlan] = []
    var chipFaults: [Fault] = []
    for (stage, choice) in zip(node["stages"]?.items ?? [], chips) {
      check(choice, format: format, stage, faults: &chipFaults)
      let plan = self.stage(stage, of: node, chips: choice, faults: &faults)
      if let plan { stages.append(plan) }
    }
    faults += chipFaults
    guard let lab, let id = node["id"]?.text, let start = node["start"]?.date,
      parameters.contains("runs.\(id).data_usd"), !stages.isEmpty
    else { return nil }
    return ScriptedRun(
      id: id, lab: lab, start: start, after: after, usesClusterOf: cluster,
      parallelism: node["parallelism"]?.text.flatMap(Parallelism.init(rawValue:)) ?? .unknown,
      format: format, dataCost: parameters.index(of: "runs.\(id).data_usd"), stages: stages)
  }

  private func stage(
    _ node: DocumentNode, of run: DocumentNode, chips: StageChips,
    faults: inout [Fault]
  ) -> StagePlan? {
    guard let id = node["id"]?.text, let runID = run["id"]?.text else { return nil }
    let stage = node["stage"]?.text.flatMap(Stage.init(rawValue:)) ?? Stage(rawValue: id)
    if stage == nil || stage?.isDocumented == false, node.lacks("stage") {
      faults.append(
        node.fault(
          "\(quoted(id)) is not a stage of training",
          advice: "say which it is with stage: \(Self.stageWords)"))
    }
    let work = self.work(node, name: "runs.\(runID).\(id)", faults: &faults)
    let choice = self.choice(chips, node, run, faults: &faults)
    guard let stage, stage.isDocumented, let work, let choice else { return nil }
    return StagePlan(
      id: id, stage: stage, work: work, chips: choice,
      activeParameters: node["active_parameters"]?.number, tokens: node["tokens"]?.number,
      source: node["source"]?.text)
  }

  private static let stageWords = Stage.allCases.filter(\.isDocumented).map(\.rawValue)
    .joined(separator: ", ")

  private func work(
    _ node: DocumentNode, name: String, faults: inout [Fault]
  ) -> StageWork? {
    switch (node.lacks("chip_hours"), node.lacks("flop")) {
    case (true, true):
      faults.append(node.fault("has no work", advice: "give chip_hours or flop"))
      return nil
    case (false, false):
      faults.append(node.fault("both chip_hours and flop are given", advice: "keep one"))
      return nil
    case (false, true):
      guard parameters.contains("\(name).chip_hours") else { return nil }
      return .documentedChipHours(parameters.index(of: "\(name).chip_hours"))
    case (true, false):
      guard parameters.contains("\(name).flop") else { return nil }
      return .flop(parameters.index(of: "\(name).flop"))
    }
  }

  private func choice(
    _ named: StageChips, _ node: DocumentNode, _ run: DocumentNode, faults: inout [Fault]
  ) -> ChipChoice? {
    if node.lacks("chips"), run.lacks("chips") {
      faults.append(
        node.fault(
          "does not say how many chips", advice: "give chips here, or in the run for all stages"))
    }
    if node.lacks("documented_on"), run.lacks("documented_on") {
      faults.append(
        node.fault(
          "does not say which chip it was documented on",
          advice: "give documented_on here, or in the run for all stages"))
    }
    guard let count = (node["chips"] ?? run["chips"])?.number,
      let documented = named.documented.flatMap({ chips[$0.id] }),
      let candidates = named.candidates?.compactMap({ chips[$0.id] }), !candidates.isEmpty
    else { return nil }
    return ChipChoice(
      documented: documented, candidates: candidates, count: Chips(count),
      isAlreadyOwned: (node["already_owned"] ?? run["already_owned"])?.flag ?? false)
  }

  /// Figures that the run will need of every chip it might use.
  private func check(
    _ named: StageChips, format: NumberFormat, _ node: DocumentNode, faults: inout [Fault]
  ) {
    let all = (named.candidates ?? []) + [named.documented].compactMap(\.self)
    for chip in all.withoutRepeats() {
      let missing = figures.missing(
        of: chip, format: format, isRented: chip.id == named.documented?.id)
      let problem = "\(chip.id) has no published \(missing.joined(separator: ", "))"
      // Told for the first stage that needs the chip.
      guard !missing.isEmpty, !faults.contains(where: { $0.problem == problem }) else { continue }
      faults.append(node.fault(problem, advice: "give it under world.chips"))
    }
  }

  private func checkStart(_ node: DocumentNode?, faults: inout [Fault]) {
    guard let node, let day = node.date, let period, !period.contains(day.month) else { return }
    faults.append(
      node.fault(
        "\(day) is outside the scenario's months \(period.lowerBound) to \(period.upperBound)",
        advice: "move it, or run.start and run.end"))
  }
}

extension [Chip] {
  /// Each chip once, where it stands first.
  fileprivate func withoutRepeats() -> [Chip] {
    reduce(into: []) { found, chip in
      if !found.contains(where: { $0.id == chip.id }) { found.append(chip) }
    }
  }
}
