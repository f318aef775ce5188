import Batches
import Documents
import Foundation
import Reporting
import Scenarios
import Storage
import Studies

/// A batch of two shards that were computed, of which one file at a time is replaced and read again.
struct TrialBatch {
  private let path: String
  private let folder: BatchFolder
  let planBytes: [UInt8]
  let manifestBytes: [UInt8]
  private let shardBytes: [UInt8]

  init(counted: Bool) async throws {
    path = trialFolder().appending(path: "\(counted)").path
    folder = BatchFolder(path)
    let source = try SourceDocument(
      contentsOf: "examples/first-scenario.yaml", setting: counted ? "exact_values: 0, " : "")
    let scenario = try Scenario(source, name: "trial")
    let planned = PlannedExperiment(Experiment(scenario, points: [scenario]), folder: "")
    let plan = BatchPlan([planned], shards: 2)
    try folder.lay(plan, force: true)
    for shard in 0..<2 {
      guard let number = ShardNumber(shard, of: 2) else { continue }
      try await ShardRun(
        plan, in: folder, shard: number, threads: 1, checkpoints: Checkpoints()
      ).run()
    }
    planBytes = try Self.bytes("\(path)/shards/plan.json")
    shardBytes = try Self.bytes(folder.path(of: 1, of: 2))
    manifestBytes = Array(
      "{\n  \"program\" : \"chokepoint\",\n  \"input_sha256\" : \"one\"\n}\n".utf8)
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  private func put(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }

  /// Reads a batch with another shard, as `status` and `merge` do.
  func read(shard: [UInt8]) async throws {
    let place = folder.path(of: 1, of: 2)
    try put(shard, place)
    defer { try? FileManager.default.removeItem(atPath: "\(place)-journal") }
    let plan = try folder.plan()
    _ = BatchStatus(of: plan, in: folder).text
    let merge = BatchMerge(plan, in: folder, threads: 1)
    try merge.check(allowingOtherMachines: true)
    try await merge.results(of: 0) { _ = ($0.text, $0.json) }
  }

  /// Reads a batch with another plan.
  func read(plan: [UInt8]) async throws {
    let place = "\(path)/shards/plan.json"
    try put(plan, place)
    defer { try? put(planBytes, place) }
    let read = try folder.plan()
    _ = BatchStatus(of: read, in: folder).text
  }

  /// Looks at a folder of results with another manifest.
  func read(manifest: [UInt8]) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/r", withIntermediateDirectories: true)
    try put(manifest, "\(path)/r/manifest.json")
    let results = ResultFolder("\(path)/r")
    _ = results.holdsResults(ofInput: "one")
    try results.claim(inputHash: "one", force: false)
  }

  /// The second shard, spoiled.
  func spoiledShard(_ random: inout SplitMix) throws -> [UInt8] {
    var bytes = shardBytes
    if random.happens(0.3) {
      for _ in 0..<1 + random.next() % 4 {
        // The header and the pages of the schema are hit as often as all the rest.
        let end = random.happens(0.5) ? bytes.count : min(bytes.count, 600)
        bytes[Int(random.next() % UInt64(end))] = UInt8(truncatingIfNeeded: random.next())
      }
      if random.happens(0.1) { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
      return bytes
    }
    let place = "\(path)/spoiled.sqlite"
    try put(bytes, place)
    let shard = OpenShard(place)
    for _ in 0..<1 + random.next() % 2 { Self.spoil(shard, &random) }
    shard.close()
    return try Self.bytes(place)
  }

  private static func spoil(_ shard: OpenShard, _ random: inout SplitMix) {
    switch random.next() % 4 {
    case 0:
      var numbers = shard.bytes("SELECT numbers FROM blocks WHERE block = 1")
      for _ in 0..<1 + random.next() % 3 where numbers.count >= 8 {
        let place = Int(random.next() % UInt64(numbers.count / 8)) * 8
        let bits = random.choice(of: Self.numbers).bitPattern.littleEndian
        withUnsafeBytes(of: bits) { numbers.replaceSubrange(place..<place + 8, with: $0) }
      }
      if random.happens(0.1) { numbers.removeLast(min(numbers.count, 8)) }
      shard.setNumbers(numbers, ofBlock: 1)
    case 1:
      let piece = Int(random.next() % 3)
      var counts = shard.bytes("SELECT counts FROM counts WHERE piece = \(piece)")
      for _ in 0..<1 + random.next() % 3 where !counts.isEmpty {
        let place = Int(random.next() % UInt64(counts.count))
        counts[place] = random.choice(of: [0, 1, 0x7F, 0x80, 0xFF, UInt8(random.next() & 0xFF)])
      }
      if random.happens(0.1) { counts += counts.prefix(Int(random.next() % 50)) }
      shard.setCounts(counts, ofPiece: piece)
    default:
      let value = random.choice(of: values)
      shard.execute(random.choice(of: scripts).replacing("?", with: value))
    }
  }

  private static let numbers = [
    .infinity, -.infinity, .nan, 0, -0.0, -1, 0.5, 1e150, 1.1e150, -1e300, 1e18, 1e19,
    .leastNonzeroMagnitude, 1e6,
    Double.greatestFiniteMagnitude, 4, 1024, 1025,
  ]
  private static let values = [
    "NULL", "0", "-1", "9223372036854775807", "-9223372036854775808", "1.5", "'x'", "x''", "x'00'",
    "zeroblob(70000)", "zeroblob(3000000)", "hex(zeroblob(40000))", "char(27) || '[2J'",
    "char(0x202E)", "CAST(x'FFFE' AS TEXT)", "1024", "1025",
  ]
  private static let scripts = [
    "UPDATE blocks SET numbers = ?", "UPDATE blocks SET sha256 = ?", "UPDATE blocks SET block = ?",
    "UPDATE blocks SET scenario = ?", "UPDATE counts SET counts = ?", "UPDATE counts SET piece = ?",
    "INSERT INTO failures VALUES (0, 1, ?, 0, 0, 'inf')",
    "INSERT INTO failures VALUES (0, 1, 1024, ?, 0, 'inf')",
    "INSERT INTO failures VALUES (0, 1, 1024, 0, ?, 'inf')",
    "INSERT INTO failures VALUES (0, 1, 1024, 0, 0, ?)", "UPDATE about SET value = ?",
    "UPDATE about SET name = ?", "UPDATE about SET value = ? WHERE name = 'format'",
    "INSERT INTO about VALUES (?, 'x')", "INSERT INTO blocks VALUES (0, ?, x'', '')",
    "UPDATE sqlite_schema SET sql = ? WHERE name = 'blocks'",
    "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '')",
    "UPDATE sqlite_schema SET rootpage = ? WHERE name = 'counts'",
    "UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'failures'",
    "UPDATE sqlite_schema SET type = 'view', rootpage = 0, sql = 'CREATE VIEW blocks AS SELECT 1'",
    "DROP TABLE counts; CREATE VIEW counts AS SELECT 0 AS scenario, 0 AS piece, ? AS counts, '' AS sha256",
    "CREATE TRIGGER t AFTER INSERT ON about BEGIN DELETE FROM blocks; END",
    "PRAGMA user_version = 7; PRAGMA application_id = 9; PRAGMA auto_vacuum = 1; VACUUM",
    "PRAGMA page_size = 65536; VACUUM", "PRAGMA encoding = 'UTF-16'; VACUUM",
    "PRAGMA journal_mode = WAL", "CREATE TABLE sqlite_stat1 (tbl, idx, stat)", "ANALYZE",
    "CREATE VIRTUAL TABLE v USING fts5(x)", "CREATE INDEX i ON blocks (block)",
  ]
}

extension SourceDocument {
  /// A scenario of two blocks, with another setting of its run.
  fileprivate init(contentsOf path: String, setting: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = text.replacing(/replicates: \d+/) { _ in "\(setting)replicates: 1040" }
    try self.init(text: changed, file: path)
  }
}
