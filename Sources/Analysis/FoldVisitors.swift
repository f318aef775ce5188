/// Goes through what a fold holds, in the order in which the fold shows it: so blocks are closed, handed over
/// and taken in, and counts written and read, by code that knows no statistic.
protocol FoldVisitor: Sendable {
  associatedtype Failure: Error
  mutating func moments(_ moments: inout RunningMoments) throws(Failure)
  mutating func bins(_ bins: inout Bins) throws(Failure)
  mutating func count(_ count: inout Int) throws(Failure)
  /// Counts by place, as many as are needed.
  mutating func counts(_ counts: inout [Int]) throws(Failure)
  /// Codes that occur, each once.
  mutating func codes(_ codes: inout [Int]) throws(Failure)
}

/// What a visitor does not look at.
extension FoldVisitor {
  mutating func moments(_: inout RunningMoments) {}
  mutating func bins(_: inout Bins) {}
  mutating func count(_: inout Int) {}
  mutating func counts(_: inout [Int]) {}
  mutating func codes(_: inout [Int]) {}
}

/// Closes the block under way, and takes down its numbers.
struct BlockEnd: FoldVisitor {
  typealias Failure = Never
  private(set) var numbers: [Double] = []

  mutating func moments(_ moments: inout RunningMoments) {
    numbers += moments.block.numbers
    moments.endBlock()
  }
}

/// Takes over the numbers of a block that was closed elsewhere.
struct BlockRestore: FoldVisitor {
  typealias Failure = TallyFault
  /// What was not taken yet.
  private(set) var rest: ArraySlice<Double>
  private let replicates: Int

  init(_ numbers: ArraySlice<Double>, of replicates: Int) {
    (rest, self.replicates) = (numbers, replicates)
  }

  mutating func moments(_ moments: inout RunningMoments) throws(TallyFault) {
    guard rest.count >= 3, let block = Moments(numbers: rest.prefix(3)), block.canBe(of: replicates)
    else { throw TallyFault() }
    moments.block = block
    rest.removeFirst(3)
    moments.endBlock()
    guard moments.closed.isFinite else { throw TallyFault() }
  }
}

/// Bytes that are not the counts of the ensemble they are read for.
public struct TallyFault: Error, CustomStringConvertible {
  /// What is wrong.
  public var description: String { "its counts are not those of this scenario" }
}

/// Writes down counts: whole numbers of seven bits a byte, the lowest first (LEB128), and floating-point numbers
/// of eight bytes, the lowest first.
struct TallyWriter: FoldVisitor {
  typealias Failure = Never
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

  mutating func bins(_ bins: inout Bins) { bins.write(to: &self) }

  mutating func count(_ count: inout Int) { write(count) }

  mutating func counts(_ counts: inout [Int]) { write(counts) }

  mutating func codes(_ codes: inout [Int]) { write(codes) }

  fileprivate mutating func write(_ numbers: [Int]) {
    write(numbers.count)
    for number in numbers { write(number) }
  }
}

/// Reads what ``TallyWriter`` wrote of other blocks, and adds it.
struct TallyReader: FoldVisitor {
  typealias Failure = TallyFault
  /// What has not been read.
  var rest: ArraySlice<UInt8>
  /// Of how many replicates they are at most.
  private let replicates: Int
  private let steps: Int

  /// - Parameters:
  ///   - replicates: of how many they are at most.
  ///   - steps: by how many steps times are counted at most.
  init(_ bytes: ArraySlice<UInt8>, ofAtMost replicates: Int, steps: Int) {
    (rest, self.replicates, self.steps) = (bytes, replicates, steps)
  }

  mutating func bins(_ bins: inout Bins) throws(TallyFault) {
    let more = try Bins(reading: &self, bits: bins.bits)
    guard more.canBe(of: replicates) else { throw TallyFault() }
    bins.merge(more)
    guard bins.count <= replicates else { throw TallyFault() }
  }

  mutating func count(_ count: inout Int) throws(TallyFault) { try add(try whole(), to: &count) }

  mutating func counts(_ counts: inout [Int]) throws(TallyFault) {
    let more = try wholes(atMost: steps)
    counts += repeatElement(0, count: max(0, more.count - counts.count))
    for (place, count) in more.enumerated() { try add(count, to: &counts[place]) }
  }

  mutating func codes(_ codes: inout [Int]) throws(TallyFault) {
    let more = try wholes(atMost: CellPlan.largestCode)
    guard more.allSatisfy({ $0 <= CellPlan.largestCode }) else { throw TallyFault() }
    codes.addCodes(more)
  }

  /// No count can come to more than there are replicates, and none is so large that a sum could not be held.
  private func add(_ more: Int, to count: inout Int) throws(TallyFault) {
    guard more <= replicates, count <= replicates - more else { throw TallyFault() }
    count += more
  }

  fileprivate mutating func whole() throws(TallyFault) -> Int {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard let byte = rest.popFirst() else { throw TallyFault() }
      number |= UInt64(byte & 0x7F) << shift
      guard byte < 0x80 else { continue }
      // Sums of what no run counts to would overflow.
      guard number < 1 << 40 else { throw TallyFault() }
      return Int(number)
    }
    throw TallyFault()
  }

  fileprivate mutating func number() throws(TallyFault) -> Double {
    guard rest.count >= 8 else { throw TallyFault() }
    let bits = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest.removeFirst(8)
    return Double(bitPattern: bits)
  }

  fileprivate mutating func wholes(atMost most: Int) throws(TallyFault) -> [Int] {
    let count = try whole()
    // Each number takes a byte at least: no room is made for more than there can be.
    guard count <= min(most, rest.count) else { throw TallyFault() }
    var numbers: [Int] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(try whole()) }
    return numbers
  }
}

extension [Int] {
  /// Adds codes, each once.
  mutating func addCodes(_ codes: [Int]) {
    for code in codes where !contains(code) { append(code) }
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
    positive = try Self.side(reading: &reader, bits: bits)
    negative = try Self.side(reading: &reader, bits: bits)
  }

  private static func side(
    reading reader: inout TallyReader, bits: Int
  ) throws(TallyFault) -> Side {
    let (first, counts) = (try reader.whole(), try reader.wholes(atMost: octaves << bits))
    // So that no place or sum of them is beyond all numbers.
    guard first < 2048 << bits, counts.allSatisfy({ $0 < 1 << 32 }) else { throw TallyFault() }
    return Side(first: first, counts: counts)
  }
}
