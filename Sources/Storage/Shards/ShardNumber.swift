/// One of the shards of a batch, counted from 0.
public struct ShardNumber: Hashable, Sendable, CustomStringConvertible {
  /// The most shards that a batch may have.
  public static let most = 1_000_000

  /// Which one.
  public let index: Int
  /// Of how many.
  public let count: Int

  /// A shard; nil unless the index is one of so many, and these are no more than ``most``.
  public init?(_ index: Int, of count: Int) {
    guard (1...Self.most).contains(count), (0..<count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// As it is written on a command line: `0/3`.
  public var description: String { "\(index)/\(count)" }
}

extension ShardNumber {
  /// The shard that a scheduler's array variables name: those of Slurm, PBS, Grid Engine, LSF, and of GNU
  /// parallel.
  ///
  /// - Parameters:
  ///   - environment: the variables of the process.
  ///   - count: how many shards there are; as many as Slurm's array has tasks if it is not known.
  public static func ofArrayTask(in environment: [String: String], count: Int?) -> ShardNumber? {
    let fromZero = ["SLURM_ARRAY_TASK_ID", "PBS_ARRAY_INDEX"]
    let fromOne = ["SGE_TASK_ID", "LSB_JOBINDEX", "PARALLEL_SEQ"]
    let index =
      fromZero.lazy.compactMap { environment[$0].flatMap { Int($0) } }.first
      ?? fromOne.lazy.compactMap { environment[$0].flatMap { Int($0) } }.first.map { $0 &- 1 }
    let count = count ?? environment["SLURM_ARRAY_TASK_COUNT"].flatMap { Int($0) }
    guard let index, let count else { return nil }
    return ShardNumber(index, of: count)
  }
}
