import Glibc

/// How a forecast by draws fares against what came, on a log scale: a factor of two above counts as much
/// as one below, whatever the unit.
public struct ForecastScore: Hashable, Sendable {
  /// Continuous ranked probability score of the logs, at least 0, less is better: a single figure scores the
  /// absolute log of its ratio to what came (0.69 when off by a factor of two). Gneiting and Raftery (2007),
  /// JASA 102(477).
  public let crps: Double
  /// Probability integral transform: the share of draws below what came, ties by half. Over many targets it
  /// is spread evenly over 0 to 1 when the draws mean what they say.
  public let pit: Double
  /// Log of the median over what came: above 0 where the forecast is high.
  public let bias: Double

  /// Scores draws; nil where there are none, or a draw or what came is not above zero, since then there is no log.
  ///
  /// - Parameters:
  ///   - draws: what each replicate gives; NaN where there is none.
  ///   - observed: what came.
  public init?(of draws: [Double], observed: Double) {
    let values = draws.filter { !$0.isNaN }.sorted()
    guard let least = values.first, least > 0, observed > 0 else { return nil }
    let (logs, came, count) = (values.map { log($0) }, log(observed), Double(values.count))
    let distance = logs.reduce(0) { $0 + abs($1 - came) } / count
    // Half the mean distance between two draws, from the sorted ones.
    let spread = logs.enumerated().reduce(0) { sum, item in
      sum + (2 * Double(item.offset) + 1 - count) * item.element
    }
    crps = distance - spread / (count * count)
    let below = values.count { $0 < observed }
    let at = values.count { $0 == observed }
    pit = (Double(below) + Double(at) / 2) / count
    var unsorted = logs
    bias = (Quantiles.select([0.5], from: &unsorted)?[0] ?? came) - came
  }
}

/// What somebody without a model would have said, from the values that were known.
public struct NaiveForecast: Hashable, Sendable {
  /// A straight line through the logs of all known values.
  public let trend: Double
  /// The last known value, grown as it grew from the one before.
  public let lastGrowth: Double

  /// Forecasts from known values; nil for fewer than two of different times, or one that is not above zero.
  ///
  /// - Parameters:
  ///   - known: times in years and values, in order of time.
  ///   - time: the time that is asked for.
  public init?(from known: [(time: Double, value: Double)], at time: Double) {
    guard known.count > 1, known.allSatisfy({ $0.value > 0 }),
      let last = known.last, known[known.count - 2].time < last.time
    else { return nil }
    let before = known[known.count - 2]
    lastGrowth =
      last.value * pow(last.value / before.value, (time - last.time) / (last.time - before.time))
    let count = Double(known.count)
    let meanTime = known.reduce(0) { $0 + $1.time } / count
    let meanLog = known.reduce(0) { $0 + log($1.value) } / count
    let spread = known.reduce(0) { $0 + ($1.time - meanTime) * ($1.time - meanTime) }
    let joint = known.reduce(0) { $0 + ($1.time - meanTime) * (log($1.value) - meanLog) }
    trend = exp(meanLog + joint / spread * (time - meanTime))
  }

  /// The score of a figure: see ``ForecastScore/crps``.
  public static func crps(of figure: Double, observed: Double) -> Double {
    abs(log(figure / observed))
  }
}
