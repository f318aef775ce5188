import Simulation

extension ComputeBalance {
  static let metrics = stocks + ratios + trade

  private static func ofPlace(
    _ name: String, _ unit: String, _ definition: String, isHeadline: Bool = false,
    _ value: @escaping @Sendable (borrowing EconomyState, Int) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: unit, definition: definition), entity: .jurisdiction,
      occasion: .everyMonth, isHeadline: isHeadline,
      value: { world, _, place in value(world.economy, place) })
  }

  private static let stocks: [MetricDeclaration] = [
    ofPlace(
      "stock_h100e", "h100e", "BF16 H100e at work in the jurisdiction, all channels.",
      isHeadline: true
    ) { $0.balance.places[$1].h100e },
    ofPlace("stock_legal_h100e", "h100e", "Operating BF16 H100e acquired through legal sales.") {
      $0.balance.places[$1].legalH100e
    },
    ofPlace(
      "acquired_h100e", "h100e",
      "BF16 H100e that have come to the jurisdiction by any channel, those held at the start included; chips "
        + "in transit, failed or retired too. Against another regime: what a rule denies it or brings it.",
      isHeadline: true
    ) { $0.balance.places[$1].allAcquiredH100e },
    ofPlace(
      "acquired_legal_h100e", "h100e",
      "BF16 H100e of foreign chips held at the start or acquired through legal sales since; chips in "
        + "transit, failed or retired are included, as in estimates that track deliveries."
    ) { $0.balance.places[$1].acquiredH100e },
    ofPlace(
      "stock_licensed_h100e", "h100e",
      "BF16 H100e at work in the jurisdiction that were sold there under license."
    ) {
      $0.balance.places[$1].licensedH100e
    },
    ofPlace("stock_domestic_h100e", "h100e", "BF16 H100e of the follower's own chips at work.") {
      $0.balance.places[$1].domesticH100e
    },
    ofPlace("stock_smuggled_h100e", "h100e", "BF16 H100e of diverted chips at work.") {
      $0.balance.places[$1].smuggledH100e
    },
    ofPlace(
      "stock_offshore_h100e", "h100e",
      "BF16 H100e at work elsewhere that belong to owners with headquarters in the jurisdiction."
    ) { $0.balance.places[$1].offshoreH100e },
    ofPlace("stock_legal_chips", "chips", "Operating foreign chips acquired through legal sales.") {
      $0.balance.places[$1].legalChips
    },
    ofPlace("stock_domestic_chips", "chips", "The follower's own chips at work.") {
      $0.balance.places[$1].domesticChips
    },
    ofPlace("flow_h100e", "h100e_per_month", "BF16 H100e bought in the month, all channels.") {
      $0.balance.places[$1].boughtH100e
    },
    ofPlace("flow_chips", "chips_per_month", "Chips bought in the month through legal sales.") {
      $0.balance.places[$1].boughtChips
    },
    MetricDeclaration(
      metric: Metric(
        name: "fleet_h100e", unit: "h100e", definition: "BF16 H100e of the owner at work."),
      entity: .fleet, occasion: .everyMonth,
      value: { world, _, owner in world.economy.fleets.held[owner].h100e }),
    MetricDeclaration(
      metric: Metric(
        name: "fleet_acquired_h100e", unit: "h100e",
        definition: "BF16 H100e that the owner held at first and has bought so far; chips on their "
          + "way, failed or retired count too, as with those who track deliveries."),
      entity: .fleet, occasion: .everyMonth,
      value: { world, _, owner in world.economy.fleets.acquired[owner] }),
    MetricDeclaration(
      metric: Metric(
        name: "fleet_chips", unit: "chips", definition: "Chips of the owner at work."),
      entity: .fleet, occasion: .everyMonth,
      value: { world, _, owner in world.economy.fleets.held[owner].chips }),
    MetricDeclaration(
      metric: Metric(
        name: "sold_chips", unit: "chips_per_month",
        definition: "Chips of this kind sold in the month, everywhere."),
      entity: .chip, occasion: .everyMonth,
      value: { world, plan, chip in
        plan.economy.markets.indices.reduce(0) {
          $0 + world.economy.sales.sold[$1 * plan.chips.count + chip]
        }
      }),
  ]

  private static func ratio(
    _ name: String, _ definition: String, isHeadline: Bool = false,
    _ value: @escaping @Sendable (borrowing EconomyState, Int) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: "1", definition: definition), entity: .world,
      occasion: .everyMonth, isHeadline: isHeadline,
      value: { world, plan, _ in
        let follower = value(world.economy, plan.economy.follower)
        let leader = value(world.economy, plan.economy.leader)
        return follower > 0 ? leader / follower : nil
      })
  }

  private static let ratios: [MetricDeclaration] = [
    ratio(
      "compute_ratio_stock_h100e", "Leader's over follower's stock, in BF16 H100e.",
      isHeadline: true
    ) { $0.balance.places[$1].h100e },
    ratio(
      "compute_ratio_stock_lowest_precision",
      "Leader's over follower's stock, by the peak in the lowest precision of each chip."
    ) { $0.balance.places[$1].lowestPrecision },
    ratio(
      "compute_ratio_stock_memory_bandwidth", "Leader's over follower's stock, by memory bandwidth."
    ) { $0.balance.places[$1].bandwidth },
    ratio(
      "compute_ratio_flow_h100e", "Leader's over follower's purchases of the month, BF16 H100e."
    ) {
      $0.balance.places[$1].boughtH100e
    },
  ]

  /// Sums over the markets of a place.
  private static func traded(
    _ name: String, _ unit: String, _ definition: String, isHeadline: Bool = false,
    _ value: @escaping @Sendable (borrowing EconomyState, Int) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: unit, definition: definition), entity: .jurisdiction,
      occasion: .everyMonth, isHeadline: isHeadline,
      value: { world, plan, place in
        plan.economy.markets.indices.reduce(0) {
          plan.economy.markets[$1].location == place ? $0 + value(world.economy, $1) : $0
        }
      })
  }

  private static let trade: [MetricDeclaration] = [
    traded(
      "supplier_revenue_usd", "usd_per_month",
      "What foreign suppliers got for chips sold into the jurisdiction in the month."
    ) { $0.sales.revenue[$1] },
    traded(
      "supplier_revenue_cumulative_usd", "usd",
      "What foreign suppliers have got for chips sold into the jurisdiction so far.",
      isHeadline: true
    ) { $0.sales.revenueCumulative[$1] },
    traded(
      "supplier_research_funded_cumulative_usd", "usd",
      "Research that foreign suppliers have funded with what they got for chips sold into the "
        + "jurisdiction so far."
    ) { $0.sales.revenueCumulative[$1] * $0.sales.researchPerRevenue },
    traded(
      "public_revenue_cumulative_usd", "usd",
      "License shares and duties on chips sold into the jurisdiction so far."
    ) { $0.sales.publicRevenueCumulative[$1] },
    traded(
      "barred_demand_usd", "usd_per_month", "Money aimed at chips that were barred in the month."
    ) { $0.sales.barred[$1] },
    traded(
      "refused_chips", "chips_per_month",
      "Chips that were wanted in the month and barred. Who still wants them is counted again in the next."
    ) {
      $0.sales.refused[$1]
    },
    traded(
      "refused_h100e", "h100e_per_month",
      "Chips that were wanted in the month and barred, in BF16 H100e; counted again while they are wanted."
    ) {
      $0.sales.refusedH100e[$1]
    },
    traded(
      "unmet_demand_usd", "usd_per_month",
      "Money that could not be spent in the month, after diverted chips."
    ) {
      $0.sales.unmet[$1]
    },
    MetricDeclaration(
      metric: Metric(
        name: "scarcity", unit: "1",
        definition: "Unmet over intended spending of buyers in the jurisdiction, 0 to 1."),
      entity: .jurisdiction, occasion: .everyMonth,
      value: { world, plan, place in
        let markets = plan.economy.markets.indices.filter {
          plan.economy.markets[$0].location == place
        }
        let intended = markets.reduce(0) { $0 + world.economy.sales.intended[$1] }
        let unmet = markets.reduce(0) { $0 + world.economy.sales.unmet[$1] }
        return intended > 0 ? unmet / intended : 0
      }),
    MetricDeclaration(
      metric: Metric(
        name: "parts_short_share", unit: "1",
        definition:
          "1 in months in which memory or packages of foreign suppliers ran short, else 0."),
      entity: .world, occasion: .everyMonth,
      value: { world, _, _ in world.economy.sales.arePartsShort ? 1 : 0 }),
  ]
}
