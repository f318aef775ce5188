public import Stochastics

/// Runs a model: replicates of all regimes, slice by slice, on any number of threads.
///
/// Laws: the results are the same to the bit for any `threads`, and a regime or an agent that
/// changes nothing leaves every other number as it was.
public struct Engine<M: Model>: Sendable {
  /// What is run.
  public let model: M

  /// Which parameter draws and stochastic realisations it is run under.
  public let design: Design

  /// Where the values of one run stand.
  public let layout: CellLayout

  /// Everything that happens in one step.
  private let everyPhase: Phase<M.State>

  /// How runs are worked out that are arithmetic alone.
  private let arithmetic: (any RunArithmetic)?

  /// By regime: how it begins, when not by itself.
  private let beginnings: [CommonBeginning?]

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
    everyPhase = .sequence(model.phases)
    arithmetic = model.arithmetic
    beginnings = model.regimes.indices.map { model.commonBeginning(ofRegime: $0) }
  }

  /// What the uncertainties came to in each of some replicates.
  public func draws(of replicates: [Int]) -> [(replicate: Int, draw: ParameterDraw)] {
    replicates.map { ($0, model.parameterSpace.draw(from: design.uniforms(replicate: $0))) }
  }

  /// Runs the replicates of one slice under every regime.
  public func run(_ slice: Slice) -> SliceResult {
    if let arithmetic { return run(slice, by: arithmetic) }
    var draws: [ParameterDraw] = []
    var failures: [ReplicateFailure] = []
    draws.reserveCapacity(slice.replicates.count)
    let runSize = model.regimes.count * layout.cellCount
    let stripe = SliceColumns.stripe * runSize
    var recorder = Recorder(capacity: min(stripe, slice.replicates.count * runSize))
    var legacies = Legacies(beginnings, of: model)
    let values = SliceColumns.values(columns: runSize, rows: slice.replicates.count) { columns in
      design.forEachReplicate(in: slice.replicates) { number, uniforms in
        let draw = model.parameterSpace.draw(from: uniforms)
        draws.append(draw)
        let shocks = model.shocks(of: Replicate(number, of: design, regime: 0))
        for regime in model.regimes.indices {
          let replicate = Replicate(number, of: design, regime: regime)
          run(replicate, under: draw, amid: shocks, into: &recorder, &legacies)
          if let failure = failure(of: replicate, in: recorder) { failures.append(failure) }
        }
        let isLast = number == slice.replicates.upperBound - 1
        if isLast || recorder.filled == stripe {
          columns.append(rows: recorder.values)
          recorder.clear()
        }
      }
    }
    return SliceResult(slice: slice, draws: draws, values: values, failures: failures)
  }

  /// One run among those of a replicate: it takes over what an earlier one has in common with it.
  private func run(
    _ replicate: Replicate, under draw: ParameterDraw, amid shocks: M.Shocks,
    into recorder: inout Recorder, _ legacies: inout Legacies<M>
  ) {
    recorder.beginRun()
    let regime = replicate.regime
    guard let legacy = legacies.claim(regime, &recorder) else {
      let state = model.initialState(of: replicate, under: draw, amid: shocks)
      return run(replicate, from: state, at: 0, into: &recorder, &legacies)
    }
    run(
      replicate, from: model.carryOn(legacy, under: regime), at: legacies.firstStep(of: regime),
      into: &recorder, &legacies)
  }

  /// The rest of a run, from a step on.
  private func run(
    _ replicate: Replicate, from beginning: consuming M.State, at first: Int,
    into recorder: inout Recorder, _ legacies: inout Legacies<M>
  ) {
    var state = beginning
    let regime = replicate.regime
    // Asked once: in each step, the types of what might be left would be looked up for nothing.
    let isFollowed = legacies.isFollowed(regime)
    for step in first..<model.timeline.stepCount {
      if isFollowed { legacies.leave(state, of: regime, after: step, recorder) }
      advance(&state, step, of: replicate, into: &recorder)
    }
    if isFollowed {
      legacies.leave(state, of: regime, after: model.timeline.stepCount, recorder)
    }
    finish(state, into: &recorder)
  }

  /// One run by itself, from its first step.
  ///
  /// - Parameter observe: called with the state after each step.
  func run<Failure: Error>(
    _ replicate: Replicate, under draw: ParameterDraw, into recorder: inout Recorder,
    observe: (borrowing M.State, Int) throws(Failure) -> Void
  ) throws(Failure) -> M.State {
    recorder.beginRun()
    var state = model.initialState(of: replicate, under: draw)
    for step in 0..<model.timeline.stepCount {
      advance(&state, step, of: replicate, into: &recorder)
      try observe(state, step)
    }
    finish(state, into: &recorder)
    return state
  }

  private func advance(
    _ state: inout M.State, _ step: Int, of replicate: Replicate, into recorder: inout Recorder
  ) {
    everyPhase.advance(&state, StepContext(step: step, replicate: replicate))
    model.recordStep(state, into: &recorder)
  }

  private func finish(_ state: borrowing M.State, into recorder: inout Recorder) {
    model.recordOutcomes(state, into: &recorder)
    precondition(
      recorder.count == layout.cellCount,
      "the model declares \(layout.cellCount) cells and recorded \(recorder.count)")
  }

  /// What could not be recorded of the recorder's last run.
  func failure(of replicate: Replicate, in recorder: borrowing Recorder) -> ReplicateFailure? {
    recorder.firstFailure.map { failure in
      let place = layout.place(of: failure.cell)
      return ReplicateFailure(
        replicate: Int(replicate.number), regime: replicate.regime, step: place.step,
        column: place.column, value: "\(failure.value)")
    }
  }
}
