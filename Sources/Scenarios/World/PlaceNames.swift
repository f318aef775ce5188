import Documents
import PolicyModel

/// The jurisdictions that a scenario can name: those of its world. In a world without owners, which lists
/// none, those of the built-in worlds, and any that a lab and a rule of the file both name.
struct PlaceNames {
  private let world: DocumentNode?
  /// The rules that the file writes out itself.
  private let ownRules: [DocumentNode]
  private let facts: BuiltInFacts
  /// By id what people call it; nil where some could not be read, so that nothing can be said.
  private let known: [(id: String, name: String)]?
  private let hasEconomy: Bool

  /// Takes a whole file.
  init(_ file: DocumentNode, facts: BuiltInFacts, hasEconomy: Bool) {
    world = file["world"]
    self.facts = facts
    self.hasEconomy = hasEconomy
    ownRules = (file["regimes"]?.items ?? []).flatMap { $0["rules"]?.items ?? [] }
      .filter { rule in rule["id"]?.text.map { facts.rule($0) == nil } ?? false }
    known =
      hasEconomy
      ? Self.places(of: file["world"])
      : BuiltInWorldValues.all.flatMap { world in world.places.map { ($0.code, $0.name) } }
  }

  private static func places(of world: DocumentNode?) -> [(id: String, name: String)]? {
    guard let list = world?["jurisdictions"], list.refused.isEmpty, !list.items.isEmpty else {
      return nil
    }
    return list.itemsByID.flatMap { place -> [(id: String, name: String)] in
      guard let id = place["id"]?.text else { return [] }
      let members = (place["members"]?.items ?? []).compactMap { $0["id"]?.text }
      return [(id, place["name"]?.text ?? id)] + members.map { ($0, "a part of \(id)") }
    }
  }

  /// Tells of labs, rules and chips whose places nothing else names: rules would pass them by.
  var faults: [Fault] {
    guard let known else { return [] }
    let ids = Set(known.map(\.id))
    let seats = (world?["labs"]?.items ?? []).flatMap {
      [$0["jurisdiction"], $0.written("headquarters")].compactMap(\.self)
    }
    let reached = ownRules.flatMap { $0["destinations"]?.items ?? [] }
    let governments = ownRules.compactMap { $0["government"] }
    let hosts = ownRules.flatMap { $0["hosts"]?.items ?? [] }
    // Of an economy's labs the reader of labs tells.
    let ofLabs =
      hasEconomy
      ? []
      : unknown(
        seats, "jurisdiction",
        besides: ids.union(reached.compactMap(\.text).filter { $0 != "world" }))
    let ofRules =
      unknown(
        reached, "destination",
        besides: ids.union(["world"]).union(hasEconomy ? [] : seats.compactMap(\.text)))
      + unknown(hosts, "host", besides: ids)
      + unknown(governments, "government", besides: ids.union(facts.rules.map(\.government)))
    return ofLabs + ofRules + chipFaults(ids.union(facts.chips.map(\.designedIn)))
  }

  private func chipFaults(_ ids: Set<String>) -> [Fault] {
    let chips = world?["chips"]?.items ?? []
    let places = chips.compactMap { $0["designed_in"] }
    let designed = Set(facts.chips.map(\.designedIn) + places.compactMap(\.text))
    let conditions = ownRules.flatMap {
      ($0["requirement"]?.items ?? []) + ($0["review"]?.items ?? [])
    }
    .flatMap { $0["when"]?["designed_in"]?.items ?? [] }
    return unknown(places, "place of design", besides: ids)
      + conditions.compactMap { place in
        guard let id = place.text, !designed.contains(id) else { return nil }
        let all = designed.sorted()
        return place.fault(
          "no chip is designed in \(quoted(id))", suggestion: likelyWords(for: id, among: all),
          advice: "chips are designed in \(all.joined(separator: ", "))")
      }
  }

  private func unknown(
    _ nodes: [DocumentNode], _ what: String, besides ids: Set<String>
  ) -> [Fault] {
    nodes.compactMap { node in
      // What is no code at all has been told of.
      guard let id = node.text, isJurisdictionCode(id), !ids.contains(id) else { return nil }
      return node.fault(
        "unknown \(what) \(quoted(id))", suggestion: likelyWords(for: id, among: ids),
        advice: (hasEconomy ? "places of this world: " : "known places: ") + list(besides: ids))
    }
  }

  /// The places with their names, then what else is known.
  private func list(besides ids: Set<String>) -> String {
    let places = (known ?? []).map { $0.id == $0.name ? $0.id : "\($0.id) (\($0.name))" }
    let others = ids.subtracting((known ?? []).map(\.id)).sorted()
    return (places + others).joined(separator: ", ")
  }
}
