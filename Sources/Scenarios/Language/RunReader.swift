import PolicyModel
import Quantities

/// Reads one scripted run of the `world` section.
struct RunReader {
  /// Ids, in the order of the plan.
  let labs: [String]
  let runs: [String]
  let chips: [String: ChipIndex]
  let parameters: ParameterTable
  let period: ClosedRange<Month>

  func run(_ node: DocumentNode, chips: [StageChips], faults: inout [Fault]) -> ScriptedRun? {
    let lab = place(of: node["lab"], among: labs, "lab", faults: &faults)
    let after = place(of: node["after"], among: runs, "run", faults: &faults)
    let cluster = place(of: node["uses_cluster_of"], among: runs, "run", faults: &faults)
    checkStart(node["start"], faults: &faults)
    let format = node["format"]?.text.flatMap(NumberFormat.init(rawValue:)) ?? .bf16
    var stages: [StagePlan] = []
    for (stage, choice) in zip(node["stages"]?.items ?? [], chips) {
      let plan = self.stage(stage, of: node, chips: choice, format: format, faults: &faults)
      if let plan { stages.append(plan) }
    }
    guard let lab, let id = node["id"]?.text, let start = node["start"]?.date,
      parameters.contains("runs.\(id).data_usd"), !stages.isEmpty
    else { return nil }
    return ScriptedRun(
      id: id, lab: lab, start: start, after: after, usesClusterOf: cluster,
      parallelism: node["parallelism"]?.text.flatMap(Parallelism.init(rawValue:)) ?? .unknown,
      format: format, dataCost: parameters.index(of: "runs.\(id).data_usd"), stages: stages)
  }

  private func stage(
    _ node: DocumentNode, of run: DocumentNode, chips: StageChips, format: NumberFormat,
    faults: inout [Fault]
  ) -> StagePlan? {
    guard let id = node["id"]?.text, let runID = run["id"]?.text else { return nil }
    let stage = node["stage"]?.text.flatMap(Stage.init(rawValue:)) ?? Stage(rawValue: id)
    guard let stage, stage.isDocumented else {
      faults.append(
        node.fault(
          "\(quoted(id)) is not a stage of training",
          advice: "say which it is with stage: \(Self.stageWords)"))
      return nil
    }
    let work = self.work(node, name: "runs.\(runID).\(id)", faults: &faults)
    let choice = self.choice(chips, node, run, faults: &faults)
    check(chips, format: format, node, faults: &faults)
    guard let work, let choice else { return nil }
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
    switch (node["chip_hours"], node["flop"]) {
    case (nil, nil):
      faults.append(node.fault("has no work", advice: "give chip_hours or flop"))
      return nil
    case (_?, let flop?):
      faults.append(flop.fault("both chip_hours and flop are given", advice: "keep one"))
      return nil
    case (_?, nil):
      guard parameters.contains("\(name).chip_hours") else { return nil }
      return .documentedChipHours(parameters.index(of: "\(name).chip_hours"))
    case (nil, _?):
      guard parameters.contains("\(name).flop") else { return nil }
      return .flop(parameters.index(of: "\(name).flop"))
    }
  }

  private func choice(
    _ named: StageChips, _ node: DocumentNode, _ run: DocumentNode, faults: inout [Fault]
  ) -> ChipChoice? {
    guard let count = (node["chips"] ?? run["chips"])?.number else {
      faults.append(node.fault("does not say how many chips", advice: "give chips: here or above"))
      return nil
    }
    guard (node["documented_on"] ?? run["documented_on"]) != nil else {
      faults.append(
        node.fault("does not say which chip it was documented on", advice: "give documented_on"))
      return nil
    }
    guard let documented = named.documented.flatMap({ chips[$0.id] }),
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
    for chip in all.reduced() {
      var missing: [String] = []
      if chip.interconnect == nil { missing.append("interconnect_gb_s") }
      if chip.power == nil { missing.append("power_w") }
      if chip.peak[format] == nil { missing.append("\(format.rawValue)_tflops") }
      if !hasPrice(chip, "purchase_price_usd", chip.purchasePrices) {
        missing.append("purchase_price_usd")
      }
      if chip.id == named.documented?.id,
        !hasPrice(chip, "rent_usd_per_hour", chip.rentalPrices)
      {
        missing.append("rent_usd_per_hour")
      }
      guard !missing.isEmpty else { continue }
      faults.append(
        node.fault(
          "\(chip.id) has no published \(missing.joined(separator: ", "))",
          advice: "give it under world.chips"))
    }
  }

  private func hasPrice(_ chip: Chip, _ key: String, _ history: PriceHistory) -> Bool {
    !history.entries.isEmpty || parameters.contains("chips.\(chip.id).\(key)")
  }

  private func checkStart(_ node: DocumentNode?, faults: inout [Fault]) {
    guard let node, let day = node.date, !period.contains(day.month) else { return }
    faults.append(
      node.fault(
        "\(day) is outside the scenario's months \(period.lowerBound) to \(period.upperBound)",
        advice: "move it, or run.start and run.end"))
  }

  private func place(
    of node: DocumentNode?, among ids: [String], _ what: String, faults: inout [Fault]
  ) -> Int? {
    guard let node, let id = node.text else { return nil }
    if let place = ids.firstIndex(of: id) { return place }
    faults.append(
      node.fault(
        "unknown \(what) \(quoted(id))", suggestion: nearestWord(to: id, among: ids),
        advice: "known here: \(ids.joined(separator: ", "))"))
    return nil
  }
}

extension [Chip] {
  /// Each chip once.
  fileprivate func reduced() -> [Chip] {
    reduce(into: []) { found, chip in
      if !found.contains(where: { $0.id == chip.id }) { found.append(chip) }
    }
  }
}
