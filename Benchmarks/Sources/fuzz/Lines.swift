/// A YAML text as lines, of which one with all that is indented below it is a subtree.
struct Lines {
  private(set) var lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var text: String { lines.joined(separator: "\n") }

  /// Lines that say something.
  private var said: [Int] {
    lines.indices.filter { place in
      let first = lines[place].first { $0 != " " }
      return first != nil && first != "#"
    }
  }

  private static func indentation(of line: String) -> Int { line.prefix { $0 == " " }.count }

  /// A line, by chance, with all that is below it.
  func subtree(_ random: inout SplitMix) -> Range<Int> {
    let said = said
    guard !said.isEmpty else { return 0..<0 }
    let first = random.choice(of: said)
    let depth = Self.indentation(of: lines[first])
    let end = lines[(first + 1)...].firstIndex {
      !$0.allSatisfy { $0 == " " } && Self.indentation(of: $0) <= depth
    }
    return first..<(end ?? lines.count)
  }

  /// A subtree's lines, as deep as some line is.
  private func moved(_ subtree: some Collection<String>, toDepthOf line: String?) -> [String] {
    guard let first = subtree.first else { return [] }
    let depth = line.map(Self.indentation) ?? 0
    let shift = depth - Self.indentation(of: first)
    return subtree.map { line in
      shift >= 0
        ? String(repeating: " ", count: shift) + line
        : String(line.dropFirst(min(-shift, Self.indentation(of: line))))
    }
  }

  mutating func remove(_ random: inout SplitMix) { lines.removeSubrange(subtree(&random)) }

  mutating func duplicate(_ random: inout SplitMix) {
    let subtree = subtree(&random)
    lines.insert(contentsOf: Array(lines[subtree]), at: subtree.upperBound)
  }

  mutating func swap(_ random: inout SplitMix) {
    let (one, other) = (subtree(&random), subtree(&random))
    guard one.upperBound <= other.lowerBound, !one.isEmpty, !other.isEmpty else { return }
    let (first, second) = (Array(lines[one]), Array(lines[other]))
    lines.replaceSubrange(other, with: moved(first, toDepthOf: second.first))
    lines.replaceSubrange(one, with: moved(second, toDepthOf: first.first))
  }

  /// Puts a subtree of another text beside one of this, or in its place.
  mutating func splice(_ other: Lines, _ random: inout SplitMix) {
    let (here, there) = (subtree(&random), other.subtree(&random))
    let added = moved(other.lines[there], toDepthOf: here.isEmpty ? nil : lines[here.lowerBound])
    if random.happens(0.5) {
      lines.replaceSubrange(here, with: added)
    } else {
      lines.insert(contentsOf: added, at: here.upperBound)
    }
  }

  mutating func indent(_ random: inout SplitMix) {
    let subtree = subtree(&random)
    let by = random.choice(of: [-4, -2, -1, 1, 2, 4])
    for place in subtree {
      lines[place] =
        by > 0
        ? String(repeating: " ", count: by) + lines[place] : String(lines[place].dropFirst(-by))
      if random.happens(0.3) { return }
    }
  }

  /// Puts another word in the place of one.
  mutating func replaceWord(_ random: inout SplitMix, by replacement: (String) -> String) {
    let said = said
    guard !said.isEmpty else { return }
    let place = random.choice(of: said)
    let words = Self.words(in: lines[place])
    guard !words.isEmpty else { return }
    let word = random.choice(of: words)
    lines[place].replaceSubrange(word, with: replacement(String(lines[place][word])))
  }

  /// The words of the whole text.
  var words: [String] {
    said.flatMap { place in Self.words(in: lines[place]).map { String(lines[place][$0]) } }
  }

  /// Runs of what keys, ids, numbers and dates are made of.
  private static func words(in line: String) -> [Range<String.Index>] {
    var words: [Range<String.Index>] = []
    var start: String.Index?
    for place in line.indices {
      let isOfWord = line[place].isLetter || line[place].isNumber || "_.-+".contains(line[place])
      if isOfWord, start == nil { start = place }
      if !isOfWord, let first = start {
        words.append(first..<place)
        start = nil
      }
    }
    if let start { words.append(start..<line.endIndex) }
    return words
  }
}
