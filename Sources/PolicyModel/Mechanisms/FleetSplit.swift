import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: what each lab can use, and how much of it serves users, trains, and experiments
/// (docs/ODD.md 7.14).
///
/// Reads `fleets`, `remote`, `sales` and `power`; writes `labs`. A lab has its share of its owners'
/// fleets, the same share of what they rent abroad, and of their part of the follower's pool of
/// diverted chips (parts by what owners paid for them). Serving comes first: users come, and ask for more
/// tokens each, both up to a ceiling; they are shared out among the labs of the follower, and among the
/// others, by what these can serve, and each needs the FLOP that its largest model takes for a token, up to a
/// cap. A run takes the cluster that it began on as far as there is room; the rest is for experiments.
struct FleetSplit: Mechanism {
  static let id = MechanismID(rawValue: 19)
  static let name = "fleet_split"
  static let canBeSwitchedOff = false

  struct Parameters: ParameterHandles {
    let cap = Handle(
      "serving_share_cap", "1", 0...1, "Share of the fleet that serving cannot exceed.")
    let usersAtFirst = Handle("users_at_first", "people", 1...1e11, "Users of all labs at first.")
    let usersCeiling = Handle("users_ceiling", "people", 1...1e11, "Users that they can ever have.")
    let adoption = Handle(
      "adoption_per_year", "per_year", 0...20, "Log growth of users while they are few.")
    let tokensAtFirst = Handle(
      "tokens_per_user_at_first", "tokens_per_day", 0.001...1e12,
      "Tokens a day that a user takes at first, input counted.")
    let tokensCeiling = Handle(
      "tokens_per_user_ceiling", "tokens_per_day", 0.001...1e12,
      "Tokens a day that a user can ever take.")
    let tokensGrowth = Handle(
      "tokens_per_user_growth", "per_year", 0...20, "Log growth of that while it is small.")
    let reasoning = Handle(
      "reasoning_growth_per_year", "per_year", -5...10, "Log growth added by longer reasoning.")
    let reasoningFrom = Handle(
      "reasoning_from_months", "months", 0...1200, "Months from the start until that begins.")
    let followerPart = Handle(
      "follower_part", "1", 0...1, "Share of all tokens that is asked of the follower's labs.")
    let flopPerToken = Handle(
      "flop_per_token_at_first", "flop_per_token", 1...1e18,
      "FLOP for a token at first, by a model of the reference size.")
    let efficiency = Handle(
      "inference_efficiency_per_year", "per_year", -5...10,
      "Log growth of tokens for a FLOP, for models of one size.")
    let sizeReference = Handle(
      "size_reference_flop", "flop", 1...1e40,
      "Pretraining FLOP of a model of the reference size.")
    let sizeElasticity = Handle(
      "size_elasticity", "1", 0...1, "Elasticity of FLOP for a token to pretraining FLOP.")
    let flopFloor = Handle(
      "flop_per_token_floor", "flop_per_token", 1...1e18, "FLOP for a token at the least.")
  }

  private let parameters: Parameters
  private let layout: EconomyLayout
  private let shares: FleetShares
  private let activeFrom: [Int]
  private let isOfFollower: [Bool]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    shares = FleetShares(blueprint)
    activeFrom = layout.activeFrom(blueprint.start)
    let follower = layout.economy.follower
    isOfFollower = layout.homeOfDeveloper.map { $0 == follower }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let pool = poolPerDollarPaid(world)
    var decoding = (follower: 0.0, others: 0.0)
    for lab in layout.developers.indices where step.step >= activeFrom[lab] {
      world.economy.labs[lab].isActive = true
      let fleet = fleet(of: lab, pool: pool, world, at: step.step)
      world.economy.labs[lab].fleet = fleet.all
      world.economy.labs[lab].rented = fleet.rented
      if isOfFollower[lab] {
        decoding.follower += fleet.all.decoding
      } else {
        decoding.others += fleet.all.decoding
      }
    }
    let demand = TokenDemand(parameters, world, months: Double(step.step))
    let perDecoding = (
      follower: decoding.follower > 0 ? demand.ofFollower / decoding.follower : 0,
      others: decoding.others > 0 ? demand.ofOthers / decoding.others : 0
    )
    for lab in layout.developers.indices where world.economy.labs[lab].isActive {
      let flop = demand.flopPerToken(size: world.economy.labs[lab].largestPretraining)
      let asked = isOfFollower[lab] ? perDecoding.follower : perDecoding.others
      split(lab, tokensPerDecoding: asked, flopPerToken: flop, &world)
    }
  }

  /// Serving first, up to its cap; then the run; experiments get the rest.
  private func split(
    _ lab: Int, tokensPerDecoding: Double, flopPerToken: Double, _ world: inout World
  ) {
    let decoding = world.economy.labs[lab].fleet.decoding
    let need = tokensPerDecoding * flopPerToken / secondsPerDay
    let serving = decoding > 0 ? min(world[parameters.cap], need) : 0
    world.economy.labs[lab].servingShare = serving
    world.economy.labs[lab].tokensPerDay = serving * decoding * secondsPerDay / flopPerToken
    let cluster = world.economy.labs[lab].run?.cluster ?? 0
    let rate = world.economy.labs[lab].fleet.pretraining
    world.economy.labs[lab].runShare = rate > 0 ? min(cluster / rate, 1 - serving) : 0
  }

  /// What a dollar paid for diverted chips gives a claim to in the pool.
  private func poolPerDollarPaid(_ world: borrowing World) -> FleetVector {
    let all = world.economy.fleets.paidForPool.reduce(0, +)
    return all > 0 ? world.economy.fleets.poolFleet * (1 / all) : .zero
  }

  private func fleet(
    of lab: Int, pool: FleetVector, _ world: borrowing World, at step: Int
  ) -> (all: FleetVector, rented: FleetVector) {
    let factor = world[shares.factors[lab]]
    var fleet = (all: FleetVector.zero, rented: FleetVector.zero)
    for use in shares.uses[lab] {
      let owner = use.owner
      let part = shares.share(use, at: step, times: factor)
      let market = layout.marketOfOwner[owner]
      let place = layout.economy.owners[owner].location
      let rented =
        world.economy.remote.unit
        * (world.economy.remote.rented[market] * world.economy.sales.claim[owner])
      let own = world.economy.fleets.held[owner].learning(world.economy.fleets.learningGain[market])
      let atHome = own + pool * world.economy.fleets.paidForPool[owner]
      fleet.all += (atHome * world.economy.power.factor[place] + rented) * part
      fleet.rented += rented * part
    }
    return fleet
  }
}

extension FleetSplit {
  private static func ofLab(
    _ name: String, _ unit: String, _ definition: String,
    _ value: @escaping @Sendable (LabState) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: unit, definition: definition), entity: .developer,
      occasion: .everyMonth,
      value: { world, _, lab in
        let state = world.economy.labs[lab]
        return state.isActive ? value(state) : nil
      })
  }

  static let metrics: [MetricDeclaration] = [
    ofLab("usable_h100e", "h100e", "BF16 H100e that the lab can use.") { $0.fleet.h100e },
    ofLab(
      "training_flop_per_second", "flop_per_second",
      "Training rate of all chips that the lab can use."
    ) {
      $0.fleet.pretraining
    },
    ofLab(
      "decoding_flop_per_second", "flop_per_second",
      "Serving rate of all chips that the lab can use."
    ) {
      $0.fleet.decoding
    },
    ofLab("serving_share", "1", "Share of the chips that the lab can use that serves users.") {
      $0.servingShare
    },
    ofLab("tokens_served_per_day", "tokens_per_day", "Tokens that the lab serves a day.") {
      $0.tokensPerDay
    },
    MetricDeclaration(
      metric: Metric(
        name: "tokens_served_per_day", unit: "tokens_per_day",
        definition: "Tokens that labs with headquarters in the jurisdiction serve a day."),
      entity: .jurisdiction, occasion: .everyMonth, isHeadline: true,
      value: { world, plan, place in
        plan.developersByPlace[place].reduce(0) { $0 + world.economy.labs[$1].tokensPerDay }
      }),
  ]
}
