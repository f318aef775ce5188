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
  /// All uncertain numbers of a subject, by name; of several subjects where numbers of theirs are correlated.
  case subjects([ParameterGroup], [String])
  /// All other uncertain numbers together, by name.
  case others([String])
  /// What merely happens inside the runs.
  case chance

  /// Its uncertain numbers.
  package var names: [String] {
    switch self {
    case .numbers(let names, _), .subjects(_, let names), .others(let names): names
    case .chance: []
    }
  }

  /// Whether it is of numbers or subjects that are named.
  package var isNamed: Bool {
    switch self {
    case .numbers, .subjects: true
    case .others, .chance: false
    }
  }
}

/// The parts of a figure's variance that factors make up, which are all there is.
public struct SensitivityIndices: Sendable {
  /// A factor with its indices.
  public struct Part: Sendable {
    /// What it is.
    public let factor: SensitivityFactor
    /// Its shares of the variance.
    public let indices: SobolIndices.Indices
  }

  /// The estimates as a whole.
  public let sobol: SobolIndices
  /// The factors, largest total first, then all other numbers, then chance.
  public let parts: [Part]

  /// - Parameter factors: in the order of the estimates.
  init(_ sobol: SobolIndices, of factors: [SensitivityFactor]) {
    self.sobol = sobol
    let parts = zip(factors, sobol.factors).map(Part.init)
    self.parts =
      parts.filter(\.factor.isNamed).sorted { $0.indices.total.value > $1.indices.total.value }
      + parts.filter { !$0.factor.isNamed }
  }
}
