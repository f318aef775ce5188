import Simulation
import Stochastics
import Synchronization
import Testing

/// A model whose state owns something and cannot be copied, and whose regimes share their shocks.
private struct Herd: Model {
  /// Counts what is alive, and how often shocks were drawn.
  final class Count: Sendable {
    let states = Atomic(0)
    let snapshots = Atomic(0)
    let draws = Atomic(0)
  }

  struct State: ~Copyable {
    let count: Count
    let shocks: [Double]
    var regime: Int
    var size = 0.0

    init(_ count: Count, _ shocks: [Double], regime: Int) {
      self.count = count
      self.shocks = shocks
      self.regime = regime
      count.states.add(1, ordering: .relaxed)
    }

    deinit { count.states.subtract(1, ordering: .relaxed) }
  }

  let count = Count()
  var beginnings: [CommonBeginning?] = [nil, nil, nil]
  let regimes = ["wild", "fenced", "fed"]
  let timeline = Timeline(stepCount: 4, stepYears: 1)
  let parameterSpace = ParameterSpace.certain
  let stepColumns = [Herd.column("size")]
  let outcomeColumns = [Herd.column("end")]

  private static func column(_ name: String) -> Column {
    Column(entity: "herd", metric: Metric(name: name, unit: "1", definition: "A number."))
  }

  var phases: [Phase<State>] {
    [
      Phase("grow") { state, context in
        state.size += state.shocks[context.step]
        if state.regime == 2, context.step >= 2 { state.size += 100 }
      }
    ]
  }

  func shocks(of replicate: Replicate) -> [Double] {
    count.draws.add(1, ordering: .relaxed)
    return (0..<timeline.stepCount).map { step in
      var stream = replicate.stream(MechanismID(rawValue: 902), step: step)
      return stream.normal()
    }
  }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> State {
    initialState(of: replicate, under: draw, amid: shocks(of: replicate))
  }

  func initialState(
    of replicate: Replicate, under draw: ParameterDraw, amid shocks: [Double]
  ) -> State {
    State(count, shocks, regime: replicate.regime)
  }

  func snapshot(of state: borrowing State) -> State {
    count.snapshots.add(1, ordering: .relaxed)
    var copy = State(state.count, state.shocks, regime: state.regime)
    copy.size = state.size
    return copy
  }

  func commonBeginning(ofRegime regime: Int) -> CommonBeginning? { beginnings[regime] }

  func carryOn(_ state: consuming State, under regime: Int) -> State {
    var state = state
    state.regime = regime
    return state
  }

  func recordStep(_ state: borrowing State, into recorder: inout Recorder) {
    recorder.record(state.size)
  }

  func recordOutcomes(_ state: borrowing State, into recorder: inout Recorder) {
    recorder.record(state.size)
  }

  func results(replicates: Int, threads: Int = 1) async throws -> EnsembleResult {
    let design = try Design(.mc, replicates: replicates, seed: 3, parameters: [])
    return try await Engine(model: self, design: design).runKeepingAll(threads: threads)
  }
}

@Suite struct OwnedStateTests {
  @Test func `shocks are drawn once a replicate, for all regimes`() async throws {
    let herd = Herd()
    let result = try await herd.results(replicates: 300, threads: 2)
    #expect(herd.count.draws.load(ordering: .relaxed) == 300)
    for cell in 0..<result.layout.cellCount {
      #expect(result.bits(regime: 1, cell: cell) == result.bits(regime: 0, cell: cell))
    }
    #expect(Set(result.bits(regime: 0, cell: 0)).count == 300)
  }

  @Test func `a run by itself draws the same shocks`() async throws {
    let herd = Herd()
    let whole = try await herd.results(replicates: 10)
    let design = try Design(.mc, replicates: 10, seed: 3, parameters: [])
    let replay = Engine(model: herd, design: design).replay(replicate: 6, regime: 2) { _, _ in }
    let expected = (0..<whole.layout.cellCount).map { whole.bits(regime: 2, cell: $0)[6] }
    let values = replay.values.map(\.bitPattern)
    #expect(values == expected)
  }

  @Test func `a state is copied for those who begin alike, and by nobody else`() async throws {
    var herd = Herd()
    let alone = try await herd.results(replicates: 50)
    #expect(herd.count.snapshots.load(ordering: .relaxed) == 0)
    herd.beginnings = [
      nil, CommonBeginning(as: 0, forSteps: 4), CommonBeginning(as: 1, forSteps: 2),
    ]
    let together = try await herd.results(replicates: 50)
    #expect(together.bits == alone.bits)
    #expect(herd.count.snapshots.load(ordering: .relaxed) == 50)
    herd.beginnings[2] = CommonBeginning(as: 0, forSteps: 2)
    #expect(try await herd.results(replicates: 50).bits == alone.bits)
    #expect(herd.count.snapshots.load(ordering: .relaxed) == 150)
  }

  @Test func `no state is left behind`() async throws {
    var herd = Herd()
    herd.beginnings[2] = CommonBeginning(as: 0, forSteps: 2)
    _ = try await herd.results(replicates: 300, threads: 2)
    #expect(herd.count.states.load(ordering: .relaxed) == 0)
  }
}
