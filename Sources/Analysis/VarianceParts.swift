import Glibc
import Stochastics

/// How much of a figure's variance over replicates is not known, and how much merely happens.
///
/// Each parameter draw is run under several stochastic realisations (``Design/Crossing/nested(realisations:)``). What
/// differs within a draw is chance; the rest is what the draws do. Analysis of variance with random effects.
public struct VarianceParts: Hashable, Sendable {
  /// The variance within draws over the whole, from 0 to 1.
  public let chanceShare: Double
  /// The interval that holds it with a probability of 90%, by the jackknife over draws.
  public let interval: ClosedRange<Double>

  /// Splits a variance up.
  ///
  /// - Parameters:
  ///   - values: draw by draw those of its realisations; NaN where missing. A draw with one missing is left out.
  ///   - realisations: how many each draw has, 2 or more.
  /// - Returns: nil where fewer than three draws are complete, or nothing varies.
  public init?(of values: [Double], realisations: Int) {
    precondition(realisations > 1, "\(realisations) realisations of a draw")
    // Taken from one of them, so that squares of large values do not drown what differs.
    let origin = values.first { !$0.isNaN } ?? 0
    let draws = stride(from: 0, to: values.count - realisations + 1, by: realisations).map {
      values[$0..<$0 + realisations].map { $0 - origin }
    }.filter { !$0.contains(where: \.isNaN) }.map(Draw.init)
    let sums = Sums(of: draws)
    guard draws.count > 2, let share = Self.share(sums, realisations) else { return nil }
    let parts = draws.compactMap { draw in Self.share(sums.without(draw), realisations) }
    guard parts.count == draws.count else { return nil }
    let mean = parts.reduce(0, +) / Double(parts.count)
    let squares = parts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares * Double(parts.count - 1) / Double(parts.count)).squareRoot()
    let margin = error * SampleBounds.standardErrors(level: 0.9, ofMeansOf: parts.count)
    chanceShare = share
    interval = max(0, share - margin)...min(1, max(0, share + margin))
  }

  /// The mean of a draw's realisations and the variance within it.
  private struct Draw {
    let mean: Double
    let variance: Double

    init(_ values: [Double]) {
      let mean = values.reduce(0, +) / Double(values.count)
      self.mean = mean
      variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
  }

  private struct Sums {
    var count = 0.0
    var mean = 0.0
    var square = 0.0
    var variance = 0.0

    init(of draws: [Draw]) {
      for draw in draws {
        count += 1
        mean += draw.mean
        square += draw.mean * draw.mean
        variance += draw.variance
      }
    }

    func without(_ draw: Draw) -> Sums {
      var rest = self
      rest.count -= 1
      rest.mean -= draw.mean
      rest.square -= draw.mean * draw.mean
      rest.variance -= draw.variance
      return rest
    }
  }

  private static func share(_ sums: Sums, _ realisations: Int) -> Double? {
    let within = sums.variance / sums.count
    let ofMeans = (sums.square - sums.mean * sums.mean / sums.count) / (sums.count - 1)
    let between = max(0, ofMeans - within / Double(realisations))
    let whole = within + between
    return whole > 0 ? within / whole : nil
  }
}
