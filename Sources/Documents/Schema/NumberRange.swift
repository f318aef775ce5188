import Quantities

/// The numbers allowed at some place of a document.
public struct NumberRange: Hashable, Sendable {
  /// One end of a range.
  public struct Bound: Hashable, Sendable {
    /// The number at the end.
    public let value: Double
    /// Whether the number itself belongs to the range.
    public let isIncluded: Bool
  }

  private init(lower: Bound?, upper: Bound?) { (self.lower, self.upper) = (lower, upper) }

  /// The lower end; nil when it is the one of every number.
  public let lower: Bound?
  /// The upper end; nil when it is the one of every number.
  public let upper: Bound?

  /// The largest size of any number that a scenario or a command line may give, whatever it is.
  ///
  /// It is the widest range that a parameter declares. Products of several such numbers, and their
  /// squares, still are numbers, so that what is read here overflows nowhere later.
  public static let largest = 1e40

  /// Every number up to ``largest`` in size.
  public static let any = NumberRange(lower: nil, upper: nil)

  /// The range of a parameter.
  public init(_ range: ClosedRange<Double>) {
    self = .between(range.lowerBound, range.upperBound)
  }

  /// `value` and all above.
  public static func atLeast(_ value: Double) -> NumberRange {
    NumberRange(lower: Bound(value: value, isIncluded: true), upper: nil)
  }

  /// All above `value`, without it.
  public static func above(_ value: Double) -> NumberRange {
    NumberRange(lower: Bound(value: value, isIncluded: false), upper: nil)
  }

  /// `value` and all below.
  public static func atMost(_ value: Double) -> NumberRange {
    NumberRange(lower: nil, upper: Bound(value: value, isIncluded: true))
  }

  /// From `low` to `high`, both included.
  public static func between(_ low: Double, _ high: Double) -> NumberRange {
    NumberRange(
      lower: Bound(value: low, isIncluded: true), upper: Bound(value: high, isIncluded: true))
  }

  /// This range without its ends.
  public var withoutEnds: NumberRange {
    NumberRange(
      lower: lower.map { Bound(value: $0.value, isIncluded: false) },
      upper: upper.map { Bound(value: $0.value, isIncluded: false) })
  }

  /// All above `low` (without it) up to `high` (with it).
  public static func above(_ low: Double, atMost high: Double) -> NumberRange {
    NumberRange(lower: above(low).lower, upper: atMost(high).upper)
  }

  /// Whether `number` is in the range.
  public func contains(_ number: Double) -> Bool {
    if let lower, number < lower.value || (number == lower.value && !lower.isIncluded) {
      return false
    }
    if let upper, number > upper.value || (number == upper.value && !upper.isIncluded) {
      return false
    }
    return number.magnitude <= Self.largest
  }

  /// The same with the ends that hold for every number, where it has none of its own.
  var withAllEnds: NumberRange {
    let all = NumberRange.between(-Self.largest, Self.largest)
    return NumberRange(lower: lower ?? all.lower, upper: upper ?? all.upper)
  }

  /// The range as it is told to whoever gave this number, which is not in it.
  func words(against number: Double) -> String {
    (number.magnitude > Self.largest ? withAllEnds : self).description
  }
}

extension NumberRange: CustomStringConvertible {
  /// The range in words: `above 0 and at most 1`.
  public var description: String {
    let low = lower.map { ($0.isIncluded ? "at least " : "above ") + plainNumber($0.value) }
    let high = upper.map { ($0.isIncluded ? "at most " : "below ") + plainNumber($0.value) }
    let ends = [low, high].compactMap(\.self)
    return ends.isEmpty ? "any number" : ends.joined(separator: " and ")
  }
}

extension ClosedRange where Bound == Int {
  /// `value` and all whole numbers above.
  public static func atLeast(_ value: Int) -> ClosedRange<Int> { value...Int.max }

  /// The range in words, the limits of the type being ends like others.
  var inWordsWithEnds: String { "at least \(lowerBound) and at most \(upperBound)" }

  /// The range in words, an end at the limit of the type being no end.
  var inWords: String {
    switch (lowerBound == .min, upperBound == .max) {
    case (true, true): "any whole number"
    case (false, true): "at least \(lowerBound)"
    case (true, false): "at most \(upperBound)"
    case (false, false): "at least \(lowerBound) and at most \(upperBound)"
    }
  }
}

/// The shortest text that reads back as `number`, in a form that every YAML reader, and the strict
/// one of this module, takes for a number: `5`, `0.25`, `1.0e-07`.
package func plainNumber(_ number: Double) -> String {
  let text = number == 0 && number.sign == .minus ? "-0.0" : number.inFull
  guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
  return text[..<exponent] + ".0" + text[exponent...]
}
