import Glibc

/// What one shard has computed so far: a SQLite database, which a crash leaves as it was after the last
/// whole transaction.
///
/// | table | row | columns |
/// |---|---|---|
/// | `about` | one fact about the shard | `name`, `value`: format, plan, shard, program, build, machine |
/// | `blocks` | a block that is done | `scenario`, `block`, `numbers` (doubles, little-endian), `sha256` of them and of its failures |
/// | `failures` | a run that failed | `scenario`, `block`, `replicate`, `regime`, `cell`, `value` |
/// | `counts` | all blocks of a scenario so far | `scenario`, `piece`, `counts` (bytes as ``EnsembleCollector`` hands them over), `sha256` |
///
/// Blocks and the counts that they are part of are written in one transaction, so that neither can be
/// there without the other.
///
/// A shard may be a stranger's, or may have been damaged on its way: nothing that stands in it is believed.
/// Whatever could not have been written here is told as damage.
package struct ShardFile {
  /// Where it is.
  package let path: String
  let database: Database
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
        ("format", "3"), ("plan", plan), ("shard", shard.description),
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
        if try Self.schema(of: database).isEmpty {
          for table in Self.tables { try database.execute(table.sql) }
        }
      }
      try requireTables()
      try write { database throws(DatabaseError) in
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
    try requireTables()
  }

  /// Lets others work on it.
  package func end() {
    database.close()
    lock?.end()
  }

  private static func connect(_ path: String, readOnly: Bool) throws(FileError) -> Database {
    // A pipe would be waited for.
    guard !FileSystem.exists(path) || FileSystem.isFile(path) else {
      throw .damaged(path, "no ordinary file")
    }
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

  func write(
    _ changes: (Database) throws(DatabaseError) -> Void
  ) throws(FileError) {
    do throws(DatabaseError) { try changes(database) } catch {
      throw FileError(database: error, path)
    }
  }

  func rows<Row>(
    _ sql: String, _ values: [any DatabaseValue] = [], atMost most: Int,
    row: (borrowing Statement) throws(DatabaseError) -> Row
  ) throws(FileError) -> [Row] {
    do throws(DatabaseError) { return try database.rows(sql, values, atMost: most, row: row) } catch
    {
      throw FileError(database: error, path)
    }
  }

  /// Lets a value have so many bytes while it is read.
  func allowing<Result>(
    bytes: Int, _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    database.allow(bytes: bytes)
    defer { database.allow(bytes: 0) }
    return try body()
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
      let facts = try rows("SELECT name, value FROM about", atMost: 16) {
        row throws(DatabaseError) in (try row[0] as String, try row[1] as String)
      }
      return Dictionary(facts) { $1 }
    }
  }

  /// What computed the shard.
  package func build() throws(FileError) -> Build {
    let facts = try facts
    return Build(
      program: facts["build"] ?? "unknown", machineClass: facts["machine"] ?? "unknown")
  }
}
