/// Bytes that are not the counts of the ensemble they are read for.
public struct TallyFault: Error, CustomStringConvertible {
  /// What is wrong.
  public var description: String { "its counts are not those of this scenario" }
}

/// Writes counts: whole numbers of seven bits a byte, the lowest first (LEB128), and floating-point numbers
/// of eight bytes, the lowest first.
struct TallyWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: Int) {
    precondition(number >= 0, "counts are not negative, got \(number)")
    var rest = UInt64(number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ number: Double) {
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 }
  }

  mutating func write(_ numbers: [Int]) {
    write(numbers.count)
    for number in numbers { write(number) }
  }

  mutating func write(_ passages: PassageTally) {
    for number in [passages.count, passages.earlier, passages.later] { write(number) }
    write(passages.steps)
  }

  mutating func write(_ bins: Bins) { bins.write(to: &self) }
}

/// Reads what ``TallyWriter`` wrote.
struct TallyReader {
  /// What has not been read.
  var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func whole() throws(TallyFault) -> Int {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard let byte = rest.popFirst() else { throw TallyFault() }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(number) }
    }
    throw TallyFault()
  }

  mutating func number() throws(TallyFault) -> Double {
    guard rest.count >= 8 else { throw TallyFault() }
    let bits = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest.removeFirst(8)
    return Double(bitPattern: bits)
  }

  mutating func wholes() throws(TallyFault) -> [Int] {
    let count = try whole()
    // Each number takes a byte at least: no room is made for more than there can be.
    guard count <= rest.count else { throw TallyFault() }
    var numbers: [Int] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(try whole()) }
    return numbers
  }

  mutating func passages() throws(TallyFault) -> PassageTally {
    let (count, earlier, later) = (try whole(), try whole(), try whole())
    return PassageTally(count: count, steps: try wholes(), earlier: earlier, later: later)
  }

  mutating func bins(bits: Int) throws(TallyFault) -> Bins {
    try Bins(reading: &self, bits: bits)
  }
}

extension Bins {
  fileprivate func write(to writer: inout TallyWriter) {
    writer.write(least)
    writer.write(most)
    writer.write(nearZero)
    writer.write(top)
    for side in [positive, negative] {
      writer.write(side.first)
      writer.write(side.counts)
    }
  }

  fileprivate init(reading reader: inout TallyReader, bits: Int) throws(TallyFault) {
    self.init(bits: bits)
    least = try reader.number()
    most = try reader.number()
    nearZero = try reader.whole()
    top = try reader.whole()
    positive = Side(first: try reader.whole(), counts: try reader.wholes())
    negative = Side(first: try reader.whole(), counts: try reader.wholes())
    // Edges of bins must be numbers, and a bin of one octave must not be read as that of another.
    let sides = [positive, negative]
    guard top < 2047,
      sides.allSatisfy({ ($0.first + $0.indices.count) >> bits <= top + 1 })
    else { throw TallyFault() }
  }
}
