/// Draws of some numbers, each of which is a case of what is asked about or is not.
public struct LabelledDraws: Sendable {
  /// For each number its values, draw by draw.
  public let columns: [[Double]]
  /// Whether each draw is a case.
  public let isCase: [Bool]

  /// Draws with their labels.
  ///
  /// - Parameter columns: each as long as `isCase`, without NaN.
  public init(columns: [[Double]], isCase: [Bool]) {
    precondition(columns.allSatisfy { $0.count == isCase.count }, "columns of different lengths")
    (self.columns, self.isCase) = (columns, isCase)
  }

  /// Counts what is among some draws.
  func tally(_ rows: [Int]) -> Tally { Tally(count: rows.count, cases: rows.count { isCase[$0] }) }

  /// Those of some draws that lie within a box.
  func rows(_ rows: [Int], within box: DrawBox) -> [Int] {
    rows.filter { contains(box, $0) }
  }

  /// The largest difference between the share of cases and the share of others that are no larger than any value of a
  /// number (Kolmogorov and Smirnov): 0 where both are spread alike, or where there are none of either.
  func distance(alongColumn column: [Double], among rows: [Int]) -> Double {
    let all = tally(rows)
    let others = all.count - all.cases
    guard all.cases > 0, others > 0 else { return 0 }
    let sorted = rows.sorted { (column[$0], $0) < (column[$1], $1) }
    var (cases, rest, largest) = (0, 0, 0.0)
    for (place, row) in sorted.enumerated() {
      if isCase[row] { cases += 1 } else { rest += 1 }
      // Equal values are passed together.
      if place + 1 < sorted.count, column[sorted[place + 1]] == column[row] { continue }
      let difference = Double(cases) / Double(all.cases) - Double(rest) / Double(others)
      largest = max(largest, abs(difference))
    }
    return largest
  }

  /// Whether a draw lies within a box.
  public func contains(_ box: DrawBox, _ row: Int) -> Bool {
    box.limits.allSatisfy { $0.allows(columns[$0.number][row]) }
  }
}

/// So many draws, so many of them cases.
public struct Tally: Hashable, Sendable {
  /// Draws.
  public let count: Int
  /// Cases among them.
  public let cases: Int

  /// Counts.
  public init(count: Int, cases: Int) { (self.count, self.cases) = (count, cases) }

  /// The share of draws that are cases; NaN without draws.
  public var density: Double { Double(cases) / Double(count) }
}

/// A box of draws: limits of some numbers, ends included, within which a draw lies. Without any it holds all draws.
public struct DrawBox: Hashable, Sendable {
  /// Which end of a number's range is limited.
  public enum End: Int, Hashable, Sendable {
    /// From below.
    case lower
    /// From above.
    case upper
  }

  /// One limit of one number.
  public struct Limit: Hashable, Sendable {
    /// The place of the number among the columns.
    public let number: Int
    /// Which end.
    public let end: End
    /// The limit itself, which is within the box.
    public let value: Double

    /// Limits a number.
    public init(number: Int, end: End, value: Double) {
      (self.number, self.end, self.value) = (number, end, value)
    }

    /// Whether a value of the number is within.
    public func allows(_ value: Double) -> Bool {
      end == .lower ? value >= self.value : value <= self.value
    }
  }

  /// The limits by number, the lower before the upper.
  public private(set) var limits: [Limit]

  /// A box with some limits, one at most of each end.
  public init(_ limits: [Limit] = []) {
    self.limits = limits.sorted { ($0.number, $0.end.rawValue) < ($1.number, $1.end.rawValue) }
  }

  /// The numbers that are limited, each once.
  public var numbers: [Int] {
    limits.indices.filter { $0 == 0 || limits[$0].number != limits[$0 - 1].number }
      .map { limits[$0].number }
  }

  /// The limit of one end of a number, if there is one.
  func limit(_ end: End, of number: Int) -> Limit? {
    limits.first { $0.number == number && $0.end == end }
  }

  /// The same without a limit.
  public func without(_ limit: Limit) -> DrawBox { DrawBox(limits.filter { $0 != limit }) }

  /// The same with a limit in place of any that the end had.
  func with(_ limit: Limit) -> DrawBox {
    DrawBox(limits.filter { ($0.number, $0.end) != (limit.number, limit.end) } + [limit])
  }
}
