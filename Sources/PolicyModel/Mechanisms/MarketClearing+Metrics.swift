import Simulation

// Sales by chip, destination and channel: free, licensed, of the follower's own make, and diverted.

extension MarketClearing {
  static let metrics = byDestination + byChip

  private static func into(
    _ name: String, _ unit: String, _ definition: String,
    _ value: @escaping @Sendable (borrowing EconomyState, Range<Int>) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: unit, definition: definition), entity: .jurisdiction,
      occasion: .everyMonth,
      value: { world, plan, place in
        let (markets, chips) = (plan.economy.markets, plan.chips.count)
        return markets.indices.reduce(0) {
          markets[$1].location == place
            ? $0 + value(world.economy, $1 * chips..<($1 + 1) * chips) : $0
        }
      })
  }

  private static let byDestination: [MetricDeclaration] = [
    into(
      "free_chips", "chips_per_month",
      "Foreign chips sold into the jurisdiction in the month that needed no license."
    ) { economy, cells in
      cells.reduce(0) {
        economy.clearing.isDomestic(at: $1)
          ? $0 : $0 + economy.sales.sold[$1] - economy.sales.soldLicensed[$1]
      }
    },
    into(
      "licensed_chips", "chips_per_month",
      "Chips sold into the jurisdiction in the month under license."
    ) { economy, cells in cells.reduce(0) { $0 + economy.sales.soldLicensed[$1] } },
    into(
      "licensed_chips_cumulative", "chips",
      "Chips sold into the jurisdiction so far under license, recorded or drawn."
    ) { economy, cells in cells.reduce(0) { $0 + economy.sales.soldLicensedCumulative[$1] } },
    into(
      "domestic_chips", "chips_per_month",
      "The follower's own chips sold into the jurisdiction in the month."
    ) { economy, cells in
      cells.reduce(0) { economy.clearing.isDomestic(at: $1) ? $0 + economy.sales.sold[$1] : $0 }
    },
    into(
      "diverted_from_chips", "chips_per_month",
      "Chips that were sold into the jurisdiction in the month and taken from there to be diverted, seized "
        + "ones included."
    ) { economy, cells in cells.reduce(0) { $0 + economy.grey.takenFrom[$1] } },
  ]

  private static func ofChip(
    _ name: String, _ definition: String,
    _ value: @escaping @Sendable (borrowing EconomyState, WorldPlan, Int) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: "chips_per_month", definition: definition), entity: .chip,
      occasion: .everyMonth, value: { world, plan, chip in value(world.economy, plan, chip) })
  }

  private static let byChip: [MetricDeclaration] = [
    ofChip(
      "sold_to_follower_chips",
      "Chips of this kind sold in the month into the follower's jurisdiction."
    ) {
      economy, plan, chip in
      let markets = plan.economy.markets
      return markets.indices.reduce(0) {
        markets[$1].location == plan.economy.follower
          ? $0 + economy.sales.sold[$1 * plan.chips.count + chip] : $0
      }
    },
    ofChip("sold_licensed_chips", "Chips of this kind sold in the month under license, everywhere.")
    {
      economy, plan, chip in
      plan.economy.markets.indices.reduce(0) {
        $0 + economy.sales.soldLicensed[$1 * plan.chips.count + chip]
      }
    },
    ofChip(
      "sold_licensed_to_follower_chips",
      "Chips of this kind sold in the month under license into the follower's jurisdiction."
    ) {
      economy, plan, chip in
      let markets = plan.economy.markets
      return markets.indices.reduce(0) {
        markets[$1].location == plan.economy.follower
          ? $0 + economy.sales.soldLicensed[$1 * plan.chips.count + chip] : $0
      }
    },
    ofChip("diverted_chips", "Diverted chips of this kind that set out in the month and arrive.") {
      economy, _, chip in economy.grey.arrived[chip]
    },
  ]
}
