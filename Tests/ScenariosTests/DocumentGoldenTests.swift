import FoundationEssentials
import Scenarios
import Testing

/// Broken documents with the whole of what is said about each.
///
/// With `CHOKEPOINT_RECORD=1` in the environment the texts are written anew and the run fails, so
/// that a recording is looked at before it counts.
@Suite struct DocumentGoldenTests {
  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: DocumentFixture.folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()

  @Test func thereAreEnough() { #expect(Self.names.count >= 45) }

  @Test(arguments: names) func saysExactly(_ name: String) throws {
    let path = DocumentFixture.folder.appending(path: name).path
    let said = DocumentFixture.messages { () throws(ScenarioFaults) in
      try SourceDocument(contentsOf: path)
    }
    let text = said.replacing(DocumentFixture.folder.path + "/", with: "") + "\n"
    let golden = DocumentFixture.folder.appending(path: name.replacing(".yaml", with: ".txt"))
    if ProcessInfo.processInfo.environment["CHOKEPOINT_RECORD"] == "1" {
      try Data(text.utf8).write(to: golden)
      Issue.record("recorded \(golden.lastPathComponent); read it, then run without recording")
      return
    }
    let expected = try #require(
      try? String(decoding: Data(contentsOf: golden), as: UTF8.self), "no golden for \(name)")
    #expect(text == expected)
    #expect(text.count > 10)
  }
}
