import Documents
import PolicyModel

/// What a world has, as it is written: decides which mechanisms act in it.
struct WorldContents {
  /// Whether there are scripted runs.
  let hasRuns: Bool
  /// Whether there is an economy: owners of chips.
  let hasEconomy: Bool

  /// Takes a world as it is written, so that a run with a fault is a run.
  init(_ world: DocumentNode) {
    func has(_ key: String) -> Bool {
      world[key].map { !$0.items.isEmpty || !$0.refused.isEmpty } ?? world.refused.contains(key)
    }
    hasRuns = has("runs")
    hasEconomy = has("owners")
  }

  /// Whether mechanisms of this scope act in the world.
  func has(_ scope: MechanismScope) -> Bool {
    scope.includes(hasRuns: hasRuns, hasEconomy: hasEconomy)
  }
}

extension MechanismScope {
  /// What a world needs for it.
  var inWords: String {
    switch self {
    case .always: "anything"
    case .scriptedRuns: "scripted runs"
    case .economy: "owners of chips"
    }
  }
}
