import Analysis
import Documents
import PolicyModel
import Quantities
public import Scenarios
import Simulation
import Stochastics

/// A scenario that is asked about, ready to be run at the points of a sensitivity study.
public struct SensitivityBench: Sendable {
  let question: SensitivityQuestion
  /// The scenario, with the regimes that are run.
  public let scenario: Scenario
  private let engine: Engine<PolicyModel>
  private let cell: Int

  /// The question, as far as the points and their values depend on it, as text.
  package var questionInWords: String { question.words }

  /// Reads a scenario and finds the figure.
  ///
  /// Throws `ScenarioFaults` of the file, and `CommandLineFault` of what is asked.
  ///
  /// - Parameters:
  ///   - file: the scenario file.
  ///   - overrides: what else is changed in it; its regimes are taken from the question.
  public init(
    _ question: SensitivityQuestion, file: String, overrides: Overrides
  ) throws {
    let whole = try Scenario(contentsOf: file, overrides: overrides)
    try question.figure.requireRegimes(of: whole)
    var overrides = overrides
    overrides.regimes = question.figure.regimes(of: whole)
    scenario = try Scenario(contentsOf: file, overrides: overrides)
    (engine, cell) = try question.figure.figure.engine(of: scenario, under: scenario.design)
    if engine.layout.isTimeOfEvent(cell) {
      throw CommandLineFault(
        "\(question.figure.figure.metric) is a time, which may be never: "
          + "ask about the metric whose level it is the time of")
    }
    self.question = question
    guard !names.isEmpty else {
      throw CommandLineFault("nothing is uncertain in \(scenario.name)")
    }
    for name in question.parameters where !names.contains(name) {
      throw CommandLineFault(unknown: "uncertain number of this scenario", name, known: names)
    }
    try requireMemory()
  }

  private var names: [String] { engine.design.parameters }
  private var uncertainties: [ParameterSpace.Uncertainty] {
    scenario.blueprint.parameters.uncertainties
  }
  var column: Column { engine.layout.place(of: cell).column }
  var month: Month? {
    engine.layout.place(of: cell).step.map { scenario.run.start + $0 }
  }

  /// The coordinates of points that are held at the same time, at most: a gigabyte.
  private static let mostCoordinates = 1 << 27

  private func requireMemory() throws(CommandLineFault) {
    let count = question.parameters.isEmpty ? question.top : question.parameters.count
    let factors = max(count + 1, kindsOfIndices.contains(.subjects) ? subjects.count : 0)
    let points = max(
      question.baseSamples * SaltelliDesign.pointsPerSample(factors: factors),
      question.trajectories * (names.count + 1))
    guard points * names.count > Self.mostCoordinates else { return }
    throw CommandLineFault(
      "\(points) points of \(names.count) uncertain numbers are too many to be held "
        + "in memory: give fewer --base-samples, --trajectories or --top")
  }

  private func group(of name: String) -> ParameterGroup {
    ParameterGroup(ofParameter: name, in: scenario.blueprint.world)
  }
}

// All numbers, one at a time.
extension SensitivityBench {
  func screen(
    by evaluator: some PointEvaluator, progress: (Int, Int) -> Void
  ) async throws -> (numbers: [ScreenedNumber], stage: SensitivityStage) {
    let seed = scenario.run.seed
    let morris = try MorrisDesign(
      trajectories: question.trajectories, seed: seed, parameters: names)
    // A number is moved alone, whatever else goes with it in the draws.
    let points = morris.points.map { point in
      var point = point
      scenario.copula?.undo(&point)
      return point
    }
    let design = try Design(
      points: points, meeting: morris.realisations, seed: seed, parameters: names)
    let stage = try await stage(
      .screening, at: design, pointsPerGroup: names.count + 1, by: evaluator, progress)
    let effects = ElementaryEffects(of: stage.values, at: morris, seed: seed).effects
    let numbers = zip(uncertainties, effects).map { uncertainty, effect in
      ScreenedNumber(uncertainty: uncertainty, group: group(of: uncertainty.name), effect: effect)
    }
    guard numbers.contains(where: { $0.effect != nil }) else {
      throw missing("give more --trajectories, or ask about a month in which it is recorded")
    }
    guard numbers.contains(where: { $0.size > 0 }) else { throw unmoved }
    return (numbers.sorted { $0.size > $1.size }, stage)
  }

  private func stage(
    _ kind: SensitivityStage.Kind, at design: Design, pointsPerGroup: Int,
    by evaluator: some PointEvaluator, _ progress: (Int, Int) -> Void
  ) async throws -> SensitivityStage {
    let engine = Engine(model: engine.model, design: design)
    let query = PointQuery(
      stage: kind.rawValue, title: kind.title,
      isLastStage: kind == (kindsOfIndices.last ?? .screening), engine: engine, cell: cell)
    let found = try await evaluator.values(of: query) { progress($0, design.replicates) }
    return SensitivityStage(
      kind: kind, engine: engine, pointsPerGroup: pointsPerGroup,
      values: question.figure.values(of: found.values), failed: found.failed)
  }

  private var unmoved: CommandLineFault {
    CommandLineFault(
      "\(column.metric.name) of \(column.entity) is the same at every point: nothing "
        + "that is not known moves it")
  }

  private func missing(_ advice: String) -> CommandLineFault {
    CommandLineFault(
      "\(column.metric.name) of \(column.entity) is there at too few points: \(advice)"
    )
  }
}

// Those that matter, and everything else.
extension SensitivityBench {
  /// A factor with the places of its numbers.
  struct PlacedFactor {
    let factor: SensitivityFactor
    let places: [Int]
  }

  /// The numbers that get indices, each with those that are correlated with it; then all others as one, then
  /// chance.
  func factors(after screening: [ScreenedNumber]?) throws -> [PlacedFactor] {
    let wanted =
      screening.map { $0.filter { $0.size > 0 }.map(\.uncertainty.name) } ?? question.parameters
    let most = screening == nil ? question.parameters.count : question.top
    var factors: [PlacedFactor] = []
    var taken: Set<Int> = []
    for name in wanted where factors.count < most {
      guard let place = names.firstIndex(of: name), !taken.contains(place) else { continue }
      let places = correlated(with: place)
      taken.formUnion(places)
      factors.append(
        PlacedFactor(
          factor: .numbers(places.map { names[$0] }, group(of: name)), places: places))
    }
    let rest = names.indices.filter { !taken.contains($0) }
    if !rest.isEmpty {
      factors.append(PlacedFactor(factor: .others(rest.map { names[$0] }), places: rest))
    }
    return factors + [PlacedFactor(factor: .chance, places: [])]
  }

  /// A number and all that go with it, directly or through others, in order; itself first.
  private func correlated(with place: Int) -> [Int] {
    var found = [place]
    var next = 0
    while next < found.count {
      let name = names[found[next]]
      for pair in scenario.correlations where pair.value != 0 {
        let other = pair.first == name ? pair.second : pair.second == name ? pair.first : nil
        guard let other, let place = names.firstIndex(of: other), !found.contains(place) else {
          continue
        }
        found.append(place)
      }
      next += 1
    }
    return found
  }

  /// The subjects of all numbers, those as one between which numbers are correlated; then chance.
  var subjects: [PlacedFactor] {
    var subjects: [(groups: [ParameterGroup], places: [Int])] = []
    for place in names.indices {
      let places = correlated(with: place)
      let groups = places.map { group(of: names[$0]) }
      let met = subjects.filter { !Set($0.groups).isDisjoint(with: groups) }
      subjects.removeAll { !Set($0.groups).isDisjoint(with: groups) }
      let all = met.flatMap(\.groups) + groups
      subjects.append(
        (
          all.enumerated().filter { !all[..<$0.offset].contains($0.element) }.map(\.element),
          Set(met.flatMap(\.places) + places).sorted()
        ))
    }
    return subjects.map { groups, places in
      PlacedFactor(factor: .subjects(groups, places.map { names[$0] }), places: places)
    } + [PlacedFactor(factor: .chance, places: [])]
  }

  /// What indices are estimated of, one after another.
  var kindsOfIndices: [SensitivityStage.Kind] {
    if question.onlyScreens { return [] }
    let hasSubjects = question.parameters.isEmpty && subjects.count > 2
    return hasSubjects ? [.numbers, .subjects] : [.numbers]
  }

  func indices(
    _ kind: SensitivityStage.Kind, of factors: [PlacedFactor], by evaluator: some PointEvaluator,
    progress: (Int, Int) -> Void
  ) async throws -> (indices: SensitivityIndices, stage: SensitivityStage) {
    let seed = scenario.run.seed
    let saltelli = try SaltelliDesign(
      SaltelliDesign.bestKind(baseSamples: question.baseSamples),
      baseSamples: question.baseSamples, seed: seed, parameters: names,
      factors: factors.dropLast().map(\.places))
    let design = try Design(
      points: saltelli.points, meeting: saltelli.realisations, seed: seed, parameters: names)
    let stage = try await stage(
      kind, at: design, pointsPerGroup: factors.count + 2, by: evaluator, progress)
    if let sobol = SobolIndices(of: stage.values, factors: factors.count, seed: seed) {
      return (SensitivityIndices(sobol, of: factors.map(\.factor)), stage)
    }
    let known = stage.values.filter { !$0.isNaN }
    if let first = known.first, known.allSatisfy({ $0 == first }) { throw unmoved }
    throw missing("give more --base-samples, or ask about a month in which it is recorded")
  }
}
