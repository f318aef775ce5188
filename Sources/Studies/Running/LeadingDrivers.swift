public import Analysis
import Documents
public import PolicyModel
package import Scenarios
import Simulation
import Stochastics

/// What the first figure of an answer rests on most, or where nothing moves that by more than chance, the next: a
/// sketch from a few draws, made with every run of a scenario that says what its question is about.
///
/// Partial rank correlations over draws that are the same whatever else is run, so that shards and threads change
/// nothing. Where they are the first of the run's own, its values are taken. `DriversAnswer` looks longer and from
/// more sides.
public struct LeadingDrivers: Sendable {
  /// What is asked about: the difference of the first comparison, or where that is no more than chance the figure
  /// under the reference.
  public let question: FigureQuestion
  /// The unknown numbers that the figure goes with by more than chance makes any, strongest first; empty where no
  /// figure of the answer goes with any.
  public let numbers: [Number]
  /// Parts of what uncertain numbers explain, by subject, largest first.
  public let shares: [(group: ParameterGroup, share: Double)]
  /// How much of the variance of the figure's ranks they explain together.
  public let explained: Double
  /// The size of a correlation that chance alone exceeds once in twenty times.
  public let noise: Double
  /// Over how many draws.
  public let draws: Int

  /// One of them.
  public struct Number: Sendable {
    /// The parameter, with what is known of it.
    public let parameter: Parameter
    /// The subject that it belongs to.
    public let group: ParameterGroup
    /// How the figure goes with it.
    public let effect: RankRegression.Effect
  }

  /// So many draws, or this many for each uncertain number; never more than the run itself has.
  private static let draws = (least: 512, perNumber: 3)

  /// Nil for a scenario that does not say what its question is about or has too few replicates, and where nothing
  /// uncertain moves the figure.
  ///
  /// - Parameter runs: what was computed of the scenario already.
  package init?(
    of scenario: Scenario, from runs: EnsembleCollector, threads: Int
  ) async throws {
    // Of a sweep only what its points have in common is of interest.
    let months = scenario.run.start...scenario.run.end
    guard let focus = scenario.focus, scenario.point == nil else { return nil }
    let figures = focus.figures.filter { $0.month.map(months.contains) ?? true }
    let bench = SketchBench(scenario, focus)
    let names = bench.blueprint.parameters.uncertainties.map(\.name)
    let draws = min(
      scenario.run.replicates, max(Self.draws.least, Self.draws.perNumber * names.count))
    guard !names.isEmpty, draws >= RankRegression.leastReplicates(inputs: names.count) else {
      return nil
    }
    let design = try Design(
      scenario.run.design, replicates: draws, seed: scenario.run.seed, parameters: names)
    var sketches: [LeadingDrivers] = []
    var levels: [LeadingDrivers] = []
    for figure in figures {
      let asked = AskedFigure(metric: figure.metric, entity: figure.entity, month: figure.month)
      var values = bench.values(of: asked, under: design, from: runs)
      if values == nil {
        values = try await bench.computedValues(of: asked, under: design, threads: threads)
      }
      guard let values else { continue }
      let inputs = bench.draws(of: values.replicates, under: design)
      let transposed = names.indices.map { input in inputs.map { $0[input] } }
      for question in bench.questions(about: asked) {
        let isLevel = question.against == nil
        guard
          let regression = RankRegression(
            of: isLevel ? values.columns[0] : question.values(of: values.columns), on: transposed)
        else { continue }
        let drivers = LeadingDrivers(question, regression, bench.blueprint)
        if isLevel { levels.append(drivers) } else { sketches.append(drivers) }
      }
      // One figure is enough, where something moves it.
      if sketches.last?.numbers.isEmpty == false { break }
    }
    // A comparison is about differences: levels only where none of these goes with anything.
    sketches += levels
    guard let drivers = sketches.first(where: { !$0.numbers.isEmpty }) ?? sketches.first else {
      return nil
    }
    self = drivers
  }

  private init(
    _ question: FigureQuestion, _ regression: RankRegression, _ blueprint: Blueprint
  ) {
    let known = Dictionary(
      uniqueKeysWithValues: blueprint.parameters.parameters.map { ($0.declaration.name, $0) })
    let all = zip(blueprint.parameters.uncertainties, regression.effects).compactMap {
      uncertainty, effect in
      known[uncertainty.name].map {
        Number(
          parameter: $0,
          group: ParameterGroup(ofParameter: uncertainty.name, in: blueprint.world),
          effect: effect)
      }
    }
    self.question = question
    numbers = all.filter { abs($0.effect.partialCorrelation) > regression.noise }
      .sorted { abs($0.effect.partialCorrelation) > abs($1.effect.partialCorrelation) }
    shares = ParameterGroup.shares(of: all.map { ($0.group, $0.effect.share) })
    (explained, noise, draws) = (regression.explained, regression.noise, regression.count)
  }
}

/// A scenario with the two regimes of its first comparison alone.
private struct SketchBench {
  let blueprint: Blueprint
  private let scenario: Scenario
  /// The regimes, that which is compared with first.
  private let regimes: [String]
  /// By regime of the blueprint: its place in the scenario.
  private let places: [Int]

  init(_ scenario: Scenario, _ focus: AnswerFocus) {
    self.scenario = scenario
    let whole = scenario.blueprint
    let pair = focus.comparisons?.first.map { [$0.against, $0.regime] } ?? [0, 1]
    let places = pair.filter(whole.regimes.indices.contains)
    regimes = places.map { whole.regimes[$0].id }
    let pairAlone = whole.keeping(regimes: places)
    // Correlations are of all uncertain numbers: where another regime brings one in, all regimes are run.
    let isWhole =
      pairAlone.parameters.uncertainties.map(\.name) == whole.parameters.uncertainties.map(\.name)
    blueprint = isWhole ? pairAlone : whole
    self.places = isWhole ? places : Array(whole.regimes.indices)
  }

  /// What can be asked: the difference, and else the level under the first regime.
  func questions(about figure: AskedFigure) -> [FigureQuestion] {
    let level = FigureQuestion(figure, regime: blueprint.regimes[0].id)
    guard regimes.count > 1, blueprint.regimes.count == regimes.count else { return [level] }
    return [FigureQuestion(figure, regime: regimes[1], against: regimes[0]), level]
  }

  /// A figure in some replicates: by regime, in it by replicate.
  typealias Values = (replicates: [Int], columns: [[Double]])

  /// The figure as it was computed with the whole scenario; nil where it was not, or under other draws.
  func values(
    of figure: AskedFigure, under design: Design, from runs: EnsembleCollector
  ) -> Values? {
    guard design.isBeginning(of: runs.design),
      let cell = try? figure.cell(in: runs.plan.layout, of: scenario.run),
      !runs.plan.layout.isTimeOfEvent(cell)
    else { return nil }
    let columns = places.compactMap { runs.values(regime: $0, cell: cell) }
    guard columns.count == places.count else { return nil }
    return (Array(0..<design.replicates), columns.map { Array($0.prefix(design.replicates)) })
  }

  /// The figure, computed anew; nil where nothing of the name is recorded, and for times of events.
  func computedValues(
    of figure: AskedFigure, under design: Design, threads: Int
  ) async throws -> Values? {
    guard let (engine, cell) = try engine(of: figure, under: design),
      !engine.layout.isTimeOfEvent(cell)
    else { return nil }
    let kept = try await engine.runKeeping([cell], threads: threads)
    return (
      kept.replicates, kept.regimes.indices.map { kept.values(regime: $0, cell: cell) }
    )
  }

  /// What the uncertain numbers came to in some replicates.
  func draws(of replicates: [Int], under design: Design) -> [[Double]] {
    let space = ParameterSpace(
      uncertainties: blueprint.parameters.uncertainties, copula: scenario.copula)
    return replicates.map { space.draw(from: design.uniforms(replicate: $0)).values }
  }

  /// An engine that records the figure and as little else as can be; nil where nothing of the name is recorded.
  private func engine(
    of figure: AskedFigure, under design: Design
  ) throws(CommandLineFault) -> (engine: Engine<PolicyModel>, cell: Int)? {
    for metrics in [[figure.metric], nil] as [Set<String>?] {
      let model = PolicyModel(blueprint, correlations: scenario.copula, metrics: metrics)
      let engine = Engine(model: model, design: design)
      if let cell = try figure.cell(in: engine.layout, of: scenario.run) { return (engine, cell) }
    }
    return nil
  }
}
