/// How a regime begins: as another one does, for so many steps.
public struct CommonBeginning: Hashable, Sendable {
  /// The other regime's place in ``Model/regimes``: an earlier one.
  public let regime: Int

  /// For how many steps nothing differs, 1 or more.
  public let steps: Int

  /// States how a regime begins.
  public init(as regime: Int, forSteps steps: Int) {
    precondition(steps > 0, "a beginning lasts, got \(steps) steps")
    self.regime = regime
    self.steps = steps
  }
}

/// What one regime of a replicate leaves to those that begin as it does.
///
/// Regimes often differ in one late rule, and on the same luck they are the same world until then: that
/// part is computed once, and a snapshot of the state is all that has to be kept of it.
struct Legacies<M: Model> {
  /// A world on the day on which another regime goes its own way; a class, since an array has no place
  /// for what cannot be copied.
  private final class Legacy {
    var state: M.State?
    /// What the recorder had of the run by then.
    let record: Recorder.Mark

    init(state: consuming M.State, record: Recorder.Mark) {
      self.state = consume state
      self.record = record
    }
  }

  private let model: M
  /// By regime: how it begins.
  private let beginnings: [CommonBeginning?]
  /// By regime: those that take over from it.
  private let heirs: [[Int]]
  /// By regime: what it takes over, once that is known.
  private var legacies: [Legacy?]

  init(_ beginnings: [CommonBeginning?], of model: M) {
    for (regime, beginning) in beginnings.enumerated() {
      precondition(beginning.map { $0.regime < regime } ?? true, "\(regime) follows a later regime")
    }
    self.model = model
    self.beginnings = beginnings
    heirs = beginnings.indices.map { regime in
      beginnings.indices.filter { beginnings[$0]?.regime == regime }
    }
    legacies = Array(repeating: nil, count: beginnings.count)
  }

  /// Whether others begin as a regime does.
  func isFollowed(_ regime: Int) -> Bool { !heirs[regime].isEmpty }

  /// The step from which a regime goes its own way; 0 when it begins by itself.
  func firstStep(of regime: Int) -> Int { beginnings[regime]?.steps ?? 0 }

  /// Hands a regime what it takes over, the record first; nil when it begins by itself.
  mutating func claim(_ regime: Int, _ recorder: inout Recorder) -> M.State? {
    guard let legacy = legacies[regime] else { return nil }
    legacies[regime] = nil
    recorder.repeat(legacy.record)
    return legacy.state.take()
  }

  /// Keeps the state for those who take over after so many steps of a regime.
  mutating func leave(
    _ state: borrowing M.State, of regime: Int, after steps: Int, _ recorder: borrowing Recorder
  ) {
    for heir in heirs[regime] where beginnings[heir]?.steps == steps {
      legacies[heir] = Legacy(state: model.snapshot(of: state), record: recorder.mark)
    }
  }
}
