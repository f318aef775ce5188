/// A calendar month: the model's step.
public struct Month: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Months since January of year 0, which is 0.
  public let index: Int

  /// The month `index` months after January of year 0.
  public init(index: Int) { self.index = index }

  /// The month of a year, or nil unless `month` is 1 to 12.
  public init?(year: Int, month: Int) {
    guard (1...12).contains(month) else { return nil }
    self.index = year * 12 + month - 1
  }

  /// The last month of a year.
  public static func december(of year: Int) -> Month { Month(index: year * 12 + 11) }

  /// Reads `YYYY-MM`; nil for any other form.
  public init?(iso text: some StringProtocol) {
    guard let day = Day(iso: "\(text)-01") else { return nil }
    self = day.month
  }

  /// The calendar year.
  public var year: Int { (index - (number - 1)) / 12 }

  /// The month of the year, 1 to 12.
  public var number: Int { (index % 12 + 12) % 12 + 1 }

  /// The first day of the month.
  public var firstDay: Day {
    // Hinnant's days-from-civil, for the first of a month.
    let month = number
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Day(number: era * 146_097 + dayOfEra - 719_468)
  }

  /// The last day of the month.
  public var lastDay: Day { Day(number: (self + 1).firstDay.number - 1) }

  /// How many days it has, 28 to 31.
  public var dayCount: Int { (self + 1).firstDay.number - firstDay.number }

  /// The month `count` months later.
  public static func + (month: Self, count: Int) -> Self { Month(index: month.index + count) }

  /// How many months lie from `right` to `left`.
  public static func - (left: Self, right: Self) -> Int { left.index - right.index }

  /// Orders months by time.
  public static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

extension Month: CustomStringConvertible {
  /// The ISO 8601 month, `YYYY-MM`.
  public var description: String {
    let digits = String(year)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(padding)\(digits)-\(twoDigits(number))"
  }
}
