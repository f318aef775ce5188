import Quantities

/// Reads an aim as people write it: `below 500000`, `at least 4 months`, `between 2 and 4`; `fall by 20%`, `at least
/// 100K less`, `rise`, `higher`.
public struct AimReader {
  /// What is wrong with an aim, and what may be written.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// In words.
    public let description: String
  }

  /// What may be written, for whoever is told that something else may not.
  public static let forms =
    "write a level, such as \"below 500000\", \"at least 4\", \"at most 1.5M\", \"above 2\" or \"between 2 and 4\", "
    + "or, with --against, a change, such as \"fall by 20%\", \"rise by 100000\", \"at least 20% less\" or \"higher\""

  /// The aim.
  public let aim: Aim
  /// The unit that was written after a number, as it was written; nil without one.
  public let unit: String?

  private static let lessWords: Set = ["less", "lower", "fewer", "shorter", "smaller", "cheaper"]
  private static let moreWords: Set = ["more", "higher", "longer", "larger", "dearer", "greater"]
  private static let fallWords: Set = ["fall", "falls", "drop", "drops", "decrease", "decreases"]
  private static let riseWords: Set = ["rise", "rises", "grow", "grows", "increase", "increases"]

  /// Reads an aim.
  public init(_ text: String) throws(Fault) {
    var words = Words(text)
    if let level = try Self.level(&words) {
      aim = .level(level)
    } else if let change = try Self.change(&words) {
      aim = change
    } else {
      throw Fault(description: "\"\(text)\" is no aim: \(Self.forms)")
    }
    unit = words.unit
    guard words.isDone else {
      throw Fault(
        description: "\"\(text)\" goes on after the aim with \"\(words.rest)\": \(Self.forms)")
    }
  }

  private static func level(_ words: inout Words) throws(Fault) -> Aim.Level? {
    let start = words
    if words.take("between"), let low = words.number(), words.take("and"),
      let high = words.number(), !low.isShare, !high.isShare
    {
      guard low.value <= high.value else {
        throw Fault(description: "between \(low.value.inFull) and \(high.value.inFull) is nothing")
      }
      words.takeUnit()
      return .between(low.value, high.value)
    }
    words = start
    let forms: [(phrase: [String], make: (Double) -> Aim.Level)] = [
      (["below"], Aim.Level.below), (["under"], Aim.Level.below),
      (["less", "than"], Aim.Level.below),
      (["<"], Aim.Level.below), (["above"], Aim.Level.above), (["over"], Aim.Level.above),
      (["more", "than"], Aim.Level.above), ([">"], Aim.Level.above),
      (["at", "most"], Aim.Level.atMost), (["<="], Aim.Level.atMost),
      (["at", "least"], Aim.Level.atLeast), ([">="], Aim.Level.atLeast),
    ]
    for (phrase, make) in forms {
      words = start
      guard words.take(phrase), let number = words.number() else { continue }
      words.takeUnit()
      // "at least 20% less" and "at least 4 months shorter" are changes.
      if !number.isShare, words.isDone { return make(number.value) }
    }
    words = start
    return nil
  }

  private static func change(_ words: inout Words) throws(Fault) -> Aim? {
    if let verb = words.takeOne(of: fallWords.union(riseWords)) {
      let direction = fallWords.contains(verb) ? Aim.Direction.less : .more
      guard words.take("by") else { return .change(direction, by: .any) }
      _ = words.take(["at", "least"])
      guard let number = words.number() else { return nil }
      words.takeUnit()
      return .change(direction, by: try size(number))
    }
    let isSized = words.take(["at", "least"]) || words.hasNumber
    let number = isSized ? words.number() : nil
    if number != nil, !words.isDirection { words.takeUnit(keepingLast: true) }
    guard let word = words.takeOne(of: lessWords.union(moreWords)) else { return nil }
    let direction = lessWords.contains(word) ? Aim.Direction.less : .more
    guard let number else { return isSized ? nil : .change(direction, by: .any) }
    return .change(direction, by: try size(number))
  }

  private static func size(_ number: Number) throws(Fault) -> Aim.Size {
    guard number.value > 0 else {
      throw Fault(description: "a change is to have a size above 0, not \(number.value.inFull)")
    }
    return number.isShare ? .share(number.value) : .amount(number.value)
  }

  fileprivate static func isDirection(_ word: String) -> Bool {
    lessWords.contains(word) || moreWords.contains(word)
  }
}

/// A number as it was written.
private struct Number {
  let value: Double
  let isShare: Bool

  /// `500000`, `500,000`, `0.5M`, `$3B`, `20%`, `-1e3`; nil for anything else.
  init?(_ word: String) {
    var text = word.replacing(",", with: "")
    if text.hasPrefix("$") { text.removeFirst() }
    let factors: [Character: Double] = [
      "%": 0.01, "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12,
    ]
    isShare = text.hasSuffix("%")
    var factor = 1.0
    if let last = text.last, let known = factors[last] {
      factor = known
      text.removeLast()
    }
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isNumber || ".+-e".contains($0)) }
    guard isPlain, let number = Double(text), number.isFinite else { return nil }
    // A hundredth part is divided out, since 20 / 100 is nearer to a fifth than 20 times 0.01.
    value = isShare ? number / 100 : number * factor
  }
}

/// The words of an aim that are not read yet.
private struct Words {
  private var words: [Substring]
  private(set) var unit: String?

  init(_ text: String) {
    words = text.lowercased().split { $0 == " " || $0 == "\t" || $0 == "\n" }
  }

  var isDone: Bool { words.isEmpty }
  var rest: String { words.joined(separator: " ") }
  var hasNumber: Bool { words.first.flatMap { Number(String($0)) } != nil }
  /// Whether the next word says which way a change goes.
  var isDirection: Bool { words.first.map { AimReader.isDirection(String($0)) } ?? false }

  mutating func take(_ word: String) -> Bool { take([word]) }

  mutating func take(_ phrase: [String]) -> Bool {
    guard words.starts(with: phrase, by: { $0 == $1 }) else { return false }
    words.removeFirst(phrase.count)
    return true
  }

  mutating func takeOne(of known: Set<String>) -> String? {
    guard let word = words.first.map(String.init), known.contains(word) else { return nil }
    words.removeFirst()
    return word
  }

  mutating func number() -> Number? {
    guard let number = words.first.flatMap({ Number(String($0)) }) else { return nil }
    words.removeFirst()
    return number
  }

  /// Takes what is left for a unit: all of it, or all but the last word.
  mutating func takeUnit(keepingLast: Bool = false) {
    let count = words.count - (keepingLast ? 1 : 0)
    guard count > 0, !words.prefix(count).contains(where: { AimReader.isDirection(String($0)) })
    else { return }
    unit = words.prefix(count).joined(separator: " ")
    words.removeFirst(count)
  }
}
