@testable import Documents
import FoundationEssentials
import Scenarios
import TestSupport
import Testing

/// Broken scenarios with the whole of what is said about each.
@Suite struct ScenarioGoldenTests {
  static let folder = GoldenText.folder().appending(path: "scenario")
  static let names = GoldenText.names(in: "scenario", endingIn: ".yaml")

  @Test func thereAreEnough() { #expect(Self.names.count >= 140) }

  @Test func noneIsLeftBehind() {
    #expect(GoldenText.names(in: "scenario", endingIn: ".txt") == Self.names)
  }

  /// What the broken scenarios are made from is sound, so that each golden tells of its own fault.
  @Test func theUnbrokenOneIsSound() {
    #expect(ScenarioFixture.messages(ScenarioFixture.small) == "")
  }

  @Test(arguments: names) func saysExactly(_ name: String) throws {
    let path = Self.folder.appending(path: "\(name).yaml").path
    let said = ScenarioFixture.messages { () throws(ScenarioFaults) in
      try Scenario(contentsOf: path)
    }
    let text = said.replacing(Self.folder.path + "/", with: "")
    try GoldenText("scenario/\(name).txt").expect(text + "\n")
    try Self.expectReadable(text, about: "\(name).yaml")
  }

  /// Every line names its place in the file, and speaks of the scenario instead of the program.
  private static func expectReadable(_ text: String, about file: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines {
      #expect(line.prefixMatch(of: /[a-z0-9-]+\.yaml:\d+:\d+: \S/) != nil, "\(line)")
      #expect(line.hasPrefix("\(file):"), "\(line)")
      #expect(!line.contains(/Optional\(|[a-z]Error|Swift|nil\b|\b[a-z]+[A-Z][a-z]+/), "\(line)")
      #expect(line.count < 500, "\(line)")
    }
    #expect(Set(lines).count == lines.count, "the same is told twice")
  }
}
