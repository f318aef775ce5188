import PolicyModel
import Simulation

/// The monthly metrics to record: names, or the word for all of them; nil where the file does not
/// say, which is for the model: all of a world of scripted runs, the headline ones of an economy.
func recordedMetrics(
  _ node: DocumentNode?, in contents: WorldContents?, faults: inout [Fault]
) -> [String]? {
  let monthly = Catalogue.metrics.filter(\.isMonthly)
  let present = monthly.filter { contents?.has($0.scope) ?? true }
  guard let node else { return nil }
  if let word = node.text { return contents?.hasEconomy == true ? [word] : nil }
  return node.items.compactMap { item in
    guard let name = item.text else { return nil }
    if !present.contains(where: { $0.metric.name == name }) {
      faults.append(item.fault(ofMetric: name, known: present.map(\.metric.name)))
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
      "unknown monthly metric \(quoted(name))", suggestion: nearestWord(to: name, among: known),
      advice: "`chokepoint metrics` lists them")
  }
}
