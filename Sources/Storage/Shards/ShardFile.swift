package import Analysis
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
  private let database: Database
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
      try write { database throws(DatabaseError) in
        try database.begin()
        try database.execute(Self.tables)
        let insertion = try database.prepare(
          "INSERT INTO about VALUES (?, ?) ON CONFLICT DO NOTHING")
        for fact in identity.facts { try insertion.run(fact.name, fact.value) }
        try database.commit()
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
    database.close()
    lock?.end()
  }

  private static func connect(_ path: String, readOnly: Bool) throws(FileError) -> Database {
    do throws(DatabaseError) {
      // Whoever looks at a shard while much is being written to it waits: it is not damaged.
      let database = try Database(path, readOnly: readOnly, patience: 30)
      // What is read is read once: pages need not be kept, and many shards are open at the same time.
      try database.execute(readOnly ? "PRAGMA cache_size = -64" : "PRAGMA synchronous = FULL")
      return database
    } catch {
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
  package func transaction(_ changes: () async throws(FileError) -> Void) async throws(FileError) {
    try write { database throws(DatabaseError) in try database.begin() }
    do throws(FileError) {
      try await changes()
      try write { database throws(DatabaseError) in try database.commit() }
    } catch {
      database.rollBack()
      throw error
    }
  }

  private func write(
    _ changes: (Database) throws(DatabaseError) -> Void
  ) throws(FileError) {
    do throws(DatabaseError) { try changes(database) } catch {
      throw FileError(database: error, path)
    }
  }

  private func rows<Row>(
    _ sql: String, _ values: [any DatabaseValue] = [], row: (borrowing Statement) -> Row
  ) throws(FileError) -> [Row] {
    do throws(DatabaseError) { return try database.rows(sql, values, row: row) } catch {
      throw FileError(database: error, path)
    }
  }
}

extension ShardFile {
  /// Fails unless the shard is what it is taken for.
  ///
  /// - Parameter allowingOtherMachines: whether it may come from another build or class of processor.
  package func require(
    _ identity: Identity, allowingOtherMachines: Bool, remedy: String? = nil
  ) throws(FileError) {
    let found = try facts
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

  private var facts: [String: String] {
    get throws(FileError) {
      let facts: [(String, String)] = try rows("SELECT name, value FROM about") { ($0[0], $0[1]) }
      return Dictionary(facts) { $1 }
    }
  }

  /// What computed the shard.
  package func build() throws(FileError) -> Build {
    let facts = try facts
    return Build(
      program: facts["build"] ?? "unknown", machineClass: facts["machine"] ?? "unknown")
  }

  /// The blocks of a scenario that are done, in order.
  package func blocks(of scenario: Int) throws(FileError) -> [Int] {
    try rows("SELECT block FROM blocks WHERE scenario = ? ORDER BY block", [scenario]) { $0[0] }
  }

  /// How many blocks are done.
  package var blockCount: Int {
    get throws(FileError) {
      let counts: [Int] = try rows("SELECT count(*) FROM blocks") { $0[0] }
      return counts.first ?? 0
    }
  }

  /// Adds blocks of a scenario.
  package func add(_ records: [BlockRecord], to scenario: Int, _ layout: CellLayout)
    throws(FileError)
  {
    try write { database throws(DatabaseError) in
      let block = try database.prepare("INSERT INTO blocks VALUES (?, ?, ?, ?)")
      let failed = try database.prepare("INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?)")
      for record in records {
        let numbers = record.numbers.littleEndianBytes
        try block.run(scenario, record.block.index, numbers, SHA256.hex(numbers))
        for failure in record.failures {
          try failed.run(
            scenario, record.block.index, failure.replicate, failure.regime,
            layout.cell(of: failure), failure.value)
        }
      }
    }
  }

  /// Puts the counts of a scenario in the place of those before, piece by piece.
  package func replaceCounts(of scenario: Int, by collector: EnsembleCollector)
    async throws(FileError)
  {
    for piece in 0..<collector.countPieces {
      let counts = await collector.counts(ofPiece: piece)
      try write { database throws(DatabaseError) in
        try database.prepare("INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?)")
          .run(scenario, piece, counts, SHA256.hex(counts))
      }
    }
  }

  /// What a block came to.
  package func record(of block: Block, in scenario: Int, _ layout: CellLayout) throws(FileError)
    -> BlockRecord
  {
    let numbers = try bytes(
      "SELECT numbers, sha256 FROM blocks WHERE scenario = ? AND block = ?",
      [scenario, block.index])
    // What is there of a block never changes, so that this is of the same moment.
    let failures: [(cell: Int, replicate: Int, regime: Int, value: String)] = try rows(
      """
      SELECT cell, replicate, regime, value FROM failures WHERE scenario = ? AND block = ?
      ORDER BY rowid
      """, [scenario, block.index]
    ) { ($0[0], $0[1], $0[2], $0[3]) }
    guard let numbers else { throw FileError("\(path) holds no block \(block.index)") }
    guard numbers.count % MemoryLayout<Double>.stride == 0 else { throw damaged }
    return BlockRecord(
      block: block, numbers: [Double](littleEndianBytes: numbers),
      failures: try failures.map { failure throws(FileError) in
        guard (0..<layout.cellCount).contains(failure.cell) else { throw damaged }
        let place = layout.place(of: failure.cell)
        return ReplicateFailure(
          replicate: failure.replicate, regime: failure.regime, step: place.step,
          column: place.column, value: failure.value)
      })
  }

  /// A piece of the counts of all its blocks of a scenario.
  package func counts(of scenario: Int, piece: Int) throws(FileError) -> [UInt8] {
    let counts = try bytes(
      "SELECT counts, sha256 FROM counts WHERE scenario = ? AND piece = ?", [scenario, piece])
    guard let counts else { throw damaged }
    return counts
  }

  /// The bytes of a row that has their digest beside them; nil where there is no such row.
  private func bytes(_ sql: String, _ values: [any DatabaseValue]) throws(FileError) -> [UInt8]? {
    let found: [([UInt8], digest: String)] = try rows(sql, values) { ($0[0], $0[1]) }
    guard let (bytes, digest) = found.first else { return nil }
    guard SHA256.hex(bytes) == digest else { throw damaged }
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
  fileprivate init(database error: DatabaseError, _ path: String) {
    switch error.reason {
    case .full:
      self.init(
        "cannot write \(path): \(String(cString: strerror(ENOSPC))); what was done before is kept: "
          + "make room and run it again to go on")
    case .busy:
      self.init("another process is at work on \(path): wait for it, or end it first")
    case .damaged: self = .damaged(path)
    // SQLite has undone what it could not write, and what the system said of it is gone.
    case .inputOutput where FileSystem.exists(path) && ProcessLimits.limitsFiles:
      self.init(
        "cannot write \(path): \(ProcessLimits.words(for: EFBIG)); what was done before is kept")
    case .inputOutput where !FileSystem.exists(path): fallthrough
    case .unreachable:
      self.init("cannot write \(path): is its folder still there, and may it be written?")
    case .inputOutput, .other: self.init("cannot use \(path): \(error.message)")
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
