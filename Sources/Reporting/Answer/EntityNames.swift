import PolicyModel
import Simulation
import Wording

/// What people call the things of a world, by their names in results.
extension WorldPlan {
  /// A place, lab, owner, supplier, chip, run or stage; a name of results itself where it is none of these.
  func shownName(of entity: String) -> String {
    if let place = economy.jurisdictions.first(where: { $0.id == entity }) { return place.name }
    if let chip = chips.first(where: { $0.id == entity }) { return chip.name }
    let named = [
      labs.map { ($0.id, $0.name) }, runs.map { ($0.id, $0.name) },
      economy.suppliers.map { ($0.id, $0.name) },
      economy.owners.map { ("fleet.\($0.id)", $0.name ?? NameWords.ofID($0.id)) },
    ]
    for group in named {
      if let name = Self.name(of: entity, in: group) { return name }
    }
    // A stage goes by its run.
    let parts = entity.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, runs.contains(where: { $0.id == parts[0] }) else { return entity }
    return "\(shownName(of: parts[0])), \(NameWords.ofID(parts[1]))"
  }

  /// The same within a sentence.
  func nameInSentence(of entity: String) -> String {
    economy.jurisdictions.first { $0.id == entity }?.nameInSentence ?? shownName(of: entity)
  }

  /// Things that share a name go by their ids, since a name stands for one thing.
  private static func name(of entity: String, in group: [(id: String, name: String?)]) -> String? {
    let names = group.map { $0.name ?? NameWords.ofID($0.id) }
    guard let place = group.firstIndex(where: { $0.id == entity }) else { return nil }
    return names.count { $0 == names[place] } > 1 ? entity : names[place]
  }
}

/// What people call metrics of them.
extension WorldPlan {
  /// `China's compute at work`; of the world, the title alone.
  func subject(of column: Column, _ words: MetricWords) -> String {
    let title = title(words) { $0.name }
    guard column.entity != "world" else { return title }
    let name = nameInSentence(of: column.entity)
    return name + (name.hasSuffix("s") ? "' " : "'s ") + title
  }

  /// The same for a row of a table, where places are short by their codes: `CN compute at work`.
  func label(of column: Column, _ words: MetricWords) -> String {
    let title = title(words) { $0.id }
    guard column.entity != "world" else { return title }
    let isPlace = economy.jurisdictions.contains { $0.id == column.entity }
    return "\(isPlace ? column.entity : shownName(of: column.entity)) \(title)"
  }

  /// A title with the two sides named.
  func title(_ words: MetricWords, _ name: (Jurisdiction) -> String) -> String {
    guard !economy.isEmpty else { return words.title }
    return words.title
      .replacing("{leader}", with: name(economy.jurisdictions[economy.leader]))
      .replacing("{follower}", with: name(economy.jurisdictions[economy.follower]))
  }
}
