package import Analysis
import GRDB
import Glibc
package import Simulation

/// What one shard has computed so far: a SQLite database, which a crash leaves as it was after the last
/// whole transaction.
///
/// | table | row | columns |
/// |---|---|---|
/// | `about` | one fact about the shard | `name`, `value`: format, plan, shard, program, build, machine |
/// | `blocks` | a block that is done | `scenario`, `block`, `numbers` (doubles, little-endian), `sha256` |
/// | `failures` | a run that failed | `scenario`, `block`, `replicate`, `regime`, `cell`, `value` |
/// | `counts` | all blocks of a scenario so far | `scenario`, `piece`, `counts` (bytes as ``EnsembleCollector`` hands them over), `sha256` |
///
/// Blocks and the counts that they are part of are written in one transaction, so that neither can be
/// there without the other.
package struct ShardFile {
  /// Where it is.
  package let path: String
  private let database: DatabaseQueue
  private let lock: FileLock?

  /// What every shard of a batch must agree on.
  package struct Identity: Hashable {
    let plan: String
    let shard: ShardNumber
    let build: Build

    package init(plan: String, shard: ShardNumber, build: Build) {
      (self.plan, self.shard, self.build) = (plan, shard, build)
    }

    fileprivate var facts: [(name: String, value: String)] {
      [
        ("format", "1"), ("plan", plan), ("shard", shard.description),
        ("program", ProgramVersion.current), ("build", build.program),
        ("machine", build.machineClass),
      ]
    }
  }

  /// Opens a shard to work on it, and makes it if it is not there.
  ///
  /// Fails when another process works on it, when it is damaged, or of something else.
  ///
  /// - Parameter remedy: what to do about one that is of something else, where it is no shard of a batch.
  package init(_ path: String, for identity: Identity, remedy: String? = nil) throws(FileError) {
    self.path = path
    let lock = try FileLock(on: path)
    self.lock = lock
    do throws(FileError) {
      database = try Self.connect(path, readOnly: false)
      try write { database in
        try database.inTransaction {
          try database.execute(sql: Self.tables)
          for fact in identity.facts {
            try database.execute(
              sql: "INSERT INTO about VALUES (?, ?) ON CONFLICT DO NOTHING",
              arguments: [fact.name, fact.value])
          }
          return .commit
        }
      }
      try require(identity, allowingOtherMachines: false, remedy: remedy)
    } catch {
      lock.abandon()
      throw error
    }
  }

  /// Opens a shard to read it.
  package init(reading path: String) throws(FileError) {
    self.path = path
    guard FileSystem.exists(path) else { throw FileError("read", path, code: ENOENT) }
    lock = nil
    database = try Self.connect(path, readOnly: true)
  }

  /// Lets others work on it.
  package func end() {
    try? database.close()
    lock?.end()
  }

  private static func connect(_ path: String, readOnly: Bool) throws(FileError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readOnly
    // Transactions during which is waited for what is to be written.
    configuration.allowsUnsafeTransactions = true
    // Whoever looks at a shard while much is being written to it waits: it is not damaged.
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { database in
      // What is read is read once: pages need not be kept, and many shards are open at the same time.
      try database.execute(
        sql: readOnly ? "PRAGMA cache_size = -64" : "PRAGMA synchronous = FULL")
    }
    do { return try DatabaseQueue(path: path, configuration: configuration) } catch {
      throw FileError(database: error, path)
    }
  }

  private static let tables = """
    CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS blocks (
      scenario INTEGER, block INTEGER, numbers BLOB NOT NULL, sha256 TEXT NOT NULL,
      PRIMARY KEY (scenario, block)) STRICT;
    CREATE TABLE IF NOT EXISTS failures (
      scenario INTEGER, block INTEGER, replicate INTEGER NOT NULL, regime INTEGER NOT NULL,
      cell INTEGER NOT NULL, value TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS counts (
      scenario INTEGER, piece INTEGER, counts BLOB NOT NULL, sha256 TEXT NOT NULL,
      PRIMARY KEY (scenario, piece)) STRICT;
    """

  /// Changes that are all made, or none of them.
  func transaction(_ changes: () async throws(FileError) -> Void) async throws(FileError) {
    try write { try $0.beginTransaction() }
    do throws(FileError) {
      try await changes()
      try write { try $0.commit() }
    } catch {
      try? write { if $0.isInsideTransaction { try $0.rollback() } }
      throw error
    }
  }

  private func write(_ body: (Database) throws -> Void) throws(FileError) {
    do { try database.writeWithoutTransaction(body) } catch {
      throw FileError(database: error, path)
    }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(FileError) -> Value {
    do { return try database.read(body) } catch { throw FileError(database: error, path) }
  }
}

extension ShardFile {
  /// Fails unless the shard is what it is taken for.
  ///
  /// - Parameter allowingOtherMachines: whether it may come from another build or class of processor.
  package func require(
    _ identity: Identity, allowingOtherMachines: Bool, remedy: String? = nil
  ) throws(FileError) {
    let rows = try read { try Row.fetchAll($0, sql: "SELECT name, value FROM about") }
    var found: [String: String] = [:]
    for row in rows { found[row["name"]] = row["value"] }
    for fact in identity.facts where found[fact.name] != fact.value {
      let isOfMachine = fact.name == "build" || fact.name == "machine"
      if isOfMachine, allowingOtherMachines { continue }
      let is_ = found[fact.name] ?? "nothing"
      throw FileError(
        "\(path) is of another \(fact.name): \(is_.prefix(40)), not \(fact.value.prefix(40)); "
          + (remedy
            ?? (isOfMachine
              ? "digits may differ: merge with --mixed to allow that, or compute it again here"
              : "remove it, and run shard \(identity.shard) again"))
      )
    }
  }

  /// What computed the shard.
  package func build() throws(FileError) -> Build {
    func fact(_ name: String) throws(FileError) -> String {
      try read {
        try String.fetchOne($0, sql: "SELECT value FROM about WHERE name = ?", arguments: [name])
      } ?? "unknown"
    }
    return Build(program: try fact("build"), machineClass: try fact("machine"))
  }

  /// The blocks of a scenario that are done, in order.
  package func blocks(of scenario: Int) throws(FileError) -> [Int] {
    try read {
      try Int.fetchAll(
        $0, sql: "SELECT block FROM blocks WHERE scenario = ? ORDER BY block",
        arguments: [scenario])
    }
  }

  /// How many blocks are done.
  package var blockCount: Int {
    get throws(FileError) {
      try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM blocks") ?? 0 }
    }
  }

  /// Adds blocks of a scenario.
  func add(_ records: [BlockRecord], to scenario: Int, _ layout: CellLayout) throws(FileError) {
    try write { database in
      for record in records {
        let numbers = Bytes.of(record.numbers)
        try database.execute(
          sql: "INSERT INTO blocks VALUES (?, ?, ?, ?)",
          arguments: [scenario, record.block.index, numbers.data, SHA256.hex(numbers.bytes)])
        for failure in record.failures {
          try database.execute(
            sql: "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
              scenario, record.block.index, failure.replicate, failure.regime,
              layout.cell(of: failure), failure.value,
            ])
        }
      }
    }
  }

  /// Puts the counts of a scenario in the place of those before, piece by piece.
  func replaceCounts(of scenario: Int, by collector: EnsembleCollector) async throws(FileError) {
    for piece in 0..<collector.countPieces {
      let counts = await collector.counts(ofPiece: piece)
      try write {
        try $0.execute(
          sql: "INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?)",
          arguments: [scenario, piece, Bytes(counts).data, SHA256.hex(counts)])
      }
    }
  }

  /// What a block came to.
  package func record(of block: Block, in scenario: Int, _ layout: CellLayout) throws(FileError)
    -> BlockRecord
  {
    let (row, failed) = try read { database in
      (
        try Row.fetchOne(
          database, sql: "SELECT numbers, sha256 FROM blocks WHERE scenario = ? AND block = ?",
          arguments: [scenario, block.index]),
        try Row.fetchAll(
          database,
          sql: """
            SELECT replicate, regime, cell, value FROM failures WHERE scenario = ? AND block = ?
            ORDER BY rowid
            """,
          arguments: [scenario, block.index])
      )
    }
    guard let row else { throw FileError("\(path) holds no block \(block.index)") }
    let bytes = try checked(row, "numbers")
    guard bytes.count % MemoryLayout<Double>.stride == 0 else { throw damaged }
    return BlockRecord(
      block: block, numbers: Bytes(bytes).doubles,
      failures: try failed.map { row throws(FileError) in
        guard (0..<layout.cellCount).contains(row["cell"] as Int) else { throw damaged }
        let place = layout.place(of: row["cell"])
        return ReplicateFailure(
          replicate: row["replicate"], regime: row["regime"], step: place.step,
          column: place.column, value: row["value"])
      })
  }

  /// A piece of the counts of all its blocks of a scenario.
  package func counts(of scenario: Int, piece: Int) throws(FileError) -> [UInt8] {
    let row = try read {
      try Row.fetchOne(
        $0, sql: "SELECT counts, sha256 FROM counts WHERE scenario = ? AND piece = ?",
        arguments: [scenario, piece])
    }
    guard let row else { throw damaged }
    return try checked(row, "counts")
  }

  private func checked(_ row: Row, _ column: String) throws(FileError) -> [UInt8] {
    let bytes = Bytes(data: row[column]).bytes
    guard SHA256.hex(bytes) == row["sha256"] else { throw damaged }
    return bytes
  }

  /// What is said of a file that does not hold what was written.
  package var damaged: FileError { .damaged(path) }
}

extension FileError {
  fileprivate static func damaged(_ path: String) -> FileError {
    FileError("\(path) is damaged: remove it, and run its shard again (the others are not touched)")
  }

  /// What SQLite has to say of a file.
  fileprivate init(database error: any Error, _ path: String) {
    guard let error = error as? DatabaseError else {
      self.init("cannot use \(path): \(error)")
      return
    }
    switch error.resultCode {
    case .SQLITE_FULL:
      self.init(
        "cannot write \(path): \(String(cString: strerror(ENOSPC))); what was done before is kept: "
          + "make room and run it again to go on")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init("another process is at work on \(path): wait for it, or end it first")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path)
    case .SQLITE_IOERR where !FileSystem.exists(path): fallthrough
    case .SQLITE_CANTOPEN, .SQLITE_READONLY:
      self.init("cannot write \(path): is its folder still there, and may it be written?")
    default:
      self.init(
        "cannot use \(path): \(error.message ?? "SQLite error \(error.resultCode.rawValue)")")
    }
  }
}

extension CellLayout {
  /// The cell that a failed value was to go to.
  fileprivate func cell(of failure: ReplicateFailure) -> Int {
    let columns = failure.step == nil ? outcomeColumns : stepColumns
    let place = columns.firstIndex(of: failure.column) ?? 0
    return failure.step.map { cell(step: $0, column: place) } ?? cell(outcome: place)
  }
}
