@testable import Storage
import FoundationEssentials
import Testing

@testable import Reporting

@Suite struct DatabaseTests {
  private func withFile(_ body: (_ path: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    try FileSystem.makeFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body("\(folder)/file.sqlite")
  }

  private func open(
    _ path: String, readOnly: Bool = false, patience: Int32 = 0
  ) throws(DatabaseError) -> Database {
    try Database(path, readOnly: readOnly, patience: patience)
  }

  private func withTable(_ body: (_ database: Database, _ path: String) throws -> Void) throws {
    try withFile { path in
      let database = try open(path)
      try database.execute("CREATE TABLE t (number INTEGER, text TEXT, bytes BLOB) STRICT")
      try body(database, path)
    }
  }

  private func count(in database: Database) throws -> Int {
    let counts = try database.rows("SELECT count(*) FROM t", atMost: 1) {
      row throws(DatabaseError) in try row[0] as Int
    }
    return try #require(counts.first)
  }

  @Test func `values come back as they went in`() throws {
    try withTable { database, path in
      let rows: [(Int, String, [UInt8])] = [
        (.max, "h\u{E9} 'x' ?", [0, 255, 0]), (.min, "", []), (0, "\u{1F600}", [7]),
      ]
      let insertion = try database.prepare("INSERT INTO t VALUES (?, ?, ?)")
      for row in rows { try insertion.run(row.0, row.1, row.2) }
      database.close()
      let found = try open(path, readOnly: true).rows(
        "SELECT number, text, bytes FROM t WHERE number >= ? ORDER BY rowid", [Int.min], atMost: 3
      ) { row throws(DatabaseError) in
        (try row[0] as Int, try row[1] as String, try row[2] as [UInt8])
      }
      #expect(found.map(\.0) == rows.map(\.0) && found.map(\.1) == rows.map(\.1))
      #expect(found.map(\.2) == rows.map(\.2))
    }
  }

  @Test func `changes are made together, or not at all`() throws {
    try withTable { database, path in
      let other = try open(path, readOnly: true)
      for (ending, expected) in [(database.rollBack, 0), (database.commit, 2)] {
        try database.begin()
        for number in 1...2 {
          try database.prepare("INSERT INTO t VALUES (?, '', x'')").run(number)
        }
        #expect(try count(in: other) == 0)
        try ending()
        #expect(try count(in: other) == expected)
      }
      // Nothing to take back.
      database.rollBack()
    }
  }

  @Test func `who writes keeps others waiting, not for ever`() throws {
    try withTable { first, path in
      let second = try open(path)
      try first.begin()
      #expect(try #require(throws: DatabaseError.self) { try second.begin() }.reason == .busy)
      #expect(try count(in: second) == 0, "reading goes on")
      try first.commit()
      try second.begin()
      second.close()
      // What was closed has let go.
      try first.begin()
    }
  }

  @Test func `patience is waited out`() throws {
    try withTable { first, path in
      let second = try open(path, patience: 1)
      try first.begin()
      let clock = ContinuousClock()
      let time = clock.measure { #expect(throws: DatabaseError.self) { try second.begin() } }
      #expect(time > .milliseconds(700))
    }
  }

  @Test func `a statement that fails is told in SQLite's words, and may be done again`() throws {
    try withTable { database, _ in
      let unknown = try #require(throws: DatabaseError.self) {
        try database.execute("DROP TABLE u")
      }
      #expect(unknown.reason == .other && unknown.message == "no such table: u")
      let insertion = try database.prepare("INSERT INTO t VALUES (?, 'a', x'')")
      let wrong = try #require(throws: DatabaseError.self) { try insertion.run("no number") }
      #expect(wrong.message.contains("cannot store TEXT value in INTEGER column"))
      try insertion.run(1)
      #expect(try count(in: database) == 1)
      database.close()
      #expect(throws: DatabaseError.self) { try database.execute("SELECT 1") }
    }
  }

  @Test func `what is no database, or was damaged, is told apart`() throws {
    try withTable { database, path in
      for number in 1...1000 {
        try database.prepare("INSERT INTO t VALUES (?, ?, x'')").run(number, "\(number)")
      }
      database.close()
      let whole = try FileSystem.read(path)
      func reason(_ bytes: [UInt8]) throws -> DatabaseError.Reason {
        try FileSystem.write(bytes, to: path)
        return try #require(throws: DatabaseError.self) {
          try count(in: open(path, readOnly: true))
        }.reason
      }
      #expect(try reason(Array("no database, but long enough to be looked at".utf8)) == .damaged)
      #expect(try reason(Array(whole.prefix(5000))) == .damaged)
      let middle = whole.count / 2
      #expect(try reason(whole.prefix(4096) + [UInt8](repeating: 0xAA, count: middle)) == .damaged)
    }
  }

  @Test func `what is not there, or not to be written, is told apart`() throws {
    try withTable { database, path in
      let missing = try #require(throws: DatabaseError.self) { try open("\(path)/x") }
      #expect(missing.reason == .unreachable)
      #expect(throws: DatabaseError.self) { try open("\(path).other", readOnly: true) }
      #expect(!FileSystem.exists("\(path).other"))
      let reader = try open(path, readOnly: true)
      let change = try #require(throws: DatabaseError.self) { try reader.execute("DELETE FROM t") }
      #expect(change.reason == .unreachable)
    }
  }

  @Test func `what is not asked for is damage: larger values, more rows, other types`() throws {
    try withTable { database, _ in
      for number in 1...3 { try database.execute("INSERT INTO t VALUES (\(number), 'x', x'00')") }
      func reason(_ sql: String, atMost most: Int = 3) throws -> DatabaseError.Reason {
        try #require(throws: DatabaseError.self) {
          try database.rows(sql, atMost: most) { row throws(DatabaseError) in try row[0] as Int }
        }.reason
      }
      for sql in ["text", "bytes", "NULL", "1.5", "number || ''"] {
        #expect(try reason("SELECT \(sql) FROM t") == .damaged, "\(sql)")
      }
      #expect(try reason("SELECT number FROM t", atMost: 2) == .damaged)
      let large = "SELECT zeroblob(70000)"
      func read() throws(DatabaseError) -> Int {
        try database.rows(large, atMost: 1) { row throws(DatabaseError) in try row[0] as [UInt8] }
          .reduce(0) { $0 + $1.count }
      }
      #expect(try #require(throws: DatabaseError.self) { try read() }.reason == .damaged)
      database.allow(bytes: 70_000)
      #expect(try read() == 70_000)
      let text = try #require(throws: DatabaseError.self) {
        try database.rows("SELECT CAST(x'FF' AS TEXT)", atMost: 1) { row throws(DatabaseError) in
          try row[0] as String
        }
      }
      #expect(text.reason == .damaged)
    }
  }

  /// As on a full disk, which another test mounts.
  @Test func `a file that may not grow is full`() throws {
    try withTable { database, _ in
      database.allow(bytes: 200_000)
      try database.execute("PRAGMA max_page_count = 4")
      try database.begin()
      let error = try #require(throws: DatabaseError.self) {
        let bytes = [UInt8](repeating: 1, count: 100_000)
        try database.prepare("INSERT INTO t VALUES (1, '', ?)").run(bytes)
      }
      #expect(error.reason == .full)
      database.rollBack()
      #expect(try count(in: database) == 0)
    }
  }
}
