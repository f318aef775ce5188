import Foundation
import Stochastics
import TestSupport
import Testing

@testable import Documents

@Suite struct DocumentEmissionTests {
  static let texts = [
    "", " ", "plain words", "NO", "y", "~", "null", "010", "1:30", "2024-01-01", "1e3", "a: b",
    "a #b", "- a", "? a", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "'a'", "\"a\"",
    "back\\slash", "tab\there", " leading", "trailing ", "two\nlines", "two\nlines\n", "end\n\n",
    "\nstart", "a\n  indented\n", "a \nb", "é 中文 🙂", "\u{A0}", "---", "...", "<<", "=", ".", "a,b",
    "5%", "#", "|", ">", ":", "a:",
    String(repeating: "long words ", count: 200) + "x", "# not a comment\nsecond",
  ]

  @Test(arguments: texts) func textComesBack(_ text: String) throws {
    let value = DocumentValue.mapping(of: [
      "k": .list([.text(text), .mapping(of: [text: .text(text)])])
    ])
    let yaml = try YAMLEmitter.text(of: value)
    let root = try SourceDocument(text: yaml, file: "t").root
    guard case .list(let items)? = root["k"]?.content else {
      Issue.record("not a list: \(yaml)")
      return
    }
    var checker = SchemaChecker()
    #expect(checker.check(items[0], .text, path: "")?.text == text)
    #expect(items[1][text].flatMap { checker.check($0, .text, path: "") }?.text == text)
    #expect(checker.faults.isEmpty)
  }

  @Test func numbersComeBack() throws {
    var generator = SplitMix(state: 7)
    for _ in 0..<2_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      #expect(parsedNumber(plainNumber(number)) == number)
    }
    #expect(plainNumber(5) == "5")
    #expect(plainNumber(0.1) == "0.1")
    #expect(plainNumber(1e22) == "1.0e+22")
    #expect(plainNumber(-0.0) == "-0.0")
    #expect(plainNumber(.leastNonzeroMagnitude).hasPrefix("5.0e-324"))
  }

  @Test func aDocumentComesBack() throws {
    let first = try DocumentReadingTests.document(DocumentFixture.valid)
    let yaml = try YAMLEmitter.text(of: first.expanded(DocumentFixture.schema))
    let second = try DocumentReadingTests.document(yaml)
    #expect(second.expanded(DocumentFixture.schema) == first.expanded(DocumentFixture.schema))
    #expect(try YAMLEmitter.text(of: second.expanded(DocumentFixture.schema)) == yaml)
    #expect(yaml.contains("ci90: [1.5, 2.5]"))
    #expect(yaml.contains("ledger: on\n"))
    #expect(yaml.contains("start: 2022-10\n"))
  }

  /// The example of each row of the table is read, makes a distribution, and comes back.
  @Test(arguments: LawForm.all) func everyLawComesBack(_ law: LawForm) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "chokepoint-\(law.key)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    if case .column = law.shape {
      try Data("1\n5\n".utf8).write(to: folder.appending(path: law.example))
    }
    let schema = Schema.mapping([.required("cost", .quantity(.atLeast(0)), "A cost.")])
    func read(_ text: String) throws -> DocumentNode {
      try SourceDocument(text: text, file: folder.appending(path: "x.yaml").path)
        .checked(against: schema)
    }
    for notes in ["", ", min: 0.2, max: 8, published: 4, source: a book, confidence: derived"] {
      let first = try read("cost: {\(law.key): \(law.example)\(notes)}\n")
      let form = try #require(first["cost"]?.distribution)
      #expect(form.law.form == law && law.doc.hasSuffix("."))
      #expect(try form.distribution().support.upperBound > 0)
      let again = try read(try YAMLEmitter.text(of: first.expanded(schema)))
      #expect(again.expanded(schema) == first.expanded(schema))
      #expect(try again["cost"]?.distribution?.distribution() == form.distribution())
    }
  }

  @Test(arguments: [
    DocumentValue.number(.nan), .number(-.infinity), .text("a\0b"), .text("\u{FEFF}"),
  ])
  func refusesWhatWouldNotComeBack(_ value: DocumentValue) {
    #expect(throws: UnwritableValue.self) { try YAMLEmitter.text(of: .list([value])) }
  }

  @Test func emptyCollectionsComeBack() throws {
    let value = DocumentValue.mapping(of: ["a": .list([]), "b": .mapping([])])
    let root = try SourceDocument(text: try YAMLEmitter.text(of: value), file: "t").root
    #expect(root["a"]?.content == .list([]))
    #expect(root["b"]?.content == .mapping([]))
  }
}
