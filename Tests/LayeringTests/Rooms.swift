/// A file of a floor as the walls between its rooms see it: what it declares, and what it names.
struct RoomFile {
  /// Its path from the root of the project.
  let path: String
  /// The folder below the floor's that it is in; `.` for none.
  let room: String
  /// The types that it declares for others.
  let declared: Set<String>
  /// The capitalized words of its code, each with the place where it first stands.
  let named: [String: String]

  init(_ file: TextFile, of floor: String) {
    path = file.path
    let inside = file.path.dropFirst("Sources/\(floor)/".count).split(separator: "/")
    room = inside.count > 1 ? String(inside[0]) : "."
    var declared: Set<String> = []
    var named: [String: String] = [:]
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if let name = typeDeclared(by: line) { declared.insert(name) }
      for word in typeNames(in: line) where named[word] == nil {
        named[word] = "\(file.path):\(index + 1)"
      }
    }
    (self.declared, self.named) = (declared, named)
  }
}

/// A type of one room that a file of another names, though its room stands below.
struct Trespass: Hashable, CustomStringConvertible {
  let place: String
  let room: String
  let type: String
  let home: String

  var description: String { "\(place): \(room) names \(type) of \(home), which stands above it" }
}

/// What files of lower rooms name of higher ones.
///
/// - Parameter rooms: lowest first.
func trespasses(in files: [RoomFile], rooms: [String]) -> [Trespass] {
  var homes: [String: Set<String>] = [:]
  for file in files {
    for type in file.declared { homes[type, default: []].insert(file.room) }
  }
  return files.flatMap { file in
    file.named.compactMap { type, place -> Trespass? in
      // A type that two rooms declare is private to each, or one of the two's own.
      guard let found = homes[type], found.count == 1, let home = found.first,
        let above = rooms.firstIndex(of: home), let here = rooms.firstIndex(of: file.room),
        above > here
      else { return nil }
      return Trespass(place: place, room: file.room, type: type, home: home)
    }
  }
}

/// The type that a line declares at the outermost level, unless for its own file alone.
func typeDeclared(by line: some StringProtocol) -> String? {
  let pattern =
    /^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|final|indirect)\s+)*(?:struct|class|enum|actor|protocol|typealias)\s+(\w+)/
  return String(line).firstMatch(of: pattern).map { String($0.1) }
}

/// The words of a line of code that could be types: capitalized, no members, outside of comments and texts.
func typeNames(in line: some StringProtocol) -> [String] {
  var code = String(line)
  if let comment = code.firstRange(of: "//") { code.removeSubrange(comment.lowerBound...) }
  code.replace(/"(?:\\.|[^"\\])*"/, with: " ")
  return code.matches(of: /(?:^|[^.\w])([A-Z]\w*)/).map { String($0.1) }
}
