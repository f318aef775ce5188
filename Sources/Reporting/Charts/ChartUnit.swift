/// A unit as charts write it.
struct ChartUnit {
  /// Beside an axis.
  let words: String
  /// What a tick says.
  let tick: ChartExpression
  /// After a number in a sentence; empty where the number says enough.
  let suffix: String
  /// Whether it is a share, which lies between nothing and all: no axis of it is in powers of ten.
  var isShare: Bool { words == "share" }

  /// A name that has line ends where it is broken.
  static let lines = ChartExpression("split(datum.label, '\\n')")

  /// Numbers with T, B, M and K, as English has them: D3 writes G for a billion.
  private static let plain = ChartExpression(
    """
    datum.value == 0 ? '0' : abs(datum.value) < 1 ? format(datum.value, '.2~g') \
    : abs(datum.value) >= 1e15 \
    ? (datum.value < 0 ? '−' : '') \
    + replace(replace(format(abs(datum.value), '.1~e'), 'e+', '×10^'), /^1×/, '') \
    : replace(replace(format(datum.value, '.3~s'), 'G', 'B'), 'k', 'K')
    """)
  private static let dollars = ChartExpression(
    """
    datum.value == 0 ? '0' : (datum.value < 0 ? '−$' : '$') \
    + replace(replace(format(abs(datum.value), '.3~s'), 'G', 'B'), 'k', 'K')
    """)
  private static let percent = ChartExpression(
    "format(datum.value, abs(datum.value) < 0.1 ? '.2~%' : '.0%')")
  private static let power = ChartExpression(
    """
    abs(datum.value) >= 1e6 ? (datum.value < 0 ? '−' : '') \
    + replace(replace(format(abs(datum.value), '.1~e'), 'e+', '×10^'), /^1×/, '') \
    : format(datum.value, '~g')
    """)

  /// A unit by its name in results.
  ///
  /// - Parameter isShare: whether what has no unit lies between 0 and 1, so that it reads as a percentage.
  init(_ unit: String, isShare: Bool = false) {
    switch unit {
    case "usd": self.init("US dollars", "", Self.dollars)
    case "usd_per_month": self.init("US dollars a month", " a month", Self.dollars)
    case "h100e": self.init("H100 equivalents (BF16)", " H100e", Self.plain)
    case "h100e_per_month":
      self.init("H100 equivalents (BF16) a month", " H100e a month", Self.plain)
    case "1" where isShare: self.init("share", "", Self.percent)
    case "1": self.init("ratio", "", Self.plain)
    case "log10_flop": self.init("log10 of effective FLOP", " (log10 of FLOP)", Self.plain)
    case "flop": self.init("FLOP", " FLOP", Self.power)
    case "flop_per_second": self.init("FLOP/s", " FLOP/s", Self.power)
    default:
      let words = unit.replacing("_per_", with: " a ").replacing("_", with: " ")
      self.init(words, " \(words)", Self.plain)
    }
  }

  private init(_ words: String, _ suffix: String, _ tick: ChartExpression) {
    (self.words, self.suffix, self.tick) = (words, suffix, tick)
  }
}
