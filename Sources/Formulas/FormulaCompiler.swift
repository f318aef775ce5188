public import Quantities

/// What the names of a formula stand for.
public protocol FormulaScope {
  /// The slots that a name stands for, each with its unit.
  ///
  /// - Parameter when: the month that is meant.
  mutating func slots(
    of name: FormulaName, _ when: FormulaTime
  ) throws(FormulaFault) -> [FormulaSlot]

  /// Whether something is called so: units that stand behind a number must not read like it.
  func knows(_ name: String) -> Bool
}

/// A value that a formula reads.
public struct FormulaSlot: Hashable, Sendable {
  /// Its place among the values.
  public let place: Int
  /// What it is counted in.
  public let unit: FormulaUnit

  /// Names a value.
  public init(_ place: Int, _ unit: FormulaUnit) { (self.place, self.unit) = (place, unit) }
}

/// The month that a name in a formula is about.
public enum FormulaTime: Hashable, Sendable {
  /// The month under way, or one so many months before it.
  case before(Int)
  /// A month of the calendar.
  case at(Month)
}

/// Turns what was read into steps, and checks units on the way.
public struct FormulaCompiler<Scope: FormulaScope> {
  /// What names stand for.
  public private(set) var scope: Scope
  private var program = FormulaProgram()

  /// A unit, or that of the number 0, which goes with any.
  private typealias Unit = FormulaUnit?

  /// Compiles under these names.
  public init(_ scope: Scope) { self.scope = scope }

  /// The steps of a formula, and the unit of what comes out; that of a plain number for a mere 0.
  public mutating func compile(
    _ expression: FormulaExpression
  ) throws(FormulaFault) -> (program: FormulaProgram, unit: FormulaUnit) {
    program = FormulaProgram()
    let unit = try append(expression, .before(0))
    return (program, unit ?? .plain)
  }

  private mutating func append(
    _ expression: FormulaExpression, _ when: FormulaTime
  ) throws(FormulaFault) -> Unit {
    guard program.steps.count < FormulaLimits.steps else {
      throw FormulaFault(
        expression.text, "the formula takes more than \(FormulaLimits.steps) steps",
        advice: "sum over fewer, or leave something out")
    }
    switch expression {
    case .number(let value, let unit, let text):
      try requireNoNames(in: unit, text)
      program.append(constant: value)
      return value == 0 && unit.isPlain ? nil : unit
    case .name(let name):
      let slots = try scope.slots(of: name, when)
      guard slots.count == 1, let slot = slots.first else {
        throw FormulaFault(
          name.text, "this stands for \(slots.count) values",
          advice: "name one, or write sum(\(name.text)), min or max of them")
      }
      program.append(slot: slot.place)
      return slot.unit
    case .negative(let part, _):
      let unit = try append(part, when)
      program.append(.negate)
      return unit
    case .pair(.power, let base, let exponent, let text):
      return try power(base, exponent, text, when)
    case .pair(let sign, let left, let right, let text):
      return try pair(sign, left, right, text, when)
    case .call(let function, let parts, let text):
      return try call(function, parts, text, when)
    case .before(let part, let months, _):
      switch when {
      case .before(let others): return try append(part, .before(others + months))
      case .at(let month): return try append(part, .at(month + -months))
      }
    case .at(let part, let month, _): return try append(part, .at(month))
    }
  }

  private mutating func pair(
    _ sign: FormulaSign, _ left: FormulaExpression, _ right: FormulaExpression, _ text: String,
    _ when: FormulaTime
  ) throws(FormulaFault) -> Unit {
    // What is greater is what the other is less than.
    let swapsOperands = sign == .greater || sign == .greaterOrEqual
    let first = try append(swapsOperands ? right : left, when)
    let second = try append(swapsOperands ? left : right, when)
    let (ofLeft, ofRight) = swapsOperands ? (second, first) : (first, second)
    program.append(sign.code)
    switch sign {
    case .multiply: return (ofLeft ?? .plain) * (ofRight ?? .plain)
    case .divide: return (ofLeft ?? .plain) / (ofRight ?? .plain)
    default: break
    }
    let verb = sign.isComparison ? "compared with" : sign == .add ? "added to" : "subtracted from"
    let namesRightFirst = sign == .add || sign == .subtract
    let common = try common(
      namesRightFirst ? [(right, ofRight), (left, ofLeft)] : [(left, ofLeft), (right, ofRight)],
      text, verb)
    return sign.isComparison ? FormulaUnit.plain : common
  }

  private mutating func power(
    _ base: FormulaExpression, _ exponent: FormulaExpression, _ text: String, _ when: FormulaTime
  ) throws(FormulaFault) -> Unit {
    let unit = try append(base, when) ?? .plain
    let ofExponent = try append(exponent, when)
    program.append(.power)
    if let ofExponent, !ofExponent.isPlain {
      throw FormulaFault(
        text, "the exponent \(exponent.text) is in \(ofExponent)",
        advice: "an exponent is a plain number")
    }
    if unit.isPlain { return FormulaUnit.plain }
    guard let number = exponent.constant else {
      throw FormulaFault(
        text,
        "\(base.text) is in \(unit), and what power of that it is depends on \(exponent.text)",
        advice: "write the exponent as a number, or divide by the unit first")
    }
    guard let power = unit.power(number) else {
      throw FormulaFault(
        text, "\(unit) has no power of \(exponent.text)",
        advice: "powers of units are whole numbers")
    }
    return power
  }

  private mutating func call(
    _ function: FormulaFunction, _ parts: [FormulaExpression], _ text: String,
    _ when: FormulaTime
  ) throws(FormulaFault) -> Unit {
    if function.isOfMany { return try many(function, parts, text, when) }
    var units: [(part: FormulaExpression, unit: Unit)] = []
    for part in parts { units.append((part, try append(part, when))) }
    program.append(function.code)
    let first = units[0]
    switch function {
    case .abs: return first.unit
    case .sqrt:
      guard let unit = first.unit else { return nil }
      guard let root = unit.power(0.5) else {
        throw FormulaFault(
          text, "\(first.part.text) is in \(unit), of which there is no root",
          advice: "take the root of a square, or of a plain number")
      }
      return root
    case .if:
      if let unit = first.unit, !unit.isPlain {
        throw FormulaFault(
          text, "the condition \(first.part.text) is in \(unit)",
          advice: "a condition is a comparison, or a plain number that is 0 or not")
      }
      return try common(Array(units.dropFirst()), text, "put in place of")
    default:
      if let unit = first.unit, !unit.isPlain {
        throw FormulaFault(
          text, "\(first.part.text) is in \(unit), and \(function.rawValue) takes plain numbers",
          advice: "divide by a figure in \(unit) first")
      }
      return FormulaUnit.plain
    }
  }

  /// The least, the largest or the sum of all that its arguments stand for.
  private mutating func many(
    _ function: FormulaFunction, _ parts: [FormulaExpression], _ text: String,
    _ when: FormulaTime
  ) throws(FormulaFault) -> Unit {
    var units: [(part: FormulaExpression, unit: Unit)] = []
    for part in parts {
      guard let (name, when) = part.soleName(when) else {
        units.append((part, try append(part, when)))
        if units.count > 1 { program.append(function.code) }
        continue
      }
      for slot in try scope.slots(of: name, when) {
        program.append(slot: slot.place)
        units.append((part, slot.unit))
        if units.count > 1 { program.append(function.code) }
      }
    }
    let verb = function == .sum ? "added to" : "compared with"
    return try common(units, text, verb)
  }

  /// The one unit that all of these have.
  private func common(
    _ parts: [(part: FormulaExpression, unit: Unit)], _ text: String, _ verb: String
  ) throws(FormulaFault) -> Unit {
    let known = parts.compactMap { part in part.unit.map { (part: part.part, unit: $0) } }
    guard let first = known.first else { return nil }
    for other in known where other.unit != first.unit {
      throw FormulaFault(
        text,
        "\(first.part.text) [\(first.unit)] cannot be \(verb) \(other.part.text) [\(other.unit)]",
        advice: "bring both to one unit; a plain number takes one behind it, as 100 chip/year")
    }
    return first.unit
  }

  private func requireNoNames(in unit: FormulaUnit, _ text: String) throws(FormulaFault) {
    // The number takes all that stands behind it without a blank.
    guard text.contains("/"),
      let word = text.split(separator: "/").dropFirst().map(String.init)
        .first(where: { scope.knows($0) })
    else { return }
    throw FormulaFault(
      text, "\"\(word)\" is read as a part of the unit, and is a name here too",
      advice: "write blanks around / to divide by it")
  }
}

extension FormulaExpression {
  /// The number that it is; nil where it depends on anything.
  fileprivate var constant: Double? {
    switch self {
    case .number(let value, let unit, _): unit.isPlain ? value : nil
    case .negative(let part, _): part.constant.map { -$0 }
    case .pair(.divide, let left, let right, _):
      left.constant.flatMap { left in right.constant.map { left / $0 } }
    default: nil
    }
  }

  /// A name alone, and the month that it is about.
  fileprivate func soleName(_ when: FormulaTime) -> (name: FormulaName, when: FormulaTime)? {
    switch (self, when) {
    case (.name(let name), _): (name, when)
    case (.before(let part, let months, _), .before(let others)):
      part.soleName(.before(others + months))
    case (.before(let part, let months, _), .at(let month)): part.soleName(.at(month + -months))
    case (.at(let part, let month, _), _): part.soleName(.at(month))
    default: nil
    }
  }
}

extension FormulaSign {
  /// The step that does it; of what is greater, with both sides turned.
  fileprivate var code: FormulaProgram.Code {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .power: .power
    case .less, .greater: .less
    case .lessOrEqual, .greaterOrEqual: .lessOrEqual
    case .equal: .equal
    case .unequal: .unequal
    }
  }
}

extension FormulaFunction {
  fileprivate var code: FormulaProgram.Code {
    switch self {
    case .if: .choose
    case .min: .least
    case .max: .largest
    case .sum: .add
    case .abs: .absolute
    case .sqrt: .squareRoot
    case .exp: .exponential
    case .log: .logarithm
    case .log10: .logarithm10
    }
  }
}
