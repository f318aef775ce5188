public import Analysis
public import PolicyModel
public import Scenarios
public import Simulation
import Stochastics

/// A scenario that has been run: everything that reports are made from.
public struct RunResult: Sendable {
  /// What was run.
  public let scenario: Scenario
  /// The model it was run on.
  public let model: PolicyModel
  /// Every value of every replicate.
  public let ensemble: EnsembleResult
  /// One replicate under every regime, with every uncertainty at its published point value.
  public let pointValues: EnsembleResult
  /// Summaries of every cell, by regime, then by cell; nil where nothing was recorded.
  public let summaries: [[Summary?]]
  /// Comparisons with the reference regime, by regime, then by cell as far as the entries of the
  /// ledger, which are summed up by the cost views before them; empty for the reference. Times of
  /// events are not compared: a difference would leave out every replicate without the event.
  public let comparisons: [[Comparison?]]

  /// Runs a scenario.
  ///
  /// - Parameters:
  ///   - threads: how many replicates and columns are worked on at the same time.
  ///   - progress: called with the number of replicates done, after each block.
  public init(
    running scenario: Scenario, threads: Int, progress: (_ done: Int) -> Void = { _ in }
  ) async throws {
    let model = scenario.model
    let ensemble = try await Engine(model: model, design: scenario.design)
      .runKeepingAll(threads: threads, progress: progress)
    let pointValues = try await Self.atPointValues(scenario)
    await self.init(
      summing: ensemble, pointValues: pointValues, of: scenario, model: model, threads: threads)
  }

  /// Sums up what the runs of a scenario recorded.
  init(
    summing ensemble: EnsembleResult, pointValues: EnsembleResult, of scenario: Scenario,
    model: PolicyModel, threads: Int
  ) async {
    self.scenario = scenario
    self.model = model
    self.ensemble = ensemble
    self.pointValues = pointValues
    let design = scenario.design
    let randomisations =
      design.randomisations == 1 ? [] : ensemble.replicates.map { design.randomisation(of: $0) }
    let cells = 0..<ensemble.layout.cellCount
    let compared = cells.dropLast(model.ledgerColumns.count)
    let layout = ensemble.layout
    var summaries: [[Summary?]] = []
    var comparisons: [[Comparison?]] = []
    for regime in ensemble.regimes.indices {
      summaries.append(
        await concurrentMap(cells, threads: threads) { cell in
          Summary(
            of: ensemble.values(regime: regime, cell: cell), randomisations: randomisations)
        })
      comparisons.append(
        regime == 0
          ? []
          : await concurrentMap(compared, threads: threads) { cell in
            guard !layout.isTimeOfEvent(cell) else { return nil }
            return Comparison(
              of: ensemble.values(regime: regime, cell: cell),
              to: ensemble.values(regime: 0, cell: cell), randomisations: randomisations)
          })
    }
    self.summaries = summaries
    self.comparisons = comparisons
  }

  private static func atPointValues(_ scenario: Scenario) async throws -> EnsembleResult {
    let model = scenario.modelAtPointValues
    let design = try Design(.mc, replicates: 1, seed: scenario.run.seed, parameters: [])
    return try await Engine(model: model, design: design).runKeepingAll(threads: 1)
  }
}

extension RunResult {
  /// The cell of an outcome, or nil when nothing of that name is recorded.
  func cell(entity: String, metric: String) -> Int? {
    ensemble.layout.outcomeColumns
      .firstIndex { $0.entity == entity && $0.metric.name == metric }
      .map { ensemble.layout.cell(outcome: $0) }
  }

  /// The value of a cell at published point values, or nil where there is none.
  func pointValue(regime: Int, cell: Int) -> Double? {
    pointValues.values(regime: regime, cell: cell).first.flatMap { $0.isNaN ? nil : $0 }
  }
}
