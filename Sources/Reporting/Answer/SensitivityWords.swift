import Analysis
import Studies
import Wording

extension SensitivityIndices {
  /// What explains less than this is not shown.
  private static let least = 0.005

  /// The parts that tables and charts show: those that explain something, and what is not named.
  var shown: [Part] {
    parts.filter { !$0.factor.isNamed || $0.indices.total.interval.upperBound >= Self.least }
  }

  /// What is said of the others; nil where there are none.
  var leftOut: String? {
    let count = parts.count - shown.count
    guard count > 0 else { return nil }
    let what = parts[0].factor.isOfSubjects ? "more subject" : "more number"
    return "and \(NumberWords.counted(count, what)), less than "
      + "\(NumberWords.percent(Self.least, decimals: 1)) each"
  }
}

extension SensitivityFactor {
  /// Whether it is of subjects.
  var isOfSubjects: Bool { if case .subjects = self { true } else { false } }

  /// Whether it is of all other numbers.
  var isOfOthers: Bool { if case .others = self { true } else { false } }

  /// How many numbers it has.
  var count: Int { names.count }

  /// How many numbers it has, if it has any.
  var numbersInWords: String { count > 0 ? NumberWords.grouped(Double(count)) : "" }

  /// What it is called.
  var title: String {
    switch self {
    case .numbers(let names, _): names.joined(separator: " with ")
    case .subjects(let groups, _): groups.map(\.title).joined(separator: " with ")
    case .others: "all other \(NumberWords.counted(count, "uncertain number"))"
    case .chance: "chance inside the runs"
    }
  }

  /// The subject of its numbers, or what it is.
  var subject: String? {
    switch self {
    case .numbers(_, let group): group.title
    case .subjects(let groups, _): groups.map(\.title).joined(separator: "; ")
    case .others, .chance: nil
    }
  }

  /// What it is, in a word.
  var kind: String {
    switch self {
    case .numbers: "number"
    case .subjects: "subject"
    case .others: "others"
    case .chance: "chance"
    }
  }
}
