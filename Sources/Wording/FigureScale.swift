/// One way of writing all figures of a row: in one unit, in thousands, millions, billions or trillions (K, M, B,
/// T), with as many decimals as show three digits of the largest.
package struct FigureScale: Hashable, Sendable {
  /// What one of the figures is: `M H100e`, `$B`, `months`; empty for a pure number.
  package let unit: String
  private let factor: Double
  private let decimals: Int
  private let prefix: String
  /// K, M, B or T; empty for units.
  private let letter: String
  /// What follows a figure that stands in a sentence, a space first; empty for a pure number.
  private let suffix: String

  /// The way that suits figures of a unit.
  ///
  /// - Parameters:
  ///   - unit: as results write it: `h100e`, `usd_per_month`.
  ///   - largest: the largest magnitude among the figures.
  ///   - digits: how many digits of it are shown at least.
  package init(unit: String, largest: Double, digits: Int = 3) {
    let isMoney = unit == "usd" || unit.hasPrefix("usd_")
    let words = Self.words(of: isMoney ? String(unit.dropFirst(3)) : unit)
    let (letter, factor) = Self.step(of: largest)
    self.factor = factor
    decimals = Self.decimals(of: largest / factor, digits: digits)
    self.letter = letter
    prefix = isMoney ? "$" : ""
    suffix = words.isEmpty ? "" : " \(words)"
    self.unit = isMoney || !letter.isEmpty ? prefix + letter + suffix : words
  }

  /// The same with so many digits more.
  private init(_ scale: FigureScale, decimals: Int) {
    (unit, factor, prefix) = (scale.unit, scale.factor, scale.prefix)
    (letter, suffix) = (scale.letter, scale.suffix)
    self.decimals = decimals
  }

  /// The same scale with as many decimals as it takes to show two digits of a smaller figure.
  package func showing(_ smaller: Double) -> FigureScale {
    let size = abs(smaller) / factor
    guard size > 0, size.isFinite else { return self }
    return FigureScale(self, decimals: max(decimals, Self.decimals(of: size, digits: 2)))
  }

  /// A figure of a table, whose unit stands at the head of the row: no more decimals than the row has, nor more
  /// digits than three, if they show two of a smaller one.
  package func cell(_ value: Double) -> String {
    let scaled = value / factor
    guard abs(scaled) < 1e9 else { return NumberWords.significant(scaled, digits: 3) }
    let own = min(decimals, Self.decimals(of: abs(scaled), digits: 3))
    let words = NumberWords.grouped(scaled, decimals: scaled == 0 ? 0 : own)
    // What rounds to zero, but is none, is not called zero.
    return value != 0 && words.allSatisfy({ "-0.,".contains($0) }) ? Self.tiny : words
  }

  private static let tiny = "about 0"

  /// A figure of a sentence, with its unit: `0.52M H100e`.
  package func amount(_ value: Double) -> String { figure(value) + suffix }

  /// A figure of a sentence that has named the unit: `0.52M`, `$13.1B`.
  package func figure(_ value: Double) -> String {
    let words = cell(value)
    guard words != Self.tiny else { return words }
    let amount = words + (words == "0" ? "" : letter)
    return words.hasPrefix("-") ? "-" + prefix + amount.dropFirst() : prefix + amount
  }

  private static func step(of largest: Double) -> (letter: String, factor: Double) {
    switch largest {
    case 1e16...:
      // Beyond what letters are used for.
      var factor = 1e15
      var exponent = 15
      while largest / factor >= 1000 { (factor, exponent) = (factor * 1000, exponent + 3) }
      return ("e\(exponent)", factor)
    case 999.5e9...: return ("T", 1e12)
    case 999.5e6...: return ("B", 1e9)
    case 999.5e3...: return ("M", 1e6)
    case 9_999.5...: return ("K", 1e3)
    default: return ("", 1)
    }
  }

  /// How many decimals show so many digits of a size; six at most.
  private static func decimals(of size: Double, digits: Int) -> Int {
    guard size > 0, size.isFinite else { return 0 }
    var (decimals, bound) = (0, digits == 2 ? 9.95 : 99.95)
    while size < bound, decimals < 6 { (decimals, bound) = (decimals + 1, bound / 10) }
    return decimals
  }

  private static func words(of unit: String) -> String {
    let words = unit.replacing("_per_", with: " a ")
      .split { $0 == "_" || $0 == " " }.joined(separator: " ")
      .replacing("h100e", with: "H100e").replacing("flop", with: "FLOP")
    return words == "1" ? "" : words
  }
}
