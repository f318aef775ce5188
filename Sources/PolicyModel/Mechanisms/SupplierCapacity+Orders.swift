// How what is ordered moves a supplier's packaging and memory from one family to another.

import Glibc
import Simulation

extension SupplierCapacity {
  /// Takes up last month's orders: how far they are above what was planned, smoothed.
  ///
  /// In dies, and as a difference, so that the lag does not make a family that grows fast look unwanted. What is
  /// ordered beyond the plan counts by what it pays for packaging and memory, over what all orders pay: a
  /// supplier that is short of them does not give them to its cheapest parts.
  func seeOrders(among families: [Int], _ world: inout World, before step: Int) {
    let weight = -expm1(-1 / world[parameters.lag])
    let (value, need) = families.reduce((0, 0)) {
      (
        $0.0 + world.economy.sales.orderedValue[$1],
        $0.1 + world.economy.sales.ordered[$1] * world.economy.supply.need[$1]
      )
    }
    for family in families where firstSale[family] < step {
      let ordered = world.economy.sales.ordered[family]
      var beyond = ordered - world.economy.supply.planned[family]
      if beyond > 0, value > 0 {
        beyond *=
          world.economy.sales.orderedValue[family] * need
          / (ordered * world.economy.supply.need[family] * value)
      }
      let change = beyond - world.economy.supply.ordersBeyond[family]
      world.economy.supply.ordersBeyond[family] += change * weight
    }
  }

  /// Moves capacity towards orders, as far as the response goes.
  ///
  /// A die of a family needs, of the packaging and of the memory that the supplier's plans need, the mean of
  /// its two shares. The sum of these needs over what is made is that of what was planned: what one family
  /// gets, others give.
  func share(among families: [Int], _ world: inout World, _ step: Int) {
    let response = world[parameters.response]
    let needed = weighNeeds(of: families, &world, step)
    let ordered = families.reduce(0) {
      $0 + orders(of: $1, world, step) * world.economy.supply.need[$1]
    }
    guard needed > 0, ordered > 0 else { return }
    // By orders alone, a family would have this many times what is ordered of it.
    let served = needed / ordered
    var (wanted, given) = (0.0, 0.0)
    for family in families {
      let planned = world.economy.supply.planned[family]
      let change = response * (orders(of: family, world, step) * served - planned)
      let most = max(planned, world.economy.supply.lines[family] * (1 + world[parameters.room]))
      let need = world.economy.supply.need[family]
      world.economy.supply.made[family] = min(planned + change, most)
      if change > 0 { wanted += min(change, most - planned) * need } else { given -= change * need }
    }
    // Nobody gives more than others can take up: lines and designs ramp no faster.
    guard given > 0 else { return }
    for family in families {
      let planned = world.economy.supply.planned[family]
      let change = world.economy.supply.made[family] - planned
      if change < 0 { world.economy.supply.made[family] = planned + change * wanted / given }
    }
  }

  /// Dies of a family that are ordered, for all that its supplier knows.
  ///
  /// Of a family that is not on sale yet what is planned is taken to be ordered. In observed years the mix is
  /// what suppliers made of the orders that they had: more orders than that are no reason to make more, and
  /// fewer are one to make less.
  private func orders(
    of family: Int, _ world: borrowing World, _ step: Int
  ) -> Double {
    let planned = world.economy.supply.planned[family]
    let ordered = max(0, planned + world.economy.supply.ordersBeyond[family])
    return curves[family].isHistory[step] ? min(ordered, planned) : ordered
  }

  /// Notes what a die of each family needs; gives what all that is planned needs.
  private func weighNeeds(of families: [Int], _ world: inout World, _ step: Int) -> Double {
    var (packages, stacks) = (0.0, 0.0)
    for family in families {
      packages += world.economy.supply.planned[family] * needs[step][family].packages
      stacks += world.economy.supply.planned[family] * needs[step][family].stacks
    }
    guard packages > 0 else { return 0 }
    var needed = 0.0
    for family in families {
      let need = needs[step][family]
      let share = need.packages / packages + (stacks > 0 ? need.stacks / stacks : 0)
      world.economy.supply.need[family] = share / 2
      needed += world.economy.supply.planned[family] * share / 2
    }
    return needed
  }
}

extension SupplierCapacity {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "dies_made", unit: "dies_per_month",
        definition: "Dies that the supplier made in the month."),
      entity: .supplier, occasion: .everyMonth,
      value: { world, plan, supplier in
        plan.economy.families.indices.reduce(world.economy.domestic.diesMade[supplier]) {
          $0 + (plan.economy.families[$1].supplier == supplier ? world.economy.supply.made[$1] : 0)
        }
      }),
    MetricDeclaration(
      metric: Metric(
        name: "capacity_moved_share", unit: "1",
        definition:
          "Part of the supplier's packaging and memory that orders have moved from one family to another "
          + "in the month."),
      entity: .supplier, occasion: .everyMonth,
      value: { world, plan, supplier in
        var (moved, planned) = (0.0, 0.0)
        for family in plan.economy.families.indices
        where plan.economy.families[family].supplier == supplier {
          let (supply, need) = (
            world.economy.supply.planned[family], world.economy.supply.need[family]
          )
          moved += abs(world.economy.supply.made[family] - supply) * need / 2
          planned += supply * need
        }
        return planned > 0 ? moved / planned : 0
      }),
  ]
}
