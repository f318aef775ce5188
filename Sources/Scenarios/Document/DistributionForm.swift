/// A number of a scenario as written: a constant or a distribution, with where it comes from.
///
/// The form alone has been checked (keys, counts, finite numbers in range); whether the numbers
/// make a distribution (`ci90` in order, weights above zero) is for the law itself to say.
public struct DistributionForm: Hashable, Sendable {
  /// The law and its numbers.
  public indirect enum Law: Hashable, Sendable {
    case constant(Double)
    /// Lognormal through these 5% and 95% points.
    case ci90(low: Double, high: Double)
    case normal(mean: Double, sd: Double)
    case lognormal(median: Double, sigma: Double)
    case uniform(low: Double, high: Double)
    case triangular(low: Double, mode: Double, high: Double)
    case pert(low: Double, mode: Double, high: Double)
    case beta(mean: Double, sd: Double)
    /// As many weights as values.
    case discrete(values: [Double], weights: [Double])
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
    case published, derived, judgement, unverified
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

  /// The value, when it is a constant.
  public var constant: Double? { if case .constant(let value) = law { value } else { nil } }
}
