/// A day of the proleptic Gregorian calendar, without time zone.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01, which is 0.
  public let number: Int

  /// The day `number` days after 1970-01-01.
  public init(number: Int) { self.number = number }

  /// The day with this date, or nil when the calendar has none such.
  ///
  /// - Parameters:
  ///   - month: 1 to 12.
  ///   - day: 1 to the length of that month.
  public init?(year: Int, month: Int, day: Int) {
    guard let first = Month(year: year, month: month), day >= 1, day <= first.dayCount else {
      return nil
    }
    self.number = first.firstDay.number + day - 1
  }

  /// Reads `YYYY-MM-DD`; nil for any other form or for a day that does not exist.
  public init?(iso text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let year = Int(parts[0]), year > 0, let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The month that holds this day.
  public var month: Month {
    // Hinnant's civil-from-days: years begin in March, so that the leap day is the last of a year.
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return Month(index: year * 12 + month - 1)
  }

  /// The day of its month, from 1.
  public var dayOfMonth: Int { number - month.firstDay.number + 1 }

  /// Hours from 1970-01-01 to the start of this day, each day counted as 24 hours.
  public var startHour: Hours { Hours(Double(number) * 24) }

  /// Orders days by time.
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension Day: CustomStringConvertible {
  /// The ISO 8601 date, `YYYY-MM-DD`.
  public var description: String {
    "\(month)-\(twoDigits(dayOfMonth))"
  }
}

/// A whole number below 100 with a leading zero.
func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
