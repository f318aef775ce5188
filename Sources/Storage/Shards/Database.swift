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
    // The file may be a stranger's: nothing in it is done, and pages are looked at before they are believed.
    allow(bytes: 0)
    try execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
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

  /// Lets values have so many bytes, or as many as facts and numbers ever have: a value that claims more is
  /// a fault, and no room is made for it.
  func allow(bytes: Int) {
    sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(clamping: max(bytes, 1 << 16)))
  }

  /// All rows that a statement gives.
  ///
  /// Fails where there are more than can be right, or a row has no value of the type that is asked for.
  ///
  /// - Parameter row: takes from a row what is wanted of it.
  func rows<Row>(
    _ sql: String, _ values: [any DatabaseValue] = [], atMost most: Int,
    row: (borrowing Statement) throws(DatabaseError) -> Row
  ) throws(DatabaseError) -> [Row] {
    let statement = try prepare(sql)
    try statement.bind(values)
    var rows: [Row] = []
    while try statement.step() {
      guard rows.count < most else { throw DatabaseError(damage: "more than \(most) rows") }
      rows.append(try row(statement))
    }
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
  subscript<Value: DatabaseValue>(column: Int32) -> Value {
    get throws(DatabaseError) {
      guard sqlite3_column_type(handle, column) == Value.type, let value = Value(column, of: handle)
      else { throw DatabaseError(damage: "a value of another type") }
      return value
    }
  }

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
  /// SQLite's code for what a file has to hold: it would make a number of any text.
  static var type: Int32 { get }
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32
  init?(_ column: Int32, of statement: OpaquePointer)
}

/// Tells SQLite to copy what it is lent.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Int: DatabaseValue {
  static var type: Int32 { SQLITE_INTEGER }

  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    sqlite3_bind_int64(statement, place, Int64(self))
  }

  init(_ column: Int32, of statement: OpaquePointer) {
    self = Int(sqlite3_column_int64(statement, column))
  }
}

extension String: DatabaseValue {
  static var type: Int32 { SQLITE_TEXT }

  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    sqlite3_bind_text(statement, place, self, Int32(utf8.count), copied)
  }

  /// Nil for what is not UTF-8.
  init?(_ column: Int32, of statement: OpaquePointer) {
    let start = sqlite3_column_text(statement, column)
    let bytes = UnsafeBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column)))
    self.init(validating: bytes, as: UTF8.self)
  }
}

extension [UInt8]: DatabaseValue {
  static var type: Int32 { SQLITE_BLOB }

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
    case busy, full, damaged, unreachable, inputOutput, memory, other
  }

  let reason: Reason
  /// What SQLite says.
  let message: String

  /// Of what is there and cannot be right.
  fileprivate init(damage: String) { (reason, message) = (.damaged, damage) }

  /// The last one on a connection.
  fileprivate init(on connection: OpaquePointer?) {
    message = String(cString: sqlite3_errmsg(connection))
    reason =
      switch sqlite3_errcode(connection) & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL: .full
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_TOOBIG: .damaged
      case SQLITE_CANTOPEN, SQLITE_READONLY: .unreachable
      case SQLITE_IOERR: .inputOutput
      case SQLITE_NOMEM: .memory
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
