import Documents
import PolicyModel
import Quantities
import Simulation
import Stochastics

/// A correlation between the normal scores of two uncertainties.
public struct NamedCorrelation: Hashable, Sendable {
  /// One of them, by name.
  public let first: String
  /// The other.
  public let second: String
  /// From -1 to 1, both excluded.
  public let value: Double
  /// Where it comes from.
  public let source: String?

  /// The keys of one.
  static let schema = Schema.mapping([
    .required("between", .list(of: .text, minimum: 2), "Two uncertainties, by path."),
    .required("value", .number(NumberRange.between(-1, 1).withoutEnds), "Of normal scores."),
    .optional("source", .text, "Where it comes from."),
  ])
}

/// Reads correlations between uncertainties.
struct CorrelationReader {
  private let uncertainties: [String]
  /// Parameters that are known, uncertain or not.
  private let parameters: ParameterTable
  /// Parameters that are given a value with a fault.
  private let refused: Set<String>
  private(set) var faults: [Fault] = []

  init(table: ParameterTable, refused: Set<String>) {
    uncertainties = table.uncertainties.map(\.name)
    parameters = table
    self.refused = refused
  }

  /// The correlations, and what they make together; no copula when there are none.
  mutating func correlations(
    _ node: DocumentNode?
  ) -> (pairs: [NamedCorrelation], copula: GaussianCopula?) {
    let read = (node?.items ?? []).compactMap { item in pair(item).map { (pair: $0, node: item) } }
    let places = read.compactMap { read -> Correlation? in
      guard let first = place(read.pair.first, read.node),
        let second = place(read.pair.second, read.node)
      else { return nil }
      return Correlation(first, second, rho: read.pair.value)
    }
    let pairs = read.map(\.pair)
    guard !places.isEmpty, places.count == read.count else { return (pairs, nil) }
    do throws(CopulaError) {
      return (pairs, try GaussianCopula(places, parameters: uncertainties.count))
    } catch {
      faults.append(fault(error, in: read))
      return (pairs, nil)
    }
  }

  private mutating func pair(_ node: DocumentNode) -> NamedCorrelation? {
    guard let names = node["between"]?.items.compactMap(\.text), names.count >= 2 else {
      return nil
    }
    guard names.count == 2 else {
      faults.append(
        node.fault(
          "is between \(names.count) parameters",
          advice: "give one correlation for each pair of them"))
      return nil
    }
    return node["value"]?.number.map {
      NamedCorrelation(
        first: names[0], second: names[1], value: $0, source: node["source"]?.text)
    }
  }

  private mutating func place(_ name: String, _ node: DocumentNode) -> Int? {
    if let place = uncertainties.firstIndex(of: name) { return place }
    guard !refused.contains(name) else { return nil }
    if parameters.contains(name) {
      faults.append(
        node.fault(
          "\(name) is a constant in this scenario", advice: "give it a distribution first"))
    } else {
      faults.append(
        node.fault(
          "\(quoted(name)) is not an uncertainty of this scenario",
          suggestion: likelyWords(for: name, among: uncertainties),
          advice: "correlations are between parameters that have a distribution"))
    }
    return nil
  }

  private func fault(
    _ error: CopulaError, in read: [(pair: NamedCorrelation, node: DocumentNode)]
  ) -> Fault {
    switch error {
    case .selfPair(let position, _):
      return read[position].node.fault(
        "is between a parameter and itself", advice: "name two parameters")
    case .duplicate(let position, let earlier):
      return read[position].node.fault(
        "this pair is given already, by \(read[earlier].node.path)", advice: "keep one of the two")
    case .notPositiveDefinite(let position, _):
      let pair = read[position].pair
      return read[position].node.fault(
        "\(pair.value.inFull) between \(pair.first) and \(pair.second) contradicts the others "
          + "(the matrix is not positive definite)",
        advice: "bring it nearer to 0, or give the pairs that are left out, which count as 0")
    case .unknownPlace(let position, _, _), .outOfRange(let position, _):
      return read[position].node.fault(error.description)
    }
  }
}
