/// Numbers as people read them.
enum NumberWords {
  /// At most so many significant digits; exponents where a number is very large or small.
  static func significant(_ value: Double, digits: Int) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    var magnitude = 0
    var scaled = abs(value)
    while scaled >= 10 { (scaled, magnitude) = (scaled / 10, magnitude + 1) }
    while scaled < 1 { (scaled, magnitude) = (scaled * 10, magnitude - 1) }
    if magnitude >= 15 || magnitude < -4 {
      let mantissa = fixed(value < 0 ? -scaled : scaled, decimals: digits - 1)
      return trimmed(mantissa) + "e\(magnitude)"
    }
    return trimmed(fixed(value, decimals: max(0, digits - 1 - magnitude)))
  }

  /// A fixed number of decimals, with thousands separators.
  static func grouped(_ value: Double, decimals: Int = 0) -> String {
    let text = fixed(abs(value), decimals: decimals)
    let parts = text.split(separator: ".")
    var whole = Array(parts.first ?? "0")
    var position = whole.count - 3
    while position > 0 {
      whole.insert(",", at: position)
      position -= 3
    }
    let sign = value < 0 && text.contains(where: { $0 != "0" && $0 != "." }) ? "-" : ""
    return sign + String(whole) + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// Dollars in the unit that suits them.
  static func dollars(_ value: Double) -> String {
    switch abs(value) {
    case 1e9...: "$\(grouped(value / 1e9, decimals: 2))B"
    case 1e6...: "$\(grouped(value / 1e6, decimals: 2))M"
    case 1e3...: "$\(grouped(value / 1e3, decimals: 0))K"
    default: "$\(grouped(value))"
    }
  }

  /// A share as a whole percentage.
  static func percent(_ share: Double) -> String { "\(grouped(share * 100))%" }

  private static func fixed(_ value: Double, decimals: Int) -> String {
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let scaled = (abs(value) * power).rounded()
    guard scaled < 9e18 else { return "\(value)" }
    let units = UInt64(scaled)
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
