import Simulation
import Stochastics
import Testing

/// A cost x that is not known, and a share u of it more that merely happens: y = x (1 + u).
///
/// With x uniform on 1 to 3 and u on 0 to 1: Var(E[y | x]) = (3/2)^2 / 3, E[Var(y | x)] = E[x^2] / 12,
/// and Var(y) = E[x^2] E[(1 + u)^2] - 3^2 is their sum.
private struct Surcharge: Model {
  static let ofDraws = 0.75
  static let withinDraws = 13.0 / 36

  let timeline = Timeline(stepCount: 1, stepYears: 1)
  let regimes = ["reference", "doubled"]
  let parameterSpace: ParameterSpace
  let stepColumns: [Column] = []
  let outcomeColumns = ["x", "u", "y"].map {
    Column(entity: $0, metric: Metric(name: $0, unit: "1", definition: "A number."))
  }
  let phases = [
    Phase<[Double]>("happen") { state, step in
      var stream = step.replicate.stream(MechanismID(rawValue: 902))
      state[1] = stream.uniform()
      state[2] = state[0] * (1 + state[1])
    }
  ]

  init() throws {
    parameterSpace = ParameterSpace(uncertainties: [
      .init(name: "surcharge.cost", unit: "1", distribution: try .uniform(1, 3))
    ])
  }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> [Double] {
    [draw.values[0] * (replicate.regime == 1 ? 2 : 1), 0, 0]
  }

  func recordStep(_ state: [Double], into recorder: inout Recorder) {}

  func recordOutcomes(_ state: [Double], into recorder: inout Recorder) {
    for value in state { recorder.record(value) }
  }

  func engine(
    _ kind: Design.Kind = .mc, replicates: Int, _ crossing: Design.Crossing
  ) throws -> Engine<Surcharge> {
    Engine(
      model: self,
      design: try Design(
        kind, replicates: replicates, seed: 7, parameters: ["surcharge.cost"],
        crossing: crossing))
  }
}

@Suite struct CrossingTests {
  private static let crossings: [Design.Crossing] = [
    .paired, .nested(realisations: 4), .crossed(realisations: 4), .crossed(realisations: 1),
  ]

  /// Of consecutive groups of four: the mean variance within them, and the variance of their means less
  /// what the variance within leaves in them.
  private static func split(_ values: ArraySlice<Double>) -> (within: Double, between: Double) {
    func variance(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
    let groups = stride(from: values.startIndex, to: values.endIndex, by: 4).map {
      Array(values[$0..<$0 + 4])
    }
    let within = groups.map(variance).reduce(0, +) / Double(groups.count)
    return (within, variance(groups.map { $0.reduce(0, +) / 4 }) - within / 4)
  }

  /// How many standard errors the split is off, these being those of 32 independent batches.
  private static func errors(
    _ crossing: Design.Crossing
  ) async throws -> (within: Double, between: Double) {
    let result = try await Surcharge().engine(replicates: 32 * 1024, crossing)
      .runKeepingAll(threads: 2)
    let values = result.values(regime: 0, cell: 2)
    let batches = (0..<32).map { split(values[$0 * 1024..<($0 + 1) * 1024]) }
    func error(_ estimates: [Double], _ truth: Double) -> Double {
      let mean = estimates.reduce(0, +) / 32
      return (mean - truth) / Design.standardError(ofRandomisationMeans: estimates)
    }
    return (
      error(batches.map(\.within), Surcharge.withinDraws),
      error(batches.map(\.between), Surcharge.ofDraws)
    )
  }

  @Test func aNestedDesignSplitsVariance() async throws {
    #expect(abs(Surcharge.ofDraws + Surcharge.withinDraws - (13.0 / 3 * 7 / 3 - 9)) < 1e-12)
    let errors = try await Self.errors(.nested(realisations: 4))
    #expect(abs(errors.within) < 4 && abs(errors.between) < 4)
  }

  @Test func aPairedDesignCannot() async throws {
    let errors = try await Self.errors(.paired)
    #expect(errors.within > 5 && errors.between < -5)
  }

  @Test func oneRealisationMeetsEveryDraw() async throws {
    let result = try await Surcharge().engine(replicates: 500, .crossed(realisations: 1))
      .runKeepingAll(threads: 2)
    let happened = try #require(result.values(regime: 0, cell: 1).first)
    let paired = try await Surcharge().engine(replicates: 500, .paired).runKeepingAll(threads: 2)
    #expect(result.bits(regime: 0, cell: 0) == paired.bits(regime: 0, cell: 0))
    #expect(happened == paired.values(regime: 0, cell: 1)[0])
    for regime in 0...1 {
      let (costs, sums) = (
        result.values(regime: regime, cell: 0), result.values(regime: regime, cell: 2)
      )
      #expect(sums == costs.map { $0 * (1 + happened) } && Set(costs).count == 500)
    }
  }

  /// The four realisations are those of the first four replicates of any other design.
  @Test func crossedDrawsMeetTheSameRealisations() async throws {
    let result = try await Surcharge().engine(replicates: 400, .crossed(realisations: 4))
      .runKeepingAll(threads: 2)
    let (costs, happened) = (result.values(regime: 0, cell: 0), result.values(regime: 0, cell: 1))
    #expect(Set(happened).count == 4 && Set(costs).count == 100)
    for replicate in 0..<400 {
      #expect(happened[replicate] == happened[replicate % 4])
      #expect(costs[replicate] == costs[replicate / 4 * 4])
    }
    #expect(zip(costs, happened).map { $0 * (1 + $1) } == result.values(regime: 0, cell: 2))
  }

  @Test func nestedRealisationsAreAllTheirOwn() async throws {
    let result = try await Surcharge().engine(.lhs, replicates: 640, .nested(realisations: 4))
      .runKeepingAll(threads: 2)
    #expect(Set(result.values(regime: 0, cell: 1)).count == 640)
    #expect(Set(result.values(regime: 0, cell: 0)).count == 160)
    #expect(result.bits(regime: 1, cell: 1) == result.bits(regime: 0, cell: 1))
  }

  @Test(arguments: crossings) func aReplayHasTheBitsOfTheWholeRun(
    _ crossing: Design.Crossing
  ) async throws {
    let engine = try Surcharge().engine(replicates: 200, crossing)
    let whole = try await engine.runKeepingAll(threads: 2)
    for replicate in [0, 5, 198] {
      let replay = engine.replay(replicate: replicate, regime: 1) { _, _ in }
      #expect(replay.values == (0..<3).map { whole.values(regime: 1, cell: $0)[replicate] })
      #expect(replay.replicate == replicate)
      #expect(engine.draws(of: [replicate])[0].draw.values == whole.draws[replicate].values)
    }
  }
}
