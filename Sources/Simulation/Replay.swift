import Stochastics

/// One run of one regime that was run again by itself.
public struct Replay<State> {
  /// Which replicate.
  public let replicate: Int

  /// The regime's place in ``Model/regimes``.
  public let regime: Int

  /// What the uncertainties came to in it.
  public let draw: ParameterDraw

  /// The state after the last step.
  public let state: State

  /// What it recorded, cell by cell (``CellLayout``); NaN where nothing was.
  public let values: [Double]

  /// Why it is in no summary, if it is not.
  public let failure: ReplicateFailure?
}

extension Engine {
  /// Runs one replicate under one regime, by itself.
  ///
  /// Law: the same values as in a run of everything, to the bit.
  ///
  /// - Parameters:
  ///   - replicate: its number, from 0; less than the design's replicates.
  ///   - regime: the regime's place in ``Model/regimes``.
  ///   - observe: called with the state and the step, after each step.
  public func replay<Failure: Error>(
    replicate: Int, regime: Int, observe: (M.State, Int) throws(Failure) -> Void
  ) throws(Failure) -> Replay<M.State> {
    precondition(
      model.regimes.indices.contains(regime), "regime \(regime) of \(model.regimes.count)")
    let draw = model.parameterSpace.draw(from: design.uniforms(replicate: replicate))
    let run = Replicate(replicate, of: design, regime: regime)
    var recorder = Recorder(capacity: layout.cellCount)
    let state = try self.run(
      run, under: draw, into: &recorder, observe: observe)
    return Replay(
      replicate: replicate, regime: regime, draw: draw, state: state,
      values: recorder.recordedByRun, failure: failure(of: run, in: recorder))
  }
}
