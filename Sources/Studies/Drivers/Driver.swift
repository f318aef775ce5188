public import Analysis
public import PolicyModel
public import Simulation

/// An unknown number of a scenario, and what it has to do with the figure that is asked about.
public struct Driver: Sendable {
  /// The parameter, with what is known of it.
  public let parameter: Parameter
  /// The law of its draws.
  public let uncertainty: ParameterSpace.Uncertainty
  /// The subject that it belongs to.
  public let group: ParameterGroup
  /// How the figure goes with it.
  public let effect: RankRegression.Effect
  /// How the figure of the regime itself goes with it, where a difference is asked about.
  public let effectOnValue: RankRegression.Effect?
  /// What the figure comes to at its ends; nil for those that are not among the first.
  public internal(set) var bar: TornadoBar?
}

/// What a figure comes to when one unknown number is at the ends of its range and all others at their medians.
public struct TornadoBar: Hashable, Sendable {
  /// The 5% and 95% quantile of the number.
  public let ends: ClosedRange<Double>
  /// The figure's mean over realisations, at the lower and at the upper end.
  public let low: Double
  /// The same at the upper end.
  public let high: Double

  /// How far apart the two are.
  public var width: Double { abs(high - low) }
}

/// What the figure would be without a mechanism.
public struct Ablation: Sendable {
  /// The mechanism, by name.
  public let mechanism: String
  /// What happens to the figure's mean when it is switched off, on the same replicates; nil where the figure is
  /// not there without it.
  public let change: Double?
  /// The standard error of the change.
  public let error: Double

  /// Whether the change is more than its Monte Carlo error, by two standard errors.
  public var isReliable: Bool { abs(change ?? 0) > 2 * error }
}
