/// The unit of work and of summation: consecutive replicates of all regimes.
///
/// Whatever the threads or shards, a block holds the same replicates, so sums that are folded block
/// by block, in block order, give the same bytes.
public struct Block: Hashable, Sendable {
  /// Replicates in a full block.
  public static let size = 1024

  /// The block's place among all blocks, from 0.
  public let index: Int

  /// The replicates it holds; the last block of a design may hold fewer than ``size``.
  public let replicates: Range<Int>

  /// Names a block.
  public init(index: Int, replicates: Range<Int>) {
    self.index = index
    self.replicates = replicates
  }

  /// The blocks of a design with `count` replicates, in order: all, or every so many from one on.
  public static func blocks(of count: Int, from first: Int = 0, every step: Int = 1) -> Blocks {
    Blocks(replicates: count, first: first, step: step)
  }

  /// The slices of the block, in order.
  public var slices: Slices<CollectionOfOne<Block>> { Slices(of: CollectionOfOne(self)) }
}

/// Consecutive replicates of one block: what one thread computes at a time, and what is handed over.
///
/// Small, so that a thousand replicates keep all threads busy, and that the values of many cells
/// under way take little memory.
public struct Slice: Hashable, Sendable {
  /// Replicates in a full slice; blocks are whole numbers of them.
  public static let size = 128

  /// The block that it is part of.
  public let block: Block

  /// The replicates it holds.
  public let replicates: Range<Int>

  /// Whether the block ends with it.
  public var isLastOfBlock: Bool { replicates.upperBound == block.replicates.upperBound }
}

/// A run that could not be computed: one of its values was not a number, or too large.
public struct ReplicateFailure: Hashable, Sendable {
  /// Which replicate.
  public let replicate: Int

  /// The regime's place in ``Model/regimes``.
  public let regime: Int

  /// The step at which it happened, or nil for an outcome.
  public let step: Int?

  /// The column whose value could not be recorded.
  public let column: Column

  /// What was to be recorded, as text: not a number, or beyond ``Recorder/largest``.
  public let value: String

  /// States what could not be computed.
  public init(replicate: Int, regime: Int, step: Int?, column: Column, value: String) {
    self.replicate = replicate
    self.regime = regime
    self.step = step
    self.column = column
    self.value = value
  }
}

/// What the runs of one slice recorded.
public struct SliceResult: Sendable {
  /// Which slice.
  public let slice: Slice

  /// One draw for each replicate, in order; none where they are not known.
  public let draws: [ParameterDraw]

  /// Every value, column by column: regime by regime, in it cell by cell (``CellLayout``), in it
  /// replicate by replicate; NaN where missing.
  public let values: [Double]

  /// The runs that failed.
  public let failures: [ReplicateFailure]

  /// States what was recorded.
  public init(
    slice: Slice, draws: [ParameterDraw], values: [Double], failures: [ReplicateFailure]
  ) {
    self.slice = slice
    self.draws = draws
    self.values = values
    self.failures = failures
  }
}

/// Where the cells of one run stand: step by step the step columns, then the outcomes.
public struct CellLayout: Hashable, Sendable {
  /// Recorded at the end of each step.
  public let stepColumns: [Column]

  /// Recorded once.
  public let outcomeColumns: [Column]

  /// How many steps a run has.
  public let stepCount: Int

  /// Lays cells out.
  public init(stepColumns: [Column], outcomeColumns: [Column], stepCount: Int) {
    self.stepColumns = stepColumns
    self.outcomeColumns = outcomeColumns
    self.stepCount = stepCount
  }

  /// How many values one run records.
  public var cellCount: Int { stepCount * stepColumns.count + outcomeColumns.count }

  /// The cell of a step column at a step.
  public func cell(step: Int, column: Int) -> Int { step * stepColumns.count + column }

  /// The cell of an outcome.
  public func cell(outcome: Int) -> Int { stepCount * stepColumns.count + outcome }

  /// The step (nil for an outcome) and the column of a cell.
  public func place(of cell: Int) -> (step: Int?, column: Column) {
    let recordedInSteps = stepCount * stepColumns.count
    guard cell < recordedInSteps else { return (nil, outcomeColumns[cell - recordedInSteps]) }
    return (cell / stepColumns.count, stepColumns[cell % stepColumns.count])
  }
}
