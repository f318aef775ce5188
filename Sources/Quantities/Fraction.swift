/// A share of a whole, from 0 to 1 inclusive.
public struct Fraction: Hashable, Comparable, Sendable {
  /// The share, 0 to 1.
  public let value: Double

  /// Makes a share; anything outside 0 to 1, or not a number, is a programming error.
  @inlinable public init(_ value: Double) {
    precondition(value >= 0 && value <= 1, "a fraction must be within 0...1, got \(value)")
    self.value = value
  }

  /// The share as odds, `f / (1 - f)`: what it adds to the rest when it is this share of the sum.
  @inlinable public var odds: Double { value / (1 - value) }

  /// Orders shares by size.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
