import Simulation

/// A model with other phases in the place of its own, and everything else as it was.
struct Rephased<Original: Model>: Model {
  let original: Original
  let phases: [Phase<Original.State>]
  private let drawShocks: @Sendable (Replicate) -> Original.Shocks

  /// - Parameters:
  ///   - shocks: what regimes share; the original's by default.
  ///   - change: what becomes of each phase, given its place in the month.
  init(
    _ original: Original, shocks: (@Sendable (Replicate) -> Original.Shocks)? = nil,
    _ change: (Int, Phase<Original.State>) -> Phase<Original.State>
  ) {
    self.original = original
    drawShocks = shocks ?? { original.shocks(of: $0) }
    phases = original.phases.enumerated().map(change)
  }

  var timeline: Timeline { original.timeline }
  var regimes: [String] { original.regimes }
  var parameterSpace: ParameterSpace { original.parameterSpace }
  var stepColumns: [Column] { original.stepColumns }
  var outcomeColumns: [Column] { original.outcomeColumns }

  func shocks(of replicate: Replicate) -> Original.Shocks { drawShocks(replicate) }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> Original.State {
    initialState(of: replicate, under: draw, amid: shocks(of: replicate))
  }

  func initialState(
    of replicate: Replicate, under draw: ParameterDraw, amid shocks: Original.Shocks
  ) -> Original.State {
    original.initialState(of: replicate, under: draw, amid: shocks)
  }

  func snapshot(of state: borrowing Original.State) -> Original.State {
    original.snapshot(of: state)
  }

  func commonBeginning(ofRegime regime: Int) -> CommonBeginning? {
    original.commonBeginning(ofRegime: regime)
  }

  func carryOn(_ state: consuming Original.State, under regime: Int) -> Original.State {
    original.carryOn(state, under: regime)
  }

  func recordStep(_ state: borrowing Original.State, into recorder: inout Recorder) {
    original.recordStep(state, into: &recorder)
  }

  func recordOutcomes(_ state: borrowing Original.State, into recorder: inout Recorder) {
    original.recordOutcomes(state, into: &recorder)
  }
}
