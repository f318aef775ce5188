/// A probability law for an uncertain number: what a scenario writes in place of a constant.
///
/// A value of this type can be computed with: its numbers were validated when it was made (see the
/// factories in `Distribution+Laws.swift`), and what `quantile` needs was computed then.
///
/// Laws, for every distribution and for u, v in (0, 1):
/// - `quantile` is monotone: u <= v gives `quantile(u) <= quantile(v)`, up to rounding;
/// - `quantile(u)` is the smallest x with `cdf(x) >= u`, jumps included;
/// - both stay within `support`.
public struct Distribution: Hashable, Sendable {
  enum Form: Hashable, Sendable {
    case smooth(SmoothLaw)
    case truncated(TruncatedLaw)
    case atoms(Atoms)
    case mixture(Mixture)
  }

  let form: Form

  init(_ form: Form) {
    _ = GSL.errorsAreReturned
    self.form = form
  }

  /// The smallest closed interval that holds all the probability; its ends may be infinite.
  public var support: ClosedRange<Double> {
    switch form {
    case .smooth(let law): law.support
    case .truncated(let law): law.window
    case .atoms(let law): law.support
    case .mixture(let law): law.support
    }
  }

  /// Whether one value has all the probability, so that there is nothing to draw.
  public var isDegenerate: Bool { support.lowerBound == support.upperBound }

  /// The expected value, in closed form.
  public var mean: Double {
    switch form {
    case .smooth(let law): law.mean
    case .truncated(let law): law.mean
    case .atoms(let law): law.mean
    case .mixture(let law): law.mean
    }
  }

  /// The value at probability one half.
  public var median: Double { quantile(0.5) }

  /// P(X <= x), in 0...1.
  public func cdf(_ x: Double) -> Double {
    switch form {
    case .smooth(let law): law.cdf(x)
    case .truncated(let law): law.cdf(x)
    case .atoms(let law): law.cdf(x)
    case .mixture(let law): law.cdf(x)
    }
  }

  /// The smallest x with P(X <= x) >= u; u in the open interval (0, 1).
  public func quantile(_ u: Double) -> Double {
    precondition(u > 0 && u < 1, "a quantile at u = \(u)")
    return switch form {
    case .smooth(let law): law.quantile(u)
    case .truncated(let law): law.quantile(u)
    case .atoms(let law): law.quantile(u)
    case .mixture(let law): law.quantile(u)
    }
  }

  /// Draws a value: by GSL's sampler, or through `quantile` for one uniform where the law is truncated
  /// or discrete.
  ///
  /// GSL's samplers reject, and so use as many uniforms as it takes. Where a lever may change the law,
  /// draw `quantile(stream.uniform())` instead: monotone, so that compared worlds stay coupled.
  public func sample(from stream: inout RandomStream) -> Double {
    switch form {
    case .smooth(let law): law.sample(from: &stream)
    case .truncated(let law): law.quantile(stream.uniform())
    case .atoms(let law): law.quantile(stream.uniform())
    case .mixture(let law): law.sample(from: &stream)
    }
  }

  /// The law given that it falls within bounds, with the probability of that; nil if there is none.
  func restricted(to bounds: ClosedRange<Double>) -> (law: Distribution, mass: Double)? {
    switch form {
    case .smooth(let law):
      TruncatedLaw(law, to: bounds).map { (Distribution(.truncated($0)), $0.mass) }
    case .truncated(let law) where bounds.overlaps(law.window):
      TruncatedLaw(law.law, to: bounds.clamped(to: law.window)).map {
        (Distribution(.truncated($0)), $0.mass / law.mass)
      }
    case .truncated:
      nil
    case .atoms(let law):
      law.truncated(to: bounds).map { (Distribution(.atoms($0.atoms)), $0.mass) }
    case .mixture(let law):
      law.truncated(to: bounds).map { (Distribution(.mixture($0.mixture)), $0.mass) }
    }
  }
}
