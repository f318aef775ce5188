@testable import Documents
import FoundationEssentials
import Scenarios
import TestSupport
import Testing

/// Broken sweeps and bases with the whole of what is said about each.
@Suite struct FileGoldenTests {
  private static let sweeps = GoldenText.names(in: "sweep", endingIn: ".yaml")
  private static let bases = GoldenText.names(in: "base", endingIn: ".yaml")

  @Test func noneIsLeftBehind() {
    #expect(GoldenText.names(in: "sweep", endingIn: ".txt") == Self.sweeps)
    #expect(GoldenText.names(in: "base", endingIn: ".txt") == Self.bases)
    #expect(Self.sweeps.count >= 30 && Self.bases.count >= 16)
  }

  @Test(arguments: sweeps) func saysExactlyOfSweeps(_ name: String) throws {
    try Self.expect("sweep", name) { path throws(ScenarioFaults) in
      _ = try Scenario.points(contentsOf: path)
    }
  }

  @Test(arguments: bases) func saysExactlyOfBases(_ name: String) throws {
    try Self.expect("base", name) { path throws(ScenarioFaults) in
      _ = try Scenario(contentsOf: path)
    }
  }

  /// Every line names a place in a file of the user's, and none is told twice.
  private static func expect(
    _ folder: String, _ name: String, _ read: (String) throws(ScenarioFaults) -> Void
  ) throws {
    let place = GoldenText.folder().appending(path: folder).path
    var said = ""
    do { try read("\(place)/\(name).yaml") } catch { said = error.description }
    let text = said.replacing(place + "/", with: "")
    try GoldenText("\(folder)/\(name).txt").expect(text + "\n")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines {
      #expect(line.prefixMatch(of: /[a-z0-9\/.-]+\.yaml:\d+:\d+: \S/) != nil, "\(line)")
      #expect(!line.contains(/Optional\(|[a-z]Error|Swift|nil\b/), "\(line)")
      // The longest names every section and every mechanism.
      #expect(line.count < 800, "\(line)")
    }
    #expect(Set(lines).count == lines.count, "the same is told twice")
  }
}
