/// A number of a scenario as written: a constant or a distribution, with where it comes from.
///
/// The form alone has been checked (keys, counts, finite numbers in range); whether the numbers
/// make a distribution (`ci90` in order, weights above zero) is for the law itself to say.
public struct DistributionForm: Hashable, Sendable {
  /// The law and its numbers.
  public indirect enum Law: Hashable, Sendable {
    /// One number without uncertainty.
    case constant(Double)
    /// Lognormal through these 5% and 95% points.
    case ci90(low: Double, high: Double)
    /// Normal.
    case normal(mean: Double, sd: Double)
    /// Lognormal, sigma being the standard deviation of the natural logarithm.
    case lognormal(median: Double, sigma: Double)
    /// Uniform between two ends.
    case uniform(low: Double, high: Double)
    /// Triangular: lowest, most likely, highest.
    case triangular(low: Double, mode: Double, high: Double)
    /// Beta-PERT: lowest, most likely, highest.
    case pert(low: Double, mode: Double, high: Double)
    /// Beta on 0 to 1.
    case beta(mean: Double, sd: Double)
    /// As many weights as values.
    case discrete(values: [Double], weights: [Double])
    /// One of these parts at each draw.
    case mixture([Component])
    /// The numbers of a one-column file, in its order.
    case empirical(file: String, values: [Double])
  }

  /// A part of a mixture.
  public struct Component: Hashable, Sendable {
    /// How often the part is drawn from, against the other weights.
    public let weight: Double
    /// The part.
    public let form: DistributionForm
  }

  /// How well a value is known.
  public enum Confidence: String, CaseIterable, Sendable {
    /// A source states it.
    case published
    /// Computed from published values.
    case derived
    /// Somebody's informed opinion.
    case judgement
    /// Not traced to a source yet.
    case unverified
  }

  /// The law and its numbers.
  public let law: Law
  /// Draws below are not made; nil for no such limit.
  public var minimum: Double?
  /// Draws above are not made; nil for no such limit.
  public var maximum: Double?
  /// The single value a source gives, for results at published values.
  public var published: Double?
  /// Where the value comes from.
  public var source: String?
  /// How well the value is known.
  public var confidence: Confidence?
  /// Where the value is written.
  public let location: SourceLocation
  /// Its path from the top of the document.
  public let path: String

  package init(
    law: Law, minimum: Double? = nil, maximum: Double? = nil, published: Double? = nil,
    source: String? = nil, confidence: Confidence? = nil, location: SourceLocation, path: String
  ) {
    self.law = law
    (self.minimum, self.maximum, self.published) = (minimum, maximum, published)
    (self.source, self.confidence) = (source, confidence)
    (self.location, self.path) = (location, path)
  }

  /// The value, when it is a constant.
  public var constant: Double? { if case .constant(let value) = law { value } else { nil } }
}
