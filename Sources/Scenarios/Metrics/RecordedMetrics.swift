import Documents
import PolicyModel
import Simulation

/// The `metrics` section.
enum MetricsSchema {
  static let section = Schema.worded(
    .either([.choice([all]), .list(of: .identifier, minimum: 1)]), "a list of metrics, or all")

  /// The word for every monthly metric.
  static let all = "all"
}

/// The monthly metrics to record; nil for all.
///
/// A world with an economy has hundreds, of which the headline ones are recorded unless the file says
/// otherwise.
func recordedMetrics(
  _ node: DocumentNode?, in contents: WorldContents?, derived: [String], faults: inout [Fault]
) -> [String]? {
  // Whoever writes a formula wants to see what it comes to.
  namedMetrics(node, in: contents, derived: derived, faults: &faults).map { names in
    names + derived.filter { !names.contains($0) }
  }
}

private func namedMetrics(
  _ node: DocumentNode?, in contents: WorldContents?, derived: [String], faults: inout [Fault]
) -> [String]? {
  let monthly = Catalogue.metrics.filter(\.isMonthly)
  let present = monthly.filter { contents?.has($0.scope) ?? true }
  guard let node else {
    guard contents?.hasEconomy == true else { return nil }
    return present.filter(\.isHeadline).map(\.metric.name).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }
  guard node.text != MetricsSchema.all else { return nil }
  return node.items.compactMap { item in
    guard let name = item.text else { return nil }
    if !derived.contains(name), !present.contains(where: { $0.metric.name == name }) {
      faults.append(item.fault(ofMetric: name, known: present.map(\.metric.name) + derived))
    }
    return name
  }
}

extension DocumentNode {
  /// Tells of a monthly metric that is not there.
  func fault(ofMetric name: String, known: [String]) -> Fault {
    if let entry = Catalogue.metrics.first(where: { $0.isMonthly && $0.metric.name == name }),
      !known.contains(name)
    {
      return fault(
        "\(quoted(name)) is not recorded in a world without \(entry.scope.inWords)",
        advice: "leave it out")
    }
    return fault(
      "unknown monthly metric \(quoted(name))", suggestion: likelyWords(for: name, among: known),
      advice: "`chokepoint metrics` lists them")
  }
}
