public import Stochastics

/// Runs a model: all replicates of all regimes, block by block, on any number of threads.
///
/// Laws: the results are the same to the bit for any `threads`, and a regime or an agent that
/// changes nothing leaves every other number as it was.
public struct Engine<M: Model>: Sendable {
  /// What is run.
  public let model: M

  /// Which parameter draws it is run under.
  public let design: Design

  /// Where the values of one run stand.
  public let layout: CellLayout

  /// Prepares a run; the design must have been made for the model's uncertainties.
  public init(model: M, design: Design) {
    precondition(
      design.parameters == model.parameterSpace.uncertainties.map(\.name),
      "a design for other uncertainties than the model's")
    self.model = model
    self.design = design
    layout = CellLayout(
      stepColumns: model.stepColumns, outcomeColumns: model.outcomeColumns,
      stepCount: model.timeline.stepCount)
  }

  /// Runs every block and hands the results over in block order.
  ///
  /// - Parameters:
  ///   - threads: how many blocks are computed at the same time, at least 1; more than the
  ///     machine has cores gain nothing.
  ///   - receive: called once for each block, in block order, never twice at the same time.
  public func run(threads: Int, receive: (BlockResult) throws -> Void) async throws {
    precondition(threads > 0, "at least one thread, got \(threads)")
    let blocks = Block.blocks(of: design.replicates)
    // A slow block must not let finished ones pile up behind it without bound.
    let mostAhead = 4 * threads
    var waiting: [Int: BlockResult] = [:]
    var (started, running, delivered) = (0, 0, 0)
    try await withThrowingTaskGroup(of: BlockResult.self) { group in
      repeat {
        while running < threads, started < min(blocks.count, delivered + mostAhead) {
          let block = blocks[started]
          group.addTask { run(block) }
          (started, running) = (started + 1, running + 1)
        }
        guard let result = try await group.next() else { return }
        running -= 1
        waiting[result.block.index] = result
        while let next = waiting.removeValue(forKey: delivered) {
          try receive(next)
          delivered += 1
        }
      } while delivered < blocks.count
    }
  }

  /// Runs the replicates of one block under every regime.
  public func run(_ block: Block) -> BlockResult {
    var draws: [ParameterDraw] = []
    var values: [Double] = []
    var failures: [ReplicateFailure] = []
    draws.reserveCapacity(block.replicates.count)
    values.reserveCapacity(block.replicates.count * model.regimes.count * layout.cellCount)
    let phases = model.phases
    design.forEachReplicate(in: block.replicates) { number, uniforms in
      let draw = model.parameterSpace.draw(from: uniforms)
      draws.append(draw)
      for regime in model.regimes.indices {
        let replicate = Replicate(
          number: UInt32(number), regime: regime, seed: design.seed)
        let record = run(replicate, under: draw, phases: phases)
        values.append(contentsOf: record.values)
        if let failure = record.firstFailure {
          let place = layout.place(of: failure.cell)
          failures.append(
            ReplicateFailure(
              replicate: number, regime: regime, step: place.step, column: place.column,
              value: "\(failure.value)"))
        }
      }
    }
    return BlockResult(block: block, draws: draws, values: values, failures: failures)
  }

  /// One run: the stepping loop.
  private func run(
    _ replicate: Replicate, under draw: ParameterDraw, phases: [Phase<M.State>]
  ) -> Recorder {
    var recorder = Recorder()
    recorder.values.reserveCapacity(layout.cellCount)
    var state = model.initialState(of: replicate, under: draw)
    for step in 0..<model.timeline.stepCount {
      let context = StepContext(step: step, replicate: replicate)
      for phase in phases { phase.advance(&state, context) }
      model.recordStep(state, into: &recorder)
    }
    model.recordOutcomes(state, into: &recorder)
    precondition(
      recorder.values.count == layout.cellCount,
      "the model declares \(layout.cellCount) cells and recorded \(recorder.values.count)")
    return recorder
  }
}
