import Analysis
package import Documents
import PolicyModel
package import Scenarios

/// Asks about a figure of a scenario under one regime, or about its difference between two.
public struct FigureQuestion: Hashable, Sendable {
  /// The figure.
  public let figure: AskedFigure
  /// Under which regime; nil for the reference.
  public let regime: String?
  /// The regime that it is compared with, replicate by replicate: then the difference is asked about.
  public let against: String?

  /// Asks about a figure.
  public init(_ figure: AskedFigure, regime: String? = nil, against: String? = nil) {
    (self.figure, self.regime, self.against) = (figure, regime, against)
  }

  /// The regimes that are run, the one compared with first.
  package func regimes(of scenario: Scenario) -> [String] {
    let reference = scenario.blueprint.regimes[0].id
    return (against.map { [$0] } ?? []) + [regime ?? reference]
  }

  /// Refuses regimes that the scenario does not have, and one compared with itself.
  package func requireRegimes(of scenario: Scenario) throws(CommandLineFault) {
    let known = scenario.blueprint.regimes.map(\.id)
    let run = regimes(of: scenario)
    for id in run where !known.contains(id) {
      throw CommandLineFault(unknown: "regime", id, known: known)
    }
    guard Set(run).count == run.count else {
      throw CommandLineFault(
        "\(run[0]) cannot be compared with itself: name another with --regime; "
          + "there are \(known.joined(separator: ", "))")
    }
  }

  /// What is asked about, of the values of the regimes in the order of ``regimes(of:)``.
  func values(of columns: [[Double]]) -> [Double] {
    against == nil ? columns[0] : Comparison.differences(columns[1], columns[0])
  }
}
