import Wording

extension DelimitedText.Cell {
  /// The longest heading that is shown.
  private static let longestShown = 60

  /// Words for a value that is not there, in small letters and digits alone.
  private static let missing: Set<String> = [
    "", "na", "nan", "nat", "nd", "null", "nil", "none", "void", "missing", "unknown", "undefined",
    "tbd",
    "inf", "infinity", "true", "false", "nodata", "notavailable", "ind", "qnan",
  ]

  /// Currencies that are written before a number.
  private static let currencies = ["usd", "us$", "eur", "gbp", "cny", "rmb", "jpy"]

  /// The fields of a text's second record; none where it has but one.
  static func second(of bytes: [UInt8]) -> [DelimitedText.Cell] {
    var text = DelimitedText(bytes)
    _ = text.next()
    return text.next() ?? []
  }

  /// The heading that the field is: any text that is named as one, else what can be nothing else.
  func heading(isNamed: Bool) -> String? {
    isNamed || isCertainHeading ? text : nil
  }

  /// Whether it can be neither a number, in whatever way it is written, nor a value that is missing.
  private var isCertainHeading: Bool {
    guard let text, let letter = text.firstIndex(where: \.isLetter), text.first != "#",
      !text[..<letter].contains(where: \.isNumber), !isMissing, numberTrouble(text) == nil
    else { return false }
    let lower = text.lowercased()
    return !Self.currencies.contains { currency in
      lower.hasPrefix(currency)
        && parsedNumber(lower.dropFirst(currency.count).drop { $0 == " " }) != nil
    }
  }

  /// Whether it is a heading that may stand in a message.
  var isShowable: Bool {
    isCertainHeading && text.map { $0.unicodeScalars.count <= Self.longestShown } == true
  }

  private var isMissing: Bool {
    guard let text else { return false }
    return Self.missing.contains(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// Why it is not the number that is wanted, without what it holds.
  var trouble: String {
    guard let text else { return "quotes are left open here, or something follows them" }
    if isMissing { return "the value is missing" }
    if parsedNumber(text) != nil { return "the number is out of range" }
    if InvisibleCharacters.advice(on: text) != nil {
      return "there is a blank that is not of the keyboard"
    }
    if let trouble = numberTrouble(text) { return "the number \(trouble.what)" }
    return "this is not a number"
  }
}
