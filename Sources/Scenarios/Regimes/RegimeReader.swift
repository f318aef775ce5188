import Documents
import PolicyModel
import Quantities

/// Reads the rules of regimes.
struct RegimeReader {
  private let facts: BuiltInFacts
  private let chipIDs: [String]
  /// What sets of rules are called.
  private let setNames: [String]
  /// What the world has; nil when it could not be read.
  private let contents: WorldContents?
  private var ruleIDs: [String] = []
  private var classes: [String] = []
  private var reader = RuleReader()
  private var ownFaults: [Fault] = []

  var faults: [Fault] { ownFaults + reader.faults }

  init(facts: BuiltInFacts, chipIDs: [String], setNames: [String], contents: WorldContents?) {
    self.contents = contents
    self.setNames = setNames
    self.facts = facts
    self.chipIDs = chipIDs
  }

  mutating func regime(_ node: DocumentNode) -> Regime? {
    guard let id = node["id"]?.text else { return nil }
    learnNames(of: node["rules"]?.items ?? [])
    var rules: [Rule] = []
    for entry in node["rules"]?.items ?? [] {
      guard let rule = rule(entry) else { continue }
      if rules.contains(where: { $0.id == rule.id }) {
        ownFaults.append(entry.fault("rule \(quoted(rule.id)) is there twice", advice: "keep one"))
      } else {
        rules.append(rule)
      }
    }
    if let variants = node.written(RegimeSchema.variants), contents?.hasEconomy == false {
      ownFaults.append(
        variants.fault(
          "variants change nothing in a world without owners of chips", advice: "leave it out"))
    }
    let written: VariantPolicy? = node.word(RegimeSchema.variants)
    guard let variants = written ?? (contents?.isNone == true ? .historical : nil) else {
      return nil
    }
    return Regime(
      id: id, name: node["name"]?.text, title: node["title"]?.text,
      against: node[RegimeSchema.against]?.text,
      rules: RuleBook(rules), variants: variants)
  }

  private mutating func rule(_ node: DocumentNode) -> Rule? {
    let found = node.text != nil || node["use"] != nil ? builtIn(node) : new(node)
    guard let rule = found else { return nil }
    if let reason = rule.idleness(as: node, isScripted: contents?.hasEconomy == false) {
      ownFaults.append(
        node.fault(
          "\(quoted(rule.id)) \(reason), so it would change nothing",
          advice: "leave it out, or write a rule of your own"))
    } else if rule.effective == nil, node.lacks("effective") {
      ownFaults.append(
        node.fault(
          "\(quoted(rule.id)) does not say from when it binds",
          advice: "give effective: YYYY-MM-DD"))
    } else if let start = rule.effective, let end = rule.ends {
      checkEnd(end, of: rule, after: max(start, rule.complianceFrom ?? start), node)
    }
    return rule
  }

  private mutating func checkEnd(_ end: Day, of rule: Rule, after start: Day, _ node: DocumentNode)
  {
    guard end <= start else { return }
    ownFaults.append(
      (node["ends"] ?? node).fault(
        end < start
          ? "\(quoted(rule.id)) ends on \(end), before it binds on \(start)"
          : "\(quoted(rule.id)) ends on \(end), the day on which it would begin to bind",
        advice: end < start
          ? "put its dates in order" : "let it end later: it binds until the day before"))
  }

  private mutating func builtIn(_ node: DocumentNode) -> Rule? {
    let name = node["use"] ?? node
    guard let id = name.text else { return nil }
    guard let known = facts.rule(id) else {
      ownFaults.append(
        name.fault(
          "unknown rule \(quoted(id))",
          suggestion: likelyWords(for: id, among: facts.rules.map(\.id) + setNames),
          advice: "`chokepoint rules --list` lists the built-in ones"))
      return nil
    }
    guard node.text == nil else { return known }
    let allowed = RegimeSchema.datesOfBuiltIn
    for entry in node.entries where !allowed.contains(entry.key) {
      ownFaults.append(
        entry.value.fault(
          "only the dates of a built-in rule can be changed",
          advice: "allowed beside use: \(allowed.dropFirst().joined(separator: ", ")); "
            + "or write a rule of your own, without use"))
    }
    if node["open_ended"]?.flag == true, let end = node["ends"] {
      ownFaults.append(end.fault("the rule both ends and is open-ended", advice: "keep one"))
    }
    return facts.whole(rule: node).flatMap { reader.rule($0) }
  }

  private mutating func new(_ node: DocumentNode) -> Rule? {
    let missing = RegimeSchema.keysOfNewRule.filter { node.lacks($0) }
    if !missing.isEmpty {
      ownFaults.append(
        node.fault(
          "a new rule needs \(missing.joined(separator: ", "))",
          advice: "for a built-in rule write its id, or use: its id"))
    }
    if let openEnded = node["open_ended"] {
      ownFaults.append(
        openEnded.fault(
          "only a built-in rule can be made open-ended", advice: "leave it out, and ends with it"))
    }
    for clause in (node["requirement"]?.items ?? []) + (node["review"]?.items ?? []) {
      check(clause["when"]?["chips"], are: "chip", among: chipIDs)
      check(clause["when"]?["class"], are: "class", among: classes)
      check(clause["when"]?["not_class"], are: "class", among: classes)
      check(clause["share_of"], are: "chip", among: chipIDs)
    }
    check(node["supersedes"], are: "rule", among: ruleIDs)
    checkKeys(of: node)
    let rule = reader.rule(node)
    if let rule, let name = node["id"], let known = facts.rule(rule.id), !rule.says(what: known) {
      ownFaults.append(
        name.fault(
          "a built-in rule is called \(quoted(rule.id)), and says something else",
          advice: "give yours another id, or take the built-in one with use: \(rule.id)"))
    }
    return rule
  }

  /// Keys that only rules on one subject take.
  private mutating func checkKeys(of node: DocumentNode) {
    for (key, only) in [("entities", RuleSubject.entities), ("hosts", .cloud), ("closes", .models)]
    {
      guard let written = node[key], let subject = node["acts_on"]?.text, subject != only.rawValue
      else { continue }
      ownFaults.append(
        written.fault(
          "a rule on \(subject) takes no \(key)",
          advice: "leave it out, or acts_on: \(only.rawValue)"))
    }
  }

  private mutating func check(_ node: DocumentNode?, are what: String, among known: [String]) {
    for word in node?.items ?? [] {
      guard let name = word.text, !known.contains(name) else { continue }
      ownFaults.append(
        word.fault(
          "unknown \(what) \(quoted(name))", suggestion: likelyWords(for: name, among: known)))
    }
  }

  /// Takes down what the rules of a regime may refer to: built-in names and its own.
  private mutating func learnNames(of rules: [DocumentNode]) {
    ruleIDs = facts.rules.map(\.id) + rules.compactMap { $0["id"]?.text }
    let clauses = rules.flatMap { $0["requirement"]?.items ?? [] }
    classes =
      facts.rules.flatMap(\.requirement).compactMap(\.label)
      + clauses.compactMap { $0["class"]?.text }
  }
}
