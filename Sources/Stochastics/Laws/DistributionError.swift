/// Why a distribution can't be built. Each case carries the offending values.
public enum DistributionError: Error, Hashable {
  /// A number is NaN or infinite.
  case notFinite(law: String, name: String, value: Double)
  /// A number that must be above 0 isn't.
  case notPositive(law: String, name: String, value: Double)
  /// The numbers of a law do not stand to each other as it needs; `law` and `needs` in words.
  case unmet(law: String, needs: String, got: [Double])
  /// The law reaches values, or has a mean, that a double can't hold (or hold apart).
  case tooExtreme(law: String)
  /// A list that must hold something is empty.
  case empty(law: String)
  /// A law is made of more laws than it may be.
  case tooManyParts(law: String, most: Int, got: Int)
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
    case .unmet(let law, let needs, let got):
      "\(law) needs \(needs), got "
        + (got.count == 1
          ? got[0].plain : "[" + got.map(\.plain).joined(separator: ", ") + "]")
    case .tooExtreme(let law):
      "\(law) is too wide or too narrow to compute with: check its numbers"
    case .empty(let law):
      "\(law) needs at least one value, got an empty list"
    case .tooManyParts(let law, let most, let got):
      "\(law) takes at most \(most) parts in all, got \(got)"
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
}

// The conditions that the factories of the laws share.
extension Distribution {
  static func requireFinite(
    _ law: String, _ numbers: (name: String, value: Double)...
  ) throws(DistributionError) {
    for (name, value) in numbers where !value.isFinite {
      throw .notFinite(law: law, name: name, value: value)
    }
  }

  static func requirePositive(
    _ law: String, _ numbers: (name: String, value: Double)...
  ) throws(DistributionError) {
    for (name, value) in numbers where value <= 0 {
      throw .notPositive(law: law, name: name, value: value)
    }
  }

  static func requireMode(
    _ law: String, _ low: Double, _ mode: Double, _ high: Double
  ) throws(DistributionError) {
    try requireFinite(law, ("low", low), ("mode", mode), ("high", high))
    guard low < high, low <= mode, mode <= high else {
      throw .unmet(
        law: law, needs: "low <= mode <= high and low < high", got: [low, mode, high])
    }
  }

  static func requireValues(_ law: String, _ values: [Double]) throws(DistributionError) {
    guard !values.isEmpty else { throw .empty(law: law) }
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(law: law, name: "value at position \(index + 1)", value: value)
    }
  }

  static func requireWeights(
    _ law: String, _ weights: [Double], count: Int
  ) throws(DistributionError) {
    guard weights.count == count else {
      throw .weightCount(law: law, values: count, weights: weights.count)
    }
    for (index, weight) in weights.enumerated() {
      if !weight.isFinite {
        throw .notFinite(law: law, name: "weight at position \(index + 1)", value: weight)
      }
      if weight < 0 { throw .negativeWeight(law: law, position: index + 1, weight: weight) }
    }
    let total = weights.reduce(0, +)
    guard total > 0 else { throw .noWeight(law: law) }
    guard total.isFinite else { throw .tooExtreme(law: law) }
  }
}
