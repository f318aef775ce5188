import Documents

/// The longest value that is written into an id.
private let longestWord = 40

extension SourceNode {
  /// What ids of points have for this value of a grid: its own letters, or its place in the list
  /// where these are many, or are those of a law that is given by lists of numbers.
  func wordInIDs(place: Int) -> String {
    let isLong = ["discrete", "mixture"].contains { self[$0] != nil }
    let word = isLong ? "" : lettersOfIDs(wordsInIDs.joined(separator: "_"))
    return word.isEmpty || word.count > longestWord ? "value-\(place + 1)" : word
  }

  private var wordsInIDs: [String] {
    switch content {
    case .scalar(let text, _): [text]
    case .list(let items): items.isEmpty ? ["none"] : items.flatMap(\.wordsInIDs)
    case .mapping(let entries):
      entries.filter { !["source", "confidence"].contains($0.key) }
        .flatMap { [$0.key] + $0.value.wordsInIDs }
    case .refused: []
    }
  }

  /// The value as YAML in one line, to be shown and to be given to `--set`.
  var inOneLine: String {
    switch content {
    case .scalar(let text, let isPlain): isPlain && isSafeInLine(text) ? text : inQuotes(text)
    case .list(let items): "[\(items.map(\.inOneLine).joined(separator: ", "))]"
    case .mapping(let entries):
      "{"
        + entries.map { entry in
          "\(isSafeInLine(entry.key) ? entry.key : inQuotes(entry.key)): \(entry.value.inOneLine)"
        }.joined(separator: ", ") + "}"
    case .refused: ""
    }
  }
}

/// A text with nothing in it that a table, a shell or a path would read as its own: other letters
/// become dashes.
func lettersOfIDs(_ text: String) -> String {
  String(
    text.map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber) || "-_.+".contains(letter)
        ? letter : "-"
    })
}

/// Whether a plain scalar stays what it is inside brackets.
private func isSafeInLine(_ text: String) -> Bool {
  !text.isEmpty
    && text.unicodeScalars.allSatisfy {
      $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
        || " -+_./()".unicodeScalars.contains($0)
    }
}

/// A text in the double quotes of YAML.
private func inQuotes(_ text: String) -> String {
  var body = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": body += "\\n"
    case "\"", "\\": body += "\\\(scalar)"
    case _ where isControl(scalar):
      let digits = String(scalar.value, radix: 16)
      body += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    default: body += String(scalar)
    }
  }
  return "\"\(body)\""
}
