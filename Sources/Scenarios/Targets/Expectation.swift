import Documents
import Quantities

/// What a number is compared with.
public enum Expectation: Hashable, Sendable {
  /// About this, within a relative tolerance (0: exactly).
  case about(Double, tolerance: Double)
  /// About this, within a tolerance in its own unit.
  case within(Double, absolute: Double)
  /// This, as it is printed: within half a unit of the last of so many significant digits.
  case printed(Double, digits: Int)
  /// At least this.
  case atLeast(Double)
  /// At most this.
  case atMost(Double)
  /// Within these bounds, both included.
  case between(Double, Double)

  /// Whether a number meets it.
  public func isMet(by value: Double) -> Bool {
    switch self {
    case .about(let target, let tolerance): abs(value - target) <= tolerance * abs(target)
    // Both ends are included, as far as rounding can tell.
    case .within(let target, let absolute): abs(value - target) <= absolute * (1 + 1e-9)
    case .printed(let target, let digits):
      abs(value - target) <= Self.halfUnit(of: target, digits: digits)
    case .atLeast(let bound): value >= bound
    case .atMost(let bound): value <= bound
    case .between(let low, let high): low <= value && value <= high
    }
  }

  /// Half a unit of the last of so many significant digits of a number, and as much more as rounding can hide.
  private static func halfUnit(of value: Double, digits: Int) -> Double {
    guard value != 0, value.isFinite else { return 0 }
    var unit = 1.0
    while abs(value) >= 10 * unit { unit *= 10 }
    while abs(value) < unit { unit /= 10 }
    for _ in 1..<max(digits, 1) { unit /= 10 }
    return 0.5 * unit * (1 + 1e-9)
  }
}

/// How expectations are written.
enum ExpectationSchema {
  /// The keys that say how near a number has to be.
  static let nearness = ["tolerance", "within", "digits"]

  /// The keys beside the one that says what was published.
  ///
  /// - Parameter targets: that key, and others in its place.
  static func comparison(beside targets: [String]) -> [Field] {
    [
      .optional("at_least", .number(.any), "The figure is at least this."),
      .optional("at_most", .number(.any), "The figure is at most this."),
    ] + nearness(beside: targets) + [.optional("source", .text, "Who says so.")]
  }

  /// How near a number has to be to one that is published.
  static func nearness(beside targets: [String]) -> [Field] {
    [
      .optional(
        "tolerance", .number(.between(0, 1000)),
        default: .stated("0, which is exactly, without `within` and `digits`"), beside: targets,
        "How far off it may be, relative."),
      .optional(
        "within", .number(.between(0, 1e30)), beside: targets,
        "How far off it may be, in its own unit."),
      .optional(
        "digits", .integer(1...15), beside: targets,
        "As printed: within half a unit of the last of so many significant digits."),
    ]
  }
}

/// Reads expectations.
enum ExpectationReader {
  /// What a record says of a number; nil where it says nothing, or something that is at fault.
  ///
  /// - Parameter target: the key of what was published.
  static func expectation(
    _ node: DocumentNode, about target: String, faults: inout [Fault]
  ) -> Expectation? {
    if let value = node[target]?.number {
      if let bound = ["at_least", "at_most"].first(where: { !node.lacks($0) }) {
        faults.append(
          node.fault("both \(target) and \(bound) are given", advice: "keep one of the two"))
      }
      return near(value, node, faults: &faults)
    }
    switch (node["at_least"]?.number, node["at_most"]?.number) {
    case (let low?, let high?):
      if low > high {
        faults.append(
          node.fault("at_least \(low.inFull) is above at_most \(high.inFull)", advice: "swap them"))
      }
      return .between(low, high)
    case (let low?, nil): return .atLeast(low)
    case (nil, let high?): return .atMost(high)
    case (nil, nil): return nil
    }
  }

  /// A number, as near as a record says.
  static func near(
    _ value: Double, _ node: DocumentNode, faults: inout [Fault]
  ) -> Expectation {
    let given = ExpectationSchema.nearness.filter { !node.lacks($0) }
    if given.count > 1 {
      faults.append(
        node.fault(
          "\(given.joined(separator: " and ")) are given", advice: "keep one of them"))
    }
    if let absolute = node["within"]?.number { return .within(value, absolute: absolute) }
    if let digits = node["digits"]?.integer { return .printed(value, digits: digits) }
    return .about(value, tolerance: node["tolerance"]?.number ?? 0)
  }
}
