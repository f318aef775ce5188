import Quantities

extension FormulaExpression {
  /// Reads a formula, as `0.75 * path_1 + max(path_2, 1000 chip/year)`.
  ///
  /// Strongest first: `^` (from the right), a minus in front, `*` and `/`, `+` and `-`, one comparison.
  public init(parsing text: String) throws(FormulaFault) {
    guard text.utf8.count <= FormulaLimits.length else {
      throw FormulaFault(
        text.prefix(20), "the formula has \(text.utf8.count) characters",
        advice: "at most \(FormulaLimits.length): give parts of it names of their own")
    }
    var parser = try FormulaParser(text)
    self = try parser.whole()
  }
}

/// Reads one formula, from left to right.
private struct FormulaParser {
  private let text: Substring
  private var lexer: FormulaLexer
  private var token: FormulaToken
  private var depth = 0
  /// Where what has been read ends.
  private var lastEnd: Substring.Index

  init(_ text: String) throws(FormulaFault) {
    self.text = text[...]
    lexer = FormulaLexer(self.text)
    lastEnd = self.text.startIndex
    token = try lexer.next()
  }

  mutating func whole() throws(FormulaFault) -> FormulaExpression {
    if token.kind == .end {
      throw FormulaFault(text, "the formula is empty", advice: "write one, as vendors * 12")
    }
    let expression = try comparison()
    guard token.kind == .end else {
      throw FormulaFault(
        token.text, "nothing can follow here",
        advice: "write a sign such as * between two parts, and brackets in pairs")
    }
    return expression
  }

  // MARK: - By strength

  private mutating func comparison() throws(FormulaFault) -> FormulaExpression {
    let start = token.text.startIndex
    let left = try sum()
    guard let sign = sign(where: \.isComparison) else { return left }
    try advance()
    let right = try sum()
    if self.sign(where: \.isComparison) != nil {
      throw FormulaFault(
        piece(from: start), "two comparisons follow each other",
        advice: "write (a < b) * (b < c) for \"both\"")
    }
    return .pair(sign, left, right, text: piece(from: start))
  }

  private mutating func sum() throws(FormulaFault) -> FormulaExpression {
    let start = token.text.startIndex
    var left = try product()
    while let sign = sign(where: { $0 == .add || $0 == .subtract }) {
      try advance()
      let right = try product()
      left = .pair(sign, left, right, text: piece(from: start))
    }
    return left
  }

  private mutating func product() throws(FormulaFault) -> FormulaExpression {
    let start = token.text.startIndex
    var left = try signed()
    while let sign = sign(where: { $0 == .multiply || $0 == .divide }) {
      try advance()
      let right = try signed()
      left = .pair(sign, left, right, text: piece(from: start))
    }
    return left
  }

  private mutating func signed() throws(FormulaFault) -> FormulaExpression {
    try enter()
    defer { depth -= 1 }
    let start = token.text.startIndex
    guard token.text == "-" else { return try power() }
    try advance()
    let part = try signed()
    return .negative(part, text: piece(from: start))
  }

  private mutating func power() throws(FormulaFault) -> FormulaExpression {
    let start = token.text.startIndex
    let base = try atom()
    guard token.text == "^" else { return base }
    try advance()
    let exponent = try signed()
    return .pair(.power, base, exponent, text: piece(from: start))
  }

  private mutating func atom() throws(FormulaFault) -> FormulaExpression {
    switch token.kind {
    case .number(let value): return try number(value)
    case .name: return try name()
    case .sign where token.text == "(":
      try advance()
      let inner = try comparison()
      try close(")")
      return inner
    case .sign, .end:
      let found = token.kind == .end ? "the formula ends" : "\"\(token.text)\" stands"
      throw FormulaFault(
        token.kind == .end ? text.suffix(20) : token.text,
        "\(found) where a number or a name is wanted",
        advice: "write something on both sides of a sign, and brackets in pairs")
    }
  }

  // MARK: - Parts

  private mutating func number(_ value: Double) throws(FormulaFault) -> FormulaExpression {
    let start = token.text.startIndex
    let written = lexer.unit()
    guard let written else {
      try advance()
      return .number(value, unit: .plain, text: piece(from: start))
    }
    guard let unit = FormulaUnit(written) else {
      throw FormulaFault(
        text[start..<written.endIndex], "\"\(written)\" is no unit",
        advice: "a unit is \(FormulaUnit.form), and has no blanks behind a number")
    }
    lastEnd = written.endIndex
    token = try lexer.next()
    return .number(value, unit: unit, text: String(text[start..<written.endIndex]))
  }

  private mutating func name() throws(FormulaFault) -> FormulaExpression {
    let start = token.text.startIndex
    let word = String(token.text)
    try advance()
    if token.text == "(" { return try call(word, from: start) }
    if FormulaFunction.reservedWords.contains(word) {
      throw FormulaFault(
        word, "\(word) is a function", advice: "write what it is of in brackets: \(word)(x)")
    }
    guard token.text == "[" else { return .name(FormulaName(word)) }
    let entities = try lexer.words().map(String.init)
    token = try lexer.next()
    return .name(FormulaName(word, of: entities))
  }

  private mutating func call(
    _ word: String, from start: Substring.Index
  ) throws(FormulaFault) -> FormulaExpression {
    if word == "at" || word == "before" { return try moved(word, from: start) }
    guard let function = FormulaFunction(rawValue: word) else {
      throw FormulaFault(
        unknown: word, "function", known: FormulaFunction.reservedWords,
        advice: "there are \(FormulaFunction.reservedWords.joined(separator: ", "))")
    }
    try advance()
    var parts = [try comparison()]
    while token.text == "," {
      try advance()
      parts.append(try comparison())
    }
    try close(")")
    let written = piece(from: start)
    guard function.arguments.contains(parts.count) else {
      let wanted = function.arguments.lowerBound
      throw FormulaFault(
        written, "\(word) has \(parts.count) argument\(parts.count == 1 ? "" : "s")",
        advice: "it takes \(wanted)" + (function == .if ? ": if(condition, then, else)" : ""))
    }
    return .call(function, parts, text: written)
  }

  /// `at(x, 2024-12)` and `before(x, 12)`.
  private mutating func moved(
    _ word: String, from start: Substring.Index
  ) throws(FormulaFault) -> FormulaExpression {
    try advance()
    let inner = try comparison()
    let advice =
      word == "at"
      ? "write at(x, 2024-12): what, and a month"
      : "write before(x, 12): what, and so many months before"
    guard token.text == "," else {
      throw FormulaFault(piece(from: start), "\(word) does not say when", advice: advice)
    }
    guard let when = lexer.month() else {
      throw FormulaFault(piece(from: start), "\(word) does not say when", advice: advice)
    }
    lastEnd = when.endIndex
    token = try lexer.next()
    try close(")")
    if word == "at", let month = Month(iso: when) {
      return .at(inner, month, text: piece(from: start))
    }
    if word == "before", let months = Int(when), (1...1200).contains(months) {
      return .before(inner, months: months, text: piece(from: start))
    }
    let problem = word == "at" ? "\(when) is no month" : "\(when) is no number of months"
    throw FormulaFault(piece(from: start), problem, advice: advice)
  }

  // MARK: - Tokens

  private func sign(where isWanted: (FormulaSign) -> Bool) -> FormulaSign? {
    guard token.kind == .sign else { return nil }
    return FormulaSign(rawValue: String(token.text)).flatMap { isWanted($0) ? $0 : nil }
  }

  private mutating func advance() throws(FormulaFault) {
    lastEnd = token.end
    token = try lexer.next()
  }

  private mutating func close(_ bracket: String) throws(FormulaFault) {
    guard token.text == bracket else {
      throw FormulaFault(
        token.kind == .end ? text.suffix(20) : token.text, "a bracket is not closed",
        advice: "write \(bracket) where it ends")
    }
    try advance()
  }

  private mutating func enter() throws(FormulaFault) {
    depth += 1
    guard depth <= FormulaLimits.depth else {
      throw FormulaFault(
        token.text, "more than \(FormulaLimits.depth) brackets and signs stand within each other",
        advice: "give parts of it names of their own")
    }
  }

  /// What has been read from a place on.
  private func piece(from start: Substring.Index) -> String { String(text[start..<lastEnd]) }
}
