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
  private var squares = 0.0

  /// Nothing yet.
  public init() {}

  /// The moments of a column without its missing values (NaN), which keep their places in blocks.
  public init(of values: [Double]) {
    for start in stride(from: 0, to: values.count, by: Block.size) {
      var block = Moments()
      for value in values[start..<min(start + Block.size, values.count)] where !value.isNaN {
        block.add(value)
      }
      combine(block)
    }
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

  /// Sample variance; 0 for fewer than two values.
  public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

  /// Sample standard deviation.
  public var standardDeviation: Double { variance.squareRoot() }
}
