import Analysis
import Documents
import PolicyModel
import Scenarios
import Simulation
import Stochastics

/// Runs a scenario, and looks among its draws for conditions of outcomes.
struct DiscoveryBench {
  let question: DiscoveryQuestion
  private let threads: Int
  /// The scenario, with the regimes that are run.
  let scenario: Scenario
  /// Runs the replicates of the scenario.
  let engine: Engine<PolicyModel>
  /// Where the figure stands.
  let cell: Int
  /// The outcomes whose conditions are looked for.
  let outcomes: [Aim.Outcome]
  /// The numbers that conditions can be about.
  let numbers: [DiscoveryAnswer.Number]
  /// Their places among the unknown numbers.
  private let places: [Int]
  /// How many uncertain numbers are varied and withheld from conditions, since they say how diverted chips are moved.
  let withheldNumbers: Int
  private let isTime: Bool
  /// Whether the figure is of what gets around rules.
  private let isGuarded: Bool

  init(
    _ question: DiscoveryQuestion, file: String, overrides: Overrides, threads: Int
  ) throws {
    let whole = try Scenario(contentsOf: file, overrides: overrides)
    try question.figure.requireRegimes(of: whole)
    var overrides = overrides
    overrides.regimes = question.figure.regimes(of: whole)
    let scenario = try Scenario(contentsOf: file, overrides: overrides)
    try Self.requireDraws(of: scenario)
    (engine, cell) = try question.figure.figure.engine(of: scenario, under: scenario.design)
    isTime = engine.layout.isTimeOfEvent(cell)
    (self.question, self.threads, self.scenario) = (question, threads, scenario)
    let column = engine.layout.place(of: cell).column
    isGuarded = EvaderGuard.isGuarded(
      column.metric.name, isFollower: Self.isFollower(column, scenario))
    try Self.requireSense(question, column, isTime: isTime, scenario)
    outcomes = try Self.outcomes(question, column, scenario)
    let uncertainties = scenario.blueprint.parameters.uncertainties
    let evaders = EvaderGuard.numbersOfEvaders
    let known = uncertainties.enumerated().compactMap { place, uncertainty in
      Self.number(uncertainty.name, question, scenario).map { (place, $0) }
    }
    let told = known.filter { !evaders.contains($0.1.name) }
    (places, numbers) = (told.map(\.0), told.map(\.1))
    withheldNumbers = known.count - told.count
  }

  private static func requireDraws(of scenario: Scenario) throws(CommandLineFault) {
    guard !scenario.blueprint.parameters.uncertainties.isEmpty else {
      throw CommandLineFault("nothing is uncertain in \(scenario.name)")
    }
    let least = DiscoveryAnswer.leastReplicates
    guard scenario.run.replicates >= least else {
      throw CommandLineFault(
        "conditions are found on one half of the replicates and judged on the other, which takes at "
          + "least \(least), not \(scenario.run.replicates): give --replicates")
    }
  }

  private static func isFollower(_ column: Column, _ scenario: Scenario) -> Bool {
    let economy = scenario.blueprint.world.economy
    return !economy.isEmpty && column.entity == economy.jurisdictions[economy.follower].id
  }

  /// Refuses an aim that does not suit the figure.
  private static func requireSense(
    _ question: DiscoveryQuestion, _ column: Column, isTime: Bool, _ scenario: Scenario
  ) throws(CommandLineFault) {
    let metric = column.metric
    if isTime, question.aim.isOfChange {
      throw CommandLineFault(
        "\(metric.name) is a time, which may be never: aim for a level of it, such as "
          + "--aim \"at most 24\", without --against")
    }
    if let unit = question.unit, unit.unitWords != metric.unit.unitWords {
      throw CommandLineFault(
        "\(metric.name) is in \(metric.unit), not in \(unit): leave the unit out of --aim")
    }
    let isFollower = isFollower(column, scenario)
    if let refusal = EvaderGuard.refusal(
      of: question.aim, metric: metric.name, isFollower: isFollower)
    {
      throw CommandLineFault(refusal)
    }
  }

  /// The outcomes whose conditions are looked for.
  private static func outcomes(
    _ question: DiscoveryQuestion, _ column: Column, _ scenario: Scenario
  ) throws(CommandLineFault) -> [Aim.Outcome] {
    let name = column.metric.name
    let outcomes = EvaderGuard.outcomes(
      of: question.aim, metric: name, isFollower: isFollower(column, scenario))
    guard let asked = question.outcome else { return outcomes }
    guard outcomes.contains(asked) else {
      throw CommandLineFault(
        "\(name) measures what gets around rules: conditions are looked for under which the aim is "
          + "met, and not under which it fails (docs/responsible-use.md)")
    }
    return [asked]
  }

  /// An unknown number with its law under the regime that is asked about; nil where no regime that is run leaves it open.
  private static func number(
    _ name: String, _ question: DiscoveryQuestion, _ scenario: Scenario
  ) -> DiscoveryAnswer.Number? {
    let table = scenario.blueprint.parameters
    let ids = scenario.blueprint.regimes.map(\.id)
    let run = question.figure.regimes(of: scenario)
    let laws = table.laws(of: name)
    // That of the regime asked about before that of the one compared with.
    let open = run.reversed().compactMap { id in ids.firstIndex(of: id) }.map { laws[$0] }
      .first { !$0.isDegenerate }
    guard let open, let parameter = table.parameters.first(where: { $0.declaration.name == name })
    else { return nil }
    return DiscoveryAnswer.Number(parameter: parameter, law: open)
  }
}

extension String {
  /// A unit as it may be written: `usd_per_month` and `usd per month` are one.
  fileprivate var unitWords: String { lowercased().replacing("_", with: " ") }
}

// What becomes of the aim.
extension DiscoveryBench {
  /// What came of all replicates.
  struct Sample {
    let draws: [DiscoveryAnswer.Draw]
    /// For each number its probability, draw by draw.
    let probabilities: [[Double]]
    let failed: Int
    /// Replicates without an outcome.
    let missing: Int
  }

  func sample(progress: (Int, Int) -> Void) async throws -> Sample {
    let judged = try await judged(by: engine) { progress($0, engine.design.replicates) }
    let draws = judged.draws
    guard !draws.isEmpty else {
      throw CommandLineFault(
        "\(question.figure.figure.metric) is there in no replicate, or is 0 where a share of it is "
          + "asked for")
    }
    let uniforms = engine.draws(of: draws.map(\.replicate)).map(\.draw.uniforms)
    let probabilities = zip(places, numbers).map { place, number in
      Self.sharingAtoms(uniforms.map { $0[place] }, of: number.law)
    }
    return Sample(
      draws: draws, probabilities: probabilities, failed: judged.failed,
      missing: engine.design.replicates - judged.failed - draws.count)
  }

  /// Probabilities of draws, of which those with one value get one: a value that has a probability by itself is not cut
  /// in two.
  static func sharingAtoms(_ probabilities: [Double], of law: Distribution) -> [Double] {
    let values = probabilities.map { law.quantile($0) }
    let order = probabilities.indices.sorted {
      (probabilities[$0], $0) < (probabilities[$1], $1)
    }
    var shared = probabilities
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
      if end > first + 1 {
        let middle = (probabilities[order[first]] + probabilities[order[end - 1]]) / 2
        for place in first..<end { shared[order[place]] = middle }
      }
      first = end
    }
    return shared
  }

  private func judged(
    by engine: Engine<PolicyModel>, progress: (Int) -> Void
  ) async throws -> (draws: [DiscoveryAnswer.Draw], failed: Int) {
    let kept = try await engine.runKeeping([cell], threads: threads, progress: progress)
    let columns = kept.regimes.indices.map { kept.values(regime: $0, cell: cell) }
    let draws = kept.replicates.enumerated().compactMap { row, replicate in
      // What has not happened comes later than anything.
      let values = columns.map { isTime && $0[row].isNaN ? Double.infinity : $0[row] }
      let value = values[values.count - 1]
      let reference = values.count > 1 ? values[0] : .nan
      return question.aim.outcome(value, from: reference).map {
        DiscoveryAnswer.Draw(
          replicate: replicate, value: value, reference: reference, outcome: $0,
          isForFinding: replicate.isMultiple(of: 2))
      }
    }
    return (draws, engine.design.replicates - kept.replicates.count)
  }

  /// How often two realisations of a draw differ in what becomes of the aim; nil without such draws.
  func chance(progress: (Int, Int) -> Void) async throws -> DiscoveryAnswer.Chance? {
    let run = scenario.run
    // A number of draws that every design takes.
    let count =
      min(run.replicates, DiscoveryAnswer.drawsForChance) / Design.randomisationCount
      * Design.randomisationCount
    let design = try Design(
      run.design, replicates: 2 * count, seed: run.seed, parameters: engine.design.parameters,
      crossing: .nested(realisations: 2))
    let judged = try await judged(by: Engine(model: engine.model, design: design)) {
      progress($0, design.replicates)
    }
    var outcomes: [Int: Aim.Outcome] = [:]
    for draw in judged.draws { outcomes[draw.replicate] = draw.outcome }
    let pairs = (0..<count).compactMap { draw in
      outcomes[2 * draw].flatMap { first in outcomes[2 * draw + 1].map { (first, $0) } }
    }
    guard !pairs.isEmpty else { return nil }
    return DiscoveryAnswer.Chance(draws: pairs.count, differing: pairs.count { $0.0 != $0.1 })
  }
}

// Conditions.
extension DiscoveryBench {
  private func halves(of draws: [DiscoveryAnswer.Draw]) -> (finding: [Int], judging: [Int]) {
    let finding = draws.indices.filter { draws[$0].isForFinding }
    return (finding, draws.indices.filter { !draws[$0].isForFinding })
  }

  func conditions(
    of outcome: Aim.Outcome, _ sample: Sample
  ) -> DiscoveryAnswer.Conditions {
    let isCase = sample.draws.map { $0.outcome == outcome }
    let (finding, judging) = halves(of: sample.draws)
    let cases = finding.count { isCase[$0] }
    let least = DiscoveryAnswer.leastCases
    guard cases >= least, finding.count - cases >= least, !numbers.isEmpty, !judging.isEmpty else {
      return DiscoveryAnswer.Conditions(
        outcome: outcome, candidates: [], distances: [], boxes: [], isTooRare: true)
    }
    let search = BoxSearch(
      LabelledDraws(columns: sample.probabilities, isCase: isCase), finding: finding,
      judging: judging, numberCount: DiscoveryAnswer.mostCandidates)
    return DiscoveryAnswer.Conditions(
      outcome: outcome, candidates: search.numbers, distances: search.distances,
      boxes: search.findings(
        question.choice, atMost: DiscoveryAnswer.mostBoxes, leastCases: least),
      isTooRare: false)
  }

  /// A tree of all outcomes; nil where conditions of some are not looked for.
  func tree(of sample: Sample) -> DecisionTree? {
    guard !isGuarded else { return nil }
    let (finding, _) = halves(of: sample.draws)
    let leaf = Int((Double(finding.count) * DiscoveryAnswer.leastLeaf).rounded(.up))
    return DecisionTree(
      columns: sample.probabilities, classes: sample.draws.map(\.outcome.rawValue),
      among: finding, size: DecisionTree.Size(leastDraws: max(1, leaf)))
  }
}
