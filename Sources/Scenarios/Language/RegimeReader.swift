import PolicyModel

/// Reads the rules of regimes.
struct RegimeReader {
  private let facts: BuiltInFacts
  private let chipIDs: [String]
  private var reader = RuleReader(sources: .none)
  private var ownFaults: [Fault] = []

  var faults: [Fault] { ownFaults + reader.faults }

  init(facts: BuiltInFacts, chipIDs: [String]) {
    self.facts = facts
    self.chipIDs = chipIDs
  }

  mutating func regime(_ node: DocumentNode) -> Regime? {
    guard let id = node["id"]?.text else { return nil }
    var rules: [Rule] = []
    for entry in node["rules"]?.items ?? [] {
      guard let rule = rule(entry) else { continue }
      if rules.contains(where: { $0.id == rule.id }) {
        ownFaults.append(entry.fault("rule \(quoted(rule.id)) is there twice", advice: "keep one"))
      } else {
        rules.append(rule)
      }
    }
    return Regime(id: id, title: node["title"]?.text, rules: RuleBook(rules))
  }

  private mutating func rule(_ node: DocumentNode) -> Rule? {
    let found = node.text != nil || node["use"] != nil ? builtIn(node) : new(node)
    guard let rule = found else { return nil }
    if rule.subject != .chips {
      ownFaults.append(
        node.fault(
          "\(quoted(rule.id)) bears on \(rule.subject.rawValue), which nothing here simulates, "
            + "so it would change nothing", advice: "leave it out"))
    }
    if rule.effective == nil {
      ownFaults.append(
        node.fault(
          "\(quoted(rule.id)) never took effect",
          advice: "give it a date: {use: \(rule.id), effective: YYYY-MM-DD, enforced: true}"))
    }
    return rule
  }

  private mutating func builtIn(_ node: DocumentNode) -> Rule? {
    let name = node["use"] ?? node
    guard let id = name.text else { return nil }
    guard var rule = facts.rule(id) else {
      ownFaults.append(
        name.fault(
          "unknown rule \(quoted(id))",
          suggestion: nearestWord(to: id, among: facts.rules.map(\.id)),
          advice: "`chokepoint rules --list` lists the built-in ones"))
      return nil
    }
    let allowed = ["use", "effective", "ends", "open_ended", "compliance_from", "enforced"]
    for entry in node.entries where !allowed.contains(entry.key) {
      ownFaults.append(
        entry.value.fault(
          "only the dates of a built-in rule can be changed",
          advice: "allowed beside use: \(allowed.dropFirst().joined(separator: ", "))"))
    }
    reader.checkOrder(of: node, "ends", after: "effective")
    rule.effective = node["effective"]?.date ?? rule.effective
    rule.ends = node["open_ended"]?.flag == true ? nil : node["ends"]?.date ?? rule.ends
    rule.complianceFrom = node["compliance_from"]?.date ?? rule.complianceFrom
    rule.isEnforced = node["enforced"]?.flag ?? rule.isEnforced
    return rule
  }

  private mutating func new(_ node: DocumentNode) -> Rule? {
    let missing = ScenarioSchema.keysOfNewRule.filter { node[$0] == nil }
    guard missing.isEmpty else {
      ownFaults.append(
        node.fault(
          "a new rule needs \(missing.joined(separator: ", "))",
          advice: "for a built-in rule write its id, or use: its id"))
      return nil
    }
    for clause in (node["requirement"]?.items ?? []) + (node["review"]?.items ?? []) {
      checkChips(clause["when"]?["chips"])
    }
    return reader.rule(node)
  }

  private mutating func checkChips(_ node: DocumentNode?) {
    for name in node?.items ?? [] {
      guard let id = name.text, !chipIDs.contains(id) else { continue }
      ownFaults.append(
        name.fault("unknown chip \(quoted(id))", suggestion: nearestWord(to: id, among: chipIDs)))
    }
  }
}
