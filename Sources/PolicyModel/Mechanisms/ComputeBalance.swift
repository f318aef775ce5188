import Quantities
import Simulation
import Stochastics

/// Phase: who has how much computing, by channel and by three yardsticks (docs/ODD.md 7.21).
///
/// Reads `fleets`, `sales`, `grey` and `remote`; writes `balance`. Nothing in the model depends on it. A
/// stock is what is at work, a flow what was sold in the month. The yardsticks are BF16 H100e, the peak in
/// the lowest precision that each chip supports, and memory bandwidth: one stock gives different ratios by
/// each of them.
struct ComputeBalance: Mechanism {
  static let id = MechanismID(rawValue: 25)
  static let name = "compute_balance"
  static let canBeSwitchedOff = false
  static let parameters: [ParameterDeclaration] = []

  private let layout: EconomyLayout
  private let lowestPrecision: [Double]

  init(_ blueprint: Blueprint) {
    layout = EconomyLayout(blueprint)
    lowestPrecision = layout.chips.map { chip in
      (chip.peak.fp4 ?? chip.peak.fp8 ?? chip.peak.bf16).value
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.economy.balance.clear()
    for (market, place) in layout.economy.markets.enumerated() {
      add(market, to: place.location, &world)
      if place.location != place.headquarters {
        world.economy.balance.offshoreH100e[place.headquarters] += stock(of: market, world)
      }
    }
    addPool(&world)
  }

  private func stock(of market: Int, _ world: World) -> Double {
    (0..<layout.chipCount).reduce(0) {
      $0 + world.economy.fleets.heldCells[layout.cell(market, $1)] * world.economy.offers.h100e[$1]
    }
  }

  private func add(_ market: Int, to place: Int, _ world: inout World) {
    for chip in 0..<layout.chipCount {
      let cell = layout.cell(market, chip)
      let held = world.economy.fleets.heldCells[cell]
      let sold = world.economy.sales.sold[cell] - world.economy.grey.takenFrom[cell]
      let onTheWay = world.economy.fleets.transitCells[cell]
      let gone = world.economy.fleets.retiredCells[cell]
      guard held + sold + onTheWay + gone > 0 else { continue }
      let weight = world.economy.offers.h100e[chip]
      if layout.isDomestic[chip] {
        world.economy.balance.domesticH100e[place] += held * weight
        world.economy.balance.domesticChips[place] += held
      } else {
        world.economy.balance.legalH100e[place] += held * weight
        world.economy.balance.legalChips[place] += held
        world.economy.balance.acquiredH100e[place] += (held + onTheWay + gone) * weight
        world.economy.balance.licensedH100e[place] +=
          world.economy.fleets.licensedCells[cell] * weight
      }
      world.economy.balance.lowestPrecision[place] += held * lowestPrecision[chip]
      world.economy.balance.bandwidth[place] += held * world.economy.offers.bandwidth[chip]
      world.economy.balance.boughtH100e[place] += sold * weight
      world.economy.balance.boughtChips[place] += sold
    }
  }

  private func addPool(_ world: inout World) {
    let place = layout.economy.follower
    for chip in 0..<layout.chipCount {
      let held = world.economy.fleets.pool[chip].held + world.economy.fleets.verifiedPool[chip].held
      guard held > 0 else { continue }
      let weight = world.economy.offers.h100e[chip]
      world.economy.balance.smuggledH100e[place] += held * weight
      world.economy.balance.lowestPrecision[place] += held * lowestPrecision[chip]
      world.economy.balance.bandwidth[place] += held * world.economy.offers.bandwidth[chip]
    }
    if let chip = world.economy.grey.chip {
      world.economy.balance.boughtH100e[place] +=
        world.economy.grey.delivered * world.economy.offers.h100e[chip]
    }
  }
}

/// Who has how much computing: by jurisdiction.
struct Balance: Sendable {
  var legalH100e: [Double]
  var acquiredH100e: [Double]
  var licensedH100e: [Double]
  var domesticH100e: [Double]
  var smuggledH100e: [Double]
  var offshoreH100e: [Double]
  var legalChips: [Double]
  var domesticChips: [Double]
  var boughtChips: [Double]
  var boughtH100e: [Double]
  var lowestPrecision: [Double]
  var bandwidth: [Double]

  init(jurisdictions: Int) {
    legalH100e = Array(repeating: 0, count: jurisdictions)
    acquiredH100e = legalH100e
    licensedH100e = legalH100e
    domesticH100e = legalH100e
    smuggledH100e = legalH100e
    offshoreH100e = legalH100e
    legalChips = legalH100e
    domesticChips = legalH100e
    boughtChips = legalH100e
    boughtH100e = legalH100e
    lowestPrecision = legalH100e
    bandwidth = legalH100e
  }

  mutating func clear() {
    for place in legalH100e.indices {
      legalH100e[place] = 0
      acquiredH100e[place] = 0
      licensedH100e[place] = 0
      domesticH100e[place] = 0
      smuggledH100e[place] = 0
      offshoreH100e[place] = 0
      legalChips[place] = 0
      domesticChips[place] = 0
      boughtChips[place] = 0
      boughtH100e[place] = 0
      lowestPrecision[place] = 0
      bandwidth[place] = 0
    }
  }

  /// BF16 H100e at work in a place, by whatever channel they came.
  func h100e(_ place: Int) -> Double {
    legalH100e[place] + domesticH100e[place] + smuggledH100e[place]
  }
}
