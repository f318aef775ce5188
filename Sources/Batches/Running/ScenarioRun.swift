import Analysis
import PolicyModel
import Scenarios
import Simulation
import Storage
import Studies

/// One scenario being computed: block by block, from where it was left.
struct ScenarioRun {
  private let scenario: Scenario
  private let engine: Engine<PolicyModel>
  private let threads: Int
  private(set) var collector: EnsembleCollector

  /// A scenario of which nothing is computed.
  init(_ scenario: Scenario, threads: Int) {
    self.scenario = scenario
    self.threads = threads
    let model = scenario.model
    engine = Engine(model: model, design: scenario.design)
    collector = EnsembleCollector(
      scenario.cellPlan(of: model), scenario.design, exactValues: scenario.run.exactValues,
      threads: threads)
  }

  /// What the cells of its runs are.
  var layout: CellLayout { engine.layout }

  /// Computes blocks.
  ///
  /// - Parameters:
  ///   - progress: called with the replicates that were added, after each slice.
  ///   - receive: called with each block's record, in order.
  mutating func compute(
    _ blocks: some RandomAccessCollection<Block> & Sendable, progress: (_ more: Int) -> Void,
    receive: (BlockRecord, EnsembleCollector) async throws -> Void
  ) async throws {
    var collector = collector
    try await engine.run(blocks, threads: threads) { slice in
      let record = await collector.fold(slice)
      progress(slice.slice.replicates.count)
      if let record { try await receive(record, collector) }
    }
    self.collector = collector
  }

  /// Takes over the blocks that a shard has of it.
  mutating func restore(
    _ blocks: some Collection<Block>, of entry: Int, from file: ShardFile
  ) async throws(FileError) {
    for block in blocks { try await restore(block, of: entry, from: file) }
    try await mergeCounts(of: entry, from: file)
    guard await isInAgreement else { throw file.damaged }
  }

  /// Whether blocks and counts that were taken over are of the same replicates.
  var isInAgreement: Bool {
    get async {
      do throws(TallyFault) { try await collector.requireAgreement() } catch { return false }
      return true
    }
  }

  /// Takes over one block that a shard has of it, whose counts come by themselves.
  mutating func restore(
    _ block: Block, of entry: Int, from file: ShardFile
  ) async throws(FileError) {
    let record = try file.record(of: block, in: entry, layout, for: collector)
    do throws(TallyFault) { try await collector.restore(record) } catch { throw file.damaged }
  }

  /// Adds the counts of all blocks that a shard has of it.
  mutating func mergeCounts(of entry: Int, from file: ShardFile) async throws(FileError) {
    for piece in 0..<collector.countPieces {
      let counts = try file.counts(of: entry, piece: piece, for: collector)
      do throws(TallyFault) { try await collector.merge(counts: counts, ofPiece: piece) } catch {
        throw file.damaged
      }
    }
  }

  /// What it amounts to, when all its blocks are there.
  func result() async throws -> RunResult {
    try await RunResult(collector, of: scenario, model: engine.model, threads: threads)
  }
}
