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

  /// All blocks of a design with `count` replicates, in order.
  static func blocks(of count: Int) -> [Block] {
    stride(from: 0, to: count, by: size).map { first in
      Block(index: first / size, replicates: first..<min(first + size, count))
    }
  }
}

/// Consecutive replicates of one block: what one thread computes at a time.
///
/// Slices do not show in results: they are put together to blocks before anything is summed.
struct BlockSlice: Hashable, Sendable {
  let block: Block
  let replicates: Range<Int>
}

extension Block {
  /// The slices of a block: one, unless there are so few blocks that threads would be idle.
  func slices(forThreads threads: Int, blocks: Int) -> [BlockSlice] {
    let isPlenty = threads == 1 || blocks >= 4 * threads
    let size = isPlenty ? Self.size : max(BlockColumns.stripe, Self.size / (4 * threads))
    return stride(from: replicates.lowerBound, to: replicates.upperBound, by: size).map {
      BlockSlice(block: self, replicates: $0..<min($0 + size, replicates.upperBound))
    }
  }
}

/// What the runs of one slice recorded, as in ``BlockResult``.
struct SliceResult: Sendable {
  let slice: BlockSlice
  /// The slice's place among all slices of the run.
  let place: Int
  let draws: [ParameterDraw]
  let values: [Double]
  let failures: [ReplicateFailure]
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
}

/// What the runs of one block recorded.
public struct BlockResult: Sendable {
  /// Which block.
  public let block: Block

  /// One draw for each replicate, in order.
  public let draws: [ParameterDraw]

  /// Every value, column by column: regime by regime, in it cell by cell (``CellLayout``), in it
  /// replicate by replicate.
  public let values: [Double]

  /// The runs that failed.
  public let failures: [ReplicateFailure]
}

extension BlockResult {
  /// Puts the slices of a block together again, in their order.
  init(joining slices: [SliceResult]) {
    block = slices[0].slice.block
    draws = slices.flatMap(\.draws)
    failures = slices.flatMap(\.failures)
    guard slices.count > 1 else {
      values = slices[0].values
      return
    }
    let columns = slices[0].values.count / slices[0].slice.replicates.count
    var joined: [Double] = []
    joined.reserveCapacity(columns * block.replicates.count)
    for column in 0..<columns {
      for slice in slices {
        let rows = slice.slice.replicates.count
        joined.append(contentsOf: slice.values[(column * rows)..<((column + 1) * rows)])
      }
    }
    values = joined
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
