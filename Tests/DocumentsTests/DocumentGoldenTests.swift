@testable import Documents
import FoundationEssentials
import TestSupport
import Testing

/// Broken documents with the whole of what is said about each.
@Suite struct DocumentGoldenTests {
  static let names = GoldenText.names(in: "document", endingIn: ".yaml")

  @Test func thereAreEnough() { #expect(Self.names.count >= 45) }

  @Test(arguments: names) func saysExactly(_ name: String) throws {
    let path = DocumentFixture.folder.appending(path: "\(name).yaml").path
    let said = DocumentFixture.messages { () throws(ScenarioFaults) in
      try SourceDocument(contentsOf: path)
    }
    let text = said.replacing(DocumentFixture.folder.path + "/", with: "") + "\n"
    try GoldenText("document/\(name).txt").expect(text)
    #expect(text.count > 10)
  }
}
