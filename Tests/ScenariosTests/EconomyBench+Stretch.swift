@testable import PolicyModel
@testable import Simulation
import Stochastics

/// Some months of a bench's run as it is: how the world was before them, and what they recorded.
struct Stretch: Sendable {
  let steps: Range<Int>
  let replicate: Int
  fileprivate let start: World
  fileprivate let recorded: [UInt64]
}

extension EconomyBench {
  /// Runs up to some months and through them.
  func stretch(_ steps: Range<Int>, replicate: Int = 0) -> Stretch {
    let run = run(replicate)
    var state = engine.model.initialState(of: run, under: draw())
    for step in 0..<steps.lowerBound { advance(&state, step, of: run) }
    let start = state
    var recorded: [UInt64] = []
    record(steps, of: run, from: state) { values in
      recorded += values
      return true
    }
    return Stretch(steps: steps, replicate: replicate, start: start, recorded: recorded)
  }

  /// Whether those months record anything else, to the bit, when parameters change before the first of
  /// them; goes no further than the first month that does.
  func differs(_ changes: [String: Double], in stretch: Stretch) -> Bool {
    let run = run(stretch.replicate)
    let fresh = engine.model.initialState(of: run, under: draw(changes))
    let start = stretch.steps.lowerBound == 0 ? fresh : stretch.start.with(fresh.parameters)
    var compared = 0
    return !record(stretch.steps, of: run, from: start) { values in
      defer { compared += values.count }
      return values.elementsEqual(stretch.recorded[compared..<compared + values.count])
    }
  }

  private func run(_ replicate: Int) -> Replicate {
    Replicate(replicate, of: engine.design, regime: 0)
  }

  private func advance(_ state: inout World, _ step: Int, of run: Replicate) {
    // Conservation only watches, for a fourth of the time of a step.
    for phase in engine.model.phases where phase.name != Conservation.name {
      phase.advance(&state, StepContext(step: step, replicate: run))
    }
  }

  /// Hands over what each month records, and at last the outcomes, for as long as `isWanted`; whether
  /// it was to the end.
  @discardableResult
  private func record(
    _ steps: Range<Int>, of run: Replicate, from start: World,
    while isWanted: ([UInt64]) -> Bool
  ) -> Bool {
    var state = start
    for step in steps {
      advance(&state, step, of: run)
      guard isWanted(recorded { engine.model.recordStep(state, into: &$0) }) else { return false }
    }
    return isWanted(recorded { engine.model.recordOutcomes(state, into: &$0) })
  }

  private func recorded(_ take: (inout Recorder) -> Void) -> [UInt64] {
    var recorder = Recorder(capacity: engine.layout.cellCount)
    recorder.beginRun()
    take(&recorder)
    return recorder.recordedByRun.map(\.bitPattern)
  }
}

extension World {
  /// The same world with other parameters from now on.
  fileprivate func with(_ parameters: [Double]) -> World {
    World(
      parameters: parameters, regime: regime, month: month, access: access, prices: prices,
      throughput: throughput, runs: runs, usage: usage, ledger: ledger, step: step,
      economy: economy, passages: passages, story: story)
  }
}
