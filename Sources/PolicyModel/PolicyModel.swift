import Quantities
public import Simulation
public import Stochastics

/// The policy model: labs, chips and rules, run by the engine month by month.
///
/// It is one `Model` of many that the engine could run; what it adds is the world, the mechanisms in
/// their order, and the ledger.
public struct PolicyModel: Model {
  /// What the model was made from.
  public let blueprint: Blueprint
  /// The months.
  public let timeline: Timeline
  /// The regimes by id, the reference first.
  public let regimes: [String]
  /// What is not known.
  public let parameterSpace: ParameterSpace
  /// The mechanisms that are switched on, in step order. Tests put deliberately broken ones among them.
  public internal(set) var phases: [Phase<World>]
  /// How runs are worked out where there is no world to run.
  public let arithmetic: (any RunArithmetic)?

  private let beginnings: [CommonBeginning?]
  private let plan: StatePlan
  /// What the columns of a world hold before the first month.
  private let opening: [UInt8]
  private let mechanisms: [any Mechanism]
  private let programs: [ParameterProgram]
  private let recording: Recording
  private var keepsStory = false
  /// What its worlds take down of the sale of a chip.
  var inquiry: SaleInquiry?

  /// What is recorded each month.
  public var stepColumns: [Column] { recording.stepColumns }
  /// What is recorded once: the outcomes of runs and labs, then estimates and first passages, then the entries
  /// of the ledger.
  public var outcomeColumns: [Column] { recording.outcomeColumns }
  /// What each ledger column among the outcomes holds.
  public var ledgerColumns: [LedgerColumn] { recording.ledgerColumns }

  /// Builds the model of a scenario.
  ///
  /// - Parameters:
  ///   - correlations: how uncertainties are correlated; made for the table's uncertainties.
  ///   - metrics: names of the monthly metrics to record; nil for all of them, and the books of labs.
  ///     When they are the headlines, jurisdictions without labs are left out.
  ///   - other: a model of the same world, months and regimes: what the rules come to is as in it.
  public init(
    _ blueprint: Blueprint, correlations: GaussianCopula? = nil, metrics: Set<String>? = nil,
    rulesOf other: PolicyModel? = nil
  ) {
    self.blueprint = blueprint
    timeline = Timeline(stepCount: blueprint.monthCount, stepYears: 1.0 / 12)
    regimes = blueprint.regimes.map(\.id)
    parameterSpace = ParameterSpace(
      uncertainties: blueprint.parameters.uncertainties, copula: correlations)
    programs = blueprint.regimes.indices.map { blueprint.parameters.program(forRegime: $0) }
    let active = StepOrder.mechanisms.filter {
      $0.acts(in: blueprint.world, switchedOff: blueprint.switchedOff)
    }
    let rules = other?.mechanisms.first { $0 is RulesInForce }
    let mechanisms: [any Mechanism] = active.map { mechanism in
      if mechanism == RulesInForce.self, let rules { rules } else { mechanism.init(blueprint) }
    }
    self.mechanisms = mechanisms
    phases = Self.phases(of: blueprint, mechanisms)
    arithmetic = EstimateArithmetic(blueprint, programs)
    beginnings = regimes.indices.map { Self.beginning(ofRegime: $0, in: blueprint, mechanisms) }
    recording = Recording(of: blueprint, active.flatMap { $0.metrics }, metrics: metrics)
    plan = StatePlan(blueprint, keepsBooks: recording.needsBooks)
    opening = World.openingBytes(of: plan)
  }

  /// The mechanisms in their order; first passages come last, since they may be of derived metrics.
  private static func phases(
    of blueprint: Blueprint, _ mechanisms: [any Mechanism]
  ) -> [Phase<World>] {
    let derived = DerivedMetrics(blueprint)?.phase
    var phases: [Phase<World>] = [.turnOfTheMonth(from: blueprint.start)]
    for mechanism in mechanisms {
      if mechanism is FirstPassages, let derived { phases.append(derived) }
      phases.append(mechanism.phase)
    }
    return phases
  }

  /// What happens to owners, labs and families under every regime alike.
  public func shocks(of replicate: Replicate) -> Shocks { shocks { _ in replicate } }

  /// The same, each phase on the luck of a replicate of its own.
  public func shocks(onLuckOf replicate: (_ phase: String) -> Replicate) -> Shocks {
    var shocks = Shocks()
    for mechanism in mechanisms {
      mechanism.draw(&shocks, of: replicate(type(of: mechanism).name))
    }
    return shocks
  }

  /// The world before the first month, of a run by itself.
  public func initialState(of replicate: Replicate, under draw: ParameterDraw) -> World {
    initialState(of: replicate, under: draw, amid: shocks(of: replicate))
  }

  /// The world before the first month.
  public func initialState(
    of replicate: Replicate, under draw: ParameterDraw, amid shocks: Shocks
  ) -> World {
    var world = World(
      plan, opening: opening,
      parameters: blueprint.estimates.values(
        from: programs[replicate.regime].values(under: draw)),
      shocks: shocks, regime: replicate.regime)
    if keepsStory { world.story = Story() }
    world.inquiry = inquiry
    return world
  }

  /// A copy of a world, with memory of its own.
  public func snapshot(of world: borrowing World) -> World { world.snapshot() }

  /// Until rules differ, regimes with the same parameters are one world; a world that tells its story
  /// tells the whole of it.
  public func commonBeginning(ofRegime regime: Int) -> CommonBeginning? {
    keepsStory ? nil : beginnings[regime]
  }

  /// What a world knows of its regime is where it stands.
  public func carryOn(_ state: consuming World, under regime: Int) -> World {
    var world = state
    world.regime = regime
    return world
  }

  /// The earlier regime that goes with a regime for longest.
  private static func beginning(
    ofRegime regime: Int, in blueprint: Blueprint, _ mechanisms: [any Mechanism]
  ) -> CommonBeginning? {
    let overrides = blueprint.parameters.overrides
    let all = (0..<regime).filter { overrides[$0] == overrides[regime] }.map { other in
      let steps = mechanisms.map { $0.firstDifference(between: other, and: regime) }.min() ?? 0
      return (regime: other, steps: min(steps, blueprint.monthCount))
    }
    guard let longest = all.max(by: { $0.steps < $1.steps }), longest.steps > 0 else { return nil }
    return CommonBeginning(as: longest.regime, forSteps: longest.steps)
  }

  /// The same model, whose worlds take down what happens in them: the same numbers, more slowly.
  public func keepingStory() -> PolicyModel {
    var model = self
    model.keepsStory = true
    return model
  }

  /// Records the month's metrics.
  public func recordStep(_ world: borrowing World, into recorder: inout Recorder) {
    recording.recordStep(world, of: blueprint.world, into: &recorder)
  }

  /// Records the outcomes of the run.
  public func recordOutcomes(_ world: borrowing World, into recorder: inout Recorder) {
    recording.recordOutcomes(world, of: blueprint.world, into: &recorder)
  }
}

extension Phase<World> {
  /// The calendar moves on before anything else happens.
  fileprivate static func turnOfTheMonth(from start: Month) -> Phase {
    Phase("turn of the month") { world, step in
      world.month = start + step.step
      world.step = step.step
      world.economy.shelf.turn(to: world.month)
    }
  }
}

extension Mechanism {
  /// The mechanism as a phase of the engine.
  fileprivate var phase: Phase<World> {
    Phase(Self.name) { world, step in advance(&world, step) }
  }
}
