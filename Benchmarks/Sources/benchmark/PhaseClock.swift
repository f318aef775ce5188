import Glibc
import Simulation
import Synchronization

/// Adds up how long each phase of a model takes, on one thread.
final class PhaseClock: Sendable {
  /// How often a phase was called, and for how many nanoseconds in all.
  struct Reading {
    var calls = 0
    var nanoseconds = 0
  }

  private let readings: Mutex<[Reading]>

  init(phases: Int) {
    readings = Mutex(Array(repeating: Reading(), count: phases))
  }

  /// By phase, in the order of the month.
  var all: [Reading] { readings.withLock { $0 } }

  /// The same model, watched.
  func watch<Original: Model>(_ model: Original) -> Rephased<Original> {
    Rephased(model) { place, phase in
      Phase(phase.name) { state, context in
        let begun = Self.nanoseconds()
        phase.advance(&state, context)
        let spent = Self.nanoseconds() - begun
        self.readings.withLock {
          $0[place].calls += 1
          $0[place].nanoseconds += spent
        }
      }
    }
  }

  /// Since some moment.
  static func nanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
