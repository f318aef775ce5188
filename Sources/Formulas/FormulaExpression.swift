public import Quantities

/// A formula that has been read: what is computed from what.
public indirect enum FormulaExpression: Hashable, Sendable {
  /// A number, with the unit that stands behind it.
  case number(Double, unit: FormulaUnit, text: String)
  /// Something that has a name.
  case name(FormulaName)
  /// Less than nothing of another.
  case negative(Self, text: String)
  /// Two parts and the sign between them.
  case pair(FormulaSign, Self, Self, text: String)
  /// A function of its arguments.
  case call(FormulaFunction, [Self], text: String)
  /// Another as it was so many months before.
  case before(Self, months: Int, text: String)
  /// Another as it is in a month.
  case at(Self, Month, text: String)

  /// As it is written.
  public var text: String {
    switch self {
    case .name(let name): name.text
    case .number(_, _, let text), .negative(_, let text), .pair(_, _, _, let text),
      .call(_, _, let text), .before(_, _, let text), .at(_, _, let text):
      text
    }
  }

  /// How many parts stand within each other, at least 1.
  public var depth: Int {
    switch self {
    case .number, .name: 1
    case .negative(let part, _), .before(let part, _, _), .at(let part, _, _): 1 + part.depth
    case .pair(_, let left, let right, _): 1 + Swift.max(left.depth, right.depth)
    case .call(_, let parts, _): 1 + (parts.map(\.depth).max() ?? 0)
    }
  }

  /// The names that it reads, in order; each as often as it stands there.
  public var names: [FormulaName] {
    switch self {
    case .number: []
    case .name(let name): [name]
    case .negative(let part, _), .before(let part, _, _), .at(let part, _, _): part.names
    case .pair(_, let left, let right, _): left.names + right.names
    case .call(_, let parts, _): parts.flatMap(\.names)
    }
  }
}

extension FormulaExpression {
  /// The same with other formulas in place of names; nil leaves a name as it is.
  public func replacing(_ names: (FormulaName) -> FormulaExpression?) -> FormulaExpression {
    switch self {
    case .number: self
    case .name(let name): names(name) ?? self
    case .negative(let part, let text): .negative(part.replacing(names), text: text)
    case .pair(let sign, let left, let right, let text):
      .pair(sign, left.replacing(names), right.replacing(names), text: text)
    case .call(let function, let parts, let text):
      .call(function, parts.map { $0.replacing(names) }, text: text)
    case .before(let part, let months, let text):
      .before(part.replacing(names), months: months, text: text)
    case .at(let part, let month, let text): .at(part.replacing(names), month, text: text)
    }
  }
}

/// A name in a formula, and whose it is.
public struct FormulaName: Hashable, Sendable {
  /// The name.
  public let name: String
  /// What stands in square brackets behind it; nil where there are none.
  public let entities: [String]?

  /// Names something.
  public init(_ name: String, of entities: [String]? = nil) {
    (self.name, self.entities) = (name, entities)
  }

  /// As it is written.
  public var text: String { name + (entities.map { "[\($0.joined(separator: ", "))]" } ?? "") }
}

/// A sign between two parts of a formula.
public enum FormulaSign: String, CaseIterable, Sendable {
  /// Plus.
  case add = "+"
  /// Minus.
  case subtract = "-"
  /// Times.
  case multiply = "*"
  /// Divided by.
  case divide = "/"
  /// To the power of.
  case power = "^"
  /// 1 where the left is less, else 0.
  case less = "<"
  /// 1 where the left is less or as large, else 0.
  case lessOrEqual = "<="
  /// 1 where the left is more, else 0.
  case greater = ">"
  /// 1 where the left is more or as large, else 0.
  case greaterOrEqual = ">="
  /// 1 where both are the same, else 0.
  case equal = "=="
  /// 1 where they are not the same, else 0.
  case unequal = "!="

  /// Whether it gives 0 or 1.
  public var isComparison: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .power: false
    default: true
    }
  }
}

/// A function of the language.
public enum FormulaFunction: String, CaseIterable, Sendable {
  /// The second where the first is not 0, else the third.
  case `if`
  /// The least.
  case min
  /// The largest.
  case max
  /// All together.
  case sum
  /// The amount without its sign.
  case abs
  /// The square root.
  case sqrt
  /// The exponential.
  case exp
  /// The natural logarithm.
  case log
  /// The logarithm to base 10.
  case log10

  /// How many arguments it takes.
  var arguments: ClosedRange<Int> {
    switch self {
    case .if: 3...3
    case .min, .max, .sum: 1...FormulaLimits.length
    case .abs, .sqrt, .exp, .log, .log10: 1...1
    }
  }

  /// Whether it takes as many arguments as there are, and so all that a name in brackets stands for.
  var isOfMany: Bool { self == .min || self == .max || self == .sum }

  /// Whether it takes plain numbers alone.
  var isOfPlainNumbers: Bool { self == .exp || self == .log || self == .log10 }

  /// The words that are no names, since they mean something themselves.
  public static let reservedWords = allCases.map(\.rawValue) + ["before", "at"]
}

extension FormulaExpression {
  /// Whether it can be nothing but 0 or 1, so that its mean is a probability.
  ///
  /// - Parameter isYesOrNo: the same of what has a name.
  public func isYesOrNo(_ isYesOrNo: (String) -> Bool) -> Bool {
    switch self {
    case .number(let value, _, _): value == 0 || value == 1
    case .name(let name): isYesOrNo(name.name)
    case .pair(.multiply, let left, let right, _):
      left.isYesOrNo(isYesOrNo) && right.isYesOrNo(isYesOrNo)
    case .pair(let sign, _, _, _): sign.isComparison
    case .call(.if, let parts, _): parts.dropFirst().allSatisfy { $0.isYesOrNo(isYesOrNo) }
    case .call(.min, let parts, _), .call(.max, let parts, _):
      parts.allSatisfy { $0.isYesOrNo(isYesOrNo) }
    case .before(let part, _, _), .at(let part, _, _): part.isYesOrNo(isYesOrNo)
    case .negative, .call: false
    }
  }
}
