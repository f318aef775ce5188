/// What a number is counted in: symbols with whole powers, as `chip/vendor/month`.
///
/// Symbols mean nothing but themselves: they multiply and cancel, and no unit is converted into another. A
/// symbol in the plural is the same as in the singular (`chips` is `chip`), and `_per_` is a division, so that
/// `h100e_per_month` is `h100e/month`.
public struct FormulaUnit: Hashable, Sendable {
  /// A symbol with its power, which is never 0.
  private struct Factor: Hashable, Sendable {
    let symbol: String
    let power: Int
  }

  /// By symbol, rising.
  private let factors: [Factor]

  /// The unit of plain numbers.
  public static let plain = FormulaUnit([])

  private init(_ factors: [Factor]) { self.factors = factors }

  private init(_ powers: [String: Int]) {
    factors = powers.filter { $0.value != 0 }.map { Factor(symbol: $0.key, power: $0.value) }
      .sorted { $0.symbol < $1.symbol }
  }

  /// Whether it is that of a plain number.
  public var isPlain: Bool { factors.isEmpty }

  private func powers(times factor: Int = 1) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: factors.map { ($0.symbol, $0.power * factor) })
  }

  /// The unit of a product.
  static func * (left: Self, right: Self) -> Self {
    Self(left.powers().merging(right.powers(), uniquingKeysWith: +))
  }

  /// The unit of a quotient.
  static func / (left: Self, right: Self) -> Self {
    Self(left.powers().merging(right.powers(times: -1), uniquingKeysWith: +))
  }

  /// The unit of a power; nil where a symbol would have a power that is not whole.
  func power(_ exponent: Double) -> Self? {
    var powers: [String: Int] = [:]
    for factor in factors {
      guard let power = Int(exactly: Double(factor.power) * exponent), abs(power) <= Self.mostPower
      else { return nil }
      powers[factor.symbol] = power
    }
    return Self(powers)
  }
}

extension FormulaUnit {
  private static let mostPower = 100
  private static let mostLetters = 200

  /// How a unit is written, in words.
  public static let form =
    "symbols joined by / and *, as in chip/vendor/month or usd*chip^2, and 1 for a plain number"

  /// Reads a unit as it is written; nil for what is none.
  public init?(_ text: some StringProtocol) {
    let text = String(text).filter { $0 != " " }
    guard !text.isEmpty, text.utf8.count <= Self.mostLetters else { return nil }
    var powers: [String: Int] = [:]
    var sign = 1
    for part in Self.parts(of: text.replacing("_per_", with: "/")) {
      switch part {
      case "/": sign = -1
      case "*": sign = 1
      default:
        guard let (symbol, power) = Self.factor(part) else { return nil }
        if let symbol { powers[symbol, default: 0] += sign * power }
      }
    }
    guard powers.values.allSatisfy({ abs($0) <= Self.mostPower }) else { return nil }
    self.init(powers)
  }

  /// Factors and the signs between them; an empty factor where two signs stand together.
  private static func parts(of text: String) -> [String] {
    var parts = [""]
    for letter in text {
      if letter == "/" || letter == "*" {
        parts += [String(letter), ""]
      } else {
        parts[parts.count - 1].append(letter)
      }
    }
    return parts
  }

  /// A symbol with its power, without symbol for the number 1; nil for what is neither.
  private static func factor(_ text: String) -> (symbol: String?, power: Int)? {
    if text == "1" { return (nil, 1) }
    let words = text.split(separator: "^", omittingEmptySubsequences: false)
    guard let symbol = words.first, words.count <= 2, isSymbol(symbol) else { return nil }
    guard words.count == 2 else { return (singular(symbol), 1) }
    return Int(words[1]).map { (singular(symbol), $0) }
  }

  private static func isSymbol(_ word: some StringProtocol) -> Bool {
    guard let first = word.first, first.isASCII, first.isLetter else { return false }
    return word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  private static func singular(_ symbol: some StringProtocol) -> String {
    let isPlural = symbol.count > 3 && symbol.hasSuffix("s") && !symbol.hasSuffix("ss")
    return String(isPlural ? symbol.dropLast() : symbol[...])
  }

  /// The symbols that it is made of.
  var symbols: [String] { factors.map(\.symbol) }
}

extension FormulaUnit: CustomStringConvertible {
  /// As it is written: `chip/month/vendor`, or `1` for that of plain numbers.
  public var description: String {
    func words(_ factor: Factor) -> String {
      abs(factor.power) == 1 ? factor.symbol : "\(factor.symbol)^\(abs(factor.power))"
    }
    let above = factors.filter { $0.power > 0 }.map(words).joined(separator: "*")
    let below = factors.filter { $0.power < 0 }.map { "/" + words($0) }.joined()
    return (above.isEmpty ? "1" : above) + below
  }
}
