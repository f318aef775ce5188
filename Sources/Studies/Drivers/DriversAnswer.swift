public import Analysis
import Documents
import PolicyModel
package import Quantities
public import Scenarios
package import Simulation
import Stochastics

/// What a figure of a scenario rests on.
///
/// Three looks at one figure, all on common random numbers: how it goes with each unknown number over all draws (partial
/// rank correlations); what it comes to with one number at its ends and the rest at their medians (a tornado); and what
/// it would be without each mechanism. Beside them stands how much of its spread is chance inside the runs.
public struct DriversAnswer: Sendable {
  /// How far the work is, for whoever waits.
  public enum Progress: Sendable {
    /// Replicates of all draws that are done.
    case draws(done: Int, of: Int)
    /// Replicates of the tornado that are done.
    case tornado(done: Int, of: Int)
    /// The mechanism that is switched off.
    case without(mechanism: String)
  }

  /// What was asked.
  public let question: FigureQuestion
  /// The scenario, with the regimes that were run.
  public let scenario: Scenario
  /// The metric and whose it is.
  package let column: Column
  /// In which month; nil for what is recorded once.
  package let month: Month?
  /// The figure over the draws.
  public let values: LeverReading
  /// The figure with every unknown number at its median: the middle of the tornado.
  public let atMedians: Double
  /// How the figure goes with all unknown numbers together.
  public let regression: RankRegression
  /// The unknown numbers, strongest first.
  public let drivers: [Driver]
  /// How much of the figure's variance is chance inside runs; nil where it does not vary.
  public let chance: VarianceParts?
  /// What each mechanism does to it that can be switched off, largest change first.
  public let ablations: [Ablation]
  /// Replicates that could not be computed.
  public let failedReplicates: Int

  /// The most draws: every value of the figure and of the uncertain numbers is kept, a gigabyte for a million.
  public static let mostReplicates = 1 << 20

  /// Each draw meets so many realisations: the fewest that tell chance from what is not known.
  package static let realisationsPerDraw = 2
  /// So many numbers have a bar in the tornado.
  package static let barCount = 10
  /// Over so many realisations a bar's ends are averaged.
  package static let realisationsPerEnd = 64
  /// On so many replicates at most mechanisms are switched off.
  package static let replicatesPerAblation = 256

  /// Finds out.
  ///
  /// Throws `ScenarioFaults` of the file, and `CommandLineFault` of what is asked.
  ///
  /// - Parameters:
  ///   - file: the scenario file.
  ///   - overrides: what else is changed in it; its regimes are taken from the question.
  public init(
    to question: FigureQuestion, file: String, overrides: Overrides, threads: Int,
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws {
    let bench = try DriversBench(question, file: file, overrides: overrides, threads: threads)
    let sample = try await bench.sample { progress(.draws(done: $0, of: $1)) }
    let regression = try bench.regression(of: sample)
    var drivers = bench.drivers(regression, sample)
    let tornado = try await bench.tornado(of: drivers) { progress(.tornado(done: $0, of: $1)) }
    for (place, bar) in tornado.bars.enumerated() { drivers[place].bar = bar }
    let whole = try await bench.valuesWithAllMechanisms()
    var ablations: [Ablation] = []
    for mechanism in bench.mechanisms {
      progress(.without(mechanism: mechanism))
      ablations.append(try await bench.ablation(of: mechanism, from: whole))
    }
    self.question = question
    scenario = bench.scenario
    let place = bench.engine.layout.place(of: bench.cell)
    column = place.column
    month = place.step.map { bench.scenario.run.start + $0 }
    values = LeverReading(of: sample.values, at: 0.5)
    atMedians = tornado.middle
    self.regression = regression
    self.drivers = drivers
    chance = VarianceParts(of: sample.values, realisations: Self.realisationsPerDraw)
    self.ablations = ablations.sorted { abs($0.change ?? 0) > abs($1.change ?? 0) }
    failedReplicates = sample.failed
  }
}

extension DriversAnswer {
  /// The parts of what ranks explain, by subject, largest first; parts of subjects that do nothing may be a little
  /// below 0.
  public var shares: [(group: ParameterGroup, share: Double)] {
    ParameterGroup.shares(of: drivers.map { ($0.group, $0.effect.share) })
  }

  /// The unknown numbers whose correlation is larger than chance makes any.
  public var drivingNumbers: [Driver] {
    drivers.filter { abs($0.effect.partialCorrelation) > regression.noise }
  }
}
