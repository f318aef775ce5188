import Glibc

extension ShardFile {
  /// The tables, as they are made and as they must be found.
  static let tables: [(name: String, sql: String)] = [
    ("about", "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"),
    (
      "blocks",
      "CREATE TABLE blocks (scenario INTEGER, block INTEGER, numbers BLOB NOT NULL, "
        + "sha256 TEXT NOT NULL, PRIMARY KEY (scenario, block)) STRICT"
    ),
    (
      "failures",
      "CREATE TABLE failures (scenario INTEGER, block INTEGER, replicate INTEGER, regime INTEGER, "
        + "cell INTEGER NOT NULL, value TEXT NOT NULL, "
        + "PRIMARY KEY (scenario, block, replicate, regime)) STRICT"
    ),
    (
      "counts",
      "CREATE TABLE counts (scenario INTEGER, piece INTEGER, counts BLOB NOT NULL, "
        + "sha256 TEXT NOT NULL, PRIMARY KEY (scenario, piece)) STRICT"
    ),
  ]

  /// What a file is made of: a line for each table, index, view or trigger; empty for a file that is new.
  static func schema(of database: Database) throws(DatabaseError) -> [String] {
    try database.rows(
      "SELECT type || ' ' || coalesce(sql, name) FROM sqlite_schema", atMost: 2 * tables.count
    ) { row throws(DatabaseError) in try row[0] as String }
  }

  /// Fails unless the file has our tables, to the letter, and nothing else: a view in the place of a table
  /// could go on for ever, and a trigger could do anything.
  func requireTables() throws(FileError) {
    let found: [String]
    do throws(DatabaseError) { found = try Self.schema(of: database) } catch {
      throw FileError(database: error, path)
    }
    let expected = Self.tables.flatMap { table in
      ["table \(table.sql)", "index sqlite_autoindex_\(table.name)_1"]
    }
    guard found.sorted() == expected.sorted() else { throw .damaged(path, "other tables") }
  }

  /// What is said of a file that does not hold what was written.
  package var damaged: FileError { .damaged(path) }
}

extension FileError {
  /// What is said of a file that does not hold what was written.
  ///
  /// - Parameter detail: what was found, where that may help.
  static func damaged(_ path: String, _ detail: String = "") -> FileError {
    FileError(
      "\(path) is damaged: remove it, and run its shard again (the others are not touched)"
        + (detail.isEmpty ? "" : "; found: \(detail.prefix(100))"))
  }

  /// What SQLite has to say of a file.
  init(database error: DatabaseError, _ path: String) {
    switch error.reason {
    case .full:
      self.init(
        "cannot write \(path): \(String(cString: strerror(ENOSPC))); what was done before is kept: "
          + "make room and run it again to go on")
    case .busy:
      self.init("another process is at work on \(path): wait for it, or end it first")
    // What SQLite has no other word for, it did not expect of tables that were found to be ours.
    case .damaged, .other: self = .damaged(path, error.message)
    // SQLite has undone what it could not write, and what the system said of it is gone.
    case .inputOutput where FileSystem.exists(path) && ProcessLimits.limitsFiles:
      self.init(
        "cannot write \(path): \(ProcessLimits.words(for: EFBIG)); what was done before is kept")
    case .inputOutput where !FileSystem.exists(path): fallthrough
    case .unreachable:
      self.init("cannot write \(path): is its folder still there, and may it be written?")
    case .inputOutput, .memory: self.init("cannot use \(path): \(error.message)")
    }
  }
}
