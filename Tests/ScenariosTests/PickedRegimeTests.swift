import FoundationEssentials
import PolicyModel
import Quantities
import Testing

@testable import Scenarios

/// What a file picks of its base's regimes, and the example of the rule sets.
@Suite struct PickedRegimeTests {
  private static let base = """
    about: {title: T, question: Q}
    run: {start: 2022-10, end: 2023-03, replicates: 8}
    world: {use: world-2022}
    regimes:
      - {id: free}
      - {id: early, rules: current-law@2022-10}
      - {id: strict, like: early, set: {grey_market.enforcement: 4}}

    """

  private static func scenario(
    _ main: String, _ overrides: Overrides = Overrides(), besides files: [String: String] = [:]
  ) throws -> Scenario {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files.merging(
      ["base.yaml": base, "main.yaml": main], uniquingKeysWith: { $1 })
    {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    return try Scenario(contentsOf: folder.appending(path: "main.yaml").path, overrides: overrides)
  }

  private static func ids(_ main: String, _ overrides: Overrides = Overrides()) throws -> [String] {
    try scenario(main, overrides).blueprint.regimes.map(\.id)
  }

  @Test(
    arguments: [
      ("only: [strict, free]\n", ["strict", "free"]),
      ("only: [free]\nregimes: [{id: mine, like: strict}]\n", ["free", "mine"]),
      ("only: [mine, free]\nregimes: [{id: mine, like: strict}]\n", ["mine", "free"]),
      ("regimes: [{id: mine, like: strict}]\n", ["free", "early", "strict", "mine"]),
    ])
  func aFilePicksFromItsBase(text: String, ids: [String]) throws {
    #expect(try Self.ids("base: base.yaml\n" + text) == ids)
  }

  @Test func whatIsPickedHasAllThatItWasLike() throws {
    let all = try Self.scenario("base: base.yaml\n").blueprint.regimes
    let picked = try Self.scenario("base: base.yaml\nonly: [strict]\n")
    #expect(picked.blueprint.regimes == [all[2]])
    #expect(picked.effectiveYAML.contains("only:") == false)
  }

  /// A pick holds for what is laid over it, and new regimes are run in any case.
  @Test func picksHoldThroughBases() throws {
    let files = ["middle.yaml": "base: base.yaml\nonly: [early, free]\n"]
    let over = try Self.scenario(
      "base: middle.yaml\nregimes: [{id: mine}]\n", besides: files)
    #expect(over.blueprint.regimes.map(\.id) == ["early", "free", "mine"])
    let picked = try Self.scenario("base: middle.yaml\nonly: [free]\n", besides: files)
    #expect(picked.blueprint.regimes.map(\.id) == ["free"])
    var overrides = Overrides()
    overrides.regimes = ["free", "early"]
    let kept = try Self.scenario("base: middle.yaml\n", overrides, besides: files)
    #expect(kept.blueprint.regimes.map(\.id) == ["free", "early"])
  }

  @Test(
    arguments: [
      (
        "base: base.yaml\nonly: [strickt]\n",
        #"main.yaml:2:8: only[0]: the base has no regime "strickt"; did you mean "strict"?"#
      ),
      ("base: base.yaml\nonly: [free, free]\n", #"the regime "free" is there twice"#),
      ("base: base.yaml\nonly: []\n", "at least one item is wanted"),
      (base + "only: [free]\n", "there is no base whose regimes could be picked"),
    ])
  func faultsSayWhere(text: String, fault: String) {
    do {
      _ = try Self.scenario(text)
      Issue.record("no fault")
    } catch {
      #expect("\(error)".contains(fault), "\(error)")
    }
  }

  /// The example of a tighter limit is as short as such a question should be, and does what it says.
  @Test func theExampleIsShortAndDoesWhatItSays() throws {
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = top.appending(path: "examples/tighter-limit.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let lines = text.split(separator: "\n")
    let isAbout = { (line: Substring) in
      ["about:", "  title:", "  question:"].contains { line.hasPrefix($0) }
    }
    #expect(lines.count { !isAbout($0) } <= 8)

    let scenario = try Scenario(contentsOf: file.path)
    let regimes = scenario.blueprint.regimes
    #expect(regimes.map(\.id) == ["current-law", "from-tpp-2000"])
    #expect(scenario.run.end == Month(iso: "2029-12"))
    #expect(regimes[1].rules.rules.dropLast() == regimes[0].rules.rules[...])
    let (before, after) = (Day(iso: "2026-08-31"), Day(iso: "2026-09-01"))
    for chip in scenario.blueprint.world.chips where chip.designedIn == "US" {
      for place in ["CN", "GULF", "HUB", "ROW", "ALLY"] {
        func policy(_ regime: Int, _ day: Day?) throws -> String {
          let sale = Sale(to: place, headquarters: place, on: try #require(day))
          return regimes[regime].rules.decision(by: "US", on: chip, for: sale).policy.rawValue
        }
        let isCaught = chip.tpp.value >= 2000 && ["CN", "GULF", "HUB"].contains(place)
        #expect(try policy(0, before) == policy(1, before))
        #expect(
          try policy(1, after) == (isCaught ? "deny" : policy(0, after)), "\(chip.id) \(place)")
      }
    }
  }
}
