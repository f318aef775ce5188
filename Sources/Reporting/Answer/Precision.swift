import Analysis
import Scenarios
import Stochastics
import Studies
import Wording

/// How far more replicates could move the figures of a run.
package struct Precision: Encodable, Sendable {
  /// How many more replicates would halve the Monte Carlo error.
  package let replicatesToHalve: Int
  /// What the error is told of: the first key metric; nil where nothing is compared.
  package let subject: String?
  /// The largest Monte Carlo standard error of its mean under any regime, in its unit.
  package let errorOfMean: Double?
  /// The largest of its mean difference from the reference.
  package let errorOfDifference: Double?
  /// What would make them surer, in a sentence or two.
  let short: String
  /// The same, with what shares and bands are over.
  package let sentence: String

  enum CodingKeys: String, CodingKey {
    case replicatesToHalve = "replicates_to_halve"
    case subject
    case errorOfMean = "error_of_mean"
    case errorOfDifference = "error_of_difference"
    case sentence
  }
}

extension RunResult {
  /// How sure the figures are, told of the first key metric, and what would make them surer.
  func precision(of metrics: [KeyMetric]) -> Precision {
    let first = metrics.first
    let values = first?.values ?? []
    let ofMean = values.compactMap(\.value?.mcse).max()
    let ofDifference = values.compactMap { $0.differences.first?.difference.mcse }.max()
    let more = 3 * statistics.replicatesPlanned
    let shown = [ofDifference.map { (" difference", $0) }, ofMean.map { ("", $0) }]
    let error = shown.compactMap(\.self).first.flatMap { kind, error in
      first.map { metric in
        let scale = FigureScale(unit: metric.unit, largest: error, digits: 2)
        return " (\(scale.amount(error)) at most in the first figure's mean\(kind))"
      }
    }
    let short =
      "\(NumberWords.grouped(Double(more))) more replicates would halve the Monte Carlo error"
      + (error ?? "") + "." + randomisations
    return Precision(
      replicatesToHalve: more, subject: first?.subject, errorOfMean: ofMean,
      errorOfDifference: ofDifference, short: short,
      sentence: "Shares and bands are over draws from the stated priors. \(short)")
  }

  /// How the error is estimated where replicates are not independent.
  private var randomisations: String {
    let design = scenario.design
    guard design.kind != .mc else { return "" }
    let rest = design.latinHypercubeParameters
    let mixed =
      design.kind == .sobol && !rest.isEmpty
      ? " Beyond the first \(design.sobolParameters.count) uncertainties, sampled by Sobol points, "
        + "the other \(rest.count) are sampled by Latin hypercube."
      : ""
    return " It is estimated from \(design.randomisations) randomisations." + mixed
  }
}
