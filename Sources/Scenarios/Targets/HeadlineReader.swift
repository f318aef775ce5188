import Documents
import PolicyModel
import Quantities
import Simulation

/// Reads what results are held to: headline figures and claims.
struct HeadlineReader {
  private let regimes: [String]
  /// Metrics that are recorded once, by the entity they are recorded of.
  private let metrics: [String: [String]]
  private let runsAndLabs: [String]

  /// Takes entities as they are written, so that a run with a fault is still known by its name.
  ///
  /// - Parameters:
  ///   - world: the `world` section, nil when it is missing; entities are not checked then.
  ///   - contents: what the world has; nil when it is missing.
  ///   - regimes: the ids of all regimes; empty when they are not to be checked.
  ///   - worked: the names of estimates, and of derived metrics that are recorded once.
  init(
    world: DocumentNode?, contents: WorldContents?, regimes: [String], worked: [String]
  ) {
    self.regimes = regimes
    let once = Catalogue.metrics.filter { !$0.isMonthly && contents?.has($0.scope) ?? true }
    let names = Dictionary(grouping: once, by: \.entity).mapValues { $0.map(\.metric.name) }
    func recorded(of entity: String) -> [String] { names[entity] ?? [] }
    var metrics = Self.entitiesOfEconomy(world).mapValues { recorded(of: $0) }
    var runsAndLabs: [String] = []
    for run in world?["runs"]?.items ?? [] {
      guard let id = run["id"]?.text else { continue }
      runsAndLabs.append(id)
      metrics[id] = recorded(of: "run")
      for stage in run["stages"]?.items ?? [] {
        if let stageID = stage["id"]?.text {
          metrics["\(id).\(stageID)"] = recorded(of: "stage")
        }
      }
    }
    for lab in world?["labs"]?.items ?? [] {
      guard let id = lab["id"]?.text else { continue }
      runsAndLabs.append(id)
      metrics[id] =
        recorded(of: "lab") + (lab.lacks("fleet_of") ? [] : recorded(of: "developer"))
    }
    if !worked.isEmpty { metrics[Estimate.entity, default: []] += worked }
    let isWhole =
      contents?.isNone == true && world == nil
      || Self.sections.allSatisfy {
        world?.refused.contains($0) == false && world?[$0]?.refused.isEmpty ?? true
      }
    self.metrics = isWhole ? metrics : [:]
    self.runsAndLabs = isWhole ? runsAndLabs : []
  }

  private static let sections = ["runs", "labs", "owners", "jurisdictions", "suppliers"]

  /// The kinds of the entities that an economy has, by their names in results.
  private static func entitiesOfEconomy(_ world: DocumentNode?) -> [String: String] {
    func ids(_ key: String) -> [String] { (world?[key]?.items ?? []).compactMap { $0["id"]?.text } }
    guard !ids("owners").isEmpty else { return [:] }
    let named =
      ids("owners").map { ("fleet.\($0)", "fleet") }
      + ids("jurisdictions").map { ($0, "jurisdiction") }
      + ids("suppliers").map { ($0, "supplier") } + [("world", "world")]
    return Dictionary(named, uniquingKeysWith: { first, _ in first })
  }

  func headline(_ node: DocumentNode?, faults: inout [Fault]) -> Headline? {
    guard let node else { return nil }
    let figures = (node["figures"]?.items ?? []).compactMap { figure($0, faults: &faults) }
    return Headline(regime: regime(node["regime"], faults: &faults), figures: figures)
  }

  /// The place of a regime that is named; that of the reference without a name.
  func regime(_ node: DocumentNode?, faults: inout [Fault]) -> Int {
    guard let node, let id = node.text, !regimes.isEmpty else { return 0 }
    if let place = regimes.firstIndex(of: id) { return place }
    faults.append(
      node.fault(
        "unknown regime \(quoted(id))", suggestion: likelyWords(for: id, among: regimes),
        advice: "known here: \(regimes.joined(separator: ", "))"))
    return 0
  }

  /// Holds the names of a figure that is recorded once to what there is.
  func checkNames(_ node: DocumentNode, faults: inout [Fault]) {
    guard let entity = node["entity"]?.text else { return }
    check(node["entity"], isAmong: metrics.keys.sorted(), "entity", faults: &faults)
    if let known = metrics[entity] {
      check(node["metric"], isAmong: known, "metric", of: entity, faults: &faults)
    }
  }

  private func figure(_ node: DocumentNode, faults: inout [Fault]) -> Headline.Figure? {
    guard let id = node["id"]?.text, let entity = node["entity"]?.text,
      let metric = node["metric"]?.text
    else { return nil }
    checkNames(node, faults: &faults)
    return Headline.Figure(
      id: id, entity: entity, metric: metric,
      expectation: ExpectationReader.expectation(node, about: "published", faults: &faults),
      source: node["source"]?.text)
  }

  func claim(_ node: DocumentNode, faults: inout [Fault]) -> Claim? {
    guard let id = node["id"]?.text, let text = node["says"]?.text,
      let entity = node["entity"]?.text
    else { return nil }
    check(node["entity"], isAmong: runsAndLabs, "run or lab", faults: &faults)
    let expectation =
      isRatio(node)
      ? ratio(node, faults: &faults)
      : ExpectationReader.expectation(node, about: "usd", faults: &faults)
    guard let expectation else {
      if Self.expectationKeys.allSatisfy({ node.lacks($0) }) {
        faults.append(
          node.fault(
            "does not say what the cost is to be",
            advice: "give usd, at_least, at_most, or times_cheaper with than_usd"))
      }
      return nil
    }
    return Claim(
      id: id, text: text, entity: entity, expectation: expectation, source: node["source"]?.text)
  }

  private static let ratioKeys = ["times_cheaper", "than_usd"]
  private static let expectationKeys = ["usd", "at_least", "at_most"] + ratioKeys

  private func isRatio(_ node: DocumentNode) -> Bool {
    Self.ratioKeys.contains { !node.lacks($0) }
  }

  /// "So many times cheaper than" is a statement about the cost itself.
  private func ratio(_ node: DocumentNode, faults: inout [Fault]) -> Expectation? {
    if let other = ["usd", "at_least", "at_most"].first(where: { !node.lacks($0) }) {
      faults.append(
        node.fault("both times_cheaper and \(other) are given", advice: "keep one of the two"))
      return nil
    }
    if let missing = Self.ratioKeys.first(where: { node.lacks($0) }) {
      let given = Self.ratioKeys.first { $0 != missing } ?? ""
      faults.append(node.fault("\(given) is given without \(missing)", advice: "give both"))
      return nil
    }
    guard let times = node["times_cheaper"]?.number, let other = node["than_usd"]?.number else {
      return nil
    }
    return ExpectationReader.near(other / times, node, faults: &faults)
  }

  private func check(
    _ node: DocumentNode?, isAmong known: [String], _ what: String, of entity: String? = nil,
    faults: inout [Fault]
  ) {
    guard let node, let name = node.text, !known.isEmpty, !known.contains(name) else { return }
    faults.append(
      node.fault(
        "unknown \(what) \(quoted(name))", suggestion: likelyWords(for: name, among: known),
        advice: "known \(entity.map { "of \($0)" } ?? "here"): \(known.joined(separator: ", "))"))
  }
}
