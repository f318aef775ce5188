import Quantities
import Wording

extension SchemaChecker {
  /// The value of a scalar as `schema` reads it.
  mutating func scalar(
    _ node: SourceNode, _ text: String, _ isPlain: Bool, _ schema: Schema, _ path: String
  ) -> DocumentNode.Content? {
    if isPlain, isNothing(text) {
      let written = text.isEmpty ? "there is no value" : "\(text) stands for no value"
      report(node, path, written, advice: "wanted: \(schema.inWords); or leave out the key")
      return nil
    }
    guard schema.mayHaveAnyBlank || isWithoutOddBlanks(node, text, path) else { return nil }
    switch schema {
    case .text: return self.text(node, text, isPlain, path).map(DocumentNode.Content.text)
    case .identifier:
      return identifier(node, text, isPlain, path, isIdentifier, identifierRule)
        .map(DocumentNode.Content.text)
    case .name:
      return identifier(node, text, isPlain, path, isName, nameRule)
        .map(DocumentNode.Content.text)
    case .reference:
      return identifier(
        node, text, isPlain, path, { isIdentifier(inLettersOfIdentifiers($0)) }, identifierRule
      ).map(DocumentNode.Content.text)
    case .choice(let words): return choice(node, text, words, path).map(DocumentNode.Content.text)
    case .flag:
      return truth(node, text, isPlain, ("false", "true"), path).map(DocumentNode.Content.flag)
    case .onOff:
      return truth(node, text, isPlain, ("off", "on"), path).map(DocumentNode.Content.onOff)
    case .integer(let range, let unit):
      return integer(node, range, unit, path).map(DocumentNode.Content.integer)
    case .number(let range, let unit):
      return number(node, range, unit, path).map(DocumentNode.Content.number)
    case .date: return calendar(node, text, schema, path) { Day(iso: $0).map { .date($0) } }
    case .month: return calendar(node, text, schema, path) { Month(iso: $0).map { .month($0) } }
    default: return nil
    }
  }

  /// Text, refused where some reader of YAML would see something else than text.
  mutating func text(_ node: SourceNode, _ text: String, _ isPlain: Bool, _ path: String) -> String?
  {
    if isPlain, let other = misreading(of: text) {
      report(
        node, path, "\(text) may be read as \(other), and text is wanted",
        advice: "put it in quotes: \(quoted(text))")
      return nil
    }
    if text.unicodeScalars.contains("\0") {
      report(node, path, "the text holds the character U+0000", advice: "remove it")
      return nil
    }
    return text
  }

  private mutating func identifier(
    _ node: SourceNode, _ text: String, _ isPlain: Bool, _ path: String,
    _ isAllowed: (String) -> Bool, _ rule: String
  ) -> String? {
    guard isAllowed(text) else {
      let lower = inLettersOfIdentifiers(text)
      report(
        node, path, "\(quoted(text)) is not an identifier",
        suggestion: isAllowed(lower) && lower.utf8.count <= 60 ? Suggestion(lower) : nil,
        advice: "wanted: \(rule)")
      return nil
    }
    guard !wordsReadAsValues.contains(text) else {
      report(
        node, path,
        "\(quoted(text)) is not a name: programs that read tables take it for a missing value, a truth "
          + "value or a number", advice: "give it another name")
      return nil
    }
    return self.text(node, text, isPlain, path)
  }

  mutating func choice(_ node: SourceNode, _ text: String, _ words: [String], _ path: String)
    -> String?
  {
    if words.contains(text) { return text }
    report(
      node, path, "\(quoted(text)) is not one of the choices",
      suggestion: likelyWords(for: text, among: words),
      advice: "allowed here: \(words.joined(separator: ", "))")
    return nil
  }

  private mutating func truth(
    _ node: SourceNode, _ text: String, _ isPlain: Bool, _ words: (no: String, yes: String),
    _ path: String
  ) -> Bool? {
    if isPlain, text == words.yes { return true }
    if isPlain, text == words.no { return false }
    let wanted = "write \(words.yes) or \(words.no)"
    let isQuoted = !isPlain && (text == words.yes || text == words.no)
    report(
      node, path, "found \(node.inWords)", advice: isQuoted ? "\(wanted), without quotes" : wanted)
    return nil
  }

  private mutating func calendar(
    _ node: SourceNode, _ text: String, _ schema: Schema, _ path: String,
    _ read: (String) -> DocumentNode.Content?
  ) -> DocumentNode.Content? {
    if let content = read(text) { return content }
    let form = String(text.map { $0.isASCII && $0.isNumber ? "0" : $0 })
    let isOffCalendar =
      schema.inWords.hasSuffix("YYYY-MM") ? form == "0000-00" : form == "0000-00-00"
    let problem = isOffCalendar ? "\(text) is not in the calendar" : "found \(node.inWords)"
    report(node, path, problem, advice: "wanted: \(schema.inWords)")
    return nil
  }

  // MARK: - Numbers

  /// A plain decimal number, in range.
  mutating func number(_ node: SourceNode, _ range: NumberRange, _ unit: String, _ path: String)
    -> Double?
  {
    let schema = Schema.number(range, unit: unit)
    guard let number = plainNumber(node, schema, path) else { return nil }
    guard range.contains(number) else {
      let meant = MeantNumber(number, in: range, unit).map {
        ". \($0.question(of: plainText(node)))"
      }
      outOfRange(node, range.words(against: number), unit, path, meant: meant ?? "")
      return nil
    }
    return number
  }

  private mutating func integer(
    _ node: SourceNode, _ range: ClosedRange<Int>, _ unit: String, _ path: String
  ) -> Int? {
    let schema = Schema.integer(range, unit: unit)
    guard let number = plainNumber(node, schema, path) else { return nil }
    guard let integer = Int(plainText(node)) else {
      let whole = Int(exactly: number)
      if number.magnitude >= 0x1p63 || whole.map(range.contains) == false {
        outOfRange(node, number > 0 ? range.inWordsWithEnds : range.inWords, unit, path)
      } else {
        report(
          node, path, "\(plainText(node)) is not written as a whole number",
          advice: whole.map { "write \($0)" } ?? "wanted: \(schema.inWords)")
      }
      return nil
    }
    guard range.contains(integer) else {
      outOfRange(node, range.inWords, unit, path)
      return nil
    }
    return integer
  }

  private mutating func outOfRange(
    _ node: SourceNode, _ range: String, _ unit: String, _ path: String, meant: String = ""
  ) {
    report(
      node, path, "\(plainText(node)) is out of range",
      advice: "allowed: \(range)" + (unit.isEmpty ? "" : " [\(unit)]") + meant)
  }

  private func plainText(_ node: SourceNode) -> String {
    if case .scalar(let text, _) = node.content { text } else { node.inWords }
  }

  /// The number that is plainly written at `node`, whatever its size.
  package mutating func plainNumber(_ node: SourceNode, _ schema: Schema, _ path: String) -> Double?
  {
    guard case .scalar(let text, let isPlain) = node.content else {
      if node.shape != nil {
        report(node, path, "found \(node.inWords)", advice: "wanted: \(schema.inWords)")
      }
      return nil
    }
    guard isWithoutOddBlanks(node, text, path) else { return nil }
    if isPlain, let number = parsedNumber(text) { return number }
    if isPlain, let trouble = numberTrouble(text) {
      report(node, path, "\(text) \(trouble.what)", advice: trouble.advice(for: schema))
    } else if !isPlain, parsedNumber(text) != nil {
      report(
        node, path, "\(quoted(text)) in quotes is text, and a number is wanted",
        advice: "drop the quotes")
    } else {
      report(node, path, "found \(node.inWords)", advice: "wanted: \(schema.inWords)")
    }
    return nil
  }

  /// Tells of blanks that look like none, or like another.
  private mutating func isWithoutOddBlanks(
    _ node: SourceNode, _ text: String, _ path: String
  ) -> Bool {
    guard let advice = InvisibleCharacters.advice(on: text) else { return true }
    report(node, path, "found \(node.inWords)", advice: advice)
    return false
  }
}

/// A text in small letters, with dashes for blanks.
private func inLettersOfIdentifiers(_ text: String) -> String {
  text.lowercased().replacing(" ", with: "-")
}

extension Schema {
  /// Whether what is written is for people to read.
  fileprivate var mayHaveAnyBlank: Bool { if case .text = self { true } else { false } }
}

extension NumberTrouble {
  /// What to write where this schema has a number: the repaired one only where it is allowed, and a
  /// percentage only where a share may stand.
  fileprivate func advice(for schema: Schema) -> String {
    let (isAllowed, isShare) =
      switch schema {
      case .integer(let range, _): (repaired.flatMap { Int($0) }.map(range.contains), false)
      case .number(let range, let unit), .quantity(let range, let unit):
        (repaired.flatMap { parsedNumber($0) }.map(range.contains), unit.isEmpty)
      default: (nil, false)
      }
    if let repaired, isAllowed == true, isShare || what != Self.percentage {
      return "write \(repaired)"
    }
    // What is to be done to a point is no help with whole numbers.
    if case .integer = schema { return "wanted: \(schema.inWords)" }
    return advice ?? "wanted: \(schema.inWords)"
  }
}
