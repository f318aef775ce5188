public import Analysis
import Documents
import PolicyModel
package import Quantities
public import Scenarios
package import Simulation

/// How much of a figure's variance each uncertain number makes up, alone and with all others.
///
/// First all numbers are screened, each moved alone along trajectories (``ElementaryEffects``). Then those that matter
/// most get Sobol indices (``SobolIndices``), while all other numbers vary too, as a factor of their own, and so does
/// chance: the parts are those of the whole variance.
public struct SensitivityAnswer: Sendable {
  /// How far the work is, for whoever waits.
  public enum Progress: Sendable {
    /// Points of the screening that are done.
    case screening(done: Int, of: Int)
    /// Points of the base samples that are done.
    case indices(done: Int, of: Int)
  }

  /// What was asked.
  public let question: SensitivityQuestion
  /// The scenario, with the regimes that were run.
  public let scenario: Scenario
  /// The metric and whose it is.
  package let column: Column
  /// In which month; nil for what is recorded once.
  package let month: Month?
  /// All uncertain numbers, largest mean effect first; nil where they were not screened.
  public let screening: [ScreenedNumber]?
  /// The estimates as a whole; nil where there was the screening alone.
  public let sobol: SobolIndices?
  /// The factors, largest total first, then all other numbers, then chance; none without ``sobol``.
  public let factors: [FactorIndices]
  /// The points that were looked at, stage by stage.
  package let stages: [SensitivityStage]
  /// Points that were looked at.
  public var pointCount: Int { stages.reduce(0) { $0 + $1.values.count } }
  /// Points that could not be computed.
  public var failedPoints: Int { stages.reduce(0) { $0 + $1.failed } }

  /// Finds out.
  ///
  /// Throws `ScenarioFaults` of the file, and `UnknownName` of what is asked.
  ///
  /// - Parameters:
  ///   - bench: what is asked, of which scenario.
  ///   - evaluator: computes the points.
  public init(
    on bench: SensitivityBench, by evaluator: some PointEvaluator,
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws {
    let question = bench.question
    var stages: [SensitivityStage] = []
    var screening: [ScreenedNumber]?
    if question.parameters.isEmpty {
      let (numbers, stage) = try await bench.screen(by: evaluator) {
        progress(.screening(done: $0, of: $1))
      }
      screening = numbers
      stages.append(stage)
    }
    if question.onlyScreens {
      (sobol, factors) = (nil, [])
    } else {
      let placed = try bench.factors(after: screening)
      let (sobol, stage) = try await bench.indices(of: placed, by: evaluator) {
        progress(.indices(done: $0, of: $1))
      }
      stages.append(stage)
      self.sobol = sobol
      factors = Self.ordered(zip(placed.map(\.factor), sobol.factors).map(FactorIndices.init))
    }
    self.question = question
    scenario = bench.scenario
    (column, month) = (bench.column, bench.month)
    (self.screening, self.stages) = (screening, stages)
  }

  private static func ordered(_ factors: [FactorIndices]) -> [FactorIndices] {
    func isNumbers(_ factor: FactorIndices) -> Bool {
      if case .numbers = factor.factor { true } else { false }
    }
    let numbers = factors.filter(isNumbers)
    return numbers.sorted { $0.indices.total.value > $1.indices.total.value }
      + factors.filter { !isNumbers($0) }
  }
}
