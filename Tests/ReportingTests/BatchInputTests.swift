import FoundationEssentials
import Storage
import Testing

@testable import Batches

/// Which files of a folder are scenarios of the user's.
@Suite struct BatchInputTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileSystem.makeFolder(path)
    try body(path)
  }

  private func write(_ names: [String], in path: String) throws {
    for name in names {
      let folder = (path + "/" + name).split(separator: "/").dropLast().joined(separator: "/")
      try FileSystem.makeFolder("/\(folder)")
      try FileSystem.replace("\(path)/\(name)", [])
    }
  }

  @Test(arguments: [
    ["notebooks-output/one/scenario.yaml"],
    ["results/scenario.yaml", "results/manifest.json"],
    ["results/deep/scenario.yaml", "results/regimes.csv"],
    ["begun/scenario.yaml", "begun/trajectories.csv"],
    ["shards/scenario-0.yaml", "shards/plan.json"],
  ])
  func whatTheProgramWroteIsNoScenario(written: [String]) throws {
    try inFolder { path in
      try write(["one.yaml", "more/two.yml"] + written, in: path)
      let files = try BatchInput.expanding([path], besides: "\(path)/notebooks-output")
      #expect(files == ["\(path)/more/two.yml", "\(path)/one.yaml"])
    }
  }

  @Test func aFolderOfTheUsersMayHoldAScenarioOfThatName() throws {
    try inFolder { path in
      try write(["mine/scenario.yaml"], in: path)
      #expect(
        try BatchInput.expanding([path], besides: "nowhere") == ["\(path)/mine/scenario.yaml"])
    }
  }

  @Test func aFolderOfResultsAloneHoldsNoScenario() throws {
    try inFolder { path in
      try write(["results/scenario.yaml", "results/manifest.json"], in: path)
      #expect(throws: FileError.self) { try BatchInput.expanding([path], besides: "nowhere") }
    }
  }
}
