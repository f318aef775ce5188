@testable import Documents
import FoundationEssentials
import Testing

@testable import Scenarios

/// A base that is no scenario is told as that, at its own place, and nothing of it is told.
@Suite struct ForeignBaseTests {
  private func said(_ base: String, main: String = "base: base.txt\n") throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(base.utf8).write(to: folder.appending(path: "base.txt"))
    try Data(main.utf8).write(to: folder.appending(path: "main.yaml"))
    return ScenarioFixture.messages { () throws(ScenarioFaults) in
      try Scenario(contentsOf: folder.path + "/main.yaml")
    }.replacing(folder.path + "/", with: "")
  }

  private static let text = "found text, where a mapping of keys was expected"

  @Test(arguments: [
    ("Model,Region,2020\nsesame,World,1\n", text), ("sesame:x:0\nopen:x:1\n", text),
    ("- sesame\n", "found a list, where a mapping of keys was expected"), ("7\n", text),
    ("'sesame'\n", text), ("!sesame x\n", text),
    ("sesame: 1\nopen: !sesame 2\nsesame: 3\n", "found keys, most of which no scenario has"),
    ("{\"sesame\": \"open\", \"run\": 1, \"key\": 2}", "found keys, most of which no scenario has"),
    ("{}\n", "found keys, most of which no scenario has"),
  ])
  func itIsToldAtItsOwnPlace(base: String, found: String) throws {
    let advice = "name a scenario file as the base"
    for main in ["base: base.txt\n", "base: base.txt\nrun: {seed: x}\nregimes: [{id: a}]\n"] {
      let said = try said(base, main: main)
      guard base != "{}\n" else { continue }
      #expect(said == "base.txt:1:1: base: \(found); \(advice)")
    }
  }

  /// What cannot be read as YAML either is not shown.
  @Test(arguments: [
    "sesame: [\n", "\"sesame\n", "sesame: a: b\n", "%sesame\n", "sesame\n\tb: 1\n", "{sesame\n",
    String(repeating: "sesame: 1\n", count: 60), "&sesame {*sesame : 1}\n",
  ])
  func nothingOfItIsTold(base: String) throws {
    let said = try said(base)
    #expect(said.hasPrefix("base.txt:") && !said.contains("sesame"), "\(said)")
  }

  /// A scenario with a slip in it is a scenario.
  @Test func aScenarioIsToldOf() throws {
    let said = try said("run: {seed: x}\nregime: []\nworld: {use: world-2022}\n")
    #expect(said.contains("unknown key \"regime\"; did you mean \"regimes\"?"))
  }
}
