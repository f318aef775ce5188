import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: what each lab can use, and how much of it serves users, trains, and experiments
/// (docs/ODD.md 7.14).
///
/// Reads `fleets`, `remote`, `sales` and `power`; writes `labs`. A lab has its share of its owners'
/// fleets, the same share of what they rent abroad, and of their part of the follower's pool of
/// diverted chips (parts by demand that stayed unmet). Serving comes first: its need grows with
/// demand and with the length of reasoning, and falls with inference efficiency, up to a cap. A run
/// takes its peak share as far as there is room; the rest is for experiments.
struct FleetSplit: Mechanism {
  static let id = MechanismID(rawValue: 19)
  static let name = "fleet_split"
  static let canBeSwitchedOff = false

  struct Parameters: ParameterHandles {
    let share = Handle(
      "serving_share_at_first", "1", 0...1, "Share of a lab's fleet that serves at first.")
    let demand = Handle(
      "demand_growth_per_year", "per_year", -5...10, "Log growth of tokens that users want.")
    let reasoning = Handle(
      "reasoning_growth_per_year", "per_year", -5...10, "Log growth added by longer reasoning.")
    let reasoningFrom = Handle(
      "reasoning_from_months", "months", 0...1200, "Months from the start until that begins.")
    let efficiency = Handle(
      "inference_efficiency_per_year", "per_year", -5...10, "Log growth of tokens for a FLOP.")
    let cap = Handle(
      "serving_share_cap", "1", 0...1, "Share of the fleet that serving cannot exceed.")
    let flopPerToken = Handle(
      "flop_per_token_at_first", "flop_per_token", 1...1e18, "FLOP for a token at first.")
  }

  private let parameters: Parameters
  private let layout: EconomyLayout
  private let fleetShares: [ParameterIndex]
  private let activeFrom: [Int]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    fleetShares = layout.developers.map(\.developer.fleetShare)
    activeFrom = layout.activeFrom(blueprint.start)
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let pool = poolPerDollarPaid(world)
    let years = Double(step.step) * yearsPerMonth
    let reasoningYears = max(0, years - world[parameters.reasoningFrom] * yearsPerMonth)
    let tokenFlop = world[parameters.flopPerToken] * exp(-world[parameters.efficiency] * years)
    for lab in layout.developers.indices {
      guard step.step >= activeFrom[lab] else { continue }
      world.economy.labs[lab].isActive = true
      world.economy.labs[lab].fleet = fleet(of: lab, pool: pool, world)
      let decoding = world.economy.labs[lab].fleet.decoding
      if world.economy.labs[lab].servingAtFirst == nil, decoding > 0 {
        world.economy.labs[lab].servingAtFirst = decoding * world[parameters.share]
        world.economy.labs[lab].firstStep = step.step
      }
      let active = Double(step.step - world.economy.labs[lab].firstStep) * yearsPerMonth
      let growth =
        (world[parameters.demand] - world[parameters.efficiency]) * active
        + world[parameters.reasoning] * min(reasoningYears, active)
      let need = (world.economy.labs[lab].servingAtFirst ?? 0) * exp(growth)
      let serving = decoding > 0 ? min(world[parameters.cap], need / decoding) : 0
      world.economy.labs[lab].servingShare = serving
      world.economy.labs[lab].tokensPerDay = serving * decoding * 86_400 / tokenFlop
      let peak = world.economy.labs[lab].run?.peakShare ?? 0
      world.economy.labs[lab].runShare = min(peak, 1 - serving)
    }
  }

  /// What a dollar paid for diverted chips gives a claim to in the pool.
  // Inlined, as the next one: a call would copy the world's struct, at every lab: 2.4% of the engine.
  @inline(__always) private func poolPerDollarPaid(_ world: borrowing World) -> FleetVector {
    let all = world.economy.fleets.paidForPool.reduce(0, +)
    return all > 0 ? world.economy.fleets.poolFleet * (1 / all) : .zero
  }

  @inline(__always) private func fleet(
    of lab: Int, pool: FleetVector, _ world: borrowing World
  ) -> FleetVector {
    let part = world[fleetShares[lab]]
    var fleet = FleetVector.zero
    for owner in layout.developers[lab].developer.fleetOwners {
      let market = layout.marketOfOwner[owner]
      let place = layout.economy.owners[owner].location
      let rented =
        world.economy.remote.unit
        * (world.economy.remote.rented[market] * world.economy.sales.claim[owner])
      let own = world.economy.fleets.held[owner].learning(world.economy.fleets.learningGain[market])
      let atHome = own + pool * world.economy.fleets.paidForPool[owner]
      fleet += (atHome * world.economy.power.factor[place] + rented) * part
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
