/// A unit of measurement, used only as a type.
public protocol MeasureUnit: Sendable {}

/// An amount with its unit in its type, so that dollars cannot be added to FLOP.
///
/// Laws: addition and scaling behave as in `Double`; the quotient of two measures of one unit is a
/// plain number. Nothing is checked: a measure may be negative or infinite if its inputs were.
public struct Measure<Unit: MeasureUnit>: Hashable, Sendable, BitwiseCopyable {
  /// The amount in `Unit`.
  public var value: Double

  /// Makes an amount of `value` units.
  @inlinable public init(_ value: Double) { self.value = value }

  /// Nothing of it.
  @inlinable public static var zero: Self { Self(0) }
}

extension Measure: Comparable {
  /// Orders amounts of one unit.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

extension Measure: AdditiveArithmetic {
  /// Adds amounts of one unit.
  @inlinable public static func + (left: Self, right: Self) -> Self {
    Self(left.value + right.value)
  }

  /// Subtracts amounts of one unit.
  @inlinable public static func - (left: Self, right: Self) -> Self {
    Self(left.value - right.value)
  }
}

extension Measure {
  /// Scales an amount by a plain number.
  @inlinable public static func * (left: Self, factor: Double) -> Self {
    Self(left.value * factor)
  }

  /// Scales an amount by a plain number.
  @inlinable public static func * (factor: Double, right: Self) -> Self {
    Self(factor * right.value)
  }

  /// Divides an amount by a plain number.
  @inlinable public static func / (left: Self, divisor: Double) -> Self {
    Self(left.value / divisor)
  }

  /// The plain ratio of two amounts of one unit.
  @inlinable public static func / (left: Self, right: Self) -> Double { left.value / right.value }
}
