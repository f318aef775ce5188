import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: labs find better algorithms, and learn of each other's (docs/ODD.md 7.15).
///
/// Reads each lab's split of its fleet, `fleets` and `sales`; writes `labs`,
/// `frontier.efficiencies`, `frontier.published` and `frontier.referenceCompute`. Efficiency A is the compute that the
/// frontier's methods of the first month need over what is needed now, for equal capability.
///
///     d ln A = g own (X / X_0)^zeta A^(-beta) max(0, 1 + epsilon S) dt
///              + (1 - exp(-kappa dt)) max(0, ln A_pub(t - l) - ln A) + sigma dW
///     beta   = zeta ln(g_X) / g
///
/// X is experiment compute, X_0 that of the leader's median lab in the first month, S the scarcity of the
/// lab's market. What is published is the best that labs let out: all after the publication lag, and
/// closed labs later by the secrecy, by how closed they are; it stays public. The sign of epsilon is disputed; see
/// docs/ODD.md 7.15. Switched off, algorithms stay as they were.
struct AlgorithmicEfficiency: Mechanism {
  static let id = MechanismID(rawValue: 20)
  static let name = "algorithmic_efficiency"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let growth = Handle(
      "growth_factor_per_year", "1", 1...1000, "Yearly factor of the reference trend (exp g).")
    let elasticity = Handle(
      "compute_elasticity", "1", 0...5, "Elasticity zeta of progress to experiment compute.")
    let computeGrowth = Handle(
      "reference_compute_growth", "1", 1.001...1000, "Yearly factor g_X that holds the trend.")
    let scarcityEffect = Handle(
      "scarcity_effect", "1", -10...10, "Epsilon: progress induced (+) or starved (-) by scarcity.")
    let spillover = Handle(
      "spillover_per_year", "per_year", 0...100,
      "Rate kappa at which labs take up what is published.")
    let lag = Handle(
      "publication_lag_months", "months", 0...120, "Months until methods are published.")
    let secrecy = Handle(
      "secrecy_months", "months", 0...1200, "Months more for a lab that publishes nothing.")
    let productivitySpread = Handle(
      "productivity_spread", "1", 0...5, "Standard deviation of the log of labs' productivity.")
    let initialSpread = Handle(
      "initial_spread", "1", 0...5, "Standard deviation of ln A between labs at first.")
    let volatility = Handle("volatility", "per_sqrt_year", 0...5, "Volatility sigma of ln A.")
  }

  private let parameters: Parameters
  private let layout: EconomyLayout
  private let shares: FleetShares
  private let agents: [AgentID]
  private let stepCount: Int
  /// By developer: the step of its first month.
  private let activeFrom: [Int]
  private let leaders: [Int]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    shares = FleetShares(blueprint)
    agents = layout.agents(of: blueprint.world)
    stepCount = blueprint.monthCount
    activeFrom = layout.activeFrom(blueprint.start)
    let layout = layout
    leaders = layout.developers.indices.filter {
      layout.homeOfDeveloper[$0] == layout.economy.leader
    }
  }

  func draw(_ shocks: inout Shocks, of replicate: Replicate) {
    shocks.algorithms = normals(of: agents, steps: stepCount, in: replicate) { step, lab in
      step >= activeFrom[lab]
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    if step.step == 0 { begin(&world, step) }
    let g = log(world[parameters.growth])
    let zeta = world[parameters.elasticity]
    let law = Law(
      g: g, zeta: zeta, beta: g > 0 ? zeta * log(world[parameters.computeGrowth]) / g : 0,
      catchUp: -expm1(-world[parameters.spillover] * yearsPerMonth),
      shock: world[parameters.volatility] * yearsPerMonth.squareRoot(),
      epsilon: world[parameters.scarcityEffect])
    let published = max(world.economy.frontier.published, published(world, step.step, g: g))
    world.economy.frontier.published = published
    for lab in layout.developers.indices where world.economy.labs[lab].isActive {
      research(lab, law, published: published, &world, step)
    }
    // Who has no chips to try methods on has none to publish.
    for lab in layout.developers.indices {
      let found = world.economy.labs[lab].isAtWork
      world.economy.frontier.record(
        found ? world.economy.labs[lab].logEfficiency : -.infinity, of: lab, at: step.step)
    }
  }

  /// The numbers of the law in one month.
  private struct Law {
    let g, zeta, beta, catchUp, shock, epsilon: Double

    /// Progress of a month at constant compute, solved exactly: A^beta grows along a straight line. A
    /// straight step in ln A would run away where growth is slow, since beta is large there.
    func progress(from own: Double, logCompute: Double, pull: Double) -> Double {
      let logStep = log(g * pull * yearsPerMonth) + zeta * logCompute - beta * own
      guard beta > 0 else { return exp(logStep) }
      let grown = log(beta) + logStep
      // Beyond 40 the 1 in log(1 + exp(x)) is less than rounding, and exp(x) could overflow.
      return (grown > 40 ? grown : log1p(exp(grown))) / beta
    }
  }

  /// How many standard deviations a lab's log productivity is from the median at most: it drives an
  /// exponential, whose mean over replicates would otherwise rest on a handful of labs beyond all experience.
  private static let mostDeviations = 2.0

  private func begin(_ world: inout World, _ step: StepContext) {
    for lab in agents.indices {
      var stream = step.replicate.stream(Self.id, agent: agents[lab], draw: 1)
      let luck = min(max(stream.normal(sd: 1), -Self.mostDeviations), Self.mostDeviations)
      world.economy.labs[lab].productivity = exp(luck * world[parameters.productivitySpread])
      world.economy.labs[lab].logEfficiency = stream.normal(sd: world[parameters.initialSpread])
    }
    normaliseToFrontier(&world)
    let computes = leaders.map { experimentsAtFirst($0, world) }.filter { $0 > 0 }.sorted()
    let all = agents.indices.map { experimentsAtFirst($0, world) }.filter { $0 > 0 }.sorted()
    let known = computes.isEmpty ? all : computes
    world.economy.frontier.referenceCompute = known.isEmpty ? 1 : known[known.count / 2]
  }

  /// The frontier is the yardstick: its best lab begins with an efficiency of 1, and the leader's most
  /// productive lab has a productivity of 1, since the reference trend was measured on frontier models.
  /// Labs at work set it, so that one without chips changes nobody's numbers; those still to come are
  /// not ahead of it.
  private func normaliseToFrontier(_ world: inout World) {
    let atWork = agents.indices.filter { world.economy.labs[$0].isAtWork }
    let best = atWork.map { world.economy.labs[$0].logEfficiency }.max() ?? 0
    let most =
      leaders.filter(atWork.contains).map { world.economy.labs[$0].productivity }.max() ?? 1
    for lab in agents.indices {
      world.economy.labs[lab].logEfficiency = min(0, world.economy.labs[lab].logEfficiency - best)
      world.economy.labs[lab].productivity /= most
    }
    for lab in leaders {
      world.economy.labs[lab].productivity = min(1, world.economy.labs[lab].productivity)
    }
  }

  /// What there is to experiment with before anything was bought or served, which no regime changes.
  private func experimentsAtFirst(_ lab: Int, _ world: borrowing World) -> Double {
    let factor = world[shares.factors[lab]]
    return shares.uses[lab].reduce(0) { sum, use in
      let held = world.economy.fleets.heldAtFirst[use.owner].pretraining
      return sum + held * shares.share(use, at: 0, times: factor)
    }
  }

  private func experiments(_ lab: Int, _ world: borrowing World) -> Double {
    world.economy.labs[lab].experimentShare * world.economy.labs[lab].fleet.pretraining
  }

  private func research(
    _ lab: Int, _ law: Law, published: Double, _ world: inout World, _ step: StepContext
  ) {
    let shock = law.shock * world.shocks.algorithms[step.step * agents.count + lab]
    let own = world.economy.labs[lab].logEfficiency
    let compute = experiments(lab, world) / world.economy.frontier.referenceCompute
    var progress = 0.0
    if compute > 0 {
      let drive = max(0, 1 + law.epsilon * scarcity(of: lab, world))
      progress = law.progress(
        from: own, logCompute: log(compute),
        pull: world.economy.labs[lab].productivity * drive)
    }
    let learnt = law.catchUp * max(0, published - own)
    world.economy.labs[lab].logEfficiency = own + progress + learnt + shock
  }

  /// The scarcity of the markets that a lab's owners buy in, the largest of them.
  private func scarcity(of lab: Int, _ world: borrowing World) -> Double {
    layout.developers[lab].developer.fleetOwners.reduce(0) {
      max($0, world.economy.sales.scarcity[layout.marketOfOwner[$1]])
    }
  }

  /// Log of the best efficiency that becomes public; before the first month the reference trend.
  private func published(_ world: borrowing World, _ step: Int, g: Double) -> Double {
    let (lag, secrecy) = (world[parameters.lag], world[parameters.secrecy])
    var best = -Double.infinity
    for lab in layout.developers.indices where world.economy.labs[lab].isAtWork {
      let delay = lag + secrecy * (1 - layout.developers[lab].developer.openness)
      let when = Double(step) - delay
      let known =
        when < 0
        ? g * when * yearsPerMonth : world.economy.frontier.efficiency(of: lab, at: Int(when))
      best = max(best, known)
    }
    return best
  }
}

extension AlgorithmicEfficiency {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "algorithmic_efficiency", unit: "1",
        definition: "Compute that the frontier's methods of the first month need over what the lab "
          + "needs, for equal capability."),
      entity: .developer, occasion: .everyMonth,
      value: { world, _, lab in
        let state = world.economy.labs[lab]
        return state.isActive ? exp(state.logEfficiency) : nil
      }),
    MetricDeclaration(
      metric: Metric(
        name: "algorithmic_efficiency", unit: "1",
        definition: "The best of the labs at work with headquarters in the jurisdiction."),
      entity: .jurisdiction, occasion: .everyMonth, isHeadline: true,
      value: { world, plan, place in
        var best: Double?
        for lab in plan.developersByPlace[place] where world.economy.labs[lab].isAtWork {
          best = max(best ?? -.infinity, world.economy.labs[lab].logEfficiency)
        }
        return best.map { exp($0) }
      }),
  ]
}
