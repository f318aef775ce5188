import Simulation
import Stochastics

extension Model {
  /// The same model with the same uncertainties and other luck in some phases, whose streams of random
  /// numbers have the addresses of realisations that are in no design.
  func withOtherLuck(inPhases names: [String]) -> Rephased<Self> {
    Rephased(self) { _, phase in names.contains(phase.name) ? phase.withOtherLuck : phase }
  }
}

extension Phase {
  fileprivate var withOtherLuck: Phase {
    Phase(name) { state, context in
      advance(&state, StepContext(step: context.step, replicate: context.replicate.another))
    }
  }
}

extension Replicate {
  /// Designs count up from zero and have far less than two thousand million replicates.
  fileprivate var another: Replicate {
    Replicate(
      number: number, realisation: realisation | 1 << 31, regime: regime, seed: seed)
  }
}
