import Analysis
import Documents
import FoundationEssentials
import PolicyModel
import Scenarios
import Simulation
import Testing

@testable import Batches
@testable import Reporting
@testable import Storage
@testable import Studies

/// The small run costs the rent of 504,000 chip-hours on H800s under the rule, and of 498,000 or so on H100s without.
@Suite struct SensitivityTests {
  private static let correlated = """

    correlations:
      - between: [chips.h800.rent_usd_per_hour, chips.h100_sxm.rent_usd_per_hour]
        value: 0.7

    """

  private static func bench(
    _ metric: String = "cost_final_run_usd", entity: String? = "run", regime: String? = nil,
    against: String? = nil, yaml: String = SmallRun.yaml(),
    _ change: (inout SensitivityQuestion) -> Void = { _ in }
  ) throws -> SensitivityBench {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString).yaml")
    try Data(yaml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var question = SensitivityQuestion(
      FigureQuestion(
        AskedFigure(metric: metric, entity: entity), regime: regime, against: against))
    (question.trajectories, question.baseSamples) = (8, 64)
    change(&question)
    return try SensitivityBench(question, file: file.path, overrides: Overrides())
  }

  private static func answer(_ bench: SensitivityBench) async throws -> SensitivityAnswer {
    try await SensitivityAnswer(on: bench, by: DirectEvaluator(threads: 2))
  }

  private static func refusal(_ body: () async throws -> Any) async -> String {
    do {
      _ = try await body()
      return "nothing was refused"
    } catch { return "\(error)" }
  }

  @Test("A cost that is rent times hours is explained by the rent alone")
  func rent() async throws {
    let answer = try await Self.answer(Self.bench())
    let screening = try #require(answer.screening)
    #expect(screening[0].uncertainty.name == "chips.h800.rent_usd_per_hour")
    #expect(screening.dropFirst().allSatisfy { $0.effect?.size.value == 0 })
    // One factor is left to look at, the others move nothing.
    let parts = try #require(answer.numbers).parts
    #expect(parts.map(\.factor.kind) == ["number", "others", "chance"])
    let rent = parts[0].indices
    // The error of 64 base samples is an eighth, where everything is one number.
    #expect(abs(rent.total.value - 1) < 3.0 / 8 && abs(rent.first.value - 1) < 3.0 / 8)
    #expect(parts[1...].allSatisfy { $0.indices.total.value == 0 })
    let subjects = try #require(answer.subjects).parts
    #expect(subjects.map(\.factor.kind) == ["subject", "subject", "subject", "chance"])
    #expect(subjects[0].factor.title == "rents and prices of chips")
    #expect(subjects[0].factor.count == 2 && abs(subjects[0].indices.total.value - 1) < 3.0 / 8)
    let text = answer.text
    #expect(
      text.contains("Its variance rests on rents and prices of chips ("), "\(text)")
    #expect(text.contains("By number, it rests on chips.h800.rent_usd_per_hour ("), "\(text)")
    #expect(
      text.contains("The other \(screening.count - 1) uncertain numbers together explain 0%"),
      "\(text)")
    #expect(answer.json.contains("\"first_order\""))
  }

  @Test("Correlated numbers vary together, and have one index")
  func correlation() async throws {
    let answer = try await Self.answer(
      Self.bench(
        regime: "rule", against: "free", yaml: SmallRun.yaml() + Self.correlated))
    let first = try #require(answer.numbers?.parts.first)
    #expect(
      Set(first.factor.names)
        == ["chips.h800.rent_usd_per_hour", "chips.h100_sxm.rent_usd_per_hour"])
    let others = try #require(answer.numbers).parts.dropFirst()
    #expect(others.allSatisfy { $0.indices.total.value < 0.02 })
    #expect(answer.text.contains("Numbers that are correlated vary together"))
    // In the screening each moves alone: the cost of the other regime knows nothing of its own rent.
    let alone = try await Self.answer(
      Self.bench(yaml: SmallRun.yaml() + Self.correlated) { $0.onlyScreens = true })
    #expect(alone.numbers == nil && alone.subjects == nil)
    let effects = try #require(alone.screening)
    #expect(
      effects[1].effect.map { $0.size.value < 1e-6 * (effects[0].effect?.size.value ?? 0) } == true)
  }

  @Test("Numbers that are named get indices without a screening")
  func named() async throws {
    let bench = try Self.bench(regime: "rule", against: "free") {
      $0.parameters = ["chips.h100_sxm.rent_usd_per_hour", "chips.h800.rent_usd_per_hour"]
    }
    let answer = try await Self.answer(bench)
    #expect(answer.screening == nil && answer.subjects == nil)
    let parts = try #require(answer.numbers).parts
    #expect(parts.map(\.factor.kind) == ["number", "number", "others", "chance"])
    #expect(answer.pointCount == 64 * 6)
    let sum = parts.reduce(0) { $0 + $1.indices.first.value }
    #expect(abs(sum - 1) < 0.25)
    #expect(answer.tables.map(\.name) == ["indices"])
    let points = answer.pointsTable.records
    #expect(points.count == 64 * 6)
    // At AB of chance the numbers are those of A, under the realisation of B.
    let rent = "chips.h800.rent_usd_per_hour"
    #expect(points[4][rent] == points[0][rent] && points[4]["realisation"] == .integer(1))
  }

  @Test("Questions that have no answer are refused in words")
  func refusals() async throws {
    #expect(
      await Self.refusal { try Self.bench { $0.parameters = ["chips.h800.rent"] } }
        .contains("did you mean"))
    #expect(
      await Self.refusal { try await Self.answer(Self.bench("chip_hours")) }
        .contains("nothing that is not known moves it"))
    #expect(
      await Self.refusal { try Self.bench(regime: "rule", against: "rule") }
        .contains("cannot be compared with itself"))
    #expect(
      await Self.refusal {
        try Self.bench {
          ($0.parameters, $0.baseSamples) = (["chips.h800.rent_usd_per_hour"], 1 << 26)
        }
      }.contains("too many to be held"))
    let faults: [((inout SensitivityQuestion) -> Void, String)] = [
      ({ $0.baseSamples = 100 }, "--base-samples takes a multiple of 16"),
      ({ $0.trajectories = 1 }, "--trajectories takes 2 to 4096"),
      ({ $0.top = 0 }, "--top takes 1 to 64"),
      ({ ($0.onlyScreens, $0.parameters) = (true, ["a"]) }, "--screen-only"),
      ({ $0.parameters = ["a", "a"] }, "twice"),
    ]
    for (change, words) in faults {
      var question = SensitivityQuestion(FigureQuestion(AskedFigure(metric: "m")))
      #expect(question.fault == nil)
      change(&question)
      #expect(question.fault?.contains(words) == true)
    }
  }

  @Test("Tables, charts and a description of them are written")
  func files() async throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bench = try Self.bench(regime: "rule", against: "free")
    let answer = try await Self.answer(bench)
    let folder = try ResultFolder(path).claim(inputHash: bench.inputHash, force: false)
    let names = try await answer.write(
      inputHash: bench.inputHash, to: folder, hasPoints: true,
      RunCircumstances(threads: 1, started: "", seconds: 0))
    #expect(
      names == [
        "indices.csv", "screening.csv", "points.csv", "scenario.yaml",
        "charts/indices-by-subjects.vl.json", "charts/indices-by-numbers.vl.json",
        "charts/screening.vl.json", "datapackage.json", "manifest.json",
      ])
    // Another question does not go over it.
    let other = try Self.bench()
    #expect(throws: FileError.self) {
      try ResultFolder(path).claim(inputHash: other.inputHash, force: false)
    }
  }
}

/// Points of a study that are kept.
@Suite struct KeptPointsTests {
  private static func query(replicates: Int = 1040) throws -> PointQuery {
    let scenario = try SmallRun.scenario(SmallRun.yaml(replicates: replicates))
    let (engine, cell) = try AskedFigure(metric: "cost_final_run_usd", entity: "run")
      .engine(of: scenario, under: scenario.design)
    return PointQuery(
      stage: 0, title: "the screening", isLastStage: true, engine: engine, cell: cell)
  }

  private static func withFolder(_ body: (ResultFolder) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(ResultFolder(path))
  }

  private static func kept(
    in folder: ResultFolder, _ shard: ShardNumber? = nil, of input: String = "input",
    seconds: Double = 0
  ) -> KeptPoints {
    KeptPoints(
      in: folder, inputHash: input, shard: shard, threads: 2,
      checkpoints: Checkpoints(seconds: seconds))
  }

  @Test("Shards come to the values of one run, whoever comes first")
  func shards() async throws {
    let query = try Self.query()
    let direct = try await DirectEvaluator(threads: 2).values(of: query) { _ in }
    try await Self.withFolder { folder in
      var words: [String] = []
      for index in [1, 0] {
        do {
          _ = try await Self.kept(in: folder, ShardNumber(index, of: 2)).values(of: query) { _ in }
        } catch let part as PartComputed { words.append(part.description) }
      }
      #expect(words.count == 2)
      #expect(words[0].contains("its 1 block of the screening is done; other shards have 1 left"))
      #expect(words[1].contains("all others: call it without --shard"))
      // Nothing is left to compute: the first that is told is all of it.
      var done: [Int] = []
      let merged = try await Self.kept(in: folder).values(of: query) { done.append($0) }
      #expect(merged.values == direct.values && done == [1040])
    }
  }

  @Test("A study goes on where it was left, and what is left of another is refused")
  func resuming() async throws {
    let query = try Self.query()
    let direct = try await DirectEvaluator(threads: 2).values(of: query) { _ in }
    try await Self.withFolder { folder in
      // Every block goes to the disk when it is done.
      let first = Self.kept(in: folder)
      _ = try await first.values(of: query) { _ in }
      let file = folder.place(of: ".unfinished.sqlite")
      #expect(FileSystem.exists(file))
      await #expect(throws: FileError.self) {
        _ = try await Self.kept(in: folder, of: "other").values(of: query) { _ in }
      }
      var done: [Int] = []
      let again = try await Self.kept(in: folder).values(of: query) { done.append($0) }
      #expect(again.values == direct.values && done == [1040])
      Self.kept(in: folder, of: "other").discardOthers()
      #expect(!FileSystem.exists(file))
    }
  }

  @Test("What comes to its end soon leaves nothing on the disk")
  func leavingNothing() async throws {
    let query = try Self.query(replicates: 64)
    try await Self.withFolder { folder in
      let kept = Self.kept(in: folder, seconds: 1e6)
      _ = try await kept.values(of: query) { _ in }
      #expect(FileSystem.names(in: folder.path).isEmpty)
    }
  }

  @Test("A block with other numbers than a study can have is damage")
  func damage() async throws {
    let query = try Self.query(replicates: 64)
    try await Self.withFolder { folder in
      let identity = ShardFile.Identity(
        plan: "input", shard: try #require(ShardNumber(0, of: 1)), build: .current)
      let file = try ShardFile(folder.place(of: ".unfinished.sqlite"), for: identity)
      try await file.transaction { () throws(FileError) in
        let block = Block(index: 0, replicates: 0..<64)
        try file.add(
          [BlockRecord(block: block, numbers: [1, 2, 3], failures: [])], to: 0,
          query.engine.layout)
      }
      file.end()
      let refusal = await #expect(throws: FileError.self) {
        _ = try await Self.kept(in: folder).values(of: query) { _ in }
      }
      #expect(refusal?.description.contains("is damaged") == true)
    }
  }
}
