import Glibc

extension GreyMarket {
  struct Parameters: ParameterHandles {
    let capacity = Handle(
      "capacity_per_month", "consignments_per_month", 0...10_000, "Capacity in the first month.")
    let growth = Handle(
      "capacity_growth_per_year", "per_year", -10...10,
      "Log growth of capacity while it is used and all succeed.")
    let willingClouds = Handle(
      "willing_large_clouds", "1", 0...1,
      "Share of the large clouds' money for barred chips for which they would take diverted ones.")
    let willingOthers = Handle(
      "willing_others", "1", 0...1, "The same of all other buyers.")
    let shrinkage = Handle(
      "seizure_shrinkage", "1", 0...10,
      "Log of capacity that a month of nothing but seizures costs.")
    let most = Handle(
      "most_consignments", "consignments_per_month", 1...10_000,
      "What neither capacity nor the mean of a month's consignments can exceed.")
    let size = Handle("consignment_size", "chips", 0.001...1e6, "Median size of a consignment.")
    let spread = Handle(
      "consignment_spread", "1", 0...5, "Standard deviation of the log of its size.")
    let elasticity = Handle(
      "margin_elasticity", "1", 0...10, "Elasticity of consignments to the margin.")
    let low = Handle(
      "multiple_low", "1", 1...100, "Price over list price when nothing is unmet or seized.")
    let high = Handle(
      "multiple_high", "1", 1...100, "Price over list price when all is unmet or seized.")
    let enforcement = Handle(
      "enforcement", "1", 0...1000, "Effort of enforcement; 1 is that of 2024.")
    let seizureRate = Handle(
      "seizure_rate", "1", 0...100, "b: seizure grows as 1 - exp(-b x enforcement).")
    let reattempted = Handle(
      "reattempted_share", "1", 0...1, "Share of seized chips that is replaced and sent again.")
    let permitEffect = Handle(
      "transit_permit_effect", "1", 0...1,
      "Share of what could be diverted from a place that its own permit on re-export stops.")
    let rerouted = Handle(
      "rerouted_share", "1", 0...1,
      "Share of the trade that a place loses by its own measures and that turns to other places.")
    let divertible = Handle(
      "divertible_share", "1", 0...1,
      "Share of sales that can be diverted in the places where it is easiest.")
    let stopHazard = Handle(
      "stop_hazard_per_year", "per_year", 0...1000, "Hazard at which verified chips stop working.")

    /// What the margin of last month's price multiple makes of capacity.
    func pull(in world: borrowing World) -> Double {
      pow(max(0, world.economy.grey.multiple - 1), world[elasticity])
    }

    /// By owner: the share that is its.
    func willing(_ economy: Economy) -> [ParameterIndex] {
      economy.owners.map { ($0.isLargeCloud ? willingClouds : willingOthers).index }
    }
  }
}
