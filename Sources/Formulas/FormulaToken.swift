/// A word, number or sign of a formula.
struct FormulaToken: Hashable {
  enum Kind: Hashable {
    case number(Double)
    case name
    /// `+`, `<=`, `(` and the like.
    case sign
    case end
  }

  let kind: Kind
  let text: Substring

  /// Where the formula goes on behind it.
  var end: Substring.Index { text.endIndex }
}

/// Takes a formula apart, word by word.
struct FormulaLexer {
  private let text: Substring
  private var rest: Substring

  init(_ text: Substring) { (self.text, rest) = (text, text) }

  private static let twoLetterSigns: Set<String> = ["<=", ">=", "==", "!="]
  private static let signs: Set<Character> = [
    "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", "<", ">",
  ]

  /// The next token.
  mutating func next() throws(FormulaFault) -> FormulaToken {
    rest = rest.drop { $0.isWhitespace }
    guard let first = rest.first else { return FormulaToken(kind: .end, text: rest) }
    if first.isASCII, first.isNumber || first == "." { return try number() }
    if first.isASCII, first.isLetter || first == "_" {
      return FormulaToken(kind: .name, text: take { $0.isPartOfName })
    }
    if Self.twoLetterSigns.contains(String(rest.prefix(2))) { return sign(2) }
    if Self.signs.contains(first) { return sign(1) }
    if first == "=" {
      throw FormulaFault("=", "\"=\" is no comparison", advice: "write == for \"is equal to\"")
    }
    throw FormulaFault(
      rest.prefix(1), "this character means nothing in a formula",
      advice: "allowed are + - * / ^ ( ) [ ] , and < <= > >= == !=")
  }

  /// What stands between square brackets, the first of which has been read: words apart by commas.
  mutating func words() throws(FormulaFault) -> [Substring] {
    let inside = rest.prefix { $0 != "]" }
    guard inside.endIndex < rest.endIndex else {
      throw FormulaFault(rest.prefix(20), "\"[\" is not closed", advice: "write ] behind the names")
    }
    rest = rest[rest.index(after: inside.endIndex)...]
    let words = inside.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
    if words.contains(where: \.isEmpty) {
      throw FormulaFault(
        "[\(inside)]", "a name is missing in the brackets", advice: "write them as [CN, HUB]")
    }
    return words
  }

  /// A unit right behind a number: up to the next blank, bracket, comma or sign other than / and ^.
  mutating func unit() -> Substring? {
    let beginning = rest.drop { $0.isWhitespace }
    guard let first = beginning.first, first.isASCII, first.isLetter else { return nil }
    rest = beginning
    return take { $0.isPartOfName || $0 == "/" || $0 == "^" }
  }

  /// A month, `YYYY-MM`; nil for anything else.
  mutating func month() -> Substring? {
    let beginning = rest.drop { $0.isWhitespace }
    let word = beginning.prefix { $0.isNumber || $0 == "-" }
    guard !word.isEmpty else { return nil }
    rest = beginning[word.endIndex...]
    return word
  }

  private mutating func take(while isPart: (Character) -> Bool) -> Substring {
    let taken = rest.prefix(while: isPart)
    rest = rest[taken.endIndex...]
    return taken
  }

  private mutating func sign(_ length: Int) -> FormulaToken {
    let taken = rest.prefix(length)
    rest = rest.dropFirst(length)
    return FormulaToken(kind: .sign, text: taken)
  }

  /// Digits with a point and an exponent, as `1.5e6`.
  private mutating func number() throws(FormulaFault) -> FormulaToken {
    var end = rest.startIndex
    var before: Character = "0"
    while end < rest.endIndex {
      let letter = rest[end]
      let isExponent = "eE".contains(letter) && rest[rest.index(after: end)...].beginsExponent
      let isSign = "+-".contains(letter) && "eE".contains(before)
      guard letter.isASCII, letter.isNumber || letter == "." || isExponent || isSign else { break }
      before = letter
      end = rest.index(after: end)
    }
    let word = rest[..<end]
    guard let value = Double(word), value.isFinite, abs(value) <= 1e150 else {
      throw FormulaFault(word, "\(word) is no number", advice: "write 12, 1.5 or 2e6")
    }
    rest = rest[end...]
    return FormulaToken(kind: .number(value), text: word)
  }
}

extension Character {
  fileprivate var isPartOfName: Bool { isASCII && (isLetter || isNumber || self == "_") }
}

extension Substring {
  /// Whether it goes on as the exponent of a number does behind its `e`.
  fileprivate var beginsExponent: Bool {
    let digits = first.map { "+-".contains($0) } == true ? dropFirst() : self
    return digits.first.map { $0.isASCII && $0.isNumber } ?? false
  }

  fileprivate var trimmed: Substring {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
