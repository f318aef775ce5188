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
  /// What its ensemble amounts to, cell by cell.
  public let statistics: EnsembleStatistics
  /// One replicate under every regime, with every uncertainty at its published point value.
  public let pointValues: EnsembleResult
  /// What the first figure of its answer rests on most; nil where that cannot be said.
  public let drivers: LeadingDrivers?
  /// The point of the sweep that it is one of the results of; nil for a result by itself.
  package var point: String?

  /// Runs a scenario.
  ///
  /// - Parameters:
  ///   - threads: how many replicates and columns are worked on at the same time.
  ///   - progress: called with the number of replicates done, after each slice.
  public init(
    running scenario: Scenario, threads: Int, progress: (_ done: Int) -> Void = { _ in }
  ) async throws {
    let model = scenario.model
    var runs = EnsembleCollector(
      scenario.cellPlan(of: model), scenario.design, exactValues: scenario.run.exactValues,
      threads: threads)
    try await Engine(model: model, design: scenario.design).run(threads: threads) { slice in
      _ = await runs.fold(slice)
      progress(slice.slice.replicates.upperBound)
    }
    try await self.init(runs, of: scenario, model: model, threads: threads)
  }

  /// Puts together what is known of a scenario that was run, and adds what takes a few runs more.
  package init(
    _ runs: EnsembleCollector, of scenario: Scenario, model: PolicyModel, threads: Int
  ) async throws {
    self.scenario = scenario
    self.model = model
    statistics = await runs.statistics(threads: threads)
    pointValues = try await Self.atPointValues(scenario, beside: model)
    drivers = try await LeadingDrivers(of: scenario, from: runs, threads: threads)
  }

  /// The replicate with every uncertainty at its published point value, under every regime.
  private static func atPointValues(
    _ scenario: Scenario, beside model: PolicyModel
  ) async throws -> EnsembleResult {
    let model = scenario.modelAtPointValues(beside: model)
    let design = try Design(.mc, replicates: 1, seed: scenario.run.seed, parameters: [])
    return try await Engine(model: model, design: design).runKeepingAll(threads: 1)
  }
}

extension RunResult {
  /// The cell of an outcome, or nil when nothing of that name is recorded.
  package func cell(entity: String, metric: String) -> Int? {
    statistics.layout.cell(entity: entity, outcome: metric)
  }

  /// The value of a cell at published point values, or nil where there is none.
  package func pointValue(regime: Int, cell: Int) -> Double? {
    pointValues.values(regime: regime, cell: cell).first.flatMap { $0.isNaN ? nil : $0 }
  }
}

extension CellLayout {
  /// The cell of an outcome, or nil when nothing of that name is recorded.
  func cell(entity: String, outcome metric: String) -> Int? {
    outcomeColumns.firstIndex { $0.entity == entity && $0.metric.name == metric }
      .map { cell(outcome: $0) }
  }

  /// Whether a cell holds the month in which something happened, which its unit says.
  package func isTimeOfEvent(_ cell: Int) -> Bool {
    let place = place(of: cell)
    return place.step == nil && place.column.metric.isEvent
  }
}

extension Scenario {
  /// What the cells of its runs are made of.
  ///
  /// Entries of the ledger are not compared: the cost views before them sum them up.
  package func cellPlan(of model: PolicyModel) -> CellPlan {
    let layout = Engine(model: model, design: design).layout
    let entries = layout.cellCount - model.ledgerColumns.count
    let kinds = (0..<layout.cellCount).map { cell -> CellPlan.Kind in
      if cell >= entries { return .alone }
      if layout.isTimeOfEvent(cell) { return .time }
      return layout.place(of: cell).column.metric.name == MetricName.chipPlace ? .code : .compared
    }
    let regime = headline?.regime ?? 0
    let statements = claims.flatMap { claim in
      CostView.all.compactMap { view in
        layout.cell(entity: claim.entity, outcome: view.metricName).map { cell in
          CellPlan.Statement(regime: regime, cell: cell, isMet: claim.expectation.isMet)
        }
      }
    }
    return CellPlan(
      regimes: model.regimes, layout: layout, kinds: kinds, statements: statements,
      others: blueprint.others, curves: drawnWhole(in: layout))
  }

  /// The last month of what is recorded of the world and of the side that is held against the leader: a few cells,
  /// whose distributions are drawn.
  private func drawnWhole(in layout: CellLayout) -> Set<Int> {
    let economy = blueprint.world.economy
    guard !economy.isEmpty, layout.stepCount > 0 else { return [] }
    let whose = ["world", economy.jurisdictions[economy.follower].id]
    let columns = layout.stepColumns.indices.filter {
      whose.contains(layout.stepColumns[$0].entity)
    }
    return Set(columns.map { layout.cell(step: layout.stepCount - 1, column: $0) })
  }
}
