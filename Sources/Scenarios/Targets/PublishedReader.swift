import Documents
import PolicyModel
import Quantities

/// Reads what a source has published.
struct PublishedReader {
  /// What is recorded once, and regimes.
  let outcomes: HeadlineReader
  /// What is recorded monthly.
  let targets: TargetReader
  /// The regimes, where all of them are sound.
  let regimes: [Regime]
  /// Every chip that can be named.
  let chips: [String]

  func published(_ node: DocumentNode?, faults: inout [Fault]) -> Published? {
    guard let node else { return nil }
    let parts = ["figures", "chips", "decisions"]
    if parts.allSatisfy({ node.lacks($0) || node[$0]?.items.isEmpty == true }) {
      faults.append(
        node.fault("says nothing that was published", advice: "give figures, chips or decisions"))
    }
    func items(_ key: String) -> [DocumentNode] { node[key]?.items ?? [] }
    let figures = items("figures").compactMap { figure($0, faults: &faults) }
    let chips = items("chips").compactMap { chip($0, faults: &faults) }
    let decisions = items("decisions").compactMap { self.decisions($0, faults: &faults) }
    guard let citation = node["citation"]?.text else { return nil }
    return Published(
      citation: citation, url: node["url"]?.text,
      contradictions: items("contradictions").compactMap(\.text), figures: figures, chips: chips,
      decisions: decisions)
  }

  // MARK: - Figures

  private func figure(_ node: DocumentNode, faults: inout [Fault]) -> PublishedFigure? {
    let place = place(node, faults: &faults)
    let treatment = treatment(node, faults: &faults)
    let regime = outcomes.regime(node["regime"], faults: &faults)
    let other = node["over_regime"].map { outcomes.regime($0, faults: &faults) }
    let statistic = statistic(node, faults: &faults)
    let expectation = ExpectationReader.expectation(node, about: "published", faults: &faults)
    if expectation == nil,
      ["published", "at_least", "at_most"].allSatisfy({ node.lacks($0) })
    {
      faults.append(
        node.fault(
          "does not say what was published", advice: "give published, at_least or at_most"))
    }
    guard let id = node["id"]?.text, let place, let statistic, let expectation else { return nil }
    return PublishedFigure(
      id: id, text: node["says"]?.text, place: place, regime: regime, overRegime: other,
      statistic: statistic, expectation: expectation, treatment: treatment)
  }

  private func place(
    _ node: DocumentNode, faults: inout [Fault]
  ) -> PublishedFigure.Place? {
    guard node.lacks("month") else {
      return targets.monthlyFigure(node, faults: &faults).map { .monthly($0) }
    }
    for key in ["over_entity", "over_metric", "from"] {
      if let part = node[key] {
        faults.append(
          part.fault("\(key) means nothing without a month", advice: "give month, or leave it out"))
      }
    }
    for key in ["entity", "metric"] where node[key]?.items.isEmpty == false {
      faults.append(
        node.fault("\(key) is a list, and there is no month", advice: "give month, or one \(key)"))
      return nil
    }
    outcomes.checkNames(node, faults: &faults)
    guard let entity = node["entity"]?.text, let metric = node["metric"]?.text else { return nil }
    return .once(entity: entity, metric: metric)
  }

  private func statistic(
    _ node: DocumentNode, faults: inout [Fault]
  ) -> PublishedFigure.Statistic? {
    let keys = ["statistic", "share_above", "share_below"]
    let given = keys.filter { !node.lacks($0) }
    guard given.count <= 1 else {
      faults.append(
        node.fault(
          "\(given.joined(separator: " and ")) are given", advice: "keep one of them"))
      return nil
    }
    guard let key = given.first else { return .value }
    guard key == "statistic" else {
      return node[key]?.number.map { key == "share_above" ? .shareAbove($0) : .shareBelow($0) }
    }
    return PublishedFigure.Statistic.words.first { $0.word == node[key]?.text }?.statistic
  }

  private func treatment(
    _ node: DocumentNode, faults: inout [Fault]
  ) -> PublishedTreatment {
    targets.checkReason(of: node, faults: &faults)
    let isJudged = node["judged"]?.flag ?? true
    if !isJudged, !node.lacks("expected") {
      faults.append(
        node.fault(
          "a miss is expected of what is not judged", advice: "leave out judged, or expected"))
    }
    return PublishedTreatment(
      expectedMiss: node["reason"]?.text, contradiction: node["contradiction"]?.text,
      note: node["note"]?.text, isJudged: isJudged, source: node["source"]?.text)
  }

  // MARK: - Chips and rules

  private func chip(_ node: DocumentNode, faults: inout [Fault]) -> PublishedChip? {
    let treatment = treatment(node, faults: &faults)
    guard let idNode = node["id"], let id = idNode.text else { return nil }
    checkChip(id, at: idNode, faults: &faults)
    var figures: [PublishedChip.Figure] = []
    for attribute in ChipAttribute.allCases {
      guard let value = node[attribute.rawValue]?.number else { continue }
      figures.append(
        .init(
          attribute: attribute, expectation: ExpectationReader.near(value, node, faults: &faults)))
    }
    if figures.isEmpty, ChipAttribute.allCases.allSatisfy({ node.lacks($0.rawValue) }) {
      let known = ChipAttribute.allCases.map(\.rawValue).joined(separator: ", ")
      faults.append(node.fault("says nothing of the chip", advice: "give one of \(known)"))
    }
    return PublishedChip(chip: id, figures: figures, treatment: treatment)
  }

  private func decisions(_ node: DocumentNode, faults: inout [Fault]) -> PublishedDecisions? {
    let treatment = treatment(node, faults: &faults)
    let regime = outcomes.regime(node["regime"], faults: &faults)
    checkGovernment(node["government"], regime: regime, faults: &faults)
    faults += [node["to"], node["headquarters"]].compactMap { codeFault($0) }
    let days = days(node, faults: &faults)
    var verdicts: [PublishedDecisions.Item] = []
    for entry in node["published"]?.entries ?? [] {
      checkChip(entry.key, at: entry.value, faults: &faults)
      guard let verdict = entry.value.text.flatMap(PublishedDecisions.Verdict.init) else {
        continue
      }
      verdicts.append(.init(chip: entry.key, verdict: verdict))
    }
    guard let id = node["id"]?.text, let days, let destination = node["to"]?.text else {
      return nil
    }
    return PublishedDecisions(
      id: id, regime: regime, government: node["government"]?.text, destination: destination,
      headquarters: node["headquarters"]?.text ?? destination, days: days, verdicts: verdicts,
      treatment: treatment)
  }

  private func days(_ node: DocumentNode, faults: inout [Fault]) -> [Day]? {
    guard let first = node["date"]?.date else { return nil }
    guard let lastNode = node["until"], let last = lastNode.date else {
      return node.lacks("until") ? [first] : nil
    }
    guard first < last, last.number - first.number < Self.mostDays else {
      faults.append(
        lastNode.fault(
          "\(last) is \(first < last ? "too long after" : "not after") \(first)",
          advice: "at most \(Self.mostDays) days are asked at a time"))
      return nil
    }
    return (first.number...last.number).map { Day(number: $0) }
  }

  private static let mostDays = 3660

  private func checkGovernment(_ node: DocumentNode?, regime: Int, faults: inout [Fault]) {
    guard let node, let name = node.text, regimes.indices.contains(regime) else { return }
    let known = regimes[regime].rules.governments
    guard !known.contains(name) else { return }
    faults.append(
      node.fault(
        "no rule of \(regimes[regime].id) is of a government \(quoted(name))",
        suggestion: likelyWords(for: name, among: known),
        advice: "its rules are of \(known.joined(separator: ", "))"))
  }

  private func checkChip(_ id: String, at node: DocumentNode, faults: inout [Fault]) {
    guard !chips.contains(id) else { return }
    faults.append(
      node.fault(
        "unknown chip \(quoted(id))", suggestion: likelyWords(for: id, among: chips),
        advice: "`chokepoint rules` lists the built-in chips"))
  }
}
