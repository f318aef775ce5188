/// What was probably meant by a word that nothing is called by: one word, or several that begin with it.
public struct Suggestion: Hashable, Sendable, CustomStringConvertible {
  /// The words, likeliest first.
  public let words: [String]

  /// The only one.
  package init(_ word: String) { words = [word] }

  /// Words that begin alike, the shortest first; nil where there are none, or too many to choose from.
  fileprivate init?(few words: [String]) {
    guard (1...mostSuggestions).contains(words.count) else { return nil }
    self.words = words.sorted { ($0.count, $0) < ($1.count, $1) }
  }

  /// The words in quotes, with `or` before the last.
  public var description: String {
    let quotedWords = words.map { quoted($0, limit: 200) }
    guard let last = quotedWords.last, words.count > 1 else { return quotedWords.joined() }
    return quotedWords.dropLast().joined(separator: ", ") + " or " + last
  }
}

/// What is told where a word is not among `candidates`: the one that differs in capitals and dashes alone,
/// else those that go on behind it, as `h100_sxm` and `h100_pcie` do behind `h100`, else the nearest of those
/// that begin with it, or all of them, else the nearest.
public func likelyWords(for word: String, among candidates: some Sequence<String>) -> Suggestion? {
  let begin = foldedForComparison(word)
  let others = candidates.filter { $0 != word }
  if let same = others.first(where: { foldedForComparison($0) == begin }) {
    return Suggestion(same)
  }
  let longer = begin.count > 1 ? others.filter { foldedForComparison($0).starts(with: begin) } : []
  let parts = longer.filter { foldedForComparison($0).dropFirst(begin.count).first == "-" }
  if let found = Suggestion(few: parts) { return found }
  if let near = nearestWord(to: word, among: longer) { return Suggestion(near) }
  return Suggestion(few: longer) ?? nearestWord(to: word, among: others).map { Suggestion($0) }
}

/// More than these are not told: the list of all is no longer then.
private let mostSuggestions = 5

/// The word of `candidates` that `word` is most likely a misspelling of, if any is near enough.
///
/// Near enough means at most one edit per three letters (at least one, at most three), an edit
/// being a letter added, dropped, replaced, or two neighbours swapped; case and the choice between
/// `-`, `_` and a space count for nothing. A tie goes to a word that
/// begins with the same letter, then to the one that comes first in the alphabet.
public func nearestWord(to word: String, among candidates: some Sequence<String>) -> String? {
  let folded = foldedForComparison(word)
  guard folded.count <= 100 else { return nil }
  let cutoff = min(3, max(1, folded.count / 3))
  var best: (distance: Int, beginsOtherwise: Int, word: String)?
  for candidate in candidates.sorted() where candidate != word {
    let other = foldedForComparison(candidate)
    guard abs(other.count - folded.count) <= cutoff else { continue }
    let distance = editDistance(folded, other)
    let beginsOtherwise = other.first == folded.first ? 0 : 1
    let before = best.map { ($0.distance, $0.beginsOtherwise) } ?? (.max, 1)
    if distance <= cutoff, (distance, beginsOtherwise) < before {
      best = (distance, beginsOtherwise, candidate)
    }
  }
  return best?.word
}

private func foldedForComparison(_ word: String) -> [Character] {
  word.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
}

/// Edits between two words, a swap of neighbours counting as one (optimal string alignment).
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        edits = min(edits, beforeLast[j - 1] + 1)
      }
      row.append(edits)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
