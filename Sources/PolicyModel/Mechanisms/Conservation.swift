import Simulation
import Stochastics

/// Phase: nothing has come from nowhere, and nothing is gone (docs/ODD.md 7.22).
///
/// Reads everything, writes nothing. By chip, what was there at first and what was sold is held, in
/// transit, retired or seized; what was made is sold, unsold or given up, and takes no more of its supplier's
/// packaging and memory than was planned. What an owner was to spend is spent or left. Under a cap no more is
/// sold than it allows. No fleet is worth more than it cost. No model is worth more than its lab's own work but what others had shown. Checked to 1e-9
/// of the whole in every month of debug builds, which all tests are;
/// release builds leave it out.
struct Conservation: Mechanism {
  static let id = MechanismID(rawValue: 27)
  static let name = "conservation"
  static let canBeSwitchedOff = false

  private let layout: EconomyLayout

  init(_ blueprint: Blueprint) { layout = blueprint.layout }

  func advance(_ world: inout World, _ step: StepContext) {
    assert(imbalance(world) == nil, imbalance(world) ?? "")
  }

  /// What does not add up, with both sums; nil when everything does.
  func imbalance(_ world: borrowing World) -> String? {
    let found =
      chipImbalance(world) ?? dieImbalance(world) ?? capacityImbalance(world)
      ?? dollarImbalance(world) ?? overspending(world) ?? overrunCap(world) ?? bookImbalance(world)
      ?? unshownLevel(world) ?? gainedValue(world)
    return found.map { "in \(world.month): \($0)" }
  }

  /// The words for two sums that should be equal, or nil.
  private static func difference(
    _ what: String, _ first: Double, _ second: Double, whole: Double
  ) -> String? {
    abs(first - second) <= 1e-9 * max(abs(whole), 1) ? nil : "\(what): \(first) and \(second)"
  }

  /// By chip: opening + sold = held + in transit + retired + seized.
  private func chipImbalance(_ world: borrowing World) -> String? {
    for chip in layout.chipIndices {
      var (source, use) = (
        world.economy.fleets.opening[chip], world.economy.grey.seizedOfChip[chip]
      )
      for market in layout.marketIndices {
        let cell = layout.cell(market, chip)
        source += world.economy.sales.soldCumulative[cell]
        use +=
          world.economy.fleets.transitCells[cell] + world.economy.fleets.heldCells[cell]
          + world.economy.fleets.retiredCells[cell]
      }
      for stock in [world.economy.fleets.pool[chip], world.economy.fleets.verifiedPool[chip]] {
        use += stock.transit + stock.held + stock.retired
      }
      let what = "chips \(layout.chips[chip].id) that came and that are accounted for"
      if let found = Self.difference(what, source, use, whole: source) { return found }
    }
    return nil
  }

  /// By family: made = sold + unsold + given up; by domestic chip: made = sold + unsold.
  private func dieImbalance(_ world: borrowing World) -> String? {
    func sold(_ chip: ChipIndex) -> Double {
      layout.marketIndices.reduce(0) {
        $0 + world.economy.sales.soldCumulative[layout.cell($1, chip)]
      }
    }
    for (place, family) in layout.economy.families.enumerated() {
      let made: Double
      var used: Double
      if layout.economy.suppliers[family.supplier].isDomestic {
        made = layout.chipsOfFamily[place].reduce(0) { $0 + world.economy.sales.madeCumulative[$1] }
        used = layout.chipsOfFamily[place].reduce(0) {
          $0 + sold($1) + world.economy.sales.unsold[$1]
        }
      } else {
        made = world.economy.supply.madeCumulative[place]
        used = world.economy.supply.dies[place] + world.economy.supply.lapsed[place]
        for chip in layout.chipsOfFamily[place] {
          used += sold(chip) * layout.chips[chip].diesPerChip
        }
      }
      let what = "dies of \(family.id) made and accounted for"
      if let found = Self.difference(what, made, used, whole: made) { return found }
    }
    return nil
  }

  /// By supplier: what is made takes the packaging and memory of what was planned.
  private func capacityImbalance(_ world: borrowing World) -> String? {
    for supplier in layout.economy.suppliers.indices {
      var (planned, made) = (0.0, 0.0)
      for family in layout.economy.families.indices
      where layout.economy.families[family].supplier == supplier {
        let need = world.economy.supply.need[family]
        planned += world.economy.supply.planned[family] * need
        made += world.economy.supply.made[family] * need
      }
      let name = layout.economy.suppliers[supplier].id
      let what = "share of the packaging and memory of \(name) that was planned and is used"
      if let found = Self.difference(what, planned, made, whole: 1) { return found }
    }
    return nil
  }

  /// By market: plans = what was spent + left, and spent = paid to suppliers, governments, clouds and
  /// for diverted chips.
  private func dollarImbalance(_ world: borrowing World) -> String? {
    for market in layout.marketIndices {
      let place = layout.economy.markets[market]
      let planned = place.owners.reduce(0) { $0 + world.economy.purses.plan[$1] }
      let spent = place.owners.reduce(0) { $0 + world.economy.purses.spent[$1] }
      let left = world.economy.sales.unmet[market]
      let name = layout.economy.jurisdictions[place.location].id
      let found =
        Self.difference(
          "dollars planned, and spent or left, in \(name)", planned, spent + left, whole: planned)
        ?? Self.difference(
          "dollars spent and paid in \(name)", spent, paid(in: market, world), whole: planned)
      if let found { return found }
    }
    return nil
  }

  /// By owner: no more is spent than was planned, for whatever sort of chips.
  private func overspending(_ world: borrowing World) -> String? {
    for owner in layout.economy.owners.indices {
      let (plan, spent) = (world.economy.purses.plan[owner], world.economy.purses.spent[owner])
      guard spent <= plan + 1e-9 * max(plan, 1) else {
        return
          "dollars that \(layout.economy.owners[owner].id) planned and spent: \(plan) and \(spent)"
      }
    }
    return nil
  }

  /// By lab: what it can match is its own work, or no more than somebody had shown before.
  private func unshownLevel(_ world: borrowing World) -> String? {
    for lab in layout.developers.indices {
      let (level, own) = (world.economy.labs[lab].matched, world.economy.labs[lab].bestOwn)
      guard level > own else { continue }
      var shown = -Double.infinity
      for place in world.economy.frontier.shown.indices {
        let model = world.economy.frontier.shown[place]
        if model.lab != lab, model.step < world.step { shown = max(shown, model.logEffective) }
      }
      guard level <= max(own, shown) else {
        return "what lab \(lab) matches and what was shown to it: \(level) and \(shown)"
      }
    }
    return nil
  }

  /// By cap of an amount: no more was sold under it than that. One of which only a part of a market's sales
  /// counts cuts the whole of them by its share, and may be passed by a little.
  private func overrunCap(_ world: borrowing World) -> String? {
    for cap in world.economy.terms.caps where cap.counts.allSatisfy({ $0.share == 1 }) {
      guard case .amount(let amount) = cap.cap.limit else { continue }
      let sold = world.economy.sales.soldUnderCap[cap.place]
      guard sold <= amount + 1e-9 * max(amount, 1) else {
        return "what a cap allows and what was sold under it: \(amount) and \(sold)"
      }
    }
    return nil
  }

  /// By owner: chips at work and on their way are worth no more than they cost, and not less than nothing.
  private func gainedValue(_ world: borrowing World) -> String? {
    for owner in layout.economy.owners.indices {
      for fleet in [world.economy.fleets.held[owner], world.economy.fleets.transit[owner]]
      where !(fleet.value <= fleet.price + 1e-9 * max(fleet.price, 1) && fleet.value >= -1e-6) {
        return
          "what chips of \(layout.economy.owners[owner].id) are worth and cost: \(fleet.value) and \(fleet.price)"
      }
    }
    return nil
  }

  /// What everybody whom a market paid has got this month.
  private func paid(in market: MarketIndex, _ world: borrowing World) -> Double {
    var paid = world.economy.remote.rented[market] * world.economy.remote.monthlyRent
    for chip in layout.chipIndices {
      let cell = layout.cell(market, chip)
      let terms = world.economy.terms.sales[cell]
      let duty =
        layout.captiveTo[chip] == nil ? terms.duty * world.economy.sales.dutyPassedOn : 0
      paid += world.economy.sales.sold[cell] * world.economy.offers.price[chip] * (1 + duty)
    }
    return paid + world.economy.grey.paidByMarket[market]
  }

  /// Fleets are booked by owner and by chip; both must hold the same chips, as fast as they were at first.
  private func bookImbalance(_ world: borrowing World) -> String? {
    for market in layout.marketIndices {
      let place = layout.economy.markets[market]
      var (byChip, rateByChip) = (0.0, 0.0)
      for chip in layout.chipIndices {
        let cell = layout.cell(market, chip)
        byChip += world.economy.fleets.heldCells[cell] + world.economy.fleets.transitCells[cell]
        rateByChip +=
          world.economy.fleets.heldCells[cell] * world.economy.offers.pretrainingAtFirst[cell]
      }
      let byOwner = place.owners.reduce(0) {
        $0 + world.economy.fleets.held[$1].chips + world.economy.fleets.transit[$1].chips
      }
      let what = "chips by kind and by owner in market \(market.position)"
      if let found = Self.difference(what, byChip, byOwner, whole: byChip) { return found }
      let rateByOwner = place.owners.reduce(0) { $0 + world.economy.fleets.held[$1].pretraining }
      let rates = "training rates by kind and by owner in market \(market.position)"
      if let found = Self.difference(rates, rateByChip, rateByOwner, whole: rateByChip) {
        return found
      }
    }
    return nil
  }
}
