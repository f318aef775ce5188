import Documents
import PolicyModel
import Quantities

extension WorldSchema {
  /// Keys of a run that a stage may set for itself.
  static let chipChoice: [Field] = [
    .optional("documented_on", .reference, "The chip of the published account."),
    .optional(
      "choose_from", .list(of: .reference, minimum: 1), default: .stated("`documented_on` alone"),
      "Chips, best first: the first that is on sale and not barred is used."),
    .optional("chips", Plausible.chips, "How many, under every regime."),
    .optional(
      "already_owned", .flag, default: .flag(false),
      "Bought before any rule of the scenario: rules do not touch them."),
    .optional(
      "bought", .date, default: .stated("when the run starts"),
      "The day on which they were bought, or the first on which they could be: they have the price of that day, "
        + "and are worth less by the start."),
  ]

  /// The keys of a stage of a run.
  static let stage: [Field] =
    [
      .required("id", .identifier, "Its id within the run."),
      .optional(
        "stage", .choice(Stage.allCases.filter(\.isDocumented).map(\.rawValue)),
        default: .key("id"), "What it is for."),
      .optional(
        "chip_hours", .quantity(.above(0, atMost: StagePlan.mostChipHours), unit: "chip-hours"),
        "Hours on the documented chip, failures included."),
      .optional(
        "flop", .quantity(.above(0, atMost: StagePlan.mostFlop), unit: "FLOP"),
        "Its work, instead of hours."),
      .optional(
        "active_parameters", .number(.above(0, atMost: 1e17), unit: "parameters"),
        "Parameters that one token uses."),
      .optional(
        "tokens", .number(.above(0, atMost: 1e19), unit: "tokens"), "Tokens it was trained on."),
      .optional("source", .text, "Where this is written."),
    ]
    + chipChoice.map {
      // A stage that was documented elsewhere does not choose from what its run chooses from.
      $0.handedDown(by: "run", unless: $0.key == "choose_from" ? "documented_on" : nil)
    }
}

/// The chips that a stage names, looked up.
struct StageChips {
  let documented: Chip?
  let candidates: [Chip]?
}

extension RunReader {
  /// A stage of a run, as far as it is sound.
  func stage(
    _ node: DocumentNode, of run: String?, chips: StageChips, faults: inout [Fault]
  ) -> StagePlan? {
    guard let id = node["id"]?.text, let run else { return nil }
    let stage: Stage? = node.word("stage")
    if stage?.isDocumented != true, node.lacks("stage") {
      faults.append(
        node.fault(
          "\(quoted(id)) is not a stage of training",
          advice: "say which it is with stage: \(Self.stageWords)"))
    }
    let work = self.work(node, name: "runs.\(run).\(id)", faults: &faults)
    let choice = self.choice(chips, node, faults: &faults)
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
    _ named: StageChips, _ node: DocumentNode, faults: inout [Fault]
  ) -> ChipChoice? {
    if node.lacks("chips"), node["chips"] == nil {
      faults.append(
        node.fault(
          "does not say how many chips", advice: "give chips here, or in the run for all stages"))
    }
    if node.lacks("documented_on"), node["documented_on"] == nil {
      faults.append(
        node.fault(
          "does not say which chip it was documented on",
          advice: "give documented_on here, or in the run for all stages"))
    }
    guard let count = node["chips"]?.number, let isAlreadyOwned = node["already_owned"]?.flag,
      let documented = named.documented.flatMap({ chips[$0.id] }),
      let candidates = named.candidates?.compactMap({ chips[$0.id] }), !candidates.isEmpty
    else { return nil }
    return ChipChoice(
      documented: documented, candidates: candidates, count: Chips(count),
      isAlreadyOwned: isAlreadyOwned, bought: node["bought"]?.date)
  }

  /// Figures that the run will need of every chip it might use.
  func check(
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
}

extension [Chip] {
  /// Each chip once, where it stands first.
  fileprivate func withoutRepeats() -> [Chip] {
    reduce(into: []) { found, chip in
      if !found.contains(where: { $0.id == chip.id }) { found.append(chip) }
    }
  }
}
