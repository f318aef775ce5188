import Simulation
import Stochastics

/// A model that has nothing to do with chips: agents walk along a line by chance.
///
/// The regime `idle` differs from `reference` in name alone; `push` moves everybody on by one unit a
/// step, from the step `pushFrom` on. What the tests want to go wrong goes wrong at the `faults`.
struct Walks: Model {
  struct State {
    var positions: [Double]
    let stride: Double
    let replicate: Replicate
    /// The regime that it is carried on under, when not its replicate's own.
    var regime: Int
    var step = -1
    var luck: [Double] = []
  }

  /// A value that cannot be recorded, at a place of the results.
  struct Fault: Sendable {
    var replicate: UInt32
    var regime: Int
    /// Nil for an outcome.
    var step: Int?
    var agent: Int
    var value = Double.infinity
  }

  static let mechanism = MechanismID(rawValue: 901)

  var agents = ["ada", "bob"]
  var regimes = ["reference", "idle", "push"]
  var stepCount = 3
  var faults: [Fault] = []
  /// Values that are left out at the end of each step.
  var silentValues = 0
  /// Turns of idle work in each step of the first block, so that later blocks are ready before it.
  var firstBlockDelay = 0
  var copula: GaussianCopula?
  /// The step from which `push` moves everybody.
  var pushFrom = 0
  /// What the model says of regimes that begin alike; by default nothing.
  var beginnings: [Int: CommonBeginning] = [:]

  var timeline: Timeline { Timeline(stepCount: stepCount, stepYears: 1.0 / 12) }

  var parameterSpace: ParameterSpace {
    ParameterSpace(
      uncertainties: [
        .init(name: "walks.stride", unit: "1", distribution: Self.stride),
        .init(name: "walks.unused", unit: "1", distribution: Self.unused),
      ], copula: copula)
  }

  var stepColumns: [Column] {
    agents.map { Column(entity: $0, metric: Self.metric("position")) }
  }

  var outcomeColumns: [Column] {
    agents.map { Column(entity: $0, metric: Self.metric("lucky_end")) }
      + [Column(entity: "all", metric: Self.metric("luck"))]
  }

  var phases: [Phase<State>] {
    [
      Phase("clock") { state, step in
        state.step = step.step
        guard state.replicate.number < 1024 else { return }
        for _ in 0..<firstBlockDelay { state.luck.reverse() }
      },
      Phase("walk") { state, step in
        for (place, agent) in agents.enumerated() {
          var stream = step.replicate.stream(
            Self.mechanism, agent: AgentID(of: agent), step: step.step)
          let luck = stream.uniform()
          state.luck.append(luck)
          state.positions[place] += state.stride * (luck - 0.5)
          if step.replicate.regime == 2, step.step >= pushFrom { state.positions[place] += 1 }
        }
      },
    ]
  }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> State {
    State(
      positions: agents.map { _ in 0 }, stride: draw.values[0], replicate: replicate,
      regime: replicate.regime)
  }

  func commonBeginning(ofRegime regime: Int) -> CommonBeginning? { beginnings[regime] }

  func carryOn(_ state: State, under regime: Int) -> State {
    var state = state
    state.regime = regime
    return state
  }

  func recordStep(_ state: State, into recorder: inout Recorder) {
    for agent in agents.indices.dropLast(silentValues) {
      recorder.record(fault(state, step: state.step, agent: agent) ?? state.positions[agent])
    }
  }

  /// An end below zero is not recorded: a value that is missing, and no failure.
  func recordOutcomes(_ state: State, into recorder: inout Recorder) {
    for agent in agents.indices {
      if let fault = fault(state, step: nil, agent: agent) {
        recorder.record(fault)
      } else if state.positions[agent] < 0 {
        recorder.recordMissing()
      } else {
        recorder.record(state.positions[agent])
      }
    }
    recorder.record(state.luck.reduce(0, +))
  }

  private func fault(_ state: State, step: Int?, agent: Int) -> Double? {
    faults.first {
      $0.replicate == state.replicate.number && $0.regime == state.regime
        && $0.step == step && $0.agent == agent
    }?.value
  }

  private static func metric(_ name: String) -> Metric {
    Metric(name: name, unit: "1", definition: "A number of the walk.")
  }

  private static let stride = law { () throws(DistributionError) in try .uniform(1, 2) }
  private static let unused = law { () throws(DistributionError) in try .ci90(1, 10) }

  private static func law(
    _ make: () throws(DistributionError) -> Distribution
  ) -> Distribution {
    do { return try make() } catch { preconditionFailure("\(error)") }
  }
}

extension Walks {
  /// All replicates under a design that is made for the model.
  func results(
    _ kind: Design.Kind = .mc, replicates: Int, seed: UInt64 = 7, threads: Int = 1
  ) async throws -> EnsembleResult {
    try await Engine(model: self, design: try design(kind, replicates: replicates, seed: seed))
      .runKeepingAll(threads: threads)
  }

  func design(
    _ kind: Design.Kind = .mc, replicates: Int, seed: UInt64 = 7
  ) throws(DesignError) -> Design {
    try Design(
      kind, replicates: replicates, seed: seed,
      parameters: parameterSpace.uncertainties.map(\.name))
  }
}

extension EnsembleResult {
  /// The bits of every value: regime by regime, cell by cell, replicate by replicate.
  var bits: [[UInt64]] {
    regimes.indices.flatMap { regime in
      (0..<layout.cellCount).map { bits(regime: regime, cell: $0) }
    }
  }

  func bits(regime: Int, cell: Int) -> [UInt64] {
    values(regime: regime, cell: cell).map(\.bitPattern)
  }
}
