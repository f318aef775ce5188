import Documents
import PolicyModel
import Stochastics

extension DistributionForm {
  /// The law that the form describes, or what is wrong with its numbers.
  func distribution() throws(DistributionError) -> Distribution {
    let law = try law.distribution()
    guard minimum != nil || maximum != nil else { return law }
    return try law.truncated(min: minimum, max: maximum)
  }
}

extension DistributionForm.Law {
  fileprivate func distribution() throws(DistributionError) -> Distribution {
    switch self {
    case .constant(let value): return try .constant(value)
    case .ci90(let low, let high): return try .ci90(low, high)
    case .normal(let mean, let sd): return try .normal(mean: mean, sd: sd)
    case .lognormal(let median, let sigma): return try .lognormal(median: median, sigma: sigma)
    case .uniform(let low, let high): return try .uniform(low, high)
    case .triangular(let low, let mode, let high): return try .triangular(low, mode, high)
    case .pert(let low, let mode, let high): return try .pert(low, mode, high)
    case .beta(let mean, let sd): return try .beta(mean: mean, sd: sd)
    case .discrete(let values, let weights):
      return try .discrete(values, weights: weights)
    case .mixture(let components):
      var parts: [Distribution] = []
      for component in components { parts.append(try component.form.distribution()) }
      return try .mixture(parts, weights: components.map(\.weight))
    case .empirical(_, let values): return try .empirical(values)
    }
  }
}

/// Turns a written quantity into the law of a declared parameter.
///
/// A law with at least 99.9% of its probability within the declared range is cut to that range by its
/// CDF, so that nobody has to write `max:` for a lognormal price; one with less is refused.
func checkedLaw(
  of form: DistributionForm, for declaration: ParameterDeclaration, faults: inout [Fault]
) -> Distribution? {
  let range = declaration.range
  do throws(DistributionError) {
    let law = try form.distribution()
    if let published = form.published, !range.contains(published) {
      faults.append(form.fault("published value \(published) is outside \(words(range))"))
    }
    if let published = form.published, !law.support.contains(published) {
      faults.append(
        form.fault(
          "published value \(plain(published)) is outside what can be drawn, "
            + words(law.support), advice: "mend one of them"))
    }
    guard law.support.lowerBound < range.lowerBound || law.support.upperBound > range.upperBound
    else { return law }
    let inside = law.cdf(range.upperBound) - law.cdf(range.lowerBound.nextDown)
    guard inside >= 0.999 else {
      faults.append(
        form.fault(
          "can draw values outside \(words(range)), which is what \(declaration.name) allows",
          advice: "give min and max, or other numbers"))
      return nil
    }
    return try law.truncated(min: range.lowerBound, max: range.upperBound)
  } catch {
    faults.append(form.fault(error.description))
    return nil
  }
}

private func words(_ range: ClosedRange<Double>) -> String {
  "\(plain(range.lowerBound)) to \(plain(range.upperBound))"
}

/// A number as people write it: without `.0`.
func plain(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
}

extension DistributionForm {
  fileprivate func fault(_ problem: String, advice: String? = nil) -> Fault {
    Fault(at: location, path: path, problem, advice: advice)
  }
}
