import Glibc
import Quantities

/// Yearly figures as a monthly curve.
///
/// Laws: the months of a year that has a figure sum to it; the rate does not jump where one year ends and
/// the next begins; nothing is negative. Years without a figure, after the last, repeat it.
public struct CapacityCurve: Sendable {
  /// Dies by step.
  let monthly: [Double]
  /// By step: whether the year is one that has been observed, with a range.
  let isHistory: [Bool]
  /// By year from the first one: the standard deviation of the log of the figure.
  let sigma: [Double]

  init(_ figures: [YearlyFigure], start: Month, months: Int) {
    let years = Array(start.year...(start + (months - 1)).year)
    let byYear = Dictionary(uniqueKeysWithValues: figures.map { ($0.year, $0) })
    let last = figures.map(\.year).max() ?? start.year
    func figure(_ year: Int) -> Double { byYear[min(year, last)]?.value ?? 0 }
    let shares = years.map { year in
      Self.shares(before: figure(year - 1), in: figure(year), after: figure(year + 1))
    }
    monthly = (0..<months).map { step in
      let month = start + step
      return figure(month.year) * shares[month.year - start.year][month.number - 1]
    }
    let lastObserved = figures.filter { $0.low != nil }.map(\.year).max() ?? start.year - 1
    isHistory = (0..<months).map { (start + $0).year <= lastObserved }
    sigma = years.map { year in
      guard let figure = byYear[year], let low = figure.low, let high = figure.high, low > 0 else {
        return 0
      }
      // The 5% and 95% points of a normal are 3.29 standard deviations apart.
      return log(high / low) / 3.2897072539
    }
  }

  /// The months' shares of a year by the figures around it: the log of the rate runs straight from where
  /// the year before ends to the year's middle, and on to where the next begins. How high the middle is
  /// follows from the year's sum.
  public static func shares(before: Double, in year: Double, after: Double) -> [Double] {
    guard year > 0 else { return Array(repeating: 1.0 / 12, count: 12) }
    let (first, last) = (log(turn(year, before) / year), log(turn(year, after) / year))
    var middle = 0.0
    var rates: [Double] = []
    // Newton's method on the log of the sum, which is convex and rises with the middle.
    for _ in 0..<60 {
      var (sum, slope) = (0.0, 0.0)
      rates = (0..<12).map { month in
        let fromEnd = min(Double(month), Double(11 - month)) + 0.5
        let weight = fromEnd / 6
        let rate = exp((month < 6 ? first : last) * (1 - weight) + middle * weight)
        sum += rate
        slope += rate * weight
        return rate
      }
      let step = log(sum / 12) * sum / slope
      middle -= step
      if abs(step) < 1e-13 { break }
    }
    let sum = rates.reduce(0, +)
    return rates.map { $0 / sum }
  }

  /// The yearly rate at which one year turns into another: the geometric mean of both.
  ///
  /// It is at most four times the smaller, so that a year beside one of a hundred times as much does not get
  /// all of its dies in its last weeks. A family that begins or ends does so at a fifth of the year's rate.
  private static func turn(_ year: Double, _ neighbour: Double) -> Double {
    guard neighbour > 0 else { return year * 0.05.squareRoot() }
    return min((year * neighbour).squareRoot(), 4 * min(year, neighbour))
  }
}
