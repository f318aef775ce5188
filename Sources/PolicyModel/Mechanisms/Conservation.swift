import Simulation
import Stochastics

/// Phase: nothing has come from nowhere, and nothing is gone (docs/ODD.md 7.20).
///
/// Reads everything, writes nothing. By chip, what was there at first and what was sold is held, in
/// transit, retired or seized; what was made is sold, unsold or given up. What an owner was to spend is
/// spent or left. Checked to 1e-9 of the whole in every month of debug builds, which all tests are;
/// release builds leave it out.
struct Conservation: Mechanism {
  static let id = MechanismID(rawValue: 27)
  static let name = "conservation"
  static let canBeSwitchedOff = false
  static let parameters: [ParameterDeclaration] = []
  static let metrics: [MetricDeclaration] = []

  private let layout: EconomyLayout

  init(_ blueprint: Blueprint) { layout = EconomyLayout(blueprint) }

  func advance(_ world: inout World, _ step: StepContext) {
    assert(areChipsConserved(world), "chips are lost or found in \(world.month)")
    assert(areDiesConserved(world), "dies are lost or found in \(world.month)")
    assert(areDollarsConserved(world), "dollars are lost or found in \(world.month)")
    assert(doBooksAgree(world), "fleets by owner and by chip differ in \(world.month)")
  }

  private static func areEqual(_ first: Double, _ second: Double, whole: Double) -> Bool {
    abs(first - second) <= 1e-9 * max(abs(whole), 1)
  }

  /// By chip: opening + sold = held + in transit + retired + seized.
  private func areChipsConserved(_ world: World) -> Bool {
    let fleets = world.economy.fleets
    return (0..<layout.chipCount).allSatisfy { chip in
      var (source, use) = (fleets.opening[chip], world.economy.grey.seizedOfChip[chip])
      for market in 0..<layout.marketCount {
        let cell = layout.cell(market, chip)
        source += world.economy.sales.soldCumulative[cell]
        use += fleets.transitCells[cell] + fleets.heldCells[cell] + fleets.retiredCells[cell]
      }
      for stock in [fleets.pool[chip], fleets.verifiedPool[chip]] {
        use += stock.transit + stock.held + stock.retired
      }
      return Self.areEqual(source, use, whole: source)
    }
  }

  /// By family: made = sold + unsold + given up; by domestic chip: made = sold + unsold.
  private func areDiesConserved(_ world: World) -> Bool {
    let sales = world.economy.sales
    func sold(_ chip: Int) -> Double {
      (0..<layout.marketCount).reduce(0) { $0 + sales.soldCumulative[layout.cell($1, chip)] }
    }
    let families = layout.economy.families.indices.allSatisfy { family in
      guard !layout.economy.suppliers[layout.economy.families[family].supplier].isDomestic else {
        return true
      }
      let used = layout.chipsOfFamily[family].reduce(0) {
        $0 + sold($1) * layout.chips[$1].diesPerChip
      }
      let supply = world.economy.supply
      return Self.areEqual(
        supply.madeCumulative[family], used + supply.dies[family] + supply.lapsed[family],
        whole: supply.madeCumulative[family])
    }
    return families
      && (0..<layout.chipCount).allSatisfy { chip in
        guard layout.isDomestic[chip] else { return true }
        return Self.areEqual(
          sales.madeCumulative[chip], sold(chip) + sales.unsold[chip],
          whole: sales.madeCumulative[chip])
      }
  }

  /// By market: plans = what was paid to suppliers, governments, clouds and for diverted chips + left.
  private func areDollarsConserved(_ world: World) -> Bool {
    let purses = world.economy.purses
    return layout.economy.markets.indices.allSatisfy { market in
      let owners = layout.economy.markets[market].owners
      let planned = owners.reduce(0) { $0 + purses.plan[$1] }
      let spent = owners.reduce(0) { $0 + purses.spent[$1] }
      let left = world.economy.sales.unmet[market]
      return Self.areEqual(planned, spent + left, whole: planned) && spent >= -1e-6
        && Self.areEqual(spent, paid(in: market, world), whole: planned)
    }
  }

  /// What everybody whom a market paid has got this month.
  private func paid(in market: Int, _ world: World) -> Double {
    let offers = world.economy.offers
    var paid = 0.0
    for chip in 0..<layout.chipCount {
      let cell = layout.cell(market, chip)
      let terms = world.economy.terms.sales[cell]
      let duty = layout.captiveTo[chip] == nil && !layout.isDomestic[chip] ? terms.duty : 0
      paid += world.economy.sales.sold[cell] * offers.price[chip] * (1 + duty)
    }
    paid += world.economy.remote.rented[market] * world.economy.remote.monthlyRent
    guard layout.isFollowerHome[market] else { return paid }
    return paid + world.economy.grey.paidByMarket[market]
  }

  /// Fleets are booked by owner and by chip; both must hold the same chips.
  private func doBooksAgree(_ world: World) -> Bool {
    layout.economy.markets.indices.allSatisfy { market in
      let fleets = world.economy.fleets
      let byChip = (0..<layout.chipCount).reduce(0) {
        $0 + fleets.heldCells[layout.cell(market, $1)] + fleets.transitCells[layout.cell(market, $1)]
      }
      let byOwner = layout.economy.markets[market].owners.reduce(0) {
        $0 + fleets.held[$1].chips + fleets.transit[$1].chips
      }
      return Self.areEqual(byChip, byOwner, whole: byChip)
    }
  }
}
