import Glibc
public import Stochastics

/// What a figure does when one input moves at a time, over the trajectories of a ``MorrisDesign``.
///
/// An elementary effect is the change of the figure over the change of the input's probability: the slope between two
/// points of a trajectory. Their mean size, mu* (Campolongo et al. 2007, Environmental Modelling & Software 22, 1509),
/// says how much an input matters; their mean, mu, which way; their spread, sigma, whether it matters everywhere
/// alike, or depends on the others.
public struct ElementaryEffects: Sendable {
  /// What one input does.
  public struct Effect: Hashable, Sendable {
    /// mu: the mean effect.
    public let mean: Double
    /// mu*: the mean size of effects, with its bootstrap interval over trajectories.
    public let size: BootstrapEstimate
    /// sigma: the standard deviation of effects.
    public let deviation: Double
    /// On how many trajectories it rests.
    public let count: Int
  }

  /// One for each input, in order; nil where fewer than two trajectories have an effect.
  public let effects: [Effect?]

  /// Takes the effects from the values at the points of a design.
  ///
  /// - Parameters:
  ///   - values: of the figure, point by point; NaN where missing, which leaves out the two effects that need it.
  ///   - level: the probability that the intervals should hold, within (0, 1).
  public init(of values: [Double], at design: MorrisDesign, seed: UInt64, level: Double = 0.9) {
    precondition(values.count == design.points.count, "a value for each point")
    let inputs = design.parameters.count
    let none = Array(repeating: Double.nan, count: design.trajectories)
    var slopes = Array(repeating: none, count: inputs)
    for (trajectory, order) in design.orders.enumerated() {
      let first = trajectory * (inputs + 1)
      for (step, input) in order.enumerated() {
        let (before, after) = (first + step, first + step + 1)
        let move = design.points[after][input] - design.points[before][input]
        slopes[input][trajectory] = (values[after] - values[before]) / move
      }
    }
    let samples = (0..<BootstrapEstimate.resamples).map {
      Resample.places($0, of: design.trajectories, seed: seed)
    }
    effects = slopes.map { Effect(of: $0, samples, level) }
  }
}

extension ElementaryEffects.Effect {
  /// - Parameter slopes: by trajectory; NaN where there is none.
  fileprivate init?(of slopes: [Double], _ samples: [[Int]], _ level: Double) {
    let known = slopes.filter { !$0.isNaN }
    guard known.count > 1 else { return nil }
    count = known.count
    let mean = known.reduce(0, +) / Double(known.count)
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = (squares / Double(known.count - 1)).squareRoot()
    let sizes = slopes.map(abs)
    size = BootstrapEstimate(
      known.reduce(0) { $0 + abs($1) } / Double(known.count),
      resampled: samples.map { places in
        var (sum, count) = (0.0, 0.0)
        for place in places where !sizes[place].isNaN {
          sum += sizes[place]
          count += 1
        }
        return sum / count
      }, level: level)
  }
}
