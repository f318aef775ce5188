/// What somebody wants of a figure: that its level is within limits, or that one regime moves it from where another
/// leaves it.
public enum Aim: Hashable, Sendable {
  /// Which way a figure is to go.
  public enum Direction: Hashable, Sendable {
    /// Down.
    case less
    /// Up.
    case more
  }

  /// How far a figure is to move.
  public enum Size: Hashable, Sendable {
    /// By anything that is more than rounding.
    case any
    /// By an amount in its own unit, above 0.
    case amount(Double)
    /// By a share of what it is under the other regime, above 0.
    case share(Double)
  }

  /// Where a level is to be.
  public enum Level: Hashable, Sendable {
    /// Less than a value.
    case below(Double)
    /// More than a value.
    case above(Double)
    /// No more than a value.
    case atMost(Double)
    /// No less than a value.
    case atLeast(Double)
    /// No less than the first value and no more than the second.
    case between(Double, Double)
  }

  /// The figure under one regime.
  case level(Level)
  /// The figure under one regime less that under another, in the same replicate.
  case change(Direction, by: Size)

  /// What becomes of an aim in one draw.
  public enum Outcome: Int, CaseIterable, Hashable, Sendable {
    /// The level is within the limits; the change has the direction and at least the size.
    case met
    /// It is neither met nor reversed.
    case missed
    /// The change has the opposite direction.
    case reversed
  }

  /// Differences that are no larger than this share of the values are rounding.
  private static let rounding = 1e-12

  /// The outcomes that there can be.
  public var outcomes: [Outcome] {
    if case .level = self { [.met, .missed] } else { [.met, .missed, .reversed] }
  }

  /// Whether it asks for a change between two regimes.
  public var isOfChange: Bool { if case .change = self { true } else { false } }

  /// Which way it wants the figure; nil where it wants it neither high nor low.
  var direction: Direction? {
    switch self {
    case .level(.below), .level(.atMost): .less
    case .level(.above), .level(.atLeast): .more
    case .level(.between): nil
    case .change(let direction, _): direction
    }
  }

  /// What becomes of it in one draw; nil where a value is missing, or a share of nothing is asked for.
  ///
  /// - Parameters:
  ///   - value: of the figure under the regime.
  ///   - reference: under the other one; not looked at for levels.
  public func outcome(_ value: Double, from reference: Double = .nan) -> Outcome? {
    guard !value.isNaN else { return nil }
    switch self {
    case .level(let level): return level.holds(value) ? .met : .missed
    case .change(let direction, let size):
      guard !reference.isNaN else { return nil }
      let change = direction == .less ? reference - value : value - reference
      let rounding = Self.rounding * max(abs(value), abs(reference))
      if change < -rounding { return .reversed }
      switch size {
      case .any: return change > rounding ? .met : .missed
      case .amount(let amount): return change >= amount - rounding ? .met : .missed
      case .share(let share):
        guard reference != 0 else { return nil }
        return change >= share * abs(reference) - rounding ? .met : .missed
      }
    }
  }
}

extension Aim.Level {
  /// Whether a value is where it is to be.
  func holds(_ value: Double) -> Bool {
    switch self {
    case .below(let limit): value < limit
    case .above(let limit): value > limit
    case .atMost(let limit): value <= limit
    case .atLeast(let limit): value >= limit
    case .between(let low, let high): low <= value && value <= high
    }
  }
}
