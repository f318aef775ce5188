import CSQLite

/// A SQLite database, through SQLite's own interface: what shards need of it.
///
/// It may be handed on but not shared: SQLite is told to do without locks, and the compiler sees to it that
/// only one thread at a time has a connection.
final class Database {
  private var connection: OpaquePointer?

  /// Opens a file, and makes it if it is to be written to and not there.
  ///
  /// - Parameter patience: for how long to wait for another process that is writing, in seconds.
  init(_ path: String, readOnly: Bool, patience: Int32) throws(DatabaseError) {
    let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    // What could not be opened is to be closed as well.
    try check(sqlite3_open_v2(path, &connection, access | SQLITE_OPEN_NOMUTEX, nil))
    try check(sqlite3_busy_timeout(connection, 1000 * patience))
  }

  deinit { close() }

  /// Closes the file; nothing can be asked of it afterwards.
  func close() {
    sqlite3_close_v2(connection)
    connection = nil
  }

  /// Does what a script says, with statements that give no rows.
  func execute(_ script: String) throws(DatabaseError) {
    try check(sqlite3_exec(connection, script, nil, nil, nil))
  }

  /// Begins changes that are all made or none of them, and keeps others from writing meanwhile.
  func begin() throws(DatabaseError) { try execute("BEGIN IMMEDIATE") }

  /// Makes the changes, and waits until they are on the disk.
  func commit() throws(DatabaseError) { try execute("COMMIT") }

  /// Makes none of the changes. SQLite may have seen to that already, as it does when the disk is full.
  func rollBack() { try? execute("ROLLBACK") }

  /// A statement to be done any number of times, with values in the place of its question marks.
  func prepare(_ sql: String) throws(DatabaseError) -> Statement {
    try Statement(sql, on: connection)
  }

  /// All rows that a statement gives.
  ///
  /// - Parameter row: takes from a row what is wanted of it.
  func rows<Row>(
    _ sql: String, _ values: [any DatabaseValue] = [], row: (borrowing Statement) -> Row
  ) throws(DatabaseError) -> [Row] {
    let statement = try prepare(sql)
    try statement.bind(values)
    var rows: [Row] = []
    while try statement.step() { rows.append(row(statement)) }
    return rows
  }

  private func check(_ code: Int32) throws(DatabaseError) {
    guard code == SQLITE_OK else { throw DatabaseError(on: connection) }
  }
}

/// A prepared statement, which ends with its owner.
struct Statement: ~Copyable {
  private let handle: OpaquePointer

  fileprivate init(_ sql: String, on connection: OpaquePointer?) throws(DatabaseError) {
    var handle: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &handle, nil) == SQLITE_OK, let handle else {
      throw DatabaseError(on: connection)
    }
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  /// Does it once, for its effect.
  func run(_ values: any DatabaseValue...) throws(DatabaseError) {
    // Before the next time it must be reset, after a failure too.
    defer { sqlite3_reset(handle) }
    try bind(values)
    while try step() {}
  }

  /// A value of the row at hand, by the place of its column.
  subscript<Value: DatabaseValue>(column: Int32) -> Value { Value(column, of: handle) }

  /// Puts values in the place of the question marks, one for each.
  fileprivate func bind(_ values: [any DatabaseValue]) throws(DatabaseError) {
    for (value, place) in zip(values, Int32(1)...) {
      guard value.bind(to: handle, at: place) == SQLITE_OK else { throw fault }
    }
  }

  /// Goes on to the next row; false where there is none.
  fileprivate func step() throws(DatabaseError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: true
    case SQLITE_DONE: false
    default: throw fault
    }
  }

  private var fault: DatabaseError { DatabaseError(on: sqlite3_db_handle(handle)) }
}

/// What goes into a column and comes out of it.
protocol DatabaseValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32
  init(_ column: Int32, of statement: OpaquePointer)
}

/// Tells SQLite to copy what it is lent.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Int: DatabaseValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    sqlite3_bind_int64(statement, place, Int64(self))
  }

  init(_ column: Int32, of statement: OpaquePointer) {
    self = Int(sqlite3_column_int64(statement, column))
  }
}

extension String: DatabaseValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    sqlite3_bind_text(statement, place, self, Int32(utf8.count), copied)
  }

  init(_ column: Int32, of statement: OpaquePointer) {
    self = sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
  }
}

extension [UInt8]: DatabaseValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    sqlite3_bind_blob64(statement, place, self, UInt64(count), copied)
  }

  init(_ column: Int32, of statement: OpaquePointer) {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    self = Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

/// Something that SQLite could not do.
struct DatabaseError: Error {
  /// As much of the reason as anybody has to tell apart.
  enum Reason {
    case busy, full, damaged, unreachable, inputOutput, other
  }

  let reason: Reason
  /// What SQLite says.
  let message: String

  /// The last one on a connection.
  fileprivate init(on connection: OpaquePointer?) {
    message = String(cString: sqlite3_errmsg(connection))
    reason =
      switch sqlite3_errcode(connection) & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL: .full
      case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
      case SQLITE_CANTOPEN, SQLITE_READONLY: .unreachable
      case SQLITE_IOERR: .inputOutput
      default: .other
      }
  }
}

/// Floating-point numbers as bytes: eight for each, the lowest first.
extension [Double] {
  /// The numbers as bytes.
  var littleEndianBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * count)
    for number in self {
      Swift.withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// The numbers again, from as many bytes as whole numbers have.
  init(littleEndianBytes bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { buffer in
      (0..<buffer.count / 8).map { place in
        Double(
          bitPattern: UInt64(
            littleEndian: buffer.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self)))
      }
    }
  }
}
