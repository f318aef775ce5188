import Glibc
import Stochastics

/// How a figure goes with each of many inputs that vary at the same time, by ranks.
///
/// The *partial rank correlation* of an input (PRCC; Marino et al. 2008, J. Theor. Biol. 254, 178) is the correlation
/// of its ranks with those of the figure when what all other inputs explain has been taken out of both. It asks for a
/// relation that rises or falls throughout: an input whose effect turns around can have none, whatever it does.
public struct RankRegression: Sendable {
  /// What one input has to do with the figure.
  public struct Effect: Hashable, Sendable {
    /// The partial rank correlation, from -1 to 1; 0 for an input that does not vary.
    public let partialCorrelation: Double
    /// The interval that holds it with a probability of 90%, by Fisher's z.
    public let interval: ClosedRange<Double>
    /// Its part of the variance of the figure's ranks (Pratt 1987: coefficient times correlation), with what
    /// an idle input would get by chance taken off; may be a little below 0.
    public let share: Double
  }

  /// One for each input, in order.
  public let effects: [Effect]
  /// How much of the variance of the figure's ranks all inputs explain together, by the adjusted R squared.
  public let explained: Double
  /// The size that the largest partial correlation has when no input does anything, exceeded by chance once in
  /// twenty times.
  public let noise: Double
  /// How many replicates it rests on.
  public let count: Int

  /// How many replicates so many inputs take at least.
  public static func leastReplicates(inputs: Int) -> Int { inputs + 30 }

  /// Regresses ranks on ranks.
  ///
  /// - Parameters:
  ///   - values: of the figure, one for each replicate; NaN where missing.
  ///   - inputs: for each input its values, in the same order.
  /// - Returns: nil where the figure does not vary, where there are fewer than ``leastReplicates(inputs:)`` values, or where
  ///   one input follows from the others.
  public init?(of values: [Double], on inputs: [[Double]]) {
    let present = values.indices.filter { !values[$0].isNaN }
    guard present.count >= Self.leastReplicates(inputs: inputs.count),
      let figure = Ranks.standardised(present.map { values[$0] })
    else { return nil }
    let ranks = inputs.map { input in Ranks.standardised(present.map { input[$0] }) }
    let varying = ranks.compactMap(\.self)
    guard let inverse = CorrelationMatrix.inverse(ofStandardised: varying) else { return nil }
    let correlations = varying.map { CorrelationMatrix.correlation($0, figure) }
    let coefficients = inverse.map { row in
      zip(row, correlations).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let explained = zip(coefficients, correlations).reduce(0) { $0 + $1.0 * $1.1 }
    // Rounding takes what is wholly explained beyond all of it, and would make whole correlations of the rounding of
    // inputs that do nothing.
    let unexplained = max(Self.rounding, 1 - explained)
    let freedom = Double(present.count - varying.count - 1)
    // What an input that does nothing gets of the variance on average.
    let idle = unexplained / freedom
    count = present.count
    self.explained = 1 - unexplained * Double(present.count - 1) / freedom
    noise = Self.noise(inputs: max(1, varying.count), freedom: freedom)
    var place = 0
    effects = ranks.map { ranks in
      guard ranks != nil else { return Effect(partialCorrelation: 0, interval: 0...0, share: 0) }
      defer { place += 1 }
      let coefficient = coefficients[place]
      let length =
        (coefficient * coefficient + unexplained * inverse[place][place]).squareRoot()
      let partial = length > 0 ? coefficient / length : 0
      return Effect(
        partialCorrelation: partial, interval: Self.interval(of: partial, freedom: freedom),
        share: coefficient * correlations[place] - idle)
    }
  }

  /// The part of a variance that is no more than how sums are rounded.
  private static let rounding = 1e-12

  private static func noise(inputs: Int, freedom: Double) -> Double {
    let t = SampleBounds.standardErrors(
      level: 1 - 0.05 / Double(inputs), ofMeansOf: Int(freedom) + 1)
    return t / (freedom + t * t).squareRoot()
  }

  private static func interval(of correlation: Double, freedom: Double) -> ClosedRange<Double> {
    let error = 1.6448536269514722 / (freedom - 2).squareRoot()
    let z = FisherScore.of(correlation)
    return FisherScore.correlation(z - error)...FisherScore.correlation(z + error)
  }
}

/// Correlations on the scale on which their errors are nearly normal and alike.
private enum FisherScore {
  static func of(_ correlation: Double) -> Double { atanh(min(max(correlation, -limit), limit)) }

  static func correlation(_ score: Double) -> Double { tanh(score) }

  private static let limit = 1.0.nextDown
}
