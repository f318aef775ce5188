import Testing

@testable import Documents

/// Anchors and aliases are refused where there are any, and stars and ampersands are letters elsewhere.
@Suite struct AliasTests {
  private static let schema = Schema.mapping([
    .required("title", .text, "A title."), .optional("more", .anything, "What else there is."),
  ])

  private static func title(_ text: String) throws -> String? {
    try SourceDocument(text: text, file: "t").checked(against: schema)["title"]?.text
  }

  /// More of them than any limit that bytes alone could be held to.
  @Test(arguments: [
    "# *note*, &note, Q &A", "# - *one, [*two], {a: *three}", "# \"*quoted* &a", "# &a *a",
  ])
  func commentsMayHaveThem(comment: String) throws {
    let many = String(repeating: comment + "\n", count: 99)
    #expect(try Self.title(many + "title: a \(comment)\n" + many) == "a")
  }

  @Test(arguments: [
    ("\"*a* &b *c\"", "*a* &b *c"), ("'*a &b'", "*a &b"), ("|-\n  *a\n  &b *c", "*a\n&b *c"),
    (">-\n  *a\n  &b", "*a &b"), ("R&D, 2 * 3, a*b, a *b", "R&D, 2 * 3, a*b, a *b"),
    ("a\n  *b", "a *b"), ("\"\\\n  *b\"", "*b"),
  ])
  func textsMayHaveThem(written: String, text: String) throws {
    #expect(try Self.title("title: \(written)\n") == text)
    let keys = try SourceDocument(text: "\"*k &\(1)\": 1\n", file: "t").root.entries.map(\.key)
    #expect(keys == ["*k &1"])
  }

  /// Each is told where it stands, with whatever else is wrong.
  @Test(arguments: [
    ("title: *a", 1, 8), ("title: b\nmore: [1, *a]", 2, 11), ("title: b\nmore: {x: *a}", 2, 11),
    ("title: b\nmore:\n- *a", 3, 3), ("title: b\nmore: {*a : 1}", 2, 8), ("title: *", 1, 8),
    ("title: b\nmore: &a 1", 2, 7), ("title: b\nmore: &a [*a, *b]", 2, 7),
    ("title: b\nmore: *a\n  b", 2, 7), ("title: b\nmore: !x *a", 2, 7),
  ])
  func aliasesAreTold(text: String, line: Int, column: Int) throws {
    let (_, faults) = try SourceDocument(text: text, file: "t").check(against: Self.schema)
    let place = SourceLocation(file: "t", line: line, column: column)
    #expect(
      faults.contains { $0.problem == HazardScan.aliasProblem && $0.location == place },
      "\(faults)")
  }

  @Test func aFewOfManyAreTold() throws {
    let bomb = (0..<40).map { "k\($0): &k\($0) [*k\(max(0, $0 - 1)), *k\(max(0, $0 - 1))]" }
    let document = try SourceDocument(text: bomb.joined(separator: "\n"), file: "t")
    #expect(document.faults.count == 20)
  }

  /// What stands for a star while a text is read may not be in it.
  @Test(arguments: [0x10FFFF, 0x1FFFE, 0xFDD0])
  func whatIsNoCharacterIsRefused(code: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(code))
    #expect(throws: ScenarioFaults.self) {
      try SourceDocument(text: "title: a # \(scalar)", file: "t")
    }
  }

  /// A question is no key.
  @Test(arguments: ["Combien ? ", "(qui) ? ", "« Où » ? ", "\"?\" ? "])
  func manyQuestionsAreNoKeys(question: String) throws {
    let many = String(repeating: question, count: 99)
    #expect(try Self.title("title: a # \(many)\n# \(many)\n") == "a")
    #expect(try Self.title("title: '\(many)b'\n")?.hasSuffix("b") == true)
    let keys = String(repeating: "? ", count: 99)
    #expect(throws: ScenarioFaults.self) { try SourceDocument(text: keys + "a", file: "t") }
    #expect(throws: ScenarioFaults.self) { try SourceDocument(text: "[\(keys)", file: "t") }
  }
}
