extension SourceDocument {
  /// Reads a CSV table as a document that holds a list of records under `key`: the first line names the keys,
  /// and each line after it is a record. An empty cell is a key that is not there.
  ///
  /// - Parameters:
  ///   - lists: keys whose cells may name several things, divided by ` + `.
  package init(
    tableAt path: String, under key: String, lists: Set<String>,
    limits: DocumentLimits = .standard
  ) throws(ScenarioFaults) {
    let start = SourceLocation.start(of: path)
    let bytes = try fileBytes(path, what: "table", limit: limits.bytes, at: start)
    let text = try DocumentText(bytes, file: path, limits: limits).text
    try self.init(table: text, file: path, under: key, lists: lists)
  }

  /// The same of a text that is known to be sound.
  package init(
    table text: String, file: String, under key: String, lists: Set<String>
  ) throws(ScenarioFaults) {
    let start = SourceLocation.start(of: file)
    var reader = RecordTable(text, file: file, lists: lists)
    let list = SourceNode(content: .list(reader.records()), location: start)
    guard reader.faults.isEmpty else { throw ScenarioFaults(reader.faults) }
    self.file = file
    faults = []
    root = SourceNode(
      content: .mapping([SourceEntry(key: key, keyLocation: start, value: list)]), location: start)
  }
}

/// The lines of a table as records.
private struct RecordTable {
  /// The most faults told of one table: one of another kind has one on every line.
  private static let faultLimit = 20
  private static let divider = " + "

  private let file: String
  private let lists: Set<String>
  private var text: DelimitedText
  private(set) var faults: [Fault] = []

  init(_ text: String, file: String, lists: Set<String>) {
    (self.file, self.lists) = (file, lists)
    self.text = DelimitedText(Array(text.utf8))
  }

  /// Every record; what is wrong with their form is among the faults.
  mutating func records() -> [SourceNode] {
    guard let header = text.next() else {
      faults.append(
        Fault(
          at: .start(of: file), path: "", "the table is empty",
          advice: "name the columns in its first line"))
      return []
    }
    let keys = header.map { $0.text ?? "" }
    for (place, key) in keys.enumerated() where key.isEmpty || keys.firstIndex(of: key) != place {
      let problem = key.isEmpty ? "a column has no name" : "two columns are called \(quoted(key))"
      tell(header[place], problem, "name each column once")
    }
    var records: [SourceNode] = []
    while faults.count < Self.faultLimit, let cells = text.next() {
      // A line without anything in it, as at the end of many files.
      guard cells.count > 1 || cells[0].text?.isEmpty != true else { continue }
      guard cells.count == keys.count else {
        tell(
          cells[0], "the line has \(cells.count) cells, and the first one \(keys.count)",
          "put text with commas into double quotes")
        continue
      }
      records.append(record(zip(keys, cells)))
    }
    return records
  }

  private mutating func record(
    _ cells: Zip2Sequence<[String], [DelimitedText.Cell]>
  ) -> SourceNode {
    var entries: [SourceEntry] = []
    var first: SourceLocation?
    for (key, cell) in cells {
      let location = SourceLocation(file: file, line: cell.line, column: cell.column)
      first = first ?? location
      guard let text = cell.text else {
        tell(cell, "the quotes of a cell are never closed, or something follows them", "close them")
        continue
      }
      guard !text.isEmpty else { continue }
      entries.append(
        SourceEntry(key: key, keyLocation: location, value: value(text, of: key, at: location)))
    }
    return SourceNode(content: .mapping(entries), location: first ?? .start(of: file))
  }

  private func value(_ text: String, of key: String, at location: SourceLocation) -> SourceNode {
    // Only numbers are told from text by quotes, which a table has for commas.
    func scalar(_ text: String) -> SourceNode {
      SourceNode(
        content: .scalar(text, isPlain: parsedNumber(text) != nil), location: location)
    }
    guard lists.contains(key), text.contains(Self.divider) else { return scalar(text) }
    let parts = text.split(separator: Self.divider).map { scalar(String($0)) }
    return SourceNode(content: .list(parts), location: location)
  }

  private mutating func tell(_ cell: DelimitedText.Cell, _ problem: String, _ advice: String) {
    faults.append(
      Fault(
        at: SourceLocation(file: file, line: cell.line, column: cell.column), path: "", problem,
        advice: advice))
  }
}
