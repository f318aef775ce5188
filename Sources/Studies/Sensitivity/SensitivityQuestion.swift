import Stochastics

/// Asks how much of a figure's variance each uncertain number makes up, and how hard to look.
public struct SensitivityQuestion: Hashable, Sendable {
  /// The figure.
  public let figure: FigureQuestion
  /// Trajectories on which all numbers are screened; a multiple of 8 balances their levels.
  public var trajectories = 32
  /// So many numbers get indices, of those that matter most by the screening.
  public var top = 10
  /// The numbers that get indices instead, by name; there is no screening then.
  public var parameters: [String] = []
  /// Whether to end after the screening.
  public var onlyScreens = false
  /// Base samples of which indices are estimated, a multiple of 16.
  public var baseSamples = 512

  /// Asks about a figure.
  public init(_ figure: FigureQuestion) { self.figure = figure }

  /// What is wrong with it, whatever the scenario; nil if nothing is.
  public var fault: String? {
    if !(2...4096).contains(trajectories) { return "--trajectories takes 2 to 4096" }
    if !(1...64).contains(top) { return "--top takes 1 to 64" }
    if !(64...16_384).contains(baseSamples) || baseSamples % Design.randomisationCount != 0 {
      return "--base-samples takes a multiple of \(Design.randomisationCount) from 64 to 16384: "
        + "the design runs as \(Design.randomisationCount) randomisations"
    }
    if onlyScreens, !parameters.isEmpty {
      return "--parameters leaves the screening out: use it without --screen-only"
    }
    if Set(parameters).count != parameters.count { return "--parameters names a number twice" }
    return nil
  }

  /// Everything that the values at its points depend on beside the scenario, as text.
  package var words: String {
    let parts = [
      figure.figure.metric, figure.figure.entity ?? "", figure.figure.month.map { "\($0)" } ?? "",
      figure.regime ?? "", figure.against ?? "", "\(trajectories)", "\(top)", "\(baseSamples)",
      "\(onlyScreens)",
    ]
    return (parts + parameters).joined(separator: "\n")
  }
}
