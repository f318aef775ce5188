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
    var failures: [ReplicateFailure] = []
    draws.reserveCapacity(block.replicates.count)
    let runSize = model.regimes.count * layout.cellCount
    var columns = BlockColumns(columns: runSize, rows: block.replicates.count)
    let stripe = BlockColumns.stripe * runSize
    var recorder = Recorder(capacity: min(stripe, block.replicates.count * runSize))
    let phases = model.phases
    design.forEachReplicate(in: block.replicates) { number, uniforms in
      let draw = model.parameterSpace.draw(from: uniforms)
      draws.append(draw)
      for regime in model.regimes.indices {
        let replicate = Replicate(
          number: UInt32(number), regime: regime, seed: design.seed)
        _ = run(replicate, under: draw, phases: phases, into: &recorder) { _, _ in }
        if let failure = failure(of: replicate, in: recorder) { failures.append(failure) }
      }
      let isLast = number == block.replicates.upperBound - 1
      if isLast || recorder.values.count == stripe {
        columns.append(rows: recorder.values)
        recorder.clear()
      }
    }
    return BlockResult(
      block: block, draws: draws, values: columns.values, failures: failures)
  }

  /// One run: the stepping loop.
  ///
  /// - Parameter observe: called with the state after each step.
  func run<Failure: Error>(
    _ replicate: Replicate, under draw: ParameterDraw, phases: [Phase<M.State>],
    into recorder: inout Recorder, observe: (M.State, Int) throws(Failure) -> Void
  ) throws(Failure) -> M.State {
    recorder.beginRun()
    var state = model.initialState(of: replicate, under: draw)
    for step in 0..<model.timeline.stepCount {
      let context = StepContext(step: step, replicate: replicate)
      for phase in phases { phase.advance(&state, context) }
      model.recordStep(state, into: &recorder)
      try observe(state, step)
    }
    model.recordOutcomes(state, into: &recorder)
    precondition(
      recorder.count == layout.cellCount,
      "the model declares \(layout.cellCount) cells and recorded \(recorder.count)")
    return state
  }

  /// What could not be recorded of the recorder's last run.
  func failure(of replicate: Replicate, in recorder: Recorder) -> ReplicateFailure? {
    recorder.firstFailure.map { failure in
      let place = layout.place(of: failure.cell)
      return ReplicateFailure(
        replicate: Int(replicate.number), regime: replicate.regime, step: place.step,
        column: place.column, value: "\(failure.value)")
    }
  }
}
