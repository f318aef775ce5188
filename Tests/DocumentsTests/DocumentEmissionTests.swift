import FoundationEssentials
import TestSupport
import Testing

@testable import Documents

@Suite struct DocumentEmissionTests {
  static let texts = [
    "", " ", "plain words", "NO", "y", "~", "null", "010", "1:30", "2024-01-01", "1e3", "a: b",
    "a #b", "- a", "? a", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "'a'", "\"a\"",
    "back\\slash", "tab\there", " leading", "trailing ", "two\nlines", "two\nlines\n", "end\n\n",
    "\nstart", "a\n  indented\n", "a \nb", "\r\n", "\u{85}", "\u{2028}", "a\u{FEFF}", "é 中文 🙂",
    "\u{1B}[31m", "---", "...", "<<", "=", ".", "a,b", "5%", "#", "|", ">", ":", "a:", "\u{7F}",
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
    let yaml = try YAMLEmitter.text(of: first.value)
    let second = try DocumentReadingTests.document(yaml)
    #expect(second.value == first.value)
    #expect(try YAMLEmitter.text(of: second.value) == yaml)
    #expect(yaml.contains("ci90: [1.5, 2.5]"))
    #expect(yaml.contains("ledger: on\n"))
    #expect(yaml.contains("start: 2022-10\n"))
  }

  @Test func everyLawComesBack() throws {
    let forms = [
      "{value: 0.5, published: 0.4}", "{ci90: [0.1, 0.2], min: 0.05, max: 0.9}",
      "{normal: {mean: 0.5, sd: 0.1}}", "{lognormal: {median: 0.5, sigma: 1}}",
      "{uniform: [0, 1]}", "{triangular: [0, 0.5, 1]}", "{pert: [0, 0.5, 1]}",
      "{discrete: {values: [0, 1], weights: [1, 3]}}",
    ]
    for form in forms {
      let text = "run: {start: 2022-10, replicates: 1}\nshare: \(form)\n"
      let value = try DocumentReadingTests.document(text).value
      let again = try DocumentReadingTests.document(try YAMLEmitter.text(of: value)).value
      #expect(again == value)
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
