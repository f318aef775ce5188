import Analysis
import Documents
import PolicyModel
package import Quantities
public import Scenarios
package import Simulation

/// How much of a figure's variance each uncertain number makes up, alone and with all others.
///
/// First all numbers are screened, each moved alone along trajectories (``ElementaryEffects``). Then those that matter
/// most get Sobol indices (``SobolIndices``), while all other numbers vary too, as a factor of their own, and so does
/// chance: the parts are those of the whole variance. Last, the same of subjects, each with all its numbers.
public struct SensitivityAnswer: Sendable {
  /// How far the work is, for whoever waits.
  public enum Progress: Sendable {
    /// Points of the screening that are done.
    case screening(done: Int, of: Int)
    /// Points of the base samples that are done.
    case indices(title: String, done: Int, of: Int)
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
  /// Indices of the numbers that matter most, or that were named; nil where there was the screening alone.
  public let numbers: SensitivityIndices?
  /// Indices of subjects; nil where numbers were named, where there was the screening alone, and where there is
  /// one subject.
  public let subjects: SensitivityIndices?
  /// The points that were looked at, stage by stage.
  package let stages: [SensitivityStage]
  /// Points that were looked at.
  public var pointCount: Int { stages.reduce(0) { $0 + $1.values.count } }
  /// Points that could not be computed.
  public var failedPoints: Int { stages.reduce(0) { $0 + $1.failed } }

  /// Finds out.
  ///
  /// Throws `ScenarioFaults` of the file, and `CommandLineFault` of what is asked.
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
    var found: [SensitivityStage.Kind: SensitivityIndices] = [:]
    for kind in bench.kindsOfIndices {
      let factors = try kind == .subjects ? bench.subjects : bench.factors(after: screening)
      let (indices, stage) = try await bench.indices(kind, of: factors, by: evaluator) {
        progress(.indices(title: kind.title, done: $0, of: $1))
      }
      found[kind] = indices
      stages.append(stage)
    }
    (numbers, subjects) = (found[.numbers], found[.subjects])
    self.question = question
    scenario = bench.scenario
    (column, month) = (bench.column, bench.month)
    (self.screening, self.stages) = (screening, stages)
  }
}
