/// One of the shards of a batch, counted from 0.
public struct ShardNumber: Hashable, Sendable, CustomStringConvertible {
  /// Which one.
  public let index: Int
  /// Of how many.
  public let count: Int

  /// A shard; nil unless the index is one of so many.
  public init?(_ index: Int, of count: Int) {
    guard count > 0, (0..<count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// As it is written on a command line: `0/3`.
  public var description: String { "\(index)/\(count)" }
}
