import PolicyModel
import Simulation

/// Reads what results are held to: headline figures and claims.
struct OutcomeReader {
  private let regimes: [String]
  /// Metrics that are recorded once, by the entity they are recorded of.
  private let metrics: [String: [String]]
  private let runsAndLabs: [String]

  /// - Parameter plan: nil when the world is at fault; entities are not checked then.
  init(plan: WorldPlan?, regimes: [String]) {
    self.regimes = regimes
    let once = Catalogue.metrics.filter { !$0.isMonthly }
    var metrics: [String: [String]] = [:]
    for run in plan?.runs ?? [] {
      metrics[run.id] = once.filter { $0.entity == "run" }.map(\.metric.name)
      for stage in run.stages {
        metrics["\(run.id).\(stage.id)"] =
          once.filter { $0.entity == "stage" }.map(\.metric.name)
      }
    }
    for lab in plan?.labs ?? [] {
      metrics[lab.id] = once.filter { $0.entity == "lab" }.map(\.metric.name)
    }
    self.metrics = metrics
    runsAndLabs = (plan?.runs.map(\.id) ?? []) + (plan?.labs.map(\.id) ?? [])
  }

  func headline(_ node: DocumentNode?, faults: inout [Fault]) -> Headline? {
    guard let node else { return nil }
    let figures = (node["figures"]?.items ?? []).compactMap { figure($0, faults: &faults) }
    return Headline(regime: regime(node["regime"], faults: &faults), figures: figures)
  }

  private func regime(_ node: DocumentNode?, faults: inout [Fault]) -> Int {
    guard let node, let id = node.text else { return 0 }
    if let place = regimes.firstIndex(of: id) { return place }
    faults.append(
      node.fault("unknown regime \(quoted(id))", suggestion: nearestWord(to: id, among: regimes)))
    return 0
  }

  private func figure(_ node: DocumentNode, faults: inout [Fault]) -> Headline.Figure? {
    guard let id = node["id"]?.text, let entity = node["entity"]?.text,
      let metric = node["metric"]?.text
    else { return nil }
    check(node["entity"], isAmong: metrics.keys.sorted(), "entity", faults: &faults)
    if let known = metrics[entity] {
      check(node["metric"], isAmong: known, "metric of \(entity)", faults: &faults)
    }
    return Headline.Figure(
      id: id, entity: entity, metric: metric,
      expectation: expectation(node, about: node["published"]), source: node["source"]?.text)
  }

  func claim(_ node: DocumentNode, faults: inout [Fault]) -> Claim? {
    guard let id = node["id"]?.text, let text = node["says"]?.text,
      let entity = node["entity"]?.text
    else { return nil }
    check(node["entity"], isAmong: runsAndLabs, "run or lab", faults: &faults)
    guard let expectation = ratio(node, faults: &faults) ?? expectation(node, about: node["usd"])
    else {
      faults.append(
        node.fault(
          "does not say what the cost is to be",
          advice: "give usd, at_least, at_most, or times_cheaper with than_usd"))
      return nil
    }
    return Claim(
      id: id, text: text, entity: entity, expectation: expectation, source: node["source"]?.text)
  }

  /// "So many times cheaper than" is a statement about the cost itself.
  private func ratio(_ node: DocumentNode, faults: inout [Fault]) -> Expectation? {
    switch (node["times_cheaper"]?.number, node["than_usd"]?.number) {
    case (let times?, let other?):
      return .about(other / times, tolerance: node["tolerance"]?.number ?? 0)
    case (nil, nil): return nil
    default:
      faults.append(node.fault("times_cheaper and than_usd belong together"))
      return nil
    }
  }

  private func expectation(
    _ node: DocumentNode, about target: DocumentNode?
  ) -> Expectation? {
    if let target = target?.number {
      return .about(target, tolerance: node["tolerance"]?.number ?? 0)
    }
    return switch (node["at_least"]?.number, node["at_most"]?.number) {
    case (let low?, let high?): .between(low, high)
    case (let low?, nil): .atLeast(low)
    case (nil, let high?): .atMost(high)
    case (nil, nil): nil
    }
  }

  private func check(
    _ node: DocumentNode?, isAmong known: [String], _ what: String, faults: inout [Fault]
  ) {
    guard let node, let name = node.text, !known.isEmpty, !known.contains(name) else { return }
    faults.append(
      node.fault(
        "unknown \(what) \(quoted(name))", suggestion: nearestWord(to: name, among: known),
        advice: "known here: \(known.joined(separator: ", "))"))
  }
}
