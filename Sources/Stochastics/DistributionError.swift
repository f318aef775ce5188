/// Why a distribution can't be built. Each case carries the offending values.
public enum DistributionError: Error, Hashable {
  /// A number is NaN or infinite.
  case notFinite(law: String, name: String, value: Double)
  /// A number that must be above 0 isn't.
  case notPositive(law: String, name: String, value: Double)
  /// The two points of a `ci90` are not positive and ascending.
  case ci90Points(low: Double, high: Double)
  /// The bounds of a uniform are not ascending.
  case uniformBounds(low: Double, high: Double)
  /// A `triangular` or `pert` has its mode outside its bounds, or bounds that don't ascend.
  case modeOutside(law: String, low: Double, mode: Double, high: Double)
  /// The mean of a beta is not between 0 and 1.
  case betaMean(Double)
  /// The standard deviation of a beta is too large for its mean.
  case betaSpread(mean: Double, sd: Double)
  /// The law reaches values, or has a mean, that a double can't hold (or hold apart).
  case tooExtreme(law: String)
  /// A list that must hold something is empty.
  case empty(law: String)
  /// Values and weights differ in number.
  case weightCount(law: String, values: Int, weights: Int)
  /// A weight is negative; positions count from 1.
  case negativeWeight(law: String, position: Int, weight: Double)
  /// All weights are 0.
  case noWeight(law: String)
  /// `min` is above `max`, or one of them is NaN.
  case truncationBounds(min: Double, max: Double)
  /// The law gives no probability to what the truncation leaves.
  case truncationEmpty(min: Double, max: Double, support: ClosedRange<Double>)
}

extension DistributionError: CustomStringConvertible {
  /// What is needed and what was given, in one line.
  public var description: String {
    switch self {
    case .notFinite(let law, let name, let value):
      "\(law) needs a finite \(name), got \(value)"
    case .notPositive(let law, let name, let value):
      "\(law) needs \(name) > 0, got \(value.plain)"
        + (value == 0 ? " (write a constant for a value without spread)" : "")
    case .ci90Points(let low, let high):
      "ci90 needs 0 < low < high, got [\(low.plain), \(high.plain)]"
    case .uniformBounds(let low, let high):
      "uniform needs low < high, got [\(low.plain), \(high.plain)]"
    case .modeOutside(let law, let low, let mode, let high):
      "\(law) needs low <= mode <= high and low < high, "
        + "got [\(low.plain), \(mode.plain), \(high.plain)]"
    case .betaMean(let mean):
      "beta needs 0 < mean < 1, got \(mean.plain)"
    case .betaSpread(let mean, let sd):
      "beta with mean \(mean.plain) needs sd below \((mean * (1 - mean)).squareRoot().short), "
        + "got \(sd.plain)"
    case .tooExtreme(let law):
      "\(law) is too wide or too narrow to compute with: check its numbers"
    case .empty(let law):
      "\(law) needs at least one value, got an empty list"
    case .weightCount(let law, let values, let weights):
      "\(law) needs one weight for each value, got \(values) values and \(weights) weights"
    case .negativeWeight(let law, let position, let weight):
      "\(law) needs weights >= 0, got \(weight.plain) at position \(position)"
    case .noWeight(let law):
      "\(law) needs at least one weight above 0, got only zeros"
    case .truncationBounds(let min, let max):
      "truncation needs min <= max, got [\(min.plain), \(max.plain)]"
    case .truncationEmpty(let min, let max, let support):
      "truncation to [\(min.plain), \(max.plain)] leaves no probability: "
        + "the law lies on [\(support.lowerBound.plain), \(support.upperBound.plain)]"
    }
  }
}

extension Double {
  /// As a person would type it: whole numbers without a decimal point.
  var plain: String {
    self == rounded() && magnitude < 1e15 ? String(Int64(self)) : String(self)
  }

  /// To three decimals, rounded down so that a stated limit is never out of reach.
  fileprivate var short: String {
    ((self * 1000).rounded(.down) / 1000).plain
  }
}
