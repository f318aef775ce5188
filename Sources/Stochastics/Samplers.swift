import CGSL
import Glibc

// GSL's samplers. They draw as many words as their rejection needs, so they serve laws that no lever
// of a regime changes; for the others see Counts.swift and `Distribution.quantile`.
extension RandomStream {
  /// A uniform between two finite bounds, low < high.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    precondition(low < high && (high - low).isFinite, "uniform on [\(low), \(high)]")
    return low + (high - low) * uniform()
  }

  /// A normal by the ziggurat of Marsaglia and Tsang; sd >= 0.
  public mutating func normal(mean: Double = 0, sd: Double = 1) -> Double {
    precondition(mean.isFinite && sd >= 0 && sd.isFinite, "normal with mean \(mean), sd \(sd)")
    return mean + withGenerator { gsl_ran_gaussian_ziggurat($0, sd) }
  }

  /// A lognormal: exp of a normal with mean `mu` and standard deviation `sigma` >= 0.
  ///
  /// Its logarithm is the normal that the same stream would have given.
  public mutating func lognormal(mu: Double, sigma: Double) -> Double {
    exp(normal(mean: mu, sd: sigma))
  }

  /// An exponential; mean > 0.
  public mutating func exponential(mean: Double) -> Double {
    precondition(mean > 0 && mean.isFinite, "exponential with mean \(mean)")
    return withGenerator { gsl_ran_exponential($0, mean) }
  }

  /// A gamma with mean shape x scale; both > 0.
  public mutating func gamma(shape: Double, scale: Double) -> Double {
    precondition(
      shape > 0 && scale > 0 && shape.isFinite && scale.isFinite,
      "gamma with shape \(shape), scale \(scale)")
    return withGenerator { gsl_ran_gamma($0, shape, scale) }
  }

  /// A beta on 0...1 with mean a / (a + b); both > 0.
  public mutating func beta(a: Double, b: Double) -> Double {
    precondition(a > 0 && b > 0 && a.isFinite && b.isFinite, "beta with a \(a), b \(b)")
    return withGenerator { gsl_ran_beta($0, a, b) }
  }

  /// Runs a GSL sampler on this stream through a `gsl_rng` that lives on the stack.
  private mutating func withGenerator(_ sample: (UnsafePointer<gsl_rng>) -> Double) -> Double {
    withUnsafeMutablePointer(to: &state) { state in
      var generator = gsl_rng(type: chokepoint_stream_type(), state: state)
      return sample(&generator)
    }
  }
}
