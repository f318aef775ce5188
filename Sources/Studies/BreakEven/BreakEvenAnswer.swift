public import Analysis
import Documents
import PolicyModel
package import Quantities
public import Scenarios
package import Simulation
import Stochastics

/// At which value of a lever a metric of a scenario is what it is to be.
///
/// Every value of the lever is run with the same seed, replicates and streams (common random numbers), so
/// that the metric is one function of the lever, without noise from value to value.
public struct BreakEvenAnswer: Sendable {
  /// How far the work is, for whoever waits.
  public struct Progress: Sendable {
    /// Values of the lever, this one included.
    public let evaluations: Int
    /// The value under way.
    public let lever: Double
    /// Replicates of it that are done.
    public let replicates: Int
  }

  /// What was asked.
  public let question: BreakEvenQuestion
  /// The scenario, with the regimes that were run.
  public let scenario: Scenario
  /// What was varied.
  public let lever: Lever
  /// Where the target is met.
  public let breakEven: BreakEven
  /// The most replicates that could not be computed at any value of the lever.
  public let failedReplicates: Int
  /// The most replicates, at any value of the lever, whose costs are those so far: some run of the lab whose
  /// cost it is was not finished. Zero where no lab's cost is asked for.
  package let unfinishedReplicates: Int
  /// The metric and whose it is.
  package let column: Column
  /// In which month; nil for what is recorded once.
  package let month: Month?
  /// What `metrics` has to be for a run to record the metric; nil where the scenario says so already.
  package let metricsSetting: String?

  /// Whether the target is met anywhere.
  public var isFound: Bool { !breakEven.crossings.isEmpty }

  /// The most replicates: every value of the metric is kept, a quarter of a gigabyte for so many.
  public static let mostReplicates = 1 << 25

  /// Runs a scenario at as many values of a lever as it takes.
  ///
  /// Throws `ScenarioFaults` of the file or of the key, and ``CommandLineFault`` of what is asked.
  ///
  /// - Parameters:
  ///   - file: the scenario file.
  ///   - overrides: what else is changed in it; its regimes are taken from the question.
  public init(
    to question: BreakEvenQuestion, file: String, overrides: Overrides, threads: Int,
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws {
    if let fault = question.fault { throw CommandLineFault(fault) }
    let whole = try Scenario(contentsOf: file, overrides: overrides)
    let bench = LeverBench(
      question: question, file: file, overrides: overrides,
      regimes: question.regimes(of: whole), threads: threads)
    // A key that nobody knows has no range either, which is not what is wrong with it.
    if whole.lever(question.key) == nil, !question.isOfRun {
      _ = try bench.scenario(at: question.from ?? question.to ?? 1)
    }
    let (lever, range) = try question.lever(of: whole)
    // Read before anything is run, so that what is wrong with the question is told at once.
    let scenario = try bench.scenario(at: range.lowerBound)
    let place = try bench.place(in: scenario)
    var (evaluations, failed, unfinished) = (0, 0, 0)
    breakEven = try await BreakEven(
      BreakEven.Question(
        target: question.target, range: range, tolerance: question.tolerance,
        isWhole: lever.isWhole)
    ) { value in
      evaluations += 1
      let reading = try await bench.reading(at: value) { replicates in
        progress(Progress(evaluations: evaluations, lever: value, replicates: replicates))
      }
      failed = max(failed, reading.failed)
      unfinished = max(unfinished, reading.unfinished)
      return reading.reading
    }
    self.question = question
    self.scenario = scenario
    self.lever = lever
    failedReplicates = failed
    unfinishedReplicates = unfinished
    column = place.column
    month = place.step.map { scenario.run.start + $0 }
    metricsSetting = try bench.metricsSetting(in: scenario)
  }
}

/// Runs a scenario at single values of a lever.
private struct LeverBench {
  let question: BreakEvenQuestion
  let file: String
  let overrides: Overrides
  /// The regimes that are run: the one that is asked for last.
  let regimes: [String]
  let threads: Int

  func scenario(at value: Double) throws(ScenarioFaults) -> Scenario {
    var overrides = overrides
    overrides.regimes = regimes
    overrides.varied = (question.key, value.inFull)
    return try Scenario(contentsOf: file, overrides: overrides)
  }

  /// The metric's step and column.
  func place(in scenario: Scenario) throws(CommandLineFault) -> (step: Int?, column: Column) {
    let (engine, cell) = try engine(of: scenario)
    return engine.layout.place(of: cell)
  }

  /// What `metrics` has to be for the metric to be recorded; nil where it is.
  func metricsSetting(in scenario: Scenario) throws(CommandLineFault) -> String? {
    func isRecorded(by model: PolicyModel) throws(CommandLineFault) -> Bool {
      let layout = Engine(model: model, design: scenario.design).layout
      return try question.cell(in: layout, of: scenario.run) != nil
    }
    if try isRecorded(by: scenario.model) { return nil }
    let isEnough = try isRecorded(by: scenario.model(recording: [question.metric]))
    return isEnough ? "[\(question.metric)]" : "all"
  }

  /// An engine that records the metric and as little else as can be, and the metric's cell.
  private func engine(
    of scenario: Scenario
  ) throws(CommandLineFault) -> (engine: Engine<PolicyModel>, cell: Int) {
    let (engine, _) = try question.figure.engine(of: scenario, under: scenario.design)
    // Looked for anew, since not every metric has a difference.
    guard let cell = try question.cell(in: engine.layout, of: scenario.run) else {
      preconditionFailure("an engine records what it was made for")
    }
    return (engine, cell)
  }

  /// Where it is recorded whether the runs are finished that a lab's cost sums up; nothing for other metrics.
  private func finishedCells(in layout: CellLayout, of scenario: Scenario, cell: Int) -> [Int] {
    let column = layout.place(of: cell).column
    let world = scenario.blueprint.world
    guard CostView.all.contains(where: { $0.metricName == column.metric.name }),
      let lab = world.labs.firstIndex(where: { $0.id == column.entity })
    else { return [] }
    return world.runs.filter { $0.lab == lab }.compactMap {
      layout.cell(entity: $0.id, outcome: MetricName.finishedShare)
    }
  }

  /// What the metric comes to at a value of the lever, how many replicates failed, and in how many a run is
  /// not finished.
  func reading(
    at value: Double, progress: (Int) -> Void
  ) async throws -> (reading: LeverReading, failed: Int, unfinished: Int) {
    let scenario = try scenario(at: value)
    let (engine, cell) = try engine(of: scenario)
    let layout = engine.layout
    let finished = finishedCells(in: layout, of: scenario, cell: cell)
    progress(0)
    let kept = try await engine.runKeeping([cell] + finished, threads: threads, progress: progress)
    let columns = regimes.indices.map { kept.values(regime: $0, cell: cell) }
    let completions = regimes.indices.flatMap { regime in
      finished.map { kept.values(regime: regime, cell: $0) }
    }
    let replicates = kept.replicates
    let unfinished = replicates.indices.count { row in completions.contains { $0[row] == 0 } }
    let design = engine.design
    let reading = LeverReading(
      of: values(of: columns), at: question.quantile, areTimes: layout.isTimeOfEvent(cell),
      randomisations: design.randomisations(of: replicates))
    return (reading, design.replicates - replicates.count, unfinished)
  }

  private func values(of columns: [[Double]]) -> [Double] {
    let (regime, other) = (columns[columns.count - 1], columns[0])
    return switch question.quantity {
    case .value: regime
    case .difference: Comparison.differences(regime, other)
    case .ratio: Comparison.ratios(regime, other)
    }
  }
}
