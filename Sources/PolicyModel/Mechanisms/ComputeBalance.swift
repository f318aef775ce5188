import Quantities
import Simulation
import Stochastics

/// Phase: who has how much computing, by channel and by three yardsticks (docs/ODD.md 7.21).
///
/// Reads `fleets`, `sales`, `grey` and `offers`; writes `balance`. Nothing in the model depends on it. A
/// stock is what is at work, a flow what was sold in the month. The yardsticks are BF16 H100e, the peak in
/// the lowest precision that each chip supports, and memory bandwidth: one stock gives different ratios by
/// each of them.
struct ComputeBalance: Mechanism {
  static let id = MechanismID(rawValue: 25)
  static let name = "compute_balance"
  static let canBeSwitchedOff = false

  private let layout: EconomyLayout
  private let lowestPrecision: [Double]

  init(_ blueprint: Blueprint) {
    layout = blueprint.layout
    lowestPrecision = layout.chips.map { chip in
      (chip.peak.fp4 ?? chip.peak.fp8 ?? chip.peak.bf16).value
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.economy.balance.places.clear(to: Balance.Holdings())
    for market in layout.marketIndices {
      let location = layout.economy.markets[market].location
      let home = layout.economy.markets[market].headquarters
      add(market, to: location, &world)
      guard location != home else { continue }
      world.economy.balance.places[home].offshoreH100e += stock(of: market, world)
    }
    addPool(&world)
  }

  private func stock(of market: MarketIndex, _ world: borrowing World) -> Double {
    layout.chipIndices.reduce(0) {
      $0 + world.economy.fleets.heldCells[layout.cell(market, $1)] * world.economy.offers.h100e[$1]
    }
  }

  private func add(_ market: MarketIndex, to place: Int, _ world: inout World) {
    var sum = world.economy.balance.places[place]
    for chip in layout.chipIndices {
      let cell = layout.cell(market, chip)
      let held = world.economy.fleets.heldCells[cell]
      let onTheWay = world.economy.fleets.transitCells[cell]
      let gone = world.economy.fleets.retiredCells[cell]
      guard held + onTheWay + gone > 0 else { continue }
      let sold = world.economy.sales.sold[cell] - world.economy.grey.takenFrom[cell]
      let weight = world.economy.offers.h100e[chip]
      sum.allAcquiredH100e += (held + onTheWay + gone) * weight
      if layout.isDomestic[chip] {
        sum.domesticH100e += held * weight
        sum.domesticChips += held
      } else {
        sum.legalH100e += held * weight
        sum.legalChips += held
        sum.acquiredH100e += (held + onTheWay + gone) * weight
        sum.licensedH100e += world.economy.fleets.licensedCells[cell] * weight
      }
      sum.lowestPrecision += held * lowestPrecision[chip]
      sum.bandwidth += held * world.economy.offers.bandwidth[chip]
      sum.boughtH100e += sold * weight
      sum.boughtChips += sold
    }
    world.economy.balance.places[place] = sum
  }

  private func addPool(_ world: inout World) {
    var sum = world.economy.balance.places[layout.economy.follower]
    sum.allAcquiredH100e += world.economy.grey.deliveredH100eCumulative
    for chip in layout.chipIndices {
      sum.boughtH100e += world.economy.grey.arrived[chip] * world.economy.offers.h100e[chip]
      let held = world.economy.fleets.pool[chip].held + world.economy.fleets.verifiedPool[chip].held
      guard held > 0 else { continue }
      let weight = world.economy.offers.h100e[chip]
      sum.smuggledH100e += held * weight
      sum.lowestPrecision += held * lowestPrecision[chip]
      sum.bandwidth += held * world.economy.offers.bandwidth[chip]
    }
    world.economy.balance.places[layout.economy.follower] = sum
  }
}
