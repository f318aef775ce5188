import Documents
import PolicyModel
import Quantities
import Stochastics

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
          "published value \(published.inFull) is outside what can be drawn, "
            + words(law.support), advice: "change one of the two"))
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
  "\(range.lowerBound.inFull) to \(range.upperBound.inFull)"
}

extension DistributionForm {
  fileprivate func fault(_ problem: String, advice: String? = nil) -> Fault {
    Fault(at: location, path: path, problem, advice: advice)
  }
}
