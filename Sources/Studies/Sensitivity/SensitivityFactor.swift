public import Analysis
import PolicyModel
public import Simulation

/// An uncertain number with its elementary effects.
public struct ScreenedNumber: Sendable {
  /// The number, with the law of its draws.
  public let uncertainty: ParameterSpace.Uncertainty
  /// The subject that it belongs to.
  public let group: ParameterGroup
  /// What it does when it moves alone; nil where the figure is missing too often to say.
  public let effect: ElementaryEffects.Effect?

  /// mu*, 0 where it is not known.
  var size: Double { effect?.size.value ?? 0 }
}

/// What a share of the variance belongs to.
public enum SensitivityFactor: Hashable, Sendable {
  /// Uncertain numbers, by name: one, or those that are correlated with it as well, which cannot be told apart.
  case numbers([String], ParameterGroup)
  /// All other uncertain numbers together, so many.
  case others(Int)
  /// What merely happens inside the runs.
  case chance
}

/// A factor with its indices.
public struct FactorIndices: Sendable {
  /// What it is.
  public let factor: SensitivityFactor
  /// Its shares of the variance.
  public let indices: SobolIndices.Indices
}
