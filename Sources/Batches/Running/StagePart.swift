import Analysis
import PolicyModel
import Simulation
import Storage
import Studies

/// What is computed of one stage of a study so far: the figure at the points of some blocks.
struct StagePart {
  private let query: PointQuery
  private let blocks: Blocks
  /// By block.
  private var records: [BlockRecord?]
  /// Blocks that are not on the disk.
  private var waiting: [BlockRecord] = []
  /// The numbers and failures of the block under way, slice by slice.
  private var slices: [[Double]] = []
  private var failures: [ReplicateFailure] = []
  /// How many points are done.
  private(set) var points = 0

  init(of query: PointQuery, _ blocks: Blocks) {
    (self.query, self.blocks) = (query, blocks)
    records = blocks.map { _ in nil }
  }

  private var regimes: Int { query.engine.regimes.count }
  var blockCount: Int { blocks.count }
  var blocksDone: Int { records.count { $0 != nil } }
  var isWhole: Bool { blocksDone == blockCount }

  func has(_ block: Block) -> Bool { records[block.index] != nil }

  /// Takes the blocks that a file has of the stage and that are not there yet.
  mutating func takeOver(from file: ShardFile) throws(FileError) {
    for index in try file.blocks(of: query.stage, atMost: blocks.count) {
      guard blocks.indices.contains(index) else { throw file.damaged }
      let block = blocks[index]
      guard records[index] == nil else { continue }
      let record = try file.record(
        of: block, in: query.stage, query.engine.layout, regimes: regimes,
        numbers: regimes * block.replicates.count)
      guard record.numbers.count == regimes * block.replicates.count,
        record.numbers.allSatisfy({ $0.isNaN || abs($0) <= Recorder.largest }),
        record.failures.allSatisfy({ block.replicates.contains($0.replicate) })
      else { throw file.damaged }
      records[index] = record
      points += block.replicates.count
    }
  }

  /// Adds the next slice of a block.
  mutating func fold(_ slice: SliceResult) {
    let size = slice.slice.replicates.count
    let failed = Set(slice.failures.map(\.replicate))
    slices.append(
      (0..<regimes).flatMap { regime in
        let first = (regime * query.engine.layout.cellCount + query.cell) * size
        return zip(slice.slice.replicates, slice.values[first..<first + size]).map {
          failed.contains($0) ? .nan : $1
        }
      })
    failures += slice.failures
    points += size
    guard slice.slice.isLastOfBlock else { return }
    // By regime, not by slice.
    let numbers = (0..<regimes).flatMap { regime in
      slices.flatMap { numbers in
        let size = numbers.count / regimes
        return numbers[regime * size..<(regime + 1) * size]
      }
    }
    let record = BlockRecord(block: slice.slice.block, numbers: numbers, failures: failures)
    records[slice.slice.block.index] = record
    waiting.append(record)
    (slices, failures) = ([], [])
  }

  /// Puts what is not on the disk there.
  mutating func keep(in file: ShardFile) async throws(FileError) {
    let (records, query) = (waiting, query)
    try await file.transaction { () throws(FileError) in
      try file.add(records, to: query.stage, query.engine.layout)
    }
    waiting = []
  }

  /// What came of all points, when every block is there.
  var values: PointValues {
    let whole = records.compactMap(\.self)
    return PointValues(
      values: (0..<regimes).map { regime in
        whole.flatMap { record in
          let size = record.block.replicates.count
          return record.numbers[regime * size..<(regime + 1) * size]
        }
      },
      failed: whole.reduce(0) { $0 + Set($1.failures.map(\.replicate)).count })
  }
}
