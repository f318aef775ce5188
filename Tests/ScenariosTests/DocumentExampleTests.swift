import Documents
import Foundation
import Scenarios
import Testing

/// What the documents show as YAML is sound, and does something, as `validate --strict` has it.
///
/// The reference page of the language is made from the schema, whose examples `LanguageTests` looks at.
@Suite struct DocumentExampleTests {
  private static let top = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A block of YAML in a page.
  struct Example: Sendable, CustomTestStringConvertible {
    let page: String
    let line: Int
    let text: String

    var testDescription: String { "\(page):\(line)" }

    /// The block with the sections that every file needs, where it neither has them nor a base, and is no whole file
    /// of estimates.
    var whole: String {
      guard !has("base"), !(has("about") && has("estimates")) else { return text }
      return DocumentExampleTests.sections.filter { !has($0.key) }.map(\.text).joined() + text
    }

    private func has(_ key: String) -> Bool {
      text.hasPrefix("\(key):") || text.contains("\n\(key):")
    }
  }

  fileprivate static let sections: [(key: String, text: String)] = [
    ("about", "about: {title: An example, question: Is it sound?}\n"),
    ("run", "run: {start: 2022-10, end: 2026-12, replicates: 64}\n"),
    ("world", "world: {use: world-2022}\n"),
    ("regimes", "regimes: [{id: current-law, rules: current-law}, {id: free}]\n"),
  ]

  private static let pages =
    ["README.md", "CONTRIBUTING.md", "scenarios/README.md"]
    + ((try? FileManager.default.contentsOfDirectory(
      atPath: top.appending(path: "docs").path)) ?? [])
    .filter { $0.hasSuffix(".md") && $0 != "scenarios.md" }.sorted().map { "docs/\($0)" }

  static let examples = pages.flatMap { page -> [Example] in
    let text = (try? String(contentsOf: top.appending(path: page), encoding: .utf8)) ?? ""
    var (examples, block) = ([Example](), nil as (line: Int, lines: [Substring])?)
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      switch (line, block) {
      case ("```yaml", _): block = (place + 2, [])
      case ("```", let whole?):
        let lines = whole.lines.map { "\($0)\n" }.joined()
        examples.append(Example(page: page, line: whole.line, text: lines))
        block = nil
      default: block?.lines.append(line)
      }
    }
    return examples
  }

  @Test func thereAreExamples() {
    #expect(Self.pages.count > 8)
    #expect(Self.examples.count { $0.page == "docs/language.md" } >= 6)
  }

  @Test(arguments: examples)
  func anExampleOfTheDocumentsIsSound(_ example: Example) throws {
    let file = Self.top.appending(path: example.page).path
    do {
      let points = try Scenario.points(
        SourceDocument(text: example.whole, file: file), name: "example")
      #expect(points.warnings.map(\.description) == [])
    } catch {
      Issue.record("\(example.page):\(example.line): \(error)")
    }
  }

  /// Whole files that are there to be read.
  @Test(arguments: ["first-scenario", "tighter-limit"])
  func anExampleFileIsSound(_ name: String) throws {
    let points = try Scenario.points(
      contentsOf: Self.top.appending(path: "examples/\(name).yaml").path)
    #expect(points.warnings.map(\.description) == [])
  }
}
