import Analysis
import Scenarios
public import Storage
import Wording

/// How far the shards of a batch are.
public struct BatchStatus: Sendable {
  /// How far one shard is.
  public struct Shard: Sendable {
    /// Which one.
    public let index: Int
    /// The path of its file.
    public let path: String
    /// How many of its blocks are done.
    public let done: Int
    /// Of how many.
    public let blocks: Int
    /// What is wrong with it; nil if nothing is.
    public let fault: FileError?

    /// Whether all of it is done.
    public var isFinished: Bool { done == blocks && fault == nil }
  }

  /// The shards, in order.
  public let shards: [Shard]

  /// Looks at every shard.
  public init(of plan: BatchPlan, in folder: BatchFolder) {
    shards = (0..<plan.shards).map { index in
      let path = folder.path(of: index, of: plan.shards)
      let planned = plan.blocks(in: index)
      let blocks = planned.count
      guard FileSystem.exists(path) else {
        return Shard(index: index, path: path, done: 0, blocks: blocks, fault: nil)
      }
      do throws(FileError) {
        let file = try ShardFile(reading: path)
        defer { file.end() }
        let done = try file.blocks(atMost: blocks)
        // Each once, and none of another shard.
        guard Set(done).count == done.count, Set(planned).isSuperset(of: done) else {
          throw file.damaged
        }
        return Shard(index: index, path: path, done: done.count, blocks: blocks, fault: nil)
      } catch {
        return Shard(index: index, path: path, done: 0, blocks: blocks, fault: error)
      }
    }
  }

  /// Whether every shard is finished.
  public var isFinished: Bool { shards.allSatisfy(\.isFinished) }

  /// The shards that are not finished, as schedulers take arrays: `0,2-5`.
  public var missing: String { missingShards.description }

  /// The shards that are not finished.
  var missingShards: TaskNumbers { TaskNumbers(shards.filter { !$0.isFinished }.map(\.index)) }

  /// A line for each shard, and what is missing.
  public var text: String {
    var table = TextTable(header: ["shard", "blocks", "done", "", "file"], rightAligned: [1, 2])
    for shard in shards {
      let state =
        shard.fault != nil
        ? "DAMAGED"
        : shard.blocks == 0
          ? "nothing to do" : shard.isFinished ? "finished" : shard.done > 0 ? "begun" : "missing"
      table.append([
        "\(shard.index)/\(shards.count)", NumberWords.grouped(Double(shard.blocks)),
        NumberWords.grouped(Double(shard.done)), state, shard.path,
      ])
    }
    let faults = shards.compactMap(\.fault).map { "\n\($0.description)" }.joined()
    let rest = isFinished ? "All shards are finished: merge them." : "Not finished: \(missing)"
    return "\(table.text)\n\(rest)\(faults)\n"
  }
}

/// Numbers of shards, as schedulers take those of array tasks: `0,2-5`.
struct TaskNumbers: Hashable, Sendable, CustomStringConvertible {
  /// The numbers, each once, in order.
  let numbers: [Int]

  /// Takes numbers in any order.
  init(_ numbers: some Sequence<Int>) { self.numbers = Set(numbers).sorted() }

  /// Whether there are none.
  var isEmpty: Bool { numbers.isEmpty }

  /// As schedulers take them.
  var description: String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
