import Quantities

/// How a scalar written without quotes may be read, by YAML 1.1, YAML 1.2 or this module.
///
/// Work starts from the characters written and never from a YAML library's resolved type, since
/// libraries differ on it.

/// The number that `text` plainly is: decimal digits without leading zeros, an optional fraction
/// and an optional exponent. Nil for anything else, and for what no `Double` can hold.
func parsedNumber(_ text: some StringProtocol) -> Double? {
  guard hasNumberForm(text), let number = Double(String(text)), number.isFinite else { return nil }
  let isZero = !text.prefix { $0 != "e" && $0 != "E" }.contains { ("1"..."9").contains($0) }
  return number == 0 && !isZero ? nil : number
}

/// Whether `text` is `-?digits(.digits)?([eE][+-]?digits)?` without leading zeros.
func hasNumberForm(_ text: some StringProtocol) -> Bool {
  var rest = Array(text.utf8)[...]
  if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
  let whole = takeDigits(&rest)
  guard whole.count == 1 || (whole.count > 1 && whole.first != UInt8(ascii: "0")) else {
    return false
  }
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    guard !takeDigits(&rest).isEmpty else { return false }
  }
  if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
    rest.removeFirst()
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      rest.removeFirst()
    }
    guard !takeDigits(&rest).isEmpty else { return false }
  }
  return rest.isEmpty
}

private func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  let digits = bytes.prefix(while: isDigit)
  bytes = bytes.dropFirst(digits.count)
  return digits
}

/// Whether a plain `text` stands for no value at all.
func isNothing(_ text: String) -> Bool {
  text.utf8.count <= 4 && ["", "~", "null", "Null", "NULL"].contains(text)
}

/// Whether some YAML reader takes a plain `text` for true or false.
func isTruthWord(_ text: String) -> Bool {
  text.utf8.count <= 5 && truthWords.contains(text.lowercased())
}

private let truthWords: Set = ["y", "n", "yes", "no", "on", "off", "true", "false"]

/// What some YAML reader could take a plain `text` for, when that is not text.
func misreading(of text: String) -> String? {
  if isNothing(text) { return "nothing" }
  if isTruthWord(text) { return "true or false" }
  if text == "<<" || text == "=" { return "an instruction of YAML" }
  // Most text begins like no number and no date, or has no digit, and needs no closer look.
  guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }),
    isDigit(first) || ".,:_".utf8.contains(first),
    text.utf8.contains(where: isDigit) || text.contains(".")
  else { return nil }
  if Day(iso: text) != nil || looksLikeTimestamp(text) { return "a date" }
  let isNumber = hasNumberForm(text) || numberTrouble(text) != nil
  return isNumber && !text.hasSuffix("%") ? "a number" : nil
}

private func looksLikeTimestamp(_ text: String) -> Bool {
  let parts = text.prefix { isDigit($0.utf8.first ?? 0) || $0 == "-" }.split(separator: "-")
  return parts.count == 3 && parts[0].count == 4 && (1...2).contains(parts[1].count)
}

/// Why `text`, which was meant as a number, is not plainly one, and how to write it.
struct NumberTrouble {
  /// What is wrong, as the end of a sentence that begins with the text.
  let what: String
  /// The number that was meant, where there is but one.
  var repaired: String?
  /// What to do where that number is not known, or not wanted; nil for nothing but what is wanted.
  var advice: String?
}

/// Recognises the spellings of numbers that YAML readers, people and other languages disagree on.
func numberTrouble(_ text: String) -> NumberTrouble? {
  let unsigned = text.drop { $0 == "-" || $0 == "+" }
  let lower = unsigned.lowercased()
  if [".inf", ".nan", "inf", "nan", "infinity"].contains(lower) {
    return NumberTrouble(what: "is not a finite number", advice: "write a finite number")
  }
  if hasNumberForm(text), parsedNumber(text) == nil {
    return NumberTrouble(
      what: "is beyond what a computer's number can hold",
      advice: "write a number between 1e-300 and \(plainNumber(NumberRange.largest)) in size")
  }
  guard lower.utf8.contains(where: isDigit) else { return nil }
  return basedNumberTrouble(text, lower) ?? decoratedNumberTrouble(text, String(unsigned))
}

private func basedNumberTrouble(_ text: String, _ lower: String) -> NumberTrouble? {
  let isMinus = text.hasPrefix("-")
  for (prefix, base, name) in [
    ("0x", 16, "a hexadecimal"), ("0o", 8, "an octal"), ("0b", 2, "a binary"),
  ] {
    let digits = lower.dropFirst(2).filter { $0 != "_" }
    if lower.hasPrefix(prefix), let value = Int(digits, radix: base), !digits.hasPrefix("-") {
      let decimal = isMinus ? "-\(value)" : "\(value)"
      return NumberTrouble(what: "is \(name) number", repaired: decimal)
    }
  }
  let parts = lower.split(separator: ":", omittingEmptySubsequences: false)
  if parts.count > 1, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isNumberByte) }) {
    return NumberTrouble(
      what: "may be read as a number in base 60",
      advice: "write one decimal number")
  }
  return nil
}

private func isNumberByte(_ byte: UInt8) -> Bool {
  isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
}

/// Numbers that would be plain without some ornament, which is taken off for the advice.
private func decoratedNumberTrouble(_ text: String, _ unsigned: String) -> NumberTrouble? {
  let minus = text.hasPrefix("-") ? "-" : ""
  func trouble(_ what: String, _ repaired: String) -> NumberTrouble? {
    hasNumberForm(repaired) ? NumberTrouble(what: what, repaired: repaired) : nil
  }
  if text.utf8.count - unsigned.utf8.count > 1 {
    return hasNumberForm(unsigned) ? NumberTrouble(what: "has more than one sign") : nil
  }
  if unsigned.hasSuffix("%"), let share = parsedNumber(minus + unsigned.dropLast()) {
    return NumberTrouble(what: NumberTrouble.percentage, repaired: plainNumber(share / 100))
  }
  if text.hasPrefix("+"), let trouble = trouble("has a plus sign", unsigned) { return trouble }
  let zeros = unsigned.prefix { $0 == "0" }
  if zeros.count > 0, unsigned.utf8.allSatisfy(isDigit) {
    let decimal = unsigned.dropFirst(zeros.count)
    return trouble("may be read as an octal number", minus + (decimal.isEmpty ? "0" : decimal))
  }
  return pointTrouble(unsigned, trouble: { trouble($0, minus + $1) })
}

/// What is wrong with the point of a number without sign, and with what divides its digits.
private func pointTrouble(
  _ unsigned: String, trouble: (String, String) -> NumberTrouble?
) -> NumberTrouble? {
  let bare = unsigned.filter { $0 != "_" }
  let full = (bare.hasPrefix(".") ? "0" : "") + bare
  let repaired = full.hasSuffix(".") ? full + "0" : full
  if unsigned != bare { return trouble("has underscores", repaired) }
  if repaired != bare { return trouble("has no digit on one side of its point", repaired) }
  if unsigned.contains(","), unsigned.utf8.allSatisfy({ isNumberByte($0) || $0 == 44 }) {
    return NumberTrouble(
      what: "has a comma", advice: "write a decimal point, and nothing between thousands")
  }
  guard unsigned.hasPrefix("0") else { return nil }
  let trimmed = unsigned.drop { $0 == "0" }
  return trouble("has leading zeros", (trimmed.hasPrefix(".") ? "0" : "") + trimmed)
}

extension NumberTrouble {
  static let percentage = "is a percentage"
}
