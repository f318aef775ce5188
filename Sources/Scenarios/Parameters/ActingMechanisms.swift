import Documents
import PolicyModel

/// What a world has, as it is written: decides which mechanisms act in it.
struct WorldContents {
  /// Whether there are scripted runs.
  let hasRuns: Bool
  /// Whether there is an economy: owners of chips.
  let hasEconomy: Bool

  /// Where there is no world.
  static let nothing = WorldContents(hasRuns: false, hasEconomy: false)

  private init(hasRuns: Bool, hasEconomy: Bool) {
    (self.hasRuns, self.hasEconomy) = (hasRuns, hasEconomy)
  }

  /// Whether there is neither.
  var isNone: Bool { !hasRuns && !hasEconomy }

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

/// The `mechanisms` section: each on, off, or with some of its parameters.
enum MechanismSchema {
  /// The section.
  static let section = Schema.mapping(
    Catalogue.mechanisms.map { mechanism in
      let parameters = Schema.mapping(
        PriorSchema.fields(of: mechanism) { .optional($0, $1, default: .stated("its prior"), $2) })
      return .optional(
        mechanism.name,
        mechanism.parameters.isEmpty ? .onOff : .either([.onOff, parameters]),
        default: .stated("on"),
        (mechanism.scope == .always
          ? "Acts in every world." : "Acts in a world with \(mechanism.scope.inWords).")
          + (mechanism.canBeSwitchedOff ? "" : " Cannot be switched off."))
    })
}

extension ParameterCollector {
  /// Reads which mechanisms are off, and takes down the parameters of the others.
  mutating func mechanisms(_ node: DocumentNode?) -> Set<String> {
    var switchedOff: Set<String> = []
    for entry in node?.entries ?? [] {
      guard let mechanism = Catalogue.mechanisms.first(where: { $0.name == entry.key }) else {
        continue
      }
      if entry.value.flag != nil, let contents, !contents.has(mechanism.scope) {
        faults.append(
          entry.value.fault(
            "does nothing in a world without \(mechanism.scope.inWords)", advice: "leave it out"))
      } else if entry.value.flag == false {
        switchedOff.insert(entry.key)
        if !mechanism.canBeSwitchedOff {
          faults.append(entry.value.fault("cannot be switched off", advice: "leave it out"))
        }
      }
      for parameter in entry.value.entries {
        give("\(entry.key).\(parameter.key)", parameter.value)
      }
    }
    return switchedOff
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
