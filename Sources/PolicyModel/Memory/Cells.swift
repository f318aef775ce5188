// The state of a world lies in one piece of memory, and the only unsafe code of the model is in this file.
//
// What an element of an array deep inside a struct costs is a call that asks whether anybody shares the
// array, a bounds check and a reload, at each access: a third of the engine, and half of clearing. Spans
// would do without the first, but cannot be stored: the compiler has no lifetimes for that yet.

/// The memory of one state: freed with the last column that lies in it.
final class Memory {
  fileprivate let base: UnsafeMutableRawPointer
  fileprivate let byteCount: Int

  fileprivate init(byteCount: Int) {
    self.byteCount = byteCount
    base = .allocate(byteCount: byteCount, alignment: 64)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  /// A copy of bytes, which are those of some memory.
  fileprivate init(_ bytes: UnsafeRawBufferPointer) {
    byteCount = bytes.count
    base = .allocate(byteCount: byteCount, alignment: 64)
    UnsafeMutableRawBufferPointer(start: base, count: byteCount).copyMemory(from: bytes)
  }

  /// What it holds now.
  var bytes: [UInt8] { Array(contents) }

  fileprivate var contents: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base, count: byteCount)
  }

  deinit { base.deallocate() }
}

/// Hands out the columns of a state, one after another.
///
/// A state asks for its columns in an order that depends on nothing but its plan. So the same initialiser
/// measures how much memory it takes, begins it, and lays it over a copy of another one's memory.
struct Arena: ~Copyable {
  /// Where the columns lie.
  let memory: Memory
  /// Whether nothing is there yet: columns are counted, and have no cell.
  private let isMeasuring: Bool
  /// Whether columns begin with the values that are asked for; a copy has its own.
  private let isFilling: Bool
  /// Bytes that were handed out.
  private var used = 0

  /// New memory for everything that a state lays out.
  init(for layOut: (inout Arena) -> Void) {
    var measure = Arena(Memory(byteCount: 0), isMeasuring: true, isFilling: false)
    layOut(&measure)
    self.init(Memory(byteCount: measure.used), isMeasuring: false, isFilling: true)
  }

  /// New memory with what another one holds now.
  init(copying other: Memory) {
    self.init(Memory(other.contents), isMeasuring: false, isFilling: false)
  }

  /// New memory with what another one held once.
  init(copying bytes: [UInt8]) {
    self.init(bytes.withUnsafeBytes { Memory($0) }, isMeasuring: false, isFilling: false)
  }

  private init(_ memory: Memory, isMeasuring: Bool, isFilling: Bool) {
    self.memory = memory
    self.isMeasuring = isMeasuring
    self.isFilling = isFilling
  }

  /// A column of so many cells, all with the same value.
  mutating func cells<Value>(_ count: Int, of value: Value) -> Cells<Value> {
    let cells: Cells<Value> = reserve(count)
    if isFilling { cells.fill { $0.initialize(repeating: value, count: count) } }
    return cells
  }

  /// A column of zeros.
  mutating func cells(_ count: Int) -> Cells<Double> { cells(count, of: 0) }

  /// A column of so many cells, each with a value of its place; asked for only where it is not known.
  mutating func cells<Value>(_ count: Int, _ value: (Int) -> Value) -> Cells<Value> {
    let cells: Cells<Value> = reserve(count)
    if isFilling {
      cells.fill { first in
        for place in 0..<count { (first + place).initialize(to: value(place)) }
      }
    }
    return cells
  }

  /// A column with these values.
  mutating func cells<Value>(_ values: [Value]) -> Cells<Value> {
    cells(values.count) { values[$0] }
  }

  /// Room for so many rows, none of which is there yet.
  mutating func rows<Value>(upTo capacity: Int) -> Rows<Value> {
    Rows(room: reserve(capacity), filled: cells(1, of: 0))
  }

  private mutating func reserve<Value>(_ count: Int) -> Cells<Value> {
    let alignment = MemoryLayout<Value>.alignment
    let first = (used + alignment - 1) / alignment * alignment
    used = first + count * MemoryLayout<Value>.stride
    precondition(isMeasuring || used <= memory.byteCount, "a state of another size than its plan's")
    return Cells(memory, at: first, count: isMeasuring ? 0 : count)
  }
}

/// A column of a state: an array that nobody else can share, and that keeps its length.
///
/// Not an array with fewer checks: there is one of it, so that nobody has to ask whether others hold it, and
/// a place outside is a fault in debug builds, in which all tests run.
struct Cells<Value: BitwiseCopyable>: ~Copyable {
  private let first: UnsafeMutablePointer<Value>
  /// How many there are.
  let count: Int
  /// Kept, so that the memory is there for as long as the column.
  private let memory: Memory

  fileprivate init(_ memory: Memory, at offset: Int, count: Int) {
    self.memory = memory
    self.count = count
    first = (memory.base + offset).assumingMemoryBound(to: Value.self)
  }

  fileprivate func fill(_ body: (UnsafeMutablePointer<Value>) -> Void) { body(first) }

  /// The places, from 0.
  var indices: Range<Int> { 0..<count }

  /// The value at a place.
  @inline(__always) subscript(place: Int) -> Value {
    unsafeAddress { UnsafePointer(address(of: place)) }
    unsafeMutableAddress { address(of: place) }
  }

  /// The value that is kept for somebody.
  @inline(__always) subscript(place: some Place) -> Value {
    unsafeAddress { UnsafePointer(address(of: place.position)) }
    unsafeMutableAddress { address(of: place.position) }
  }

  @inline(__always) fileprivate func address(of place: Int) -> UnsafeMutablePointer<Value> {
    assert(place >= 0 && place < count, "cell \(place) of \(count)")
    return first + place
  }

  /// Writes one value everywhere.
  @inline(__always) mutating func clear(to value: Value) {
    first.update(repeating: value, count: count)
  }

  /// What all values come to, in order.
  @inline(__always) func reduce<Sum>(_ start: Sum, _ next: (Sum, Value) -> Sum) -> Sum {
    var sum = start
    for place in indices { sum = next(sum, self[place]) }
    return sum
  }
}

/// A column that is filled anew again and again, up to its room.
struct Rows<Value: BitwiseCopyable>: ~Copyable {
  private var room: Cells<Value>
  /// One cell, so that a copy of the memory has the count too.
  private var filled: Cells<Int>

  fileprivate init(room: consuming Cells<Value>, filled: consuming Cells<Int>) {
    self.room = room
    self.filled = filled
  }

  /// How many there are.
  var count: Int { filled[0] }

  /// The places, from 0.
  var indices: Range<Int> { 0..<count }

  /// The value at a place.
  @inline(__always) subscript(place: Int) -> Value {
    unsafeAddress { UnsafePointer(address(of: place)) }
    unsafeMutableAddress { address(of: place) }
  }

  @inline(__always) private func address(of place: Int) -> UnsafeMutablePointer<Value> {
    assert(place < count, "row \(place) of \(count)")
    return room.address(of: place)
  }

  /// Adds one.
  @inline(__always) mutating func append(_ value: Value) {
    let place = filled[0]
    room[place] = value
    filled[0] = place + 1
  }

  /// Forgets all.
  mutating func removeAll() { filled[0] = 0 }
}
