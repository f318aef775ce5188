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
  /// What is recorded each month.
  public let stepColumns: [Column]
  /// What is recorded once: the outcomes of runs and labs, then estimates and first passages, then the entries
  /// of the ledger.
  public let outcomeColumns: [Column]
  /// What each ledger column among the outcomes holds.
  public let ledgerColumns: [LedgerColumn]

  /// How runs are worked out where there is no world to run.
  public let arithmetic: (any RunArithmetic)?

  private let beginnings: [CommonBeginning?]
  private let plan: StatePlan
  /// What the columns of a world hold before the first month.
  private let opening: [UInt8]
  private let mechanisms: [any Mechanism]
  private let programs: [ParameterProgram]
  private let recordMonth: Reading
  private let recordOnce: Reading
  /// The places of the derived metrics that are recorded each month.
  private let derivedMonthly: [Int]
  /// The places of those that are recorded once.
  private let derivedOnce: [Int]
  private let ledgerReadings: [LedgerColumn.Reading]
  private var keepsStory = false
  /// What its worlds take down of the sale of a chip.
  var inquiry: SaleInquiry?

  /// Records metrics of a world. Made once: a list of metrics, gone through for every month, would be
  /// counted in and out each time, and threads would wait for each other's counting.
  private typealias Reading = @Sendable (borrowing World, WorldPlan, inout Recorder) -> Void

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

    let declarations = active.flatMap { $0.metrics }
    let monthly = declarations.filter {
      $0.occasion == .everyMonth && metrics?.contains($0.metric.name) ?? true
    }
    // An economy has hundreds of labs' costs: they are recorded on request.
    let hasEconomy = !blueprint.world.economy.isEmpty
    let once = declarations.filter {
      $0.occasion == .once
        && (metrics == nil || !hasEconomy || $0.entity.isOfRuns || $0.metric.isEvent)
    }
    let derived = blueprint.derived.metrics
    let isSelective =
      metrics?.subtracting(derived.map(\.name))
      == Set(declarations.filter(\.isHeadline).map(\.metric.name))
    recordMonth = Self.reading(of: monthly, in: blueprint.world, isSelective: isSelective)
    derivedMonthly = derived.indices.filter {
      !derived[$0].isFixed && metrics?.contains(derived[$0].name) ?? true
    }
    derivedOnce = derived.indices.filter { derived[$0].isFixed }
    stepColumns =
      Self.columns(of: monthly, in: blueprint.world, isSelective: isSelective)
      + derivedMonthly.map { derived[$0].column }
    recordOnce = Self.reading(of: once, in: blueprint.world, isSelective: isSelective)
    // Without books there is no cost, which is something else than a cost of zero.
    let hasBooks = !blueprint.switchedOff.contains(CostLedger.name)
    let keepsBooks = hasBooks && (metrics == nil || !hasEconomy)
    ledgerColumns = keepsBooks ? LedgerColumn.all(of: blueprint.world) : []
    let asked =
      (monthly + once).filter { !blueprint.world.names(of: $0.entity).isEmpty }.map(\.metric.name)
      + blueprint.thresholds.map(\.metric)
    let costs = Set(CostLedger.metrics.map(\.metric.name))
    plan = StatePlan(
      blueprint,
      keepsBooks: keepsBooks
        || !costs.isDisjoint(with: asked + blueprint.derived.series.map(\.metric)))
    opening = World.openingBytes(of: plan)
    ledgerReadings = ledgerColumns.map(\.reading)
    outcomeColumns =
      Self.columns(of: once, in: blueprint.world, isSelective: isSelective)
      + derivedOnce.map { derived[$0].column } + blueprint.estimates.estimates.map(\.column)
      + blueprint.thresholds.map(FirstPassages.column) + ledgerColumns.map(\.column)
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
    recordMonth(world, blueprint.world, &recorder)
    record(derivedMonthly, of: world, into: &recorder)
  }

  /// Records metrics that are derived from others, by their places.
  private func record(
    _ derived: [Int], of world: borrowing World, into recorder: inout Recorder
  ) {
    for place in derived {
      let value = world.derived[place]
      if value.isNaN { recorder.recordMissing() } else { recorder.record(value) }
    }
  }

  /// Records the outcomes of the run.
  public func recordOutcomes(_ world: borrowing World, into recorder: inout Recorder) {
    recordOnce(world, blueprint.world, &recorder)
    record(derivedOnce, of: world, into: &recorder)
    for estimate in blueprint.estimates.estimates {
      recorder.record(world.parameters[estimate.place])
    }
    for place in world.passages.indices {
      if let step = world.passages[place] {
        recorder.record(Double(step))
      } else {
        recorder.recordMissing()
      }
    }
    for reading in ledgerReadings { recorder.record(world.ledger.value(reading)) }
  }

  /// Metric by metric, entities in the order of the plan, which is sorted by id.
  private static func reading(
    of declarations: [MetricDeclaration], in plan: WorldPlan, isSelective: Bool
  ) -> Reading {
    var reading: Reading = { _, _, _ in }
    for declaration in declarations {
      let places = plan.places(of: declaration.entity, isSelective: isSelective)
      let (before, value) = (reading, declaration.value)
      reading = { world, plan, recorder in
        before(world, plan, &recorder)
        for index in places.indices {
          if let value = value(world, plan, places[index]) {
            recorder.record(value)
          } else {
            recorder.recordMissing()
          }
        }
      }
    }
    return reading
  }

  /// What the readings are called, in the same order.
  private static func columns(
    of declarations: [MetricDeclaration], in plan: WorldPlan, isSelective: Bool
  ) -> [Column] {
    declarations.flatMap { declaration in
      let names = plan.names(of: declaration.entity)
      return plan.places(of: declaration.entity, isSelective: isSelective).map {
        Column(entity: names[$0], metric: declaration.metric)
      }
    }
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
