import Simulation
import Testing

/// Blocks and slices are made when they are asked for, and are what a list of them would hold.
@Suite struct BlockTests {
  /// By its definition, all at once.
  private static func listed(_ count: Int, from first: Int, every step: Int) -> [Block] {
    stride(from: first * Block.size, to: count, by: step * Block.size).map {
      Block(index: $0 / Block.size, replicates: $0..<min($0 + Block.size, count))
    }
  }

  @Test(arguments: [1, 127, 1024, 1025, 5000, 9 * 1024], [(0, 1), (1, 2), (2, 3), (20, 7)])
  func blocksAreThoseOfAList(count: Int, dealt: (first: Int, step: Int)) {
    let blocks = Block.blocks(of: count, from: dealt.first, every: dealt.step)
    let listed = Self.listed(count, from: dealt.first, every: dealt.step)
    #expect(Array(blocks) == listed && blocks.count == listed.count)
    let slices = Slices(of: blocks)
    #expect(Array(slices) == listed.flatMap { Array($0.slices) })
    #expect(slices.flatMap { Array($0.replicates) } == listed.flatMap { Array($0.replicates) })
    let some = listed.dropFirst().filter { $0.index != 3 }
    #expect(Array(Slices(of: some)) == some.flatMap { Array($0.slices) })
  }

  @Test func aBillionReplicatesAreNoList() {
    let blocks = Block.blocks(of: 1_000_000_000)
    #expect(blocks.count == 976_563 && Slices(of: blocks).count == 7_812_500)
    #expect(blocks.last?.replicates == 999_999_488..<1_000_000_000)
    #expect(Slices(of: blocks).last?.replicates == 999_999_872..<1_000_000_000)
    #expect(MemoryLayout.size(ofValue: Slices(of: blocks)) <= 64)
  }
}
