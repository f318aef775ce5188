import Documents
import PolicyModel
import Simulation
import Quantities

/// Reads thresholds and observations: both are about a monthly metric of an entity.
struct TargetReader {
  /// The entities that each monthly metric is recorded of; nil when the world is at fault.
  private let entities: [String: [String]]?
  private let run: RunSettings?

  /// - Parameters:
  ///   - plan: nil when the world is at fault: entities are not checked then.
  ///   - run: nil when the months are at fault.
  init(plan: WorldPlan?, run: RunSettings?, switchedOff: Set<String>) {
    self.run = run
    entities = plan.map { plan in
      let acting = Catalogue.metrics(in: plan, switchedOff: switchedOff).filter(\.isMonthly)
      return Dictionary(
        acting.map { ($0.metric.name, plan.entityNames(ofKind: $0.entity)) },
        uniquingKeysWith: +)
    }
  }

  func threshold(_ node: DocumentNode, faults: inout [Fault]) -> Threshold? {
    checkTarget(of: node, faults: &faults)
    guard let id = node["id"]?.text, let entity = node["entity"]?.text,
      let metric = node["metric"]?.text, let level = node["at_least"]?.number
    else { return nil }
    return Threshold(id: id, entity: entity, metric: metric, level: level)
  }

  func observation(_ node: DocumentNode, faults: inout [Fault]) -> Observation? {
    checkTarget(of: node, faults: &faults)
    guard let reduction: Observation.Reduction = node.word("reduce") else { return nil }
    checkMonths(of: node, reduction, faults: &faults)
    checkRange(of: node, faults: &faults)
    let entities = node["entity"].map(Self.names) ?? []
    guard let id = node["id"]?.text, !entities.isEmpty, entities.allSatisfy({ $0.text != nil }),
      let metric = node["metric"]?.text, let month = node["month"]?.month,
      let observed = node["observed"]?.number,
      let status: Observation.Status = node.word("status")
    else { return nil }
    return Observation(
      id: id, entities: entities.compactMap(\.text), metric: metric, month: month,
      from: node["from"]?.month,
      reduction: reduction, observed: observed, low: node["low"]?.number,
      high: node["high"]?.number, status: status, expectedMiss: node["reason"]?.text,
      source: node["source"]?.text)
  }

  private func checkTarget(of node: DocumentNode, faults: inout [Fault]) {
    guard let entities, let metric = node["metric"], let name = metric.text else { return }
    guard let known = entities[name] else {
      faults.append(metric.fault(ofMetric: name, known: entities.keys.sorted()))
      return
    }
    var seen: Set<String> = []
    for entity in node["entity"].map(Self.names) ?? [] {
      guard let id = entity.text else { continue }
      if !known.contains(id) {
        faults.append(
          entity.fault(
            "\(name) is not recorded of \(quoted(id))",
            suggestion: likelyWords(for: id, among: known),
            advice: "recorded of: \(known.joined(separator: ", "))"))
      } else if !seen.insert(id).inserted {
        faults.append(
          entity.fault(
            "\(quoted(id)) is there twice, and would count twice", advice: "take one out"))
      }
    }
  }

  /// The entities of a target: one, or the items of a list.
  private static func names(of entity: DocumentNode) -> [DocumentNode] {
    entity.items.isEmpty ? [entity] : entity.items
  }

  private func checkMonths(
    of node: DocumentNode, _ reduction: Observation.Reduction, faults: inout [Fault]
  ) {
    if let run, run.start <= run.end {
      for month in [node["from"], node["month"]].compactMap(\.self) {
        guard let value = month.month, !(run.start...run.end).contains(value) else { continue }
        faults.append(
          month.fault(
            "\(value) is outside the scenario's months \(run.start) to \(run.end)",
            advice: "move it, or run.start and run.end"))
      }
    }
    switch reduction {
    case .value where !node.lacks("from"):
      faults.append(
        (node["from"] ?? node).fault(
          "from means nothing for a value at a month", advice: "give reduce too, or leave it out"))
    case .sum where node.lacks("from"), .growthPerYear where node.lacks("from"):
      faults.append(
        node.fault("\(reduction.rawValue) needs from", advice: "give the first of its months"))
    default: break
    }
    guard let from = node["from"], let first = from.month, let last = node["month"]?.month,
      first > last || first == last && reduction == .growthPerYear
    else { return }
    faults.append(
      from.fault("\(first) is not before \(last)", advice: "put the months in order"))
  }

  private func checkRange(of node: DocumentNode, faults: inout [Fault]) {
    if let observed = node["observed"]?.number,
      node["low"]?.number ?? observed > observed || node["high"]?.number ?? observed < observed
    {
      faults.append(
        node.fault("what was observed is outside low to high", advice: "put the three in order"))
    }
    if node.lacks("expected") != node.lacks("reason") {
      faults.append(
        node.fault(
          node.lacks("reason")
            ? "a miss is expected without a reason" : "there is a reason, and no expected miss",
          advice: "give both expected: miss and reason, or neither"))
    }
  }
}
