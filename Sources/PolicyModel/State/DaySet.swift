/// Some of the days of one month, so that days on which two things hold can be told from days on which
/// one of them does.
struct DaySet: Hashable, Sendable {
  /// A bit for each day, the first the lowest.
  private var days: UInt32
  /// How many days the month has; all 32 bits stand for a month of any length. In as little room as the days: a
  /// regime's terms are eight such sets for each chip in each market.
  private var length: UInt32

  private init(days: UInt32, length: UInt32) {
    let whole: UInt32 = length < 32 ? (1 << length) - 1 : .max
    if days & whole == whole {
      (self.days, self.length) = (.max, 32)
    } else {
      (self.days, self.length) = days & whole == 0 ? (0, 32) : (days & whole, length)
    }
  }

  /// No day.
  static let none = DaySet(days: 0, length: 32)
  /// Every day.
  static let all = DaySet(days: .max, length: 32)

  /// The days `range`, the first of the month being 0, of a month with so many days.
  init(_ range: Range<Int>, of length: Int) {
    let days = range.clamped(to: 0..<length).reduce(into: UInt32(0)) { $0 |= 1 << UInt32($1) }
    self.init(days: days, length: UInt32(length))
  }

  var isEmpty: Bool { days == 0 }

  /// How much of the month they are, 0 to 1.
  var share: Double { Double(days.nonzeroBitCount) / Double(length) }

  /// The days of either.
  func union(_ other: DaySet) -> DaySet {
    DaySet(days: days | other.days, length: min(length, other.length))
  }

  /// The days of both.
  func intersection(_ other: DaySet) -> DaySet {
    DaySet(days: days & other.days, length: min(length, other.length))
  }

  /// The days that are none of the other's.
  func subtracting(_ other: DaySet) -> DaySet {
    DaySet(days: days & ~other.days, length: min(length, other.length))
  }
}
