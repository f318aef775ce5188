import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: what scarcity adds to list prices and rents beyond the years of dated ones (docs/ODD.md 7.3).
///
/// Reads last month's `sales`; writes `indices`. A supplier's shortage is the share of its orders, in dollars,
/// that were not served, less the share of its dies that were left. Prices of observed years have a shortage
/// in them, whatever the rules, and the index is 1. From then on
///
///     index = exp(elasticity x (shortage, smoothed - usual shortage))
///
/// and rents alike, by the shortage of all suppliers, beyond the last dated rent of the reference chip. What is
/// usual is one number for all regimes: one under which chips are less short has lower prices. By the month
/// before, so that there is no circle in a month. Switched off, prices and rents are the dated ones.
struct ScarcityPrices: Mechanism {
  static let id = MechanismID(rawValue: 29)
  static let name = "scarcity_prices"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let elasticity = Handle(
      "price_elasticity", "1", 0...10,
      "Log of a supplier's prices for a rise of its shortage from 0 to 1 over the usual.")
    let rentElasticity = Handle(
      "rent_elasticity", "1", 0...10,
      "Log of rents for a rise of all suppliers' shortage from 0 to 1 over the usual.")
    let usual = Handle(
      "usual_shortage", "1", -1...1, "Shortage that the dated prices and rents have in them.")
    let lag = Handle(
      "adjustment_months", "months", 0.1...120,
      "Months over which shortages are smoothed before prices follow.")
  }

  private let parameters: Parameters
  private let families: [[Int]]
  /// By supplier: the first step that is in no observed year.
  private let firstOpen: [Int]
  /// The first step after the last dated rent.
  private let firstOpenRent: Int

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    let (layout, start) = (blueprint.layout, blueprint.start)
    let economy = layout.economy
    families = economy.suppliers.indices.map { supplier in
      economy.families.indices.filter {
        economy.families[$0].supplier == supplier && !economy.suppliers[supplier].isDomestic
          && economy.families[$0].captiveTo == nil
      }
    }
    firstOpen = families.map { families in
      families.flatMap { economy.families[$0].diesPerYear }.filter { $0.low != nil }
        .map { Month(index: $0.year * 12 + 12) - start }.max() ?? 0
    }
    let rents = layout.chips[layout.referenceChip.position].rentalPrices.entries
    firstOpenRent = (rents.last.map { $0.from - start } ?? 0) + 1
  }

  func advance(_ world: inout World, _ step: StepContext) {
    guard step.step > 0 else { return begin(&world) }
    let weight = -expm1(-1 / world[parameters.lag])
    let usual = world[parameters.usual]
    var all = Trade()
    for supplier in families.indices where !families[supplier].isEmpty {
      let trade = trade(of: supplier, in: world)
      all.add(trade)
      world.economy.indices.latest[supplier] = trade.shortage
      // The first open month begins with what dated prices have in them.
      let isOpen = step.step > firstOpen[supplier]
      let before = isOpen ? world.economy.indices.shortages[supplier] : usual
      let now = before + (trade.shortage - before) * weight
      world.economy.indices.shortages[supplier] = now
      guard step.step >= firstOpen[supplier] else { continue }
      world.economy.indices.prices[supplier] = exp(world[parameters.elasticity] * (now - usual))
    }
    let before = step.step > firstOpenRent ? world.economy.indices.shortage : usual
    let now = before + (all.shortage - before) * weight
    world.economy.indices.shortage = now
    guard step.step >= firstOpenRent else { return }
    world.economy.indices.rents = exp(world[parameters.rentElasticity] * (now - usual))
  }

  private func begin(_ world: inout World) {
    let usual = world[parameters.usual]
    for supplier in families.indices { world.economy.indices.shortages[supplier] = usual }
    world.economy.indices.shortage = usual
  }

  /// What was ordered, served and left last month.
  private struct Trade {
    /// US dollars.
    var ordered = 0.0
    var unserved = 0.0
    /// Dies.
    var available = 0.0
    var left = 0.0

    mutating func add(_ other: Trade) {
      ordered += other.ordered
      unserved += other.unserved
      available += other.available
      left += other.left
    }

    var shortage: Double {
      (ordered > 0 ? unserved / ordered : 0) - (available > 0 ? left / available : 0)
    }
  }

  /// A family of which nothing is ordered is not on sale: its stock is no glut.
  private func trade(of supplier: Int, in world: borrowing World) -> Trade {
    var trade = Trade()
    for family in families[supplier] {
      let (ordered, served) = (
        world.economy.sales.ordered[family], world.economy.sales.served[family]
      )
      guard ordered > 0 else { continue }
      let value = world.economy.sales.orderedValue[family]
      trade.ordered += value
      trade.unserved += value * (1 - served / ordered)
      trade.left += world.economy.sales.leftOver[family]
      trade.available += world.economy.sales.leftOver[family] + served
    }
    return trade
  }
}

extension ScarcityPrices {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "supply_price_index", unit: "1",
        definition:
          "What multiplies the supplier's dated list prices: above 1 where chips are shorter than usual, "
          + "beyond the observed years."),
      entity: .supplier, occasion: .everyMonth,
      value: { world, _, supplier in world.economy.indices.prices[supplier] }),
    MetricDeclaration(
      metric: Metric(
        name: "supply_shortage", unit: "1",
        definition:
          "Share of the supplier's orders, in dollars, that was not served in the month before, less "
          + "the share of its dies that was left."),
      entity: .supplier, occasion: .everyMonth,
      value: { world, _, supplier in world.economy.indices.latest[supplier] }),
    MetricDeclaration(
      metric: Metric(
        name: "rent_index", unit: "1",
        definition: "What multiplies the dated rents of all chips, beyond the last dated rent."),
      entity: .world, occasion: .everyMonth,
      value: { world, _, _ in world.economy.indices.rents }),
  ]
}
