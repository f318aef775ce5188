/// The word of `candidates` that `word` is most likely a misspelling of, if any is near enough.
///
/// Near enough means at most one edit per three letters (at least one, at most three), an edit
/// being a letter added, dropped, replaced, or two neighbours swapped; case and the choice between
/// `-`, `_` and a space count for nothing. A tie goes to the word that comes first in the alphabet.
public func nearestWord(to word: String, among candidates: some Sequence<String>) -> String? {
  let folded = foldedForComparison(word)
  guard folded.count <= 100 else { return nil }
  let cutoff = min(3, max(1, folded.count / 3))
  var best: (distance: Int, word: String)?
  for candidate in candidates.sorted() where candidate != word {
    let other = foldedForComparison(candidate)
    guard abs(other.count - folded.count) <= cutoff else { continue }
    let distance = editDistance(folded, other)
    if distance <= cutoff, distance < best?.distance ?? .max { best = (distance, candidate) }
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
