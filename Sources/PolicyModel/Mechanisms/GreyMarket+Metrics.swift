import Simulation

extension GreyMarket {
  private static func flow(
    _ name: String, _ unit: String, _ definition: String, isHeadline: Bool = false,
    _ value: @escaping @Sendable (borrowing GreyTrade) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(name: name, unit: unit, definition: definition), entity: .world,
      occasion: .everyMonth, isHeadline: isHeadline,
      value: { world, _, _ in value(world.economy.grey) })
  }

  static let metrics: [MetricDeclaration] = [
    flow(
      "smuggled_chips", "chips_per_month", "Diverted chips that set out in the month and arrive.",
      isHeadline: true
    ) { $0.delivered },
    flow("seized_chips", "chips_per_month", "Diverted chips that were seized in the month.") {
      $0.seized
    },
    flow("smuggled_chips_cumulative", "chips", "Diverted chips that have arrived so far.") {
      $0.deliveredCumulative
    },
    flow(
      "smuggled_h100e_cumulative", "h100e",
      "Diverted chips that have arrived so far, in BF16 H100e."
    ) { $0.deliveredH100eCumulative },
    flow("seized_chips_cumulative", "chips", "Diverted chips that were seized so far.") {
      $0.seizedCumulative
    },
    flow("grey_price_multiple", "1", "Price of a diverted chip over list price, next month.") {
      $0.multiple
    },
    flow(
      "grey_premium_cumulative_usd", "usd",
      "What buyers have paid above list price for diverted chips, seizures taken off, so far."
    ) { $0.premiumCumulative },
  ]
}
