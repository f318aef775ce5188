/// A probability law for an uncertain number: what a scenario writes in place of a constant.
///
/// A value of this type can be computed with: its numbers were validated when it was made (by the
/// factories beside each law in `Laws/`), and what `quantile` needs was computed then.
///
/// Laws, for every distribution and for u, v in (0, 1):
/// - `quantile` is monotone: u <= v gives `quantile(u) <= quantile(v)`, up to rounding;
/// - `quantile(u)` is the smallest x with `cdf(x) >= u`, jumps included;
/// - both stay within `support`.
public struct Distribution: Hashable, Sendable {
  let law: any Law

  init(_ law: some Law) {
    _ = GSL.errorsAreReturned
    self.law = law
  }

  /// The smallest closed interval that holds all the probability; its ends may be infinite.
  public var support: ClosedRange<Double> { law.support }

  /// Whether one value has all the probability, so that there is nothing to draw.
  public var isDegenerate: Bool { support.lowerBound == support.upperBound }

  /// The expected value, in closed form.
  public var mean: Double { law.mean }

  /// The value at probability one half.
  public var median: Double { quantile(0.5) }

  /// P(X <= x), in 0...1.
  public func cdf(_ x: Double) -> Double { law.cdf(x) }

  /// The smallest x with P(X <= x) >= u; u in the open interval (0, 1).
  public func quantile(_ u: Double) -> Double {
    precondition(u > 0 && u < 1, "a quantile at u = \(u)")
    return law.quantile(u)
  }

  /// Draws a value: by GSL's sampler, or through `quantile` for one uniform where the law is truncated
  /// or discrete.
  ///
  /// GSL's samplers reject, and so use as many uniforms as it takes. Where a lever may change the law,
  /// draw `quantile(stream.uniform())` instead: monotone, so that compared worlds stay coupled.
  public func sample(from stream: inout RandomStream) -> Double { law.sample(from: &stream) }

  /// This law given that it falls within min...max, either of which may be left out.
  ///
  /// Fails when no probability is left. A law within the bounds already is returned as it is.
  public func truncated(
    min: Double? = nil, max: Double? = nil
  ) throws(DistributionError) -> Distribution {
    let (low, high) = (min ?? -.infinity, max ?? .infinity)
    guard low <= high else { throw .truncationBounds(min: low, max: high) }
    if low <= support.lowerBound && support.upperBound <= high { return self }
    guard let (law, _) = law.restricted(to: low...high) else {
      throw .truncationEmpty(min: low, max: high, support: support)
    }
    return law
  }

  /// Whether both are the same law with the same numbers.
  public static func == (left: Distribution, right: Distribution) -> Bool {
    left.law.equals(right.law)
  }

  /// Hashes the law's numbers.
  public func hash(into hasher: inout Hasher) { law.hash(into: &hasher) }
}
