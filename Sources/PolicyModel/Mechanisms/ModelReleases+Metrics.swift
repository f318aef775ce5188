import Glibc
import Simulation

extension LabState {
  /// What its best model amounts to; less than any model before its first.
  fileprivate var bestLogEffective: Double { best?.logEffective ?? -.infinity }
}

extension ModelReleases {
  private static func ofLab(
    _ name: String, _ unit: String, _ definition: String,
    _ value: @escaping @Sendable (LabState, borrowing Frontier) -> Double?
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: unit, definition: definition),
      entity: .developer, occasion: .everyMonth,
      value: { world, _, lab in value(world.economy.labs[lab], world.economy.frontier) })
  }

  private static func ofPlace(
    _ name: String, _ unit: String, _ definition: String, isHeadline: Bool = false,
    _ value: @escaping @Sendable (borrowing World, Int) -> Double?
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: unit, definition: definition), entity: .jurisdiction,
      occasion: .everyMonth, isHeadline: isHeadline,
      value: { world, _, place in value(world, place) })
  }

  private static func trend(
    _ name: String, _ definition: String, _ value: @escaping @Sendable (CostTrend) -> Double?
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(
        name: name, unit: "1",
        definition:
          "\(definition) is multiplied by in a year, over the runs of the jurisdiction that were its "
          + "largest when released; empty with fewer than three, or within a year."),
      entity: .jurisdiction, occasion: .once,
      value: { world, _, place in value(world.economy.frontier.costTrends[place]) })
  }

  private static let definitionOfCapability =
    "log10 of the effective FLOP at the algorithms of the first month that it is worth, or the saturating reading"

  private static let definitionOfFlop = "FLOP of pretraining and reinforcement learning"

  static let metrics: [MetricDeclaration] = [
    ofLab(
      "best_model_flop", "flop",
      "\(definitionOfFlop) of the lab's best model; empty before its first."
    ) { lab, _ in lab.best?.flop },
    ofLab(
      "largest_run_flop", "flop",
      "\(definitionOfFlop) of the largest run whose model the lab released."
    ) { lab, _ in lab.largestFlop > 0 ? lab.largestFlop : nil },
    ofLab("capability", "log10_flop", "Of the lab's best model: \(definitionOfCapability).") {
      lab, frontier in lab.best.map { frontier.curve.capability($0.logEffective) }
    },
    ofLab(
      "capability_over_gpt4", "1",
      "Effective compute that the lab's best model is worth, over GPT-4's."
    ) { lab, frontier in lab.best.map { exp($0.logEffective) / frontier.gpt4 } },
    ofLab(
      "capability_over_v3", "1", "Effective compute that the lab's best model is worth, over V3's."
    ) {
      lab, frontier in lab.best.map { exp($0.logEffective) / frontier.v3 }
    },
    ofLab(
      "unaided_capability", "log10_flop",
      "log10 of the effective compute of the lab's best own run, what catch_up added left out."
    ) { lab, _ in lab.best.map { _ in lab.bestOwn / log(10) } },
    ofLab("releases_cumulative", "models", "Models that the lab has released.") { lab, _ in
      Double(lab.releases)
    },
    ofLab(
      "release_cost_amortised_usd", "usd",
      "View amortised of the run behind the lab's last release; empty before its first."
    ) { lab, _ in lab.lastRelease.map { _ in lab.releaseCost } },
    MetricDeclaration(
      metric: Metric(
        name: "cost_to_gpt4_level_usd", unit: "usd",
        definition: "Rent of the training FLOP that GPT-4's effective compute takes with the lab's "
          + "methods, on its chips, hours lost to interruptions included, without post-training and "
          + "without what models of that level teach."),
      entity: .developer, occasion: .everyMonth,
      value: { world, _, lab in
        let state = world.economy.labs[lab]
        let rate = state.fleet.pretraining * (1 - world.throughput.interruptionLoss)
        guard rate > 0 else { return nil }
        let flop = world.economy.frontier.gpt4 / exp(state.logEfficiency)
        return flop / (rate * 3600) * state.fleet.rent
      }),
    MetricDeclaration(
      metric: Metric(
        name: "efficiency_over_frontier", unit: "1",
        definition: "Algorithmic efficiency of the lab over that of the leader's lab with the best "
          + "released model (of equal ones, that whose own runs amount to most); empty before there is one. Where its 95% point is above 1, the lab is ahead in "
          + "more than one replicate of twenty."),
      entity: .developer, occasion: .everyMonth,
      value: { world, plan, lab in
        let best = plan.developersByPlace[plan.economy.leader].max {
          // Who matched the best model has one of the same worth, to the bit.
          let (one, other) = (world.economy.labs[$0], world.economy.labs[$1])
          return (one.bestLogEffective, one.bestOwn)
            < (other.bestLogEffective, other.bestOwn)
        }
        guard let best, world.economy.labs[best].best != nil, world.economy.labs[lab].isActive
        else { return nil }
        return exp(world.economy.labs[lab].logEfficiency - world.economy.labs[best].logEfficiency)
      }),
    ofPlace(
      "capability", "log10_flop",
      "Of the best model of the jurisdiction: \(definitionOfCapability).",
      isHeadline: true
    ) { world, place in
      world.economy.frontier.logEffective(of: place, at: world.step)
        .map(world.economy.frontier.curve.capability)
    },
    ofPlace(
      "lag_months", "months",
      "How many whole months ago the leader (for the leader: the follower) first had models as good as the best "
        + "of the jurisdiction today; 0 when it never had.", isHeadline: true
    ) { world, place in world.economy.frontier.lag[place].map(Double.init) },
    ofPlace(
      "unaided_lag_months", "months",
      "The same of what the runs of the jurisdiction's labs amount to by themselves: less lag_months, it is "
        + "the part of the lag that catching up takes away."
    ) { world, place in world.economy.frontier.unaidedLag[place].map(Double.init) },
    ofPlace(
      "largest_run_flop", "flop",
      "\(definitionOfFlop) of the largest run of the jurisdiction whose model was released.",
      isHeadline: true
    ) { world, place in
      let flop = world.economy.frontier.largestFlop[place]
      return flop > 0 ? flop : nil
    },
    ofPlace(
      "largest_run_cost_usd", "usd",
      "View amortised of the dearest run of the jurisdiction whose model was released.",
      isHeadline: true
    ) { world, place in
      let cost = world.economy.frontier.largestCost[place]
      return cost > 0 ? cost : nil
    },
    trend("run_flop_growth", "What FLOP of training", \.flopGrowth),
    trend(
      "run_cost_growth",
      "What cost (view amortised), which is run_flop_growth over flop_per_dollar_growth,",
      \.costGrowth),
    trend(
      "flop_per_dollar_growth", "What FLOP of training for a dollar of that cost", \.priceGrowth),
    MetricDeclaration(
      metric: Metric(
        name: "capability_gap", unit: "log10_flop",
        definition: "Capability of the leader's best model minus that of the follower's."),
      entity: .world, occasion: .everyMonth, isHeadline: true,
      value: { world, plan, _ in
        guard
          let leader = world.economy.frontier.logEffective(of: plan.economy.leader, at: world.step),
          let follower = world.economy.frontier.logEffective(
            of: plan.economy.follower, at: world.step)
        else { return nil }
        return world.economy.frontier.curve.capability(leader)
          - world.economy.frontier.curve.capability(follower)
      }),
    MetricDeclaration(
      metric: Metric(
        name: "first_release", unit: "months_since_start",
        definition: "Months from the start to the lab's first release; empty without one."),
      entity: .developer, occasion: .once,
      value: { world, _, lab in world.economy.labs[lab].firstRelease.map(Double.init) }),
    MetricDeclaration(
      metric: Metric(
        name: "midway_level_matched", unit: "months_since_start",
        definition:
          "Months from the start until the follower had what the leader had in the month in "
          + "the middle of the run: the forward matching time is this less that month; empty if never."
      ),
      entity: .world, occasion: .once,
      value: { world, plan, _ in
        let middle = world.step / 2
        return world.economy.frontier.matchingMonths(
          of: plan.economy.follower, against: plan.economy.leader, at: middle, last: world.step
        ).map { Double(middle + $0) }
      }),
  ]
}
