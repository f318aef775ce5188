import Quantities

/// What ids read like, for things that nobody has given a name.
package enum NameWords {
  /// Letters that stand for words, and are written in capitals.
  private static let initials: Set<String> = [
    "ai", "cn", "eu", "ict", "nl", "jp", "kyc", "rl", "tpp", "uk", "us", "vp",
  ]

  /// An id as a name within a sentence: `us_lab` is `US lab`, `tensor_parallel` is `tensor parallel`.
  package static func ofID(_ id: String) -> String {
    id.split { $0 == "-" || $0 == "_" }.map { word(String($0)) }.joined(separator: " ")
  }

  /// Ids as names that stand alone: `no-us-servicing` is `No US servicing`; as they are written where two would read
  /// alike, since a name stands for one thing.
  package static func ofIDs(_ ids: [String]) -> [String] {
    let names = ids.map(ofID).map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return Set(names).count == ids.count ? names : ids
  }

  private static func word(_ word: String) -> String {
    if initials.contains(word) || isModel(word) { return word.uppercased() }
    return Month.names.contains { $0.lowercased() == word }
      ? word.prefix(1).uppercased() + word.dropFirst() : word
  }

  /// Whether a word is a chip or a model by its number: `h20`, `b30a`, `v3`, `gpt4`.
  private static func isModel(_ word: String) -> Bool {
    let letters = word.prefix { $0.isLetter }
    let digits = word.dropFirst(letters.count).prefix { $0.isNumber }
    let rest = word.dropFirst(letters.count + digits.count)
    return ((1...2).contains(letters.count) || letters == "gpt") && !digits.isEmpty
      && rest.allSatisfy(\.isLetter)
      && rest.count <= 1
  }
}
