import Documents
import PolicyModel
public import Scenarios
import Wording

/// What two scenarios do not have in common, key by key of what they come to (`chokepoint describe`).
public struct InputDifference: Sendable {
  /// A key whose values differ.
  public struct Entry: Hashable, Sendable {
    /// The key, by path; items of lists by their id.
    public let path: String
    /// What the first scenario has there; nil for nothing.
    public let first: String?
    /// What the second one has there; nil for nothing.
    public let second: String?
  }

  /// The keys that differ, in the first scenario's order, then what only the second one has.
  public let entries: [Entry]

  /// Holds two scenarios to each other; what they are called and what they are for does not count.
  public init(between first: Scenario, and second: Scenario) {
    let (ours, theirs) = (Self.leaves(of: first), Self.leaves(of: second))
    let (known, other) = (Dictionary(ours) { $1 }, Dictionary(theirs) { $1 })
    let changed = ours.filter { other[$0.path] != $0.text }.map {
      Entry(path: $0.path, first: $0.text, second: other[$0.path])
    }
    let added = theirs.filter { known[$0.path] == nil }.map {
      Entry(path: $0.path, first: nil, second: $0.text)
    }
    entries = changed + added
  }

  private typealias Leaf = (path: String, text: String)

  private static func leaves(of scenario: Scenario) -> [Leaf] {
    guard case .mapping(let pairs) = scenario.effectiveWithoutPoints else { return [] }
    return pairs.filter { $0.key != "about" }.flatMap { leaves(of: $0.value, at: $0.key) }
  }

  private static func leaves(of value: DocumentValue, at path: String) -> [Leaf] {
    switch value {
    case .mapping(let pairs): return pairs.flatMap { leaves(of: $0.value, at: "\(path).\($0.key)") }
    case .list(let items):
      let names = items.compactMap(name)
      guard names.count == items.count, Set(names).count == names.count, !items.isEmpty else {
        return [(path, "[" + items.map(text).joined(separator: ", ") + "]")]
      }
      return zip(names, items).flatMap { leaves(of: $1, at: "\(path).\($0)") }
    default: return [(path, text(of: value))]
    }
  }

  /// What an item of a list is known by.
  private static func name(of item: DocumentValue) -> String? {
    guard case .mapping(let pairs) = item else { return nil }
    let key = pairs.first { ["id", "use", "chip"].contains($0.key) }
    return key.map { text(of: $0.value) }
  }

  private static func text(of value: DocumentValue) -> String {
    switch value {
    case .mapping(let pairs):
      "{" + pairs.map { "\($0.key): \(text(of: $0.value))" }.joined(separator: ", ") + "}"
    case .list(let items): "[" + items.map(text).joined(separator: ", ") + "]"
    case .text(let text), .written(let text): text
    case .flag(let flag): flag ? "true" : "false"
    case .onOff(let flag): flag ? "on" : "off"
    case .integer(let integer): "\(integer)"
    case .number(let number): NumberWords.significant(number, digits: 7)
    case .date(let day): "\(day)"
    case .month(let month): "\(month)"
    }
  }
}
