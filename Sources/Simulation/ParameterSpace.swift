public import Stochastics

/// What is not known about the world: named distributions, and how they are correlated.
public struct ParameterSpace: Sendable {
  /// One unknown number.
  public struct Uncertainty: Sendable {
    /// Its path in the scenario. The name is its address: the same name gets the same draw in
    /// every regime and at every sweep point.
    public let name: String

    /// Its unit, as in file keys.
    public let unit: String

    /// The law it is drawn from in the reference world.
    public let distribution: Distribution

    /// Declares an unknown number.
    public init(name: String, unit: String, distribution: Distribution) {
      self.name = name
      self.unit = unit
      self.distribution = distribution
    }
  }

  /// The unknown numbers, in file order.
  public let uncertainties: [Uncertainty]

  /// How they are correlated, if they are.
  public let copula: GaussianCopula?

  /// Collects unknown numbers.
  public init(uncertainties: [Uncertainty], copula: GaussianCopula? = nil) {
    self.uncertainties = uncertainties
    self.copula = copula
  }

  /// A world without unknowns.
  public static let certain = ParameterSpace(uncertainties: [])
}

/// One draw of all uncertainties, shared by every regime of a replicate, and by all replicates to which
/// the design gives the same (``Design/draw(of:)``).
public struct ParameterDraw: Sendable {
  /// For each uncertainty its probability, in (0, 1), after correlation.
  public let uniforms: [Double]

  /// For each uncertainty its value under its own distribution.
  public let values: [Double]
}

extension ParameterSpace {
  /// Turns independent uniforms into a draw: correlates them, then applies inverse CDFs.
  package func draw(from independent: [Double]) -> ParameterDraw {
    var uniforms = independent
    copula?.transform(&uniforms)
    // By place: a number that is taken out of its array is counted in and out with its name and unit.
    let values = uncertainties.indices.map { uncertainties[$0].distribution.quantile(uniforms[$0]) }
    return ParameterDraw(uniforms: uniforms, values: values)
  }
}
