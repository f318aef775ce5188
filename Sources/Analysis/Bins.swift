/// How many values fell into each of fixed bins: what quantiles are told from when there are too many
/// values to keep all.
///
/// A bin holds the values that share their sign, their binary exponent and the first ``bits`` bits of
/// their fraction, whatever the column, shard or machine, so that counts add up exactly and in any
/// order. What is more than `octavesApart` powers of two below the largest magnitude counts as near zero: as
/// zero itself, unless all values are of one sign.
///
/// Law: a quantile is off by no more than `2^-bits` of itself, or near zero, where no relative error can be
/// promised, by 2^-11 of the largest magnitude in the column (2^-23 where no two values differ in sign); the
/// least and the largest value are exact.
struct Bins: Hashable, Sendable {
  /// How many powers of two below the largest magnitude are told apart from zero, both signs together.
  static let octaves = 24

  /// How many bits of a fraction tell bins apart.
  let bits: Int

  /// Bins of one sign, from the lowest exponent on.
  struct Side: Hashable {
    /// The first bin's exponent and leading bits, as in a floating-point number.
    private(set) var first = 0
    /// Counts but for whole multiples of 2^16: two bytes do for nearly all bins, and a run has millions.
    private var low: [UInt16] = []
    /// How many multiples of 2^16 go on top, by bin.
    private var carries: [Int: Int] = [:]
  }

  var positive = Side()
  var negative = Side()
  var nearZero = 0
  /// The biased exponent of the largest magnitude; 0 while all is zero.
  var top = 0
  var least = Double.infinity
  var most = -Double.infinity

  /// Empty bins, with 2^`bits` of them to a power of two.
  init(bits: Int) {
    precondition((1...20).contains(bits), "bins of 1 to 20 bits, got \(bits)")
    self.bits = bits
  }

  /// How many powers of two below the largest magnitude are told apart from zero, on each side: all where
  /// there is one side, half where there are two.
  private var octavesApart: Int { least < 0 && most > 0 ? Self.octaves / 2 : Self.octaves }

  /// The finest bins that leave up to 60,000 columns in about a fifth of a gigabyte, did each reach down to
  /// zero, which takes ``octaves`` powers of two; most take less.
  static func bits(forColumns columns: Int) -> Int {
    columns <= 16_000 ? 8 : columns <= 32_000 ? 7 : 6
  }

  /// Counts values, NaN where missing: a stretch at one go, since value by value a run of many columns took a
  /// fifth longer.
  mutating func add(_ values: ArraySlice<Double>) {
    values.withUnsafeBufferPointer { values in
      var place = addUsual(values, from: 0)
      while place < values.count {
        let value = values[place]
        least = Swift.min(least, value)
        most = Swift.max(most, value)
        let code = Int(value.magnitude.bitPattern >> UInt64(52 - bits))
        addOutside(code, isNegative: value < 0, count: 1)
        place = addUsual(values, from: place + 1)
      }
    }
  }

  /// Counts values that are within the range so far, and zero or in bins that are there, as nearly all are;
  /// missing ones it skips.
  ///
  /// - Returns: the place of the first value that takes more; the end if none does.
  private mutating func addUsual(_ values: UnsafeBufferPointer<Double>, from start: Int) -> Int {
    let (least, most, shift) = (least, most, UInt64(52 - bits))
    var zeros = 0
    defer { nearZero += zeros }
    return Side.withCounts(of: &positive, &negative) { positive, negative in
      for place in start..<values.count {
        let value = values[place]
        guard !value.isNaN else { continue }
        guard least <= value, value <= most else { return place }
        let code = Int(value.magnitude.bitPattern >> shift)
        if value > 0 {
          guard positive.addOne(to: code) else { return place }
        } else if value < 0 {
          guard negative.addOne(to: code) else { return place }
        } else {
          zeros += 1
        }
      }
      return values.count
    }
  }

  /// Counts values whose bin is not there yet, perhaps: the first of their sign, or the largest.
  private mutating func addOutside(_ code: Int, isNegative: Bool, count: Int) {
    let exponent = code >> bits
    top = Swift.max(top, exponent)
    cut()
    // An exponent of zero is zero itself, or so small that it is not written in full.
    guard exponent > 0, exponent > top - octavesApart else {
      nearZero += count
      return
    }
    if isNegative {
      negative.add(count, at: code, bits: bits)
    } else {
      positive.add(count, at: code, bits: bits)
    }
  }

  /// Counts as near zero what has come to be so: by a larger value, or by the first of the other sign.
  private mutating func cut() {
    let lowest = (top - octavesApart + 1) << bits
    nearZero += positive.cut(below: lowest) + negative.cut(below: lowest)
  }

  /// How many values were counted.
  var count: Int { nearZero + positive.total + negative.total }

  /// Adds the counts of another part of the same column.
  mutating func merge(_ other: Bins) {
    precondition(bits == other.bits, "bins of \(other.bits) bits do not add to bins of \(bits)")
    least = Swift.min(least, other.least)
    most = Swift.max(most, other.most)
    nearZero += other.nearZero
    cut()
    // The largest first, so that what becomes zero does so once.
    for (side, isNegative) in [(other.positive, false), (other.negative, true)] {
      for (place, count) in side.counts.enumerated().reversed() where count > 0 {
        addOutside(side.first + place, isNegative: isNegative, count: count)
      }
    }
  }
}

extension Bins.Side {
  /// Bins whose first has an exponent and leading bits, with their counts.
  init(first: Int, counts: [Int]) {
    self.first = first
    low = counts.map { UInt16(truncatingIfNeeded: $0) }
    for (place, count) in counts.enumerated() where count >> 16 > 0 {
      carries[first + place] = count >> 16
    }
  }

  /// The places of its bins, from 0.
  var indices: Range<Int> { low.indices }

  /// By place: how many values are in a bin.
  var counts: [Int] {
    low.enumerated().map { place, low in Int(low) + carries[first + place, default: 0] << 16 }
  }

  var total: Int { low.reduce(0) { $0 + Int($1) } + carries.values.reduce(0, +) << 16 }

  /// The counts of bins that are there, without looking each time whether they are shared.
  struct Counts {
    fileprivate let first: Int
    fileprivate let low: UnsafeMutableBufferPointer<UInt16>

    /// Counts a value; says whether that was all, which it is not where its bin is not there, or has to carry.
    func addOne(to code: Int) -> Bool {
      let place = code - first
      guard low.indices.contains(place), low[place] < .max else { return false }
      low[place] += 1
      return true
    }
  }

  /// Counts in the bins of two sides.
  static func withCounts<Result>(
    of one: inout Self, _ other: inout Self, _ body: (Counts, Counts) -> Result
  ) -> Result {
    let (first, second) = (one.first, other.first)
    return one.low.withUnsafeMutableBufferPointer { ones in
      other.low.withUnsafeMutableBufferPointer { others in
        body(Counts(first: first, low: ones), Counts(first: second, low: others))
      }
    }
  }

  /// Counts values of a bin, in whole powers of two.
  mutating func add(_ count: Int, at code: Int, bits: Int) {
    let octave = (code >> bits) << bits
    makeRoom(from: low.isEmpty ? octave : min(first, octave), to: octave + 1 << bits)
    let sum = Int(low[code - first]) + count
    low[code - first] = UInt16(truncatingIfNeeded: sum)
    if sum >> 16 > 0 { carries[code, default: 0] += sum >> 16 }
  }

  /// Makes room for bins, and for no more: most columns never grow again.
  private mutating func makeRoom(from start: Int, to end: Int) {
    let end = low.isEmpty ? end : max(end, first + low.count)
    guard low.isEmpty || start < first || end > first + low.count else { return }
    var wider: [UInt16] = []
    wider.reserveCapacity(end - start)
    wider += repeatElement(0, count: low.isEmpty ? end - start : first - start)
    wider += low
    wider += repeatElement(0, count: end - start - wider.count)
    (first, low) = (start, wider)
  }

  /// Takes away the bins below one, and says how many values were in them.
  mutating func cut(below code: Int) -> Int {
    let gone = min(low.count, max(0, code - first))
    guard gone > 0 else { return 0 }
    let values = counts[..<gone].reduce(0, +)
    low = Array(low[gone...])
    carries = carries.filter { $0.key >= code }
    first += gone
    return values
  }
}

extension Bins {
  /// Quantiles at rising probabilities, linear between order statistics (type 7), where the values of a
  /// bin are taken to be spread over it evenly; nil without values.
  func quantiles(_ probabilities: [Double]) -> [Double]? {
    let count = count
    guard count > 0 else { return nil }
    guard least < most else { return probabilities.map { _ in least + 0 } }
    var statistics = OrderStatistics(of: self)
    return probabilities.map { probability in
      let position = probability * Double(count - 1)
      let rank = Int(position.rounded(.down))
      let value = statistics.value(ofRank: rank)
      guard rank + 1 < count else { return value }
      return Quantiles.between(value, statistics.value(ofRank: rank + 1), at: position)
    }
  }

  /// Bins in rising order of their values: their edges and counts.
  private var rising: [(low: Double, high: Double, count: Int)] {
    func edge(_ code: Int) -> Double { Double(bitPattern: UInt64(code) << UInt64(52 - bits)) }
    func bins(of side: Side) -> [(low: Double, high: Double, count: Int)] {
      side.counts.enumerated().filter { $0.element > 0 }.map {
        (edge(side.first + $0.offset), edge(side.first + $0.offset + 1), $0.element)
      }
    }
    // Where all values are of one sign none of them is zero: those near it are somewhere between the one
    // that is nearest and the first that are told apart.
    let apart = edge(Swift.max(0, top - octavesApart + 1) << bits)
    let (low, high) = least > 0 ? (least, apart) : most < 0 ? (-apart, most) : (0, 0)
    return bins(of: negative).reversed().map { (-$0.high, -$0.low, $0.count) }
      + (nearZero > 0 ? [(low, high, nearZero)] : []) + bins(of: positive)
  }

  /// Goes through the values of bins by rank, rising.
  private struct OrderStatistics {
    private let bins: [(low: Double, high: Double, count: Int)]
    private let range: ClosedRange<Double>
    private let lastRank: Int
    private var place = 0
    /// Values in the bins before the place.
    private var before = 0

    init(of bins: Bins) {
      self.bins = bins.rising
      range = bins.least...bins.most
      lastRank = bins.count - 1
    }

    /// The value of a rank, none below those that were asked for before but for the last.
    mutating func value(ofRank rank: Int) -> Double {
      if rank == 0 { return range.lowerBound }
      if rank == lastRank { return range.upperBound }
      while place > 0, rank < before { step(back: true) }
      while rank >= before + bins[place].count { step(back: false) }
      let bin = bins[place]
      let share = (Double(rank - before) + 0.5) / Double(bin.count)
      let value = bin.low + share * (bin.high - bin.low)
      return Swift.min(Swift.max(value, range.lowerBound), range.upperBound)
    }

    private mutating func step(back: Bool) {
      if back {
        place -= 1
        before -= bins[place].count
      } else {
        before += bins[place].count
        place += 1
      }
    }
  }
}
