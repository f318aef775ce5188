import Simulation
import Stochastics

/// A model whose runs have the same uncertainties as the original's, and other luck: its streams of
/// random numbers have the addresses of replicates that are in no design.
struct OtherLuck<Original: Model>: Model {
  let original: Original
  let phases: [Phase<Original.State>]

  /// - Parameter names: the phases that have other luck.
  init(_ original: Original, inPhases names: [String]) {
    self.original = original
    phases = original.phases.map { names.contains($0.name) ? Self.unlike($0) : $0 }
  }

  private static func unlike(_ phase: Phase<Original.State>) -> Phase<Original.State> {
    Phase(phase.name) { state, context in
      phase.advance(
        &state, StepContext(step: context.step, replicate: another(context.replicate)))
    }
  }

  /// Designs count up from zero and have far less than two thousand million replicates.
  private static func another(_ replicate: Replicate) -> Replicate {
    Replicate(
      number: replicate.number | 1 << 31, regime: replicate.regime, seed: replicate.seed)
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
