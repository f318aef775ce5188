/// A column of a file of numbers, as a law names it.
package struct NumberColumn: Hashable, Sendable {
  /// The file, by the name that the document has for it.
  package let file: String
  /// The heading of the column, where the document names it.
  package let name: String?
  /// How many numbers were read, and under which heading.
  package let note: Note
}

/// Reads the column of numbers that a law names, its file being relative to the one that names it.
///
/// Faults of the file are told with its own lines, and never with what stands there: whoever writes a
/// scenario for somebody else may name a file that only that one can read.
struct NumberColumnReader {
  /// The most numbers that an empirical distribution may have.
  private static let numberLimit = 1_000_000
  /// The most faults told of one file: a file of another kind has one on every line.
  private static let faultLimit = 20

  /// What a law has under its key: the name of a file, or with it the heading of a column.
  static let schema = Schema.worded(
    .either([
      .text,
      .mapping([
        .required("file", .text, "The file, relative to this one."),
        .optional("column", .text, "The heading of the column; without it there is but one."),
      ]),
    ]), "the name of a CSV file, or {file: NAME, column: HEADING}")

  private let node: DocumentNode
  private let range: NumberRange
  private let unit: String
  /// The file as the document names it, and as it is opened.
  private let (name, file): (String, String)
  private let column: String?
  private var numbers: [Double] = []
  private var faults: [Fault] = []

  /// Takes what was found to follow `schema`.
  init(_ node: DocumentNode, _ range: NumberRange, _ unit: String) {
    (self.node, self.range, self.unit) = (node, range, unit)
    name = node.text ?? node["file"]?.text ?? ""
    column = node["column"]?.text
    file = name.hasPrefix("/") ? name : fileBeside(node.location.file, named: name)
  }

  /// The numbers, and what is to be said of them.
  mutating func read() throws(ScenarioFaults) -> (numbers: [Double], column: NumberColumn) {
    let bytes = try fileBytes(
      file, what: "file of numbers", limit: 16 << 20, at: node.location, documentPath: node.path)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw fault(at: .start(of: file), "is not UTF-8 text", "save it as UTF-8")
    }
    let heading = try readRecords(of: bytes)
    if faults.isEmpty, numbers.isEmpty || numbers.count > Self.numberLimit {
      throw fault(
        at: node.location, "the file of numbers \(quoted(file, limit: 4_096)) has \(numbers.count)",
        "wanted: at least 1 and at most \(Self.numberLimit)")
    }
    guard faults.isEmpty else { throw ScenarioFaults(faults) }
    let note = Note(at: node.location, path: node.path, words(heading: heading))
    return (numbers, NumberColumn(file: name, name: column, note: note))
  }

  /// Takes down the numbers, and what is at fault instead; gives the heading, where there is one.
  private mutating func readRecords(of bytes: [UInt8]) throws(ScenarioFaults) -> String? {
    var text = DelimitedText(bytes)
    guard let first = text.next() else { return nil }
    let place = try place(among: first, before: DelimitedText.Cell.second(of: bytes))
    let heading = first[place].heading(isNamed: column != nil)
    var record = heading == nil ? first : text.next()
    // Empty lines at the end are nobody's values.
    var empty: [DelimitedText.Cell] = []
    while let fields = record, faults.count < Self.faultLimit {
      if fields.count == 1, fields[0].text?.isEmpty == true {
        empty.append(fields[0])
      } else {
        for field in empty { take(field) }
        empty = []
        take(fields, place, of: first.count)
      }
      record = text.next()
    }
    return heading
  }

  private mutating func take(_ fields: [DelimitedText.Cell], _ place: Int, of count: Int) {
    guard fields.count == count else {
      faults +=
        fault(
          at: location(of: fields[0]),
          "this line has \(fields.count) field\(fields.count == 1 ? "" : "s"), and the first \(count)",
          "put a field that holds a comma in quotes, and write a decimal point"
        ).faults
      return
    }
    take(fields[place])
  }

  private mutating func take(_ field: DelimitedText.Cell) {
    if let number = field.text.flatMap({ parsedNumber($0) }), range.contains(number) {
      numbers.append(number)
    } else {
      let wanted = "wanted on each line: \(Schema.number(range, unit: unit).inWords)"
      let isFirst = field.line == 1 && column == nil
      faults +=
        fault(
          at: location(of: field), field.trouble,
          isFirst
            ? "\(wanted); a heading like this is named: {file: FILE, column: HEADING}" : wanted
        ).faults
    }
  }

  // MARK: - Columns

  /// The place of the column that is asked for.
  private func place(
    among fields: [DelimitedText.Cell], before second: [DelimitedText.Cell]
  ) throws(ScenarioFaults) -> Int {
    // Headings are shown where there is no doubt that they are headings of a table of numbers.
    let isTable =
      fields.count > 1 && fields.allSatisfy { $0.isShowable } && second.count == fields.count
      && second.contains { $0.text.flatMap { parsedNumber($0) } != nil }
    let known = isTable ? fields.compactMap(\.text) : []
    let listed = known.prefix(40).map { quoted($0) }.joined(separator: ", ")
    guard let column else {
      guard fields.count > 1 else { return 0 }
      throw fault(
        at: .start(of: file), "there are \(fields.count) columns",
        "name one as {file: FILE, column: HEADING}"
          + (isTable ? ": \(listed)" : "; numbers are written with a decimal point"))
    }
    let places = fields.indices.filter { fields[$0].text == column }
    guard let place = places.first, places.count == 1 else {
      let problem = places.isEmpty ? "no column" : "more than one column"
      throw ScenarioFaults([
        Fault(
          at: .start(of: file), path: node.path, "\(problem) has the heading \(quoted(column))",
          suggestion: places.isEmpty ? likelyWords(for: column, among: known) : nil,
          advice: isTable
            ? "there are \(listed)"
            : "wanted: one of the first line; of a file with one column its name is enough")
      ])
    }
    return place
  }

  // MARK: - Words

  private func words(heading: String?) -> String {
    let count = numbers.count == 1 ? "1 number" : "\(numbers.count) numbers"
    if let heading { return "\(name): \(count) under the heading \(quoted(heading))" }
    func mayBeYear(_ number: Double) -> Bool {
      (1900...2100).contains(number) && number == number.rounded()
    }
    let isOdd =
      numbers.count > 1 && mayBeYear(numbers[0]) && !numbers.dropFirst().contains(where: mayBeYear)
    return "\(name): \(count), without a heading"
      + (isOdd
        ? "; the first is like a year and unlike the others: if it is the heading, write {file: \(name), "
          + "column: \"\(plainNumber(numbers[0]))\"}"
        : "")
  }

  private func location(of field: DelimitedText.Cell) -> SourceLocation {
    SourceLocation(file: file, line: field.line, column: field.column)
  }

  private func fault(at location: SourceLocation, _ problem: String, _ advice: String)
    -> ScenarioFaults
  {
    ScenarioFaults([Fault(at: location, path: node.path, problem, advice: advice)])
  }
}

extension SourceNode {
  /// The numbers of the file that this names as an empirical law would.
  package func numbersOfFile(
    path: String
  ) throws(ScenarioFaults) -> (numbers: [Double], column: NumberColumn) {
    var checker = SchemaChecker()
    guard let node = checker.check(self, NumberColumnReader.schema, path: path),
      checker.faults.isEmpty
    else { throw ScenarioFaults(checker.faults) }
    var reader = NumberColumnReader(node, .any, "")
    return try reader.read()
  }
}
