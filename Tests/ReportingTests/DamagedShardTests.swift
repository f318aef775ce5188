@testable import Analysis
@testable import Batches
@testable import Storage
@testable import Studies
import FoundationEssentials
import Glibc
import Scenarios
import Simulation
import Testing

@testable import Reporting

/// Two shards of a small scenario, computed for once and copied for each damage.
private struct SmallBatch {
  let path: String
  let folder: BatchFolder

  /// A batch of two blocks in two shards.
  ///
  /// - Parameter counted: whether values are counted in bins, not kept.
  init(counted: Bool) async throws {
    path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    folder = BatchFolder(path)
    let yaml = SmallRun.yaml(replicates: 1032).replacing(
      "replicates: 1032", with: "replicates: 1032, exact_values: \(counted ? 0 : 1_000_000_000)")
    let scenario = try SmallRun.scenario(yaml)
    let plan = BatchPlan([PlannedExperiment(Experiment(scenario), folder: "")], shards: 2)
    try folder.lay(plan, force: false)
    for shard in 0..<2 {
      let number = try #require(ShardNumber(shard, of: 2))
      try await ShardRun(
        plan, in: folder, shard: number, threads: 1, checkpoints: Checkpoints()
      ).run()
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  var shard: String { folder.path(of: 1, of: 2) }

  /// What a merge says; nil when all is well.
  func fault() async throws -> String? {
    do {
      let plan = try folder.plan()
      let status = BatchStatus(of: plan, in: folder).text
      let merge = BatchMerge(plan, in: folder, threads: 1)
      try merge.check(allowingOtherMachines: false)
      #expect(!status.contains("DAMAGED"))
      try await merge.results(of: 0) { _ = ($0.text, $0.json, $0.tables.map(\.rows)) }
      return nil
    } catch let error as FileError {
      return error.description
    }
  }

  /// Does something to the second shard's database, as anybody may who has SQLite.
  ///
  /// - Parameter loosely: while its tables take values of any type.
  func change(_ script: String, loosely: Bool = false) throws {
    let scripts =
      loosely
      ? [
        "UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '')", script,
        "UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE type = 'table'",
      ] : [script]
    for script in scripts {
      let database = try Database(shard, readOnly: false, patience: 0)
      database.allow(bytes: 1 << 30)
      try database.execute("PRAGMA writable_schema = ON; " + script)
      database.close()
    }
  }
}

/// Shards of strangers: whatever cannot have been written here is damage, and neither a crash nor a wait.
@Suite struct DamagedShardTests {
  /// A block, and the counts of a shard, are changed as a shard's own digests cannot tell.
  private func expectDamage(
    counted: Bool, loosely: Bool = false, _ scripts: [String],
    at location: SourceLocation = #_sourceLocation
  ) async throws {
    let batch = try await SmallBatch(counted: counted)
    defer { batch.remove() }
    #expect(try await batch.fault() == nil)
    let whole = try FileSystem.read(batch.shard)
    for script in scripts {
      try batch.change(script, loosely: loosely)
      let fault = try await batch.fault()
      #expect(
        fault?.contains("damaged") == true && fault?.contains("shard") == true,
        "\(script): \(fault ?? "taken for sound")", sourceLocation: location)
      FileSystem.remove(batch.shard + "-journal")
      try FileSystem.write(whole, to: batch.shard)
    }
    #expect(try await batch.fault() == nil)
  }

  @Test(arguments: [true, false]) func `values of other types, sizes and numbers`(
    counted: Bool
  ) async throws {
    try await expectDamage(
      counted: counted,
      [
        "UPDATE blocks SET numbers = x''", "UPDATE blocks SET numbers = zeroblob(7)",
        "UPDATE blocks SET numbers = zeroblob(50000000)", "UPDATE blocks SET sha256 = ''",
        "UPDATE blocks SET scenario = -1", "UPDATE blocks SET scenario = 9",
        "UPDATE blocks SET block = 0", "UPDATE blocks SET block = 9223372036854775807",
        "INSERT INTO blocks VALUES (0, 0, x'', '')", "INSERT INTO blocks VALUES (0, -5, x'', '')",
        "INSERT INTO blocks VALUES (7, 3, x'', '')",
        "INSERT INTO failures VALUES (0, 1, 1024, 0, 0, 'inf')",
        "INSERT INTO failures VALUES (0, 1, -1, 99, -7, '\u{1B}[2J')",
      ])
  }

  @Test func `counts of other sizes, places and digests`() async throws {
    try await expectDamage(
      counted: true,
      [
        "DELETE FROM counts", "UPDATE counts SET counts = x''",
        "UPDATE counts SET piece = -1 - piece",
        "UPDATE counts SET counts = zeroblob(90000000)", "UPDATE counts SET sha256 = 'x'",
      ])
  }

  @Test func `values that their columns cannot hold`() async throws {
    try await expectDamage(
      counted: true, loosely: true,
      [
        "UPDATE blocks SET scenario = NULL", "UPDATE blocks SET numbers = 'text'",
        "UPDATE blocks SET numbers = 1e300", "UPDATE blocks SET sha256 = x'00FF'",
        "UPDATE blocks SET block = 'x'", "UPDATE blocks SET block = 1.5",
        "UPDATE blocks SET sha256 = CAST(x'FFFE' AS TEXT)", "UPDATE counts SET counts = 'text'",
        "UPDATE counts SET counts = -1", "UPDATE about SET value = x'00'",
        "UPDATE about SET name = NULL",
        "INSERT INTO failures VALUES (0, 1, 'x', 0, 0, 'inf')",
        "INSERT INTO failures VALUES (0, 1, 1024, NULL, 0, 'inf')",
        "INSERT INTO failures VALUES (0, 1, 1024, 0, 0, x'00')",
      ])
  }

  /// What SQLite lets anybody write in the place of a table.
  @Test func `tables that are none of ours`() async throws {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    try await expectDamage(
      counted: false,
      [
        "DROP TABLE blocks", "DROP TABLE about", "DROP TABLE failures", "CREATE TABLE more (x)",
        "CREATE VIEW more AS SELECT 1", "CREATE INDEX more ON blocks (sha256)",
        "CREATE TRIGGER more AFTER INSERT ON about BEGIN DELETE FROM blocks; END",
        "DROP TABLE blocks; CREATE VIEW blocks AS \(endless) "
          + "SELECT 0 AS scenario, i AS block, '' AS numbers, '' AS sha256 FROM n",
        "DROP TABLE about; CREATE TABLE about (name, value)",
        "DROP TABLE about; CREATE VIEW about AS \(endless) SELECT i AS name, i AS value FROM n",
        "DROP TABLE blocks; CREATE TABLE blocks (scenario, block, numbers, sha256)",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE blocks (' || hex(zeroblob(40000)) || ')' "
          + "WHERE name = 'blocks'",
        "UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'blocks'",
        "INSERT INTO about VALUES ('\u{1B}]0;x', 'y'); DROP TABLE counts",
      ])
  }

  @Test func `facts that are too long, too many or of something else`() async throws {
    let batch = try await SmallBatch(counted: false)
    defer { batch.remove() }
    let whole = try FileSystem.read(batch.shard)
    for (script, words) in [
      ("UPDATE about SET value = hex(zeroblob(500000)) WHERE name = 'plan'", "is damaged"),
      (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9999) "
          + "INSERT INTO about SELECT i, i FROM n", "is damaged"
      ),
      (
        "UPDATE about SET value = 'a\u{1B}[31m' WHERE name = 'plan'", "another plan: a\\u{001B}[31m"
      ),
      ("DELETE FROM about", "is of another format: nothing"),
    ] {
      try batch.change(script)
      let fault = try #require(try await batch.fault())
      #expect(fault.contains(words) && !fault.contains("\u{1B}"), "\(fault)")
      try FileSystem.write(whole, to: batch.shard)
    }
  }

  @Test func `what is no file, or no database`() async throws {
    let batch = try await SmallBatch(counted: false)
    defer { batch.remove() }
    let whole = try FileSystem.read(batch.shard)
    for bytes in [[], Array("no database at all".utf8), Array(whole.prefix(4097))] {
      try FileSystem.write(bytes, to: batch.shard)
      #expect(try await batch.fault()?.contains("is damaged: remove it") == true)
    }
    // The size of a page, and how many there are.
    for (place, value) in [(16, UInt8(0xFF)), (17, 1), (28, 0x7F), (18, 9), (20, 0xFF), (52, 0x7F)]
    {
      var bytes = whole
      bytes[place] = value
      try FileSystem.write(bytes, to: batch.shard)
      _ = try await batch.fault()
    }
    FileSystem.remove(batch.shard)
    #expect(mkfifo(batch.shard, 0o600) == 0)
    #expect(try await batch.fault()?.contains("is damaged: remove it") == true)
  }

  /// A failure that is left out, or made up, is not the block's.
  @Test func `failures are covered by the digest of their block`() async throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    try FileSystem.makeFolder(path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let column = Column(
      entity: "e", metric: Metric(name: "m", unit: "1", definition: "A number."))
    let layout = CellLayout(stepColumns: [], outcomeColumns: [column], stepCount: 0)
    let plan = CellPlan(regimes: ["a", "b"], layout: layout, kinds: [.alone])
    let collector = EnsembleCollector(
      plan, try SmallRun.scenario(SmallRun.yaml(replicates: 4)).design, exactValues: 100, threads: 1
    )
    let block = Block(index: 0, replicates: 0..<4)
    let failures = [(1, 0), (1, 1), (3, 0)].map {
      ReplicateFailure(replicate: $0.0, regime: $0.1, step: nil, column: column, value: "inf")
    }
    let identity = ShardFile.Identity(
      plan: "p", shard: try #require(ShardNumber(0, of: 1)), build: .current)
    for (place, script) in [
      "SELECT 1", "DELETE FROM failures WHERE replicate = 3", "UPDATE failures SET value = 'nan'",
      "UPDATE failures SET regime = 1 WHERE replicate = 3",
      "INSERT INTO failures VALUES (0, 0, 2, 0, 0, 'inf')", "DELETE FROM failures",
    ].enumerated() {
      let name = "\(path)/\(place).sqlite"
      let file = try ShardFile(name, for: identity)
      try file.add(
        [BlockRecord(block: block, numbers: [1, 2, 3, 4, 5, 6, 7, 8], failures: failures)], to: 0,
        layout)
      file.end()
      let database = try Database(name, readOnly: false, patience: 0)
      try database.execute(script)
      database.close()
      let again = try ShardFile(reading: name)
      defer { again.end() }
      if place == 0 {
        let record = try again.record(of: block, in: 0, layout, for: collector)
        #expect(record.failures == failures && record.numbers == [1, 2, 3, 4, 5, 6, 7, 8])
      } else {
        let error = #expect(throws: FileError.self) {
          try again.record(of: block, in: 0, layout, for: collector)
        }
        #expect(error?.description.contains("is damaged: remove it") == true, "\(script)")
      }
    }
  }
}
