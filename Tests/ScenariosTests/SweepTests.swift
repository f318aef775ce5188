@testable import Documents
import FoundationEssentials
import PolicyModel
import Quantities
import Stochastics
import Testing

@testable import Scenarios

/// Which points a sweep has, what they are called, and what they are.
@Suite struct SweepTests {
  /// A grid of two paths, crossed with two named points.
  static let small =
    ScenarioFixture.small + """
      sweep:
        grid:
          ledger.pue: [1.1, {uniform: [1.2, 1.4], source: "Nobody: made up"}]
          run.end: [2025-11, 2025-12]
        points:
          - {id: as-is}
          - id: fewer
            title: "Fewer chips, and older ones"
            set: {world.runs.base.chips: 512, world.runs.base.choose_from: [h800]}

      """

  private static func points(
    _ text: String, _ change: (inout Overrides) -> Void = { _ in }
  ) throws(ScenarioFaults) -> [Scenario] {
    var overrides = Overrides()
    change(&overrides)
    return try ScenarioFile(SourceDocument(text: text, file: "test.yaml"), name: "test")
      .points(overrides)
  }

  private static func point(_ id: String, of text: String) throws(ScenarioFaults) -> Scenario {
    var overrides = Overrides()
    overrides.point = id
    return try ScenarioFile(SourceDocument(text: text, file: "test.yaml"), name: "test")
      .scenario(overrides)
  }

  private static func ids(_ sweep: String) throws -> [String?] {
    try points(ScenarioFixture.small + sweep).map(\.point?.id)
  }

  private static func law(_ name: String, of scenario: Scenario) throws -> Double {
    let parameters = scenario.blueprint.parameters.parameters
    return try #require(parameters.first { $0.declaration.name == name }).law.median
  }

  @Test func pointsAreInOrderAndTheLastKeyIsFastest() throws {
    let points = try Self.points(Self.small)
    #expect(
      points.map(\.point?.id) == [
        "as-is,pue=1.1,end=2025-11", "as-is,pue=1.1,end=2025-12",
        "as-is,pue=uniform_1.2_1.4,end=2025-11", "as-is,pue=uniform_1.2_1.4,end=2025-12",
        "fewer,pue=1.1,end=2025-11", "fewer,pue=1.1,end=2025-12",
        "fewer,pue=uniform_1.2_1.4,end=2025-11", "fewer,pue=uniform_1.2_1.4,end=2025-12",
      ])
    let pue = try points.map { try (Self.law("ledger.pue", of: $0) * 1000).rounded() }
    #expect(pue.prefix(4) == [1100, 1100, 1300, 1300])
    #expect(points.map(\.run.end.description).prefix(3) == ["2025-11", "2025-12", "2025-11"])
    let runs = points.map { $0.blueprint.world.runs[0].stages[0].chips }
    #expect(runs.map(\.count.value) == [2048, 2048, 2048, 2048, 512, 512, 512, 512])
    #expect(runs.map(\.candidates.count) == [2, 2, 2, 2, 1, 1, 1, 1])
    #expect(points.allSatisfy { $0.pointCount == 0 && $0.name == "test" })
  }

  @Test func aPointSaysWhatItSets() throws {
    let last = try #require(Self.points(Self.small).last?.point)
    #expect(last.title == "Fewer chips, and older ones")
    #expect(
      last.settings.map { "\($0.path)=\($0.value)" } == [
        "world.runs.base.chips=512", "world.runs.base.choose_from=[h800]",
        "ledger.pue={uniform: [1.2, 1.4], source: \"Nobody: made up\"}", "run.end=2025-12",
      ])
    // Its words are those of --set.
    let set = try ScenarioFixture.scenario(Self.small) { overrides in
      overrides.settings = last.settings.map { ($0.path, $0.value) }
    }
    let point = try Self.point(last.id, of: Self.small)
    #expect(set.blueprint.world == point.blueprint.world && set.run == point.run)
    #expect(try Self.law("ledger.pue", of: set) == Self.law("ledger.pue", of: point))
  }

  @Test func withoutAPointThereIsTheFileAsItStands() throws {
    let scenario = try ScenarioFixture.scenario(Self.small)
    #expect(scenario.point == nil && scenario.pointCount == 8)
    #expect(scenario.sizeInWords.hasSuffix("64 replicates, a sweep of 8 points"))
    #expect(scenario.run.end.description == "2025-12")
    let alone = try Self.points(ScenarioFixture.small)
    #expect(alone.count == 1 && alone[0].point == nil)
    let none = try Self.points(ScenarioFixture.small + "sweep: none\n")
    #expect(none.count == 1 && none[0].point == nil)
  }

  @Test func idsHaveLettersThatAreSafeEverywhere() throws {
    #expect(
      try Self.ids("sweep: {grid: {about.title: [\"=A, b\", \"C/d\"], run.seed: [1]}}\n")
        == ["title=-A--b,seed=1", "title=C-d,seed=1"])
    #expect(
      try Self.ids("sweep: {grid: {regimes.free.rules: [[], [us_2023_10]]}}\n")
        == ["rules=none", "rules=us_2023_10"])
    // Long values, and laws that are lists of numbers, are named by their place.
    #expect(
      try Self.ids(
        "sweep: {grid: {ledger.pue: [1.1, {mixture: [{weight: 1, of: 1.2}]}, "
          + "{triangular: [1.111111, 1.222222, 1.333333], min: 1.11111111}]}}\n")
        == ["pue=1.1", "pue=value-2", "pue=value-3"])
    // As much of a path as no other has.
    let prices = ["h100_sxm", "h800"].map { "chips.\($0).rent_usd_per_hour: [2]" }
    #expect(
      try Self.ids("sweep: {grid: {\(prices.joined(separator: ", ")), ledger.pue: [1.1]}}\n")
        == ["h100_sxm.rent_usd_per_hour=2,h800.rent_usd_per_hour=2,pue=1.1"])
  }

  /// A point of what is described is the same point, to the letter.
  @Test func describingKeepsThePoints() throws {
    let text = try ScenarioFixture.scenario(Self.small).effectiveYAML
    #expect(try ScenarioFixture.scenario(text).effectiveYAML == text)
    let (points, again) = (try Self.points(Self.small), try Self.points(text))
    #expect(points.map(\.point) == again.map(\.point))
    #expect(points.map(\.effectiveYAML) == again.map(\.effectiveYAML))
    #expect(points.map(\.design.parameters) == again.map(\.design.parameters))
    // A point is whole: what is described of it has no sweep.
    #expect(!points[0].effectiveYAML.contains("sweep:"))
  }

  /// Paths work on a file and on what is described of it, however they are written.
  @Test(arguments: [
    "mechanisms.ledger.pue", "uncertainties.ledger.pue", "ledger.pue",
    "world.chips.h800.rent_usd_per_hour", "regimes.free.set.ledger.pue",
    "world.runs.base.stages.pretraining.chips",
  ])
  func describingKeepsPaths(_ path: String) throws {
    let text =
      ScenarioFixture.small
      .replacing("world:\n", with: "world:\n  chips: [{id: h800, rent_usd_per_hour: 3}]\n")
      + "uncertainties: {ledger.pue: {uniform: [1.1, 1.3]}}\nsweep: {grid: {\(path): [2.5]}}\n"
    let described = try ScenarioFixture.scenario(text).effectiveYAML
    #expect(
      try Self.points(described).map(\.effectiveYAML) == Self.points(text).map(\.effectiveYAML))
  }

  /// What follows from a value in a file follows from it in what is described.
  @Test func describingKeepsWhatFollows() throws {
    let text =
      ScenarioFixture.small + """
        sweep:
          grid:
            world.labs.acme.jurisdiction: [CN, US]
            world.runs.base.documented_on: [h800, h100_sxm]

        """
    for file in [text, text.replacing("      choose_from: [h100_sxm, h800]\n", with: "")] {
      let described = try ScenarioFixture.scenario(file).effectiveYAML
      #expect(try ScenarioFixture.scenario(described).effectiveYAML == described)
      let points = try Self.points(file)
      #expect(try Self.points(described).map(\.effectiveYAML) == points.map(\.effectiveYAML))
      #expect(points[2].blueprint.world.labs[0].headquarters == "US")
    }
  }

  /// A chip that only a point uses is in what is described, and so are the numbers of a file.
  @Test func describingKeepsWhatPointsNeed() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("pue\n1.1\n1.3\n".utf8).write(to: folder.appending(path: "pue.csv"))
    let text =
      ScenarioFixture.small.replacing(
        "world:\n",
        with: """
          world:
            chips:
              - {id: h801, name: H801, vendor: NVIDIA, designed_in: US, data_center: true,
                 bf16_tflops: 900, memory_bandwidth_gb_s: 3000, interconnect_gb_s: 400, power_w: 700,
                 stack_efficiency: 1, rent_usd_per_hour: 2, purchase_price_usd: 20000}

          """) + """
        sweep:
          grid:
            world.runs.base.choose_from: [[h801], [h800]]
            ledger.pue: [1.2, {empirical: pue.csv}]

        """
    let file = folder.appending(path: "file.yaml")
    try Data(text.utf8).write(to: file)
    let points = try Scenario.points(contentsOf: file.path)
    let described = try Scenario(contentsOf: file.path).effectiveYAML
    #expect(!described.contains("pue.csv"))
    #expect(
      points.map(\.point?.id) == [
        "choose_from=h801,pue=1.2", "choose_from=h801,pue=value-2", "choose_from=h800,pue=1.2",
        "choose_from=h800,pue=value-2",
      ])
    let again = try Self.points(described)
    #expect(again.map(\.point) == points.map(\.point))
    #expect(again.map(\.effectiveYAML) == points.map(\.effectiveYAML))
    #expect(try Self.law("ledger.pue", of: again[1]) == Self.law("ledger.pue", of: points[1]))
  }

  /// Points draw what they have in common alike: a parameter that one sets takes nobody's place.
  /// Read one after another, points hold what they have in common once, and are what each is by itself.
  @Test(arguments: [
    "ledger.pue: [1.1, 1.2, 1.3]", "world.runs.base.chips: [512, 1024]",
    "run.end: [2025-10, 2025-11]",
    "regimes.free.rules: [[], [us_2023_10]]",
  ]) func pointsHoldOnceWhatTheyShare(axis: String) throws {
    let text = ScenarioFixture.small + "sweep: {grid: {\(axis), throughput.mfu: [0.3, 0.4]}}\n"
    let points = try Self.points(text)
    for point in points {
      let alone = try Self.point(try #require(point.point?.id), of: text)
      #expect(point.effectiveYAML == alone.effectiveYAML)
      #expect(point.blueprint.parameters.parameters == alone.blueprint.parameters.parameters)
      #expect(point.blueprint.world == alone.blueprint.world && point.chips == alone.chips)
      #expect(point.forms.own.count <= 2 && point.forms.all == alone.forms.all)
    }
    #expect(points.dropFirst().allSatisfy { !$0.forms.own.isEmpty })
  }

  @Test func pointsShareTheOrderOfDraws() throws {
    let text =
      ScenarioFixture.small.replacing("replicates: 64", with: "replicates: 64\n  design: sobol")
      + "uncertainties: {ledger.pue: {uniform: [1.1, 1.3]}}\n"
      + "sweep: {points: [{id: as-is}, {id: mine, set: {ledger.energy_price_usd_per_kwh: {uniform: [0.05, 0.08]}}}]}\n"
    let points = try Self.points(text)
    #expect(points[0].design.parameters == points[1].design.parameters)
    let set = try ScenarioFixture.scenario(text) {
      $0.settings = [("ledger.energy_price_usd_per_kwh", "{uniform: [0.05, 0.08]}")]
    }
    #expect(set.design.parameters != points[1].design.parameters, "or this would prove nothing")
  }

  @Test func onePointCanBeAskedFor() throws {
    let id = "fewer,pue=1.1,end=2025-11"
    let point = try Self.point(id, of: Self.small)
    #expect(point.point?.id == id && point.run.end.description == "2025-11")
    #expect(point.effectiveYAML == (try Self.points(Self.small)[4].effectiveYAML))
    func said(_ id: String, of text: String = Self.small) -> String {
      ScenarioFixture.messages { () throws(ScenarioFaults) in try Self.point(id, of: text) }
    }
    #expect(
      said("fewer,pue=1.2,end=2025-11") == """
        test.yaml: no point is called "fewer,pue=1.2,end=2025-11"; \
        did you mean "fewer,pue=1.1,end=2025-11"? `chokepoint validate --points` lists them
        """)
    #expect(
      said("any", of: ScenarioFixture.small)
        == "test.yaml: no point is called \"any\": the file has no sweep")
    #expect(
      said("pue=0.5", of: ScenarioFixture.small + "sweep: {grid: {ledger.pue: [0.5]}}\n")
        .hasPrefix("test.yaml:26:29: uncertainties.ledger.pue: 0.5 is out of range (at point"))
  }

  /// What the command line changes, it changes at every point; what points set is theirs.
  @Test func theCommandLineChangesAllPoints() throws {
    let points = try Self.points(Self.small) { overrides in
      overrides.settings = [("run.replicates", "16"), ("throughput.mfu", "0.4")]
      overrides.regimes = ["free"]
    }
    #expect(points.count == 8 && points.allSatisfy { $0.run.replicates == 16 })
    #expect(try points.allSatisfy { try Self.law("throughput.mfu", of: $0) == 0.4 })
    #expect(points.allSatisfy { $0.blueprint.regimes.map(\.id) == ["free"] })
    for path in ["run.end", "mechanisms.ledger.pue", "world.runs.base.chips", "run"] {
      let said = ScenarioFixture.messages { () throws(ScenarioFaults) in
        try Self.points(Self.small) { $0.settings = [(path, "1")] }[0]
      }
      #expect(
        said == """
          --set \(path):1:1: \(path): the sweep of the file sets this at its points; \
          leave it out, or change the file
          """)
    }
  }

  @Test func asManyPointsAsAreAllowed() throws {
    let axis = (1...100).map { "\($0)" }.joined(separator: ", ")
    let text =
      ScenarioFixture.small + "sweep: {grid: {run.seed: [\(axis)], ledger.pue: [\(axis)]}}\n"
    #expect(try ScenarioFixture.scenario(text).pointCount == 10_000)
    // The list of what is wrong ends somewhere.
    let wrong = (1...150).map { "-\($0)" }.joined(separator: ", ")
    let said = ScenarioFixture.messages { () throws(ScenarioFaults) in
      try Self.points(ScenarioFixture.small + "sweep: {grid: {run.seed: [\(wrong)]}}\n")[0]
    }
    #expect(said.split(separator: "\n").count == 51 && said.hasSuffix("and 50 more"))
  }

  @Test func aSweepOfTheBaseIsChangedOrLeft() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(Self.small.utf8).write(to: folder.appending(path: "base.yaml"))
    func points(_ text: String) throws -> [String] {
      let file = folder.appending(path: "file.yaml")
      try Data("base: base.yaml\n\(text)\n".utf8).write(to: file)
      return try Scenario.points(contentsOf: file.path).compactMap(\.point?.id)
    }
    #expect(try points("").count == 8)
    #expect(try points("sweep: none") == [])
    #expect(
      try points(
        "sweep: {grid: {ledger.pue: [1.5], run.end: [2025-10]}, points: [{id: fewer, remove: true}]}"
      )
        == ["as-is,pue=1.5,end=2025-10"])
  }
}
