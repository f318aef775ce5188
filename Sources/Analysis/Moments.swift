import Simulation

/// Count, mean and spread of a column, folded block by block.
///
/// Law: the result depends on the values and on ``Block/size`` alone, not on who computed which
/// block, because each block is summed in order and blocks are combined in order.
public struct Moments: Hashable, Sendable {
  /// How many values.
  public private(set) var count = 0
  /// Their mean; 0 without values.
  public private(set) var mean = 0.0
  /// Sum of squared differences from the mean.
  private(set) var squares = 0.0

  /// Nothing yet.
  public init() {}

  /// The moments of a column without its missing values (NaN), which keep their places in blocks.
  public init(of values: [Double]) { self.init(of: values[...]) }

  /// The moments of a stretch of a column without its missing values (NaN): by as many as a block has, in
  /// order.
  init(of values: ArraySlice<Double>) {
    guard values.count > Block.size else {
      self = Moments(at: values)
      return
    }
    for start in stride(from: values.startIndex, to: values.endIndex, by: Block.size) {
      combine(Moments(at: values[start..<min(start + Block.size, values.endIndex)]))
    }
  }

  /// The moments of values that are summed at one go, without missing ones (NaN).
  ///
  /// Two passes, the mean and then the squares about it. Four sums side by side, by place, so that an
  /// addition need not wait for the one before it; Welford's division for each value took three
  /// times as long. Sums are taken from the first value on, so that what is constant has exactly
  /// itself as its mean, and no spread.
  private init(at values: ArraySlice<Double>) {
    guard let origin = values.first(where: { !$0.isNaN }) else { return }
    var (counts, sums) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    Self.forEachFour(of: values) { four in
      let isThere = four .== four
      counts.replace(with: counts + 1, where: isThere)
      sums.replace(with: sums + (four - origin), where: isThere)
    }
    count = Int(Self.total(counts))
    mean = origin + Self.total(sums) / Double(count)
    var squared = SIMD4<Double>.zero
    Self.forEachFour(of: values) { [mean] four in
      let difference = four - mean
      squared.replace(with: squared + difference * difference, where: four .== four)
    }
    squares = Self.total(squared)
  }

  /// In a stated order: that of the library's own sum is not.
  private static func total(_ four: SIMD4<Double>) -> Double {
    (four[0] + four[1]) + (four[2] + four[3])
  }

  /// Hands over values by fours; the last are filled up with what is not a number.
  @inline(__always)
  private static func forEachFour(of values: ArraySlice<Double>, _ body: (SIMD4<Double>) -> Void) {
    var place = values.startIndex
    while place + 4 <= values.endIndex {
      body(SIMD4(values[place], values[place + 1], values[place + 2], values[place + 3]))
      place += 4
    }
    guard place < values.endIndex else { return }
    var rest = SIMD4<Double>(repeating: .nan)
    for lane in 0..<values.endIndex - place { rest[lane] = values[place + lane] }
    body(rest)
  }

  /// Adds one value (Welford 1962).
  public mutating func add(_ value: Double) {
    count += 1
    let difference = value - mean
    mean += difference / Double(count)
    squares += difference * (value - mean)
  }

  /// Adds the values of the next block (Chan, Golub and LeVeque 1983).
  public mutating func combine(_ block: Moments) {
    guard block.count > 0 else { return }
    let total = count + block.count
    let difference = block.mean - mean
    let share = Double(block.count) / Double(total)
    squares += block.squares + difference * difference * Double(count) * share
    mean += difference * share
    count = total
  }

  /// The three numbers that it consists of.
  var numbers: [Double] { [Double(count), mean, squares] }

  /// The moments that had these ``numbers``; nil where no moments have.
  init?(numbers: ArraySlice<Double>) {
    precondition(numbers.count == 3, "moments are 3 numbers, not \(numbers.count)")
    guard let count = Int(exactly: numbers[numbers.startIndex]),
      (0...Block.size).contains(count)
    else { return nil }
    self.count = count
    mean = numbers[numbers.startIndex + 1]
    squares = numbers[numbers.startIndex + 2]
  }

  /// Sample variance; 0 for fewer than two values.
  public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

  /// Sample standard deviation.
  public var standardDeviation: Double { variance.squareRoot() }
}

/// Moments of a column on the way: blocks are combined in order, each when it is whole.
struct RunningMoments: Sendable {
  /// Of the blocks that are closed.
  private(set) var closed = Moments()
  /// Of the block under way.
  var block = Moments()

  /// Closes the block under way.
  mutating func endBlock() {
    closed.combine(block)
    block = Moments()
  }
}
