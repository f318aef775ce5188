import Documents
import PolicyModel
import Simulation
import Quantities

/// Reads thresholds and observations: both are about a monthly metric of an entity.
struct TargetReader {
  /// What is recorded monthly, by metric; nil when the world is at fault.
  private let recorded: [String: RecordedMetric]?
  /// What is recorded once and can be observed: estimates, and metrics that are derived for months of their own.
  private let once: [String: RecordedMetric]
  let run: RunSettings?

  /// - Parameters:
  ///   - plan: nil when the world is at fault: entities are not checked then.
  ///   - run: nil when the months are at fault.
  init(
    plan: WorldPlan?, run: RunSettings?, switchedOff: Set<String>, estimates: EstimateTable,
    derived: DerivedTable
  ) {
    self.run = run
    let ofWorld = derived.metrics.map { ($0.isFixed, $0.name, RecordedMetric(ofWorldIn: $0.unit)) }
    recorded = plan.map { plan in
      let acting = Catalogue.metrics(in: plan, switchedOff: switchedOff).filter(\.isMonthly)
      return Dictionary(
        acting.map { ($0.metric.name, RecordedMetric($0, in: plan)) }
          + ofWorld.filter { !$0.0 }.map { ($0.1, $0.2) },
        uniquingKeysWith: { $0.joined(with: $1) })
    }
    once = Dictionary(
      estimates.estimates.map { ($0.name, RecordedMetric(ofWorldIn: $0.unit)) }
        + ofWorld.filter(\.0).map { ($0.1, $0.2) }, uniquingKeysWith: { first, _ in first })
  }

  func threshold(_ node: DocumentNode, faults: inout [Fault]) -> Threshold? {
    check("metric", of: "entity", in: node, faults: &faults)
    guard let id = node["id"]?.text, let entity = node["entity"]?.text,
      let metric = node["metric"]?.text, let level = node["at_least"]?.number
    else { return nil }
    return Threshold(id: id, entity: entity, metric: metric, level: level)
  }

  func observation(_ node: DocumentNode, faults: inout [Fault]) -> Observation? {
    let monthly = monthlyFigure(node, faults: &faults)
    checkRange(of: node, faults: &faults)
    checkReason(of: node, faults: &faults)
    guard let monthly, let id = node["id"]?.text, let observed = node["observed"]?.number,
      let status: Observation.Status = node.word("status")
    else { return nil }
    return Observation(
      id: id, figure: monthly.figure, divisor: monthly.divisor,
      scoreClass: node["class"]?.text
        ?? scoreClass(of: monthly.figure, isQuotient: monthly.divisor != nil),
      month: monthly.month, from: monthly.from, reduction: monthly.reduction, observed: observed,
      low: node["low"]?.number, high: node["high"]?.number, status: status,
      expectedMiss: node["reason"]?.text, source: node["source"]?.text)
  }

  /// Which figure an observation, or a published figure, is about.
  func monthlyFigure(_ node: DocumentNode, faults: inout [Fault]) -> MonthlyFigure? {
    let isOnce = isOfWholeRun(node)
    check("metric", of: "entity", in: node, isOnce: isOnce, faults: &faults)
    checkDivisor(of: node, isOnce: isOnce, faults: &faults)
    guard let reduction: Observation.Reduction = node.word("reduce") else { return nil }
    checkMonths(of: node, reduction, isOnce: isOnce, faults: &faults)
    guard let figure = figure("metric", of: "entity", in: node),
      let month = node["month"]?.month ?? (isOnce ? run?.end : nil)
    else { return nil }
    return MonthlyFigure(
      figure: figure, divisor: divisor(in: node), month: month, from: node["from"]?.month,
      reduction: reduction)
  }

  /// Whether an observation is of what is recorded once, which needs no month.
  private func isOfWholeRun(_ node: DocumentNode) -> Bool {
    let names = node.names(under: "metric").compactMap(\.text)
    return !names.isEmpty && names.allSatisfy { once[$0] != nil }
  }

  /// What is summed; nil where something of it was refused.
  private func figure(
    _ metric: String, of entity: String, in node: DocumentNode
  ) -> Observation.Figure? {
    let (entities, metrics) = (node.names(under: entity), node.names(under: metric))
    let names = (entities + metrics).compactMap(\.text)
    guard !entities.isEmpty, !metrics.isEmpty, names.count == entities.count + metrics.count else {
      return nil
    }
    return Observation.Figure(
      entities: entities.compactMap(\.text), metrics: metrics.compactMap(\.text))
  }

  /// What an observation is divided by.
  private func divisor(in node: DocumentNode) -> Observation.Figure? {
    guard node["over_entity"] != nil else { return nil }
    let metric = node["over_metric"] == nil ? "metric" : "over_metric"
    return figure(metric, of: "over_entity", in: node)
  }

  /// Under which scores are gathered where nobody says: a quotient has no unit that would tell.
  private func scoreClass(of figure: Observation.Figure, isQuotient: Bool) -> String {
    guard !isQuotient, let metric = figure.metrics.first,
      let known = recorded?[metric] ?? once[metric]
    else {
      return "other"
    }
    return known.scoreClass
  }

  private func checkDivisor(of node: DocumentNode, isOnce: Bool, faults: inout [Fault]) {
    guard node["over_entity"] == nil else {
      check(
        node["over_metric"] == nil ? "metric" : "over_metric", of: "over_entity", in: node,
        tellingMetric: node["over_metric"] != nil, isOnce: isOnce, faults: &faults)
      return
    }
    guard let metric = node["over_metric"], node.lacks("over_entity") else { return }
    faults.append(
      metric.fault(
        "over_metric has no entity", advice: "say whose under over_entity, or leave it out"))
  }

  /// Tells what is wrong with metrics and whose they are.
  private func check(
    _ metricKey: String, of entityKey: String, in node: DocumentNode, tellingMetric: Bool = true,
    isOnce: Bool = false, faults: inout [Fault]
  ) {
    guard let recorded = isOnce ? once : recorded else { return }
    let metrics = node.names(under: metricKey)
    for metric in metrics {
      guard let name = metric.text else { continue }
      if let known = recorded[name] {
        checkEntities(node.names(under: entityKey), of: name, known.entities, faults: &faults)
      } else if tellingMetric {
        faults.append(metric.fault(ofMetric: name, known: recorded.keys.sorted()))
      }
    }
    for key in [metricKey, entityKey] { checkRepeats(node.names(under: key), faults: &faults) }
    let units = metrics.compactMap { $0.text.flatMap { recorded[$0]?.unit } }
    if tellingMetric, let odd = units.firstIndex(where: { $0 != units[0] }) {
      faults.append(
        metrics[odd].fault(
          "is in \(units[odd]), and what stands before it in \(units[0])",
          advice: "a sum is of one unit"))
    }
  }

  private func checkEntities(
    _ entities: [DocumentNode], of metric: String, _ known: [String], faults: inout [Fault]
  ) {
    for entity in entities {
      guard let id = entity.text, !known.contains(id) else { continue }
      faults.append(
        entity.fault(
          "\(metric) is not recorded of \(quoted(id))",
          suggestion: likelyWords(for: id, among: known),
          advice: "recorded of: \(known.joined(separator: ", "))"))
    }
  }

  private func checkRepeats(_ names: [DocumentNode], faults: inout [Fault]) {
    var seen: Set<String> = []
    for name in names {
      guard let word = name.text, !seen.insert(word).inserted else { continue }
      faults.append(
        name.fault(
          "\(quoted(word)) is there twice, and would count twice", advice: "take one out"))
    }
  }
}

/// What a monthly metric is recorded of, and in what.
private struct RecordedMetric {
  let entities: [String]
  let unit: String
  private let kind: String

  init(_ entry: Catalogue.MetricEntry, in plan: WorldPlan) {
    entities = plan.entityNames(ofKind: entry.entity)
    unit = entry.metric.unit
    kind = entry.entity
  }

  /// A metric of the world alone.
  init(ofWorldIn unit: String) { (entities, self.unit, kind) = (["world"], unit, "world") }

  private init(entities: [String], like other: Self) {
    self.entities = entities
    (unit, kind) = (other.unit, other.kind)
  }

  /// The same metric, recorded of others too.
  func joined(with other: Self) -> Self { Self(entities: entities + other.entities, like: self) }

  /// Under which scores of it are gathered where nobody says.
  var scoreClass: String {
    switch unit {
    case "usd", "usd_per_month": "cost"
    case "months": "lag"
    case "flop", "log10_flop", "runs": "runs"
    case "tokens_per_day": "tokens"
    case "h100e", "h100e_per_month", "chips", "chips_per_month":
      kind == "developer" || kind == "lab" ? "labs" : "chips"
    default: "other"
    }
  }
}

extension DocumentNode {
  /// The names under a key that holds one or a list of them.
  fileprivate func names(under key: String) -> [DocumentNode] {
    guard let node = self[key] else { return [] }
    return node.items.isEmpty ? [node] : node.items
  }
}
