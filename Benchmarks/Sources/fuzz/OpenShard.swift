import CFuzz

/// A shard's file in the hands of somebody who has SQLite, and knows how its digests are made.
final class OpenShard {
  private var connection: OpaquePointer?

  init(_ path: String) {
    sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil)
    execute("PRAGMA writable_schema = ON; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
  }

  func close() {
    sqlite3_close_v2(connection)
    connection = nil
  }

  /// Does what a script says, as far as it can be done.
  func execute(_ script: String) { sqlite3_exec(connection, script, nil, nil, nil) }

  /// The first value of the first row, as bytes.
  func bytes(_ sql: String) -> [UInt8] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else { return [] }
    defer { sqlite3_finalize(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW, let start = sqlite3_column_blob(statement, 0)
    else {
      return []
    }
    let count = Int(sqlite3_column_bytes(statement, 0))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Puts other numbers in the place of a block's, under a digest that is right.
  func setNumbers(_ numbers: [UInt8], ofBlock block: Int) {
    let failures = bytes(
      """
      SELECT group_concat(replicate || ' ' || regime || ' ' || cell || ' ' || value || char(10), '')
      FROM (SELECT * FROM failures WHERE block = \(block) ORDER BY replicate, regime)
      """)
    let digest = Self.digest(Array("0 \(block) \(numbers.count)\n".utf8) + numbers + failures)
    set("UPDATE blocks SET numbers = ?, sha256 = '\(digest)' WHERE block = \(block)", numbers)
  }

  /// Puts other counts in the place of a piece, under a digest that is right.
  func setCounts(_ counts: [UInt8], ofPiece piece: Int) {
    let digest = Self.digest(Array("0 \(piece)\n".utf8) + counts)
    set("UPDATE counts SET counts = ?, sha256 = '\(digest)' WHERE piece = \(piece)", counts)
  }

  private func set(_ sql: String, _ bytes: [UInt8]) {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else { return }
    defer { sqlite3_finalize(statement) }
    bytes.withUnsafeBytes { buffer in
      // Nothing to point at is no value; a blob of no bytes is one.
      let start = buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
      sqlite3_bind_blob64(statement, 1, start, UInt64(buffer.count), nil)
      sqlite3_step(statement)
    }
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    var (context, digest) = (sha256_ctx(), [UInt8](repeating: 0, count: 32))
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, bytes.count, bytes)
    nettle_sha256_digest(&context, digest.count, &digest)
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
