import Quantities

/// Numbers as people read them.
package enum NumberWords {
  /// So many significant digits at most, but every digit of a whole number; exponents where a
  /// number is very large or small.
  package static func significant(_ value: Double, digits: Int) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    let (mantissa, magnitude) = parts(of: value, digits: digits)
    guard magnitude < 15, magnitude >= -4 else {
      return exponential(mantissa, magnitude, digits: digits)
    }
    return trimmed(fixed(value, decimals: max(0, digits - 1 - magnitude)))
  }

  /// With an exponent of ten: `5.07e12`.
  package static func exponential(_ value: Double, digits: Int) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    let (mantissa, magnitude) = parts(of: value, digits: digits)
    return exponential(mantissa, magnitude, digits: digits)
  }

  private static func exponential(_ mantissa: Double, _ magnitude: Int, digits: Int) -> String {
    trimmed(fixed(mantissa, decimals: digits - 1)) + "e\(magnitude)"
  }

  /// A number between 1 and 10, with the value's sign, and its exponent of ten.
  private static func parts(of value: Double, digits: Int) -> (mantissa: Double, magnitude: Int) {
    var magnitude = 0
    var mantissa = abs(value)
    while mantissa >= 10 { (mantissa, magnitude) = (mantissa / 10, magnitude + 1) }
    while mantissa < 1 { (mantissa, magnitude) = (mantissa * 10, magnitude - 1) }
    // Rounding may carry: 9.9999999e20 in seven digits is 1e21.
    if fixed(mantissa, decimals: digits - 1).hasPrefix("10") {
      (mantissa, magnitude) = (1, magnitude + 1)
    }
    return (value < 0 ? -mantissa : mantissa, magnitude)
  }

  /// How many significant digits of a value of some size show two digits of its uncertainty; two at least.
  package static func digits(of size: Double, within uncertainty: Double) -> Int {
    guard size > 0, uncertainty > 0, size.isFinite else { return 2 }
    let (_, magnitude) = parts(of: size, digits: 17)
    let (_, last) = parts(of: uncertainty, digits: 2)
    return min(17, max(2, magnitude - last + 2))
  }

  /// A value rounded to the second digit of its uncertainty, and to four digits at least; as it is without any.
  package static func rounded(_ value: Double, within uncertainty: Double) -> Double {
    guard uncertainty > 0, uncertainty.isFinite, value != 0 else { return value }
    let last = parts(of: uncertainty, digits: 2).magnitude - 1
    let place = min(last, parts(of: value, digits: 4).magnitude - 3)
    guard abs(place) < 15 else { return value }
    var power = 1.0
    for _ in 0..<abs(place) { power *= 10 }
    // Divided by a whole number, it comes to the number that its shortest digits stand for.
    return place < 0 ? (value * power).rounded() / power : (value / power).rounded() * power
  }

  /// A fixed number of decimals, 0 to 3, with thousands separators; exponents from 1e15 on.
  package static func grouped(_ value: Double, decimals: Int = 0) -> String {
    guard abs(value) < 1e15 else { return significant(value, digits: 7) }
    let text = fixed(abs(value), decimals: decimals)
    let parts = text.split(separator: ".")
    let whole = DigitGroups.text(parts.first ?? "0")
    let sign = value < 0 && text.contains(where: { $0 != "0" && $0 != "." }) ? "-" : ""
    return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// Dollars in the unit that suits them. A unit begins where the one below it would round up to
  /// a thousand.
  package static func dollars(_ value: Double) -> String {
    let amount = abs(value)
    let words =
      switch amount {
      case 999.995e6...: "\(grouped(amount / 1e9, decimals: 2))B"
      case 999.5e3...: "\(grouped(amount / 1e6, decimals: 2))M"
      case 999.5...: "\(grouped(amount / 1e3))K"
      default: grouped(amount)
      }
    return value <= -0.5 ? "-$\(words)" : "$\(words)"
  }

  /// A figure of a table: dollars in their unit, numbers of some thousands in full, three digits of
  /// any other.
  package static func figure(_ value: Double, unit: String) -> String {
    switch unit {
    case "usd", "usd_per_month": dollars(value)
    case _ where abs(value) >= 1e9: exponential(value, digits: 3)
    case _ where abs(value) >= 1000: grouped(value)
    default: significant(value, digits: 3)
    }
  }

  /// A count of things, whose plural takes an s: `1 regime`, `1,000 replicates`.
  package static func counted(_ count: Int, _ thing: String) -> String {
    "\(grouped(Double(count))) \(thing)\(count == 1 ? "" : "s")"
  }

  /// A share as a percentage.
  package static func percent(_ share: Double, decimals: Int = 0) -> String {
    "\(grouped(share * 100, decimals: decimals))%"
  }

  /// A correlation with its sign.
  package static func signed(_ correlation: Double) -> String {
    let text = grouped(abs(correlation), decimals: 2)
    return text == "0.00" ? text : correlation < 0 ? "-\(text)" : "+\(text)"
  }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let units = UInt64((abs(value) * power).rounded())
    let divisor = UInt64(power)
    var text = "\(units / divisor)"
    if decimals > 0 {
      let fraction = "\(units % divisor)"
      text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
    return value < 0 ? "-" + text : text
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
