import Glibc
import PolicyModel
import Wording

/// What becomes of a metric, as a clause: `China's compute at work is 0.52M H100e less (0.07M to 0.99M; less in 97% of
/// draws)`.
struct ChangeClause {
  let metric: KeyMetric
  let difference: KeyDifference
  let verdict: Finding.Verdict

  private var words: MetricWords { metric.words }
  private var isHigher: Bool { difference.shareHigher > difference.shareLower }
  private var word: String { isHigher ? words.higher : words.lower }

  var text: String {
    let subject = metric.subject
    switch verdict {
    case .reliable: return "\(subject) \(metric.verb) \(reliable)"
    case .probable: return "\(subject) \(metric.verb) probably \(probable)"
    case .uncertain:
      return "\(subject) \(words.isPlural ? "do" : "does") not reliably change: \(unreliable)"
    case .same: return "\(subject) \(metric.verb) the same in all draws"
    }
  }

  /// The change alone, of one that draws agree on: `0.52M H100e less under strict (0.07M to 0.99M)`.
  ///
  /// - Parameter under: the regimes, as they follow the change.
  func change(_ under: String) -> String {
    verdict == .probable
      ? "probably \(size) \(under) (\(band); \(probableShares))" : "\(size) \(under) (\(band))"
  }

  /// `0.52M H100e less (0.07M to 0.99M; less in 97% of draws)`.
  private var reliable: String { "\(sized); \(word) in \(Self.draws(share)))" }

  /// `0.52M H100e less (0 to 0.99M; less in 66% of draws, more in 2%)`.
  private var probable: String { "\(sized); \(probableShares))" }

  /// `less in 66% of draws, more in 2%`.
  private var probableShares: String {
    let (opposite, other) =
      isHigher ? (words.lower, difference.shareLower) : (words.higher, difference.shareHigher)
    return "\(word) in \(Self.draws(share)), "
      + "\(opposite) in \(other == 0 ? "none" : Findings.percent(other))"
  }

  private var share: Double { isHigher ? difference.shareHigher : difference.shareLower }

  /// `0.52M H100e less (0.07M to 0.99M`.
  private var sized: String { "\(size) (\(band)" }

  /// `0.52M H100e less`.
  private var size: String {
    let direction = figures.isLogarithm ? "" : " \(word)"
    return "\(change.typical)\(direction)\(words.typical == .mean ? " on average" : "")"
  }

  /// `0.07M to 0.99M`.
  private var band: String { "\(change.low) to \(change.high)" }

  private var figures: FigureWords { FigureWords(metric) }

  /// The change in its own direction.
  private var change: (typical: String, low: String, high: String) {
    figures.change(
      difference.difference, sign: figures.isLogarithm || isHigher ? 1 : -1, by: words.typical)
  }

  /// `4.1 months longer on average (-3 to 12; longer in 40% of draws, shorter in 22%)`.
  private var unreliable: String {
    let typical = difference.difference.typical(words.typical)
    let sign = figures.isLogarithm || typical >= 0 ? 1.0 : -1.0
    let size = figures.change(difference.difference, sign: sign, by: words.typical).typical
    let ends = figures.change(difference.difference, sign: 1, by: words.typical)
    let direction = figures.isLogarithm ? "" : " \(typical > 0 ? words.higher : words.lower)"
    return "\(typical == 0 ? "no different" : size + direction) "
      + (words.typical == .mean ? "on average" : "in the median")
      + " (\(ends.low) to \(ends.high); \(words.higher) in \(Self.draws(difference.shareHigher)), "
      + "\(words.lower) in \(Findings.percent(difference.shareLower)))"
  }

  private static func draws(_ share: Double) -> String {
    share == 1
      ? "all draws" : share == 0 ? "none of the draws" : "\(Findings.percent(share)) of draws"
  }
}

/// Figures of a metric in sentences. Logarithms are told as what they are logarithms of, and differences of them as
/// factors.
struct FigureWords {
  private let unit: String
  /// Whether values are logarithms to the base 10.
  let isLogarithm: Bool

  init(_ metric: KeyMetric) {
    unit = metric.unit
    isLogarithm = metric.unit == "log10_flop"
  }

  /// `0.52M H100e`, or `1.6e31 effective FLOP`; the ends of the band without the unit.
  func level(
    _ summary: KeySummary, by typical: MetricWords.Typical
  ) -> (typical: String, low: String, high: String) {
    let values = [summary.typical(typical), summary.p05, summary.p95]
    guard isLogarithm else {
      let scale = FigureScale(unit: unit, largest: max(abs(values[0]), abs(values[2])))
      return (scale.amount(values[0]), scale.figure(values[1]), scale.figure(values[2]))
    }
    let factors = values.map(Self.power)
    // The gap between two sides is a ratio.
    return (
      values[0] < 15 ? "\(factors[0])-fold" : "\(factors[0]) effective FLOP", factors[1], factors[2]
    )
  }

  /// The size of a difference, and the ends of its band in the same sense.
  func change(
    _ summary: KeySummary, sign: Double, by typical: MetricWords.Typical
  ) -> (typical: String, low: String, high: String) {
    let size = summary.typical(typical) * sign
    let ends = [summary.p05 * sign, summary.p95 * sign].sorted()
    guard isLogarithm else {
      let scale = FigureScale(unit: unit, largest: max(abs(size), abs(ends[0]), abs(ends[1])))
      return (scale.amount(size), scale.figure(ends[0]), scale.figure(ends[1]))
    }
    return ("\(Self.power(size)) times as large", Self.power(ends[0]), Self.power(ends[1]))
  }

  private static func power(_ exponent: Double) -> String {
    exponent < 6
      ? NumberWords.significant(Glibc.pow(10, exponent), digits: 3)
      : NumberWords.exponential(Glibc.pow(10, exponent), digits: 2)
  }
}
