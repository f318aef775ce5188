import Documents
import PolicyModel

/// The rules of a regime or a set, one by one.
struct ComposedRules {
  /// The rules as a regime writes them.
  fileprivate(set) var members: [DocumentNode] = []
  /// The built-in sets that they were taken from, each with its month.
  fileprivate(set) var sets: [String] = []
  /// Whether they stand in the file as they are: no set, nothing added, dropped or taken from elsewhere.
  fileprivate(set) var isAsWritten = true
  /// Whether some of them are not known, after a fault.
  fileprivate var isInDoubt = false

  /// The place of the rule of this id.
  fileprivate func place(of id: String) -> Int? { members.firstIndex { $0.idOfRule == id } }

  /// Puts in what another has and this one lacks.
  fileprivate mutating func take(_ other: ComposedRules) {
    members += other.members.filter { member in
      member.idOfRule.map { place(of: $0) == nil } ?? true
    }
    sets += other.sets.filter { !sets.contains($0) }
    isInDoubt = isInDoubt || other.isInDoubt
    isAsWritten = false
  }
}

/// Reads sets of rules, built-in and a file's own, and lists that use them.
struct RuleSetReader {
  private(set) var faults: [Fault] = []
  private let facts: BuiltInFacts
  /// Whether nothing happens in the world but documented runs.
  private let isScripted: Bool
  /// The sets of the file.
  private let own: [DocumentNode.Entry]
  private var known: [String: ComposedRules] = [:]
  /// The sets that are being read, each within the one before.
  private var open: [String] = []

  /// - Parameter own: the sets of the file.
  init(_ own: DocumentNode?, facts: BuiltInFacts, isScripted: Bool) {
    (self.facts, self.isScripted) = (facts, isScripted)
    self.own = own?.entries ?? []
    for entry in self.own {
      if RuleSet.isMeant(by: entry.key) || facts.rule(entry.key) != nil {
        let what = RuleSet.isMeant(by: entry.key) ? "set" : "rule"
        faults.append(
          entry.value.fault(
            "a built-in \(what) is called \(quoted(entry.key))", advice: "give yours another name"))
      }
      _ = set(entry, namedAt: entry.value)
    }
  }

  /// What sets are called.
  var names: [String] { [RuleSet.currentLaw] + own.map(\.key) }

  /// Whether a set is called so.
  func isSet(_ name: String) -> Bool {
    RuleSet.isMeant(by: name) || own.contains { $0.key == name }
  }

  /// The rules that a list comes to.
  ///
  /// A list that begins with a set starts from it, any other from `model`: what it writes is added, or
  /// stands in the place of the rule of that id.
  ///
  /// - Parameter model: what the regime has from the one that it is like.
  mutating func rules(_ list: DocumentNode?, from model: ComposedRules?) -> ComposedRules {
    let items = list.map { $0.text == nil ? $0.items : [$0] } ?? []
    let beginsWithSet = items.first?.text.map { isSet($0) || $0.contains("@") } ?? false
    var rules = ComposedRules()
    if let model, !beginsWithSet { rules.take(model) }
    rules.isInDoubt = rules.isInDoubt || list.map { !$0.refused.isEmpty } ?? false
    rules.isAsWritten = rules.isAsWritten && list?.text == nil
    var written: Set<String> = []
    for item in items { add(item, to: &rules, &written) }
    return rules
  }

  /// - Parameter written: the ids of rules that the list itself writes, which it cannot write twice.
  private mutating func add(
    _ item: DocumentNode, to rules: inout ComposedRules, _ written: inout Set<String>
  ) {
    if let name = item.text, let set = set(name, at: item) {
      rules.take(set)
    } else if let added = item["add"] {
      tellCompany(of: item, "add")
      rules.isAsWritten = false
      for rule in added.text != nil || added.items.isEmpty ? [added] : added.items {
        add(rule, to: &rules, &written)
      }
    } else if let dropped = item["drop"] {
      tellCompany(of: item, "drop")
      rules.isAsWritten = false
      for name in dropped.text == nil ? dropped.items : [dropped] { drop(name, from: &rules) }
    } else if let id = item.idOfRule, let place = rules.place(of: id), !written.contains(id) {
      written.insert(id)
      rules.members[place] = item
    } else {
      if let id = item.idOfRule { written.insert(id) }
      rules.members.append(item)
    }
  }

  private mutating func drop(_ name: DocumentNode, from rules: inout ComposedRules) {
    guard let id = name.text else { return }
    if let place = rules.place(of: id) {
      rules.members.remove(at: place)
      return
    }
    // What a world without owners does not simulate was never there, and does not have to be dropped.
    let isIdle = isScripted && facts.rule(id).map { $0.subject != .chips } ?? false
    guard !rules.isInDoubt, !isIdle else { return }
    let ids = rules.members.compactMap(\.idOfRule)
    let origin = rules.sets.isEmpty ? "here" : "in \(rules.sets.joined(separator: " or "))"
    faults.append(
      name.fault(
        facts.rule(id) == nil
          ? "there is no rule \(quoted(id)) to drop"
          : "\(quoted(id)) is not \(origin) to be dropped",
        suggestion: likelyWords(for: id, among: ids),
        advice: ids.isEmpty
          ? "begin the list with a set, or give the regime a like"
          : "`chokepoint rules --set \(rules.sets.first ?? RuleSet.currentLaw)` lists a set"))
  }

  /// Tells of keys beside `add` or `drop`, which would say nothing.
  private mutating func tellCompany(of item: DocumentNode, _ key: String) {
    for entry in item.entries where entry.key != key {
      faults.append(
        entry.value.fault("\(key) stands alone", advice: "write \(entry.key) in an item of its own")
      )
    }
  }

  // MARK: - Sets

  /// The set of this name; nil where it is none, so that it must be a rule.
  private mutating func set(_ name: String, at place: DocumentNode) -> ComposedRules? {
    if let entry = own.first(where: { $0.key == name }) { return set(entry, namedAt: place) }
    guard name.contains("@") || RuleSet.isMeant(by: name) else { return nil }
    var rules = ComposedRules()
    do throws(CommandLineFault) {
      let set = try RuleSet(named: name, in: facts)
      let members = isScripted ? set.members.filter { isOnChips($0) } : set.members
      rules.members = members.map { $0.node(in: place) }
      rules.sets = [set.name]
    } catch {
      rules.isInDoubt = true
      faults.append(place.fault(told(error, of: name)))
    }
    return rules
  }

  /// What is wrong with a name; of a set of the file, that it has no dates.
  private func told(_ error: CommandLineFault, of name: String) -> String {
    let stem = String(name.prefix { $0 != "@" })
    return own.contains { $0.key == stem }
      ? "\(quoted(stem)) is a set of this file, and has no date; only \(RuleSet.currentLaw) has"
      : error.description
  }

  private func isOnChips(_ member: RuleSet.Member) -> Bool {
    facts.rule(member.id)?.subject == .chips
  }

  private mutating func set(
    _ entry: DocumentNode.Entry, namedAt place: DocumentNode
  ) -> ComposedRules {
    if let rules = known[entry.key] { return rules }
    guard !open.contains(entry.key) else {
      let circle = (open.drop { $0 != entry.key } + [entry.key]).joined(separator: ", ")
      faults.append(
        place.fault("the sets of rules contain each other: \(circle)", advice: "take out one"))
      var rules = ComposedRules()
      rules.isInDoubt = true
      return rules
    }
    open.append(entry.key)
    let rules = rules(entry.value, from: nil)
    open.removeLast()
    known[entry.key] = rules
    return rules
  }
}

extension DocumentNode {
  /// The id of the rule that an item of a list of rules is.
  fileprivate var idOfRule: String? { text ?? self["use"]?.text ?? self["id"]?.text }
}
