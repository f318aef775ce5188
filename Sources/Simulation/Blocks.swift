/// Blocks of a design, rising and evenly apart: made when they are asked for, since a design may have a
/// million.
public struct Blocks: RandomAccessCollection, Sendable {
  private let replicates: Int
  private let first: Int
  private let step: Int

  init(replicates: Int, first: Int, step: Int) {
    (self.replicates, self.first, self.step) = (replicates, first, step)
  }

  /// The place of the first.
  public var startIndex: Int { 0 }

  /// How many there are.
  public var endIndex: Int {
    let all = (replicates + Block.size - 1) / Block.size
    return first < all ? (all - first - 1) / step + 1 : 0
  }

  /// A block by its place among these.
  public subscript(place: Int) -> Block {
    let index = first + place * step
    let start = index * Block.size
    return Block(index: index, replicates: start..<Swift.min(start + Block.size, replicates))
  }
}

/// The slices of rising blocks, in order: made when they are asked for.
public struct Slices<Source: RandomAccessCollection<Block> & Sendable>: RandomAccessCollection,
  Sendable
{
  private static var sizeOfBlock: Int { Block.size / Slice.size }

  private let blocks: Source

  /// The slices of these blocks, of which none but the last of a design is not full.
  public init(of blocks: Source) { self.blocks = blocks }

  /// The place of the first.
  public var startIndex: Int { 0 }

  /// How many there are.
  public var endIndex: Int {
    guard let last = blocks.last else { return 0 }
    let ofLast = (last.replicates.count + Slice.size - 1) / Slice.size
    return (blocks.count - 1) * Self.sizeOfBlock + ofLast
  }

  /// A slice by its place among these.
  public subscript(place: Int) -> Slice {
    let block = blocks[blocks.index(blocks.startIndex, offsetBy: place / Self.sizeOfBlock)]
    let start = block.replicates.lowerBound + place % Self.sizeOfBlock * Slice.size
    return Slice(
      block: block, replicates: start..<Swift.min(start + Slice.size, block.replicates.upperBound))
  }
}
