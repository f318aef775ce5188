import Simulation

/// A model with other phases in the place of its own, and everything else as it was.
struct Rephased<Original: Model>: Model {
  let original: Original
  let phases: [Phase<Original.State>]

  /// - Parameter change: what becomes of each phase, given its place in the month.
  init(
    _ original: Original, _ change: (Int, Phase<Original.State>) -> Phase<Original.State>
  ) {
    self.original = original
    phases = original.phases.enumerated().map(change)
  }

  var timeline: Timeline { original.timeline }
  var regimes: [String] { original.regimes }
  var parameterSpace: ParameterSpace { original.parameterSpace }
  var stepColumns: [Column] { original.stepColumns }
  var outcomeColumns: [Column] { original.outcomeColumns }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> Original.State {
    original.initialState(of: replicate, under: draw)
  }

  func commonBeginning(ofRegime regime: Int) -> CommonBeginning? {
    original.commonBeginning(ofRegime: regime)
  }

  func carryOn(_ state: Original.State, under regime: Int) -> Original.State {
    original.carryOn(state, under: regime)
  }

  func recordStep(_ state: Original.State, into recorder: inout Recorder) {
    original.recordStep(state, into: &recorder)
  }

  func recordOutcomes(_ state: Original.State, into recorder: inout Recorder) {
    original.recordOutcomes(state, into: &recorder)
  }
}
