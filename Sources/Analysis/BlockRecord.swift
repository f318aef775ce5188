public import Simulation

/// What the runs of one block came to: enough to put an ensemble together again, block by block.
public struct BlockRecord: Sendable {
  /// Which block.
  public let block: Block
  /// Its numbers, piece by piece.
  private let pieces: [[Double]]
  /// The runs that failed.
  public let failures: [ReplicateFailure]

  /// States what a block came to.
  public init(block: Block, numbers: [Double], failures: [ReplicateFailure]) {
    self.init(block: block, pieces: [numbers], failures: failures)
  }

  init(block: Block, pieces: [[Double]], failures: [ReplicateFailure]) {
    self.block = block
    self.pieces = pieces
    self.failures = failures
  }

  /// How many numbers it has.
  public var numberCount: Int { pieces.reduce(0) { $0 + $1.count } }

  /// All values, slice by slice as ``SliceResult/values`` has them, where every value is kept; else the
  /// moments of all columns.
  public var numbers: [Double] { pieces.count == 1 ? pieces[0] : pieces.flatMap(\.self) }
}
