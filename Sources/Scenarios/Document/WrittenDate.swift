/// A day of the Gregorian calendar, as written in a file: `YYYY-MM-DD`.
public struct WrittenDate: Hashable, Sendable {
  /// The year, 1 to 9999.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, from 1.
  public let day: Int

  /// Reads exactly `YYYY-MM-DD`; nil for any other form and for a day the calendar lacks.
  public init?(_ text: some StringProtocol) {
    guard let parts = fixedDigits(text, [4, 2, 2]), let month = WrittenMonth(parts[0], parts[1]),
      (1...month.days).contains(parts[2])
    else { return nil }
    (self.year, self.month, self.day) = (month.year, month.month, parts[2])
  }
}

extension WrittenDate: Comparable, CustomStringConvertible {
  /// Orders by time.
  public static func < (a: WrittenDate, b: WrittenDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  /// The form it was read from.
  public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

/// A month of the Gregorian calendar, as written in a file: `YYYY-MM`.
public struct WrittenMonth: Hashable, Sendable {
  /// The year, 1 to 9999.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int

  /// Reads exactly `YYYY-MM`; nil for any other form.
  public init?(_ text: some StringProtocol) {
    guard let parts = fixedDigits(text, [4, 2]) else { return nil }
    self.init(parts[0], parts[1])
  }

  fileprivate init?(_ year: Int, _ month: Int) {
    guard year > 0, (1...12).contains(month) else { return nil }
    (self.year, self.month) = (year, month)
  }

  fileprivate var days: Int {
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension WrittenMonth: Comparable, CustomStringConvertible {
  /// Orders by time.
  public static func < (a: WrittenMonth, b: WrittenMonth) -> Bool {
    (a.year, a.month) < (b.year, b.month)
  }

  /// The form it was read from.
  public var description: String { "\(padded(year, 4))-\(padded(month, 2))" }
}

/// The numbers of a text made of groups of exactly so many digits, joined by hyphens.
private func fixedDigits(_ text: some StringProtocol, _ lengths: [Int]) -> [Int]? {
  let groups = text.split(separator: "-", omittingEmptySubsequences: false)
  guard groups.map(\.utf8.count) == lengths else { return nil }
  let numbers = groups.compactMap { $0.utf8.allSatisfy(isDigit) ? Int($0) : nil }
  return numbers.count == lengths.count ? numbers : nil
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
