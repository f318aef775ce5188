import Glibc

/// A question about the sale of one chip: where, and when.
public struct SaleQuestion: Hashable, Sendable {
  /// The chip: a place in ``WorldPlan/chips``.
  public let chip: Int
  /// The place: one in ``Economy/jurisdictions``.
  public let place: Int
  /// The month, counted from the first.
  public let step: Int

  /// Asks.
  public init(chip: Int, place: Int, step: Int) {
    (self.chip, self.place, self.step) = (chip, place, step)
  }
}

extension PolicyModel {
  /// Why the chip that is asked of is or is not sold; nil in a model that is not ``asking(_:)``.
  ///
  /// - Parameter world: after the month that is asked of, and before the next.
  public func finding(in world: borrowing World) -> SaleFinding? {
    guard let inquiry = world.inquiry else { return nil }
    let sales = SaleSums(of: inquiry, in: world, blueprint.layout)
    let instead = mostBought(besides: inquiry, in: world)
    let isAtHome = inquiry.markets.contains { blueprint.layout.isFollowerHome[$0.market] }
    return SaleFinding(
      reason: reason(inquiry, sold: sales.sold, in: world), sold: sales.sold,
      licensed: sales.licensed, ownBuilt: sales.ownBuilt,
      diverted: isAtHome ? world.economy.grey.arrived[inquiry.chip] : nil, refused: sales.refused,
      cutByCaps: inquiry.markets.reduce(0) { $0 + $1.cutByCaps },
      short: inquiry.markets.reduce(0) { $0 + $1.short }, capLeft: inquiry.capLeft,
      instead: instead.map { blueprint.layout.chips[$0.chip].id },
      valueOverInstead: instead.flatMap { value(of: inquiry.chip, over: $0, in: world) })
  }

  /// Of a place where none is sold: what keeps it from the market with most money.
  private func reason(
    _ inquiry: SaleInquiry, sold: Double, in world: borrowing World
  ) -> SaleFinding.Reason {
    guard sold < SaleFinding.least else { return .sold }
    guard inquiry.isOnSale else { return .notOnSale }
    let (layout, chip) = (blueprint.layout, inquiry.chip)
    if layout.captiveTo[chip] != nil { return .builtForOwner }
    guard layout.familyOfChip[chip] != nil else { return .notMarketed }
    guard inquiry.isThere else { return .notMade }
    guard world.economy.offers.price[chip] > 0 else { return .noPrice }
    var largest = inquiry.markets[0]
    for market in inquiry.markets.dropFirst() where market.intended > largest.intended {
      largest = market
    }
    let cell = layout.cell(largest.market, chip)
    if world.economy.offers.weight[cell] == 0 {
      return world.economy.terms.sales[cell].discouraged > 0 ? .discouraged : .notMarketed
    }
    if largest.isClosed { return .tightening }
    if let obstacle = largest.days?.obstacle { return obstacle }
    return largest.reasonOfBuyers
  }

  /// The chip of which buyers of a place got most, in H100e, besides the one that is asked of.
  private func mostBought(
    besides inquiry: SaleInquiry, in world: borrowing World
  ) -> (chip: ChipIndex, market: MarketIndex)? {
    var most: (chip: ChipIndex, market: MarketIndex, h100e: Double)?
    for side in inquiry.markets {
      for row in world.economy.shelf.inMarkets.indices {
        let chip = world.economy.shelf.inMarkets[row]
        guard chip != inquiry.chip else { continue }
        let units = world.economy.sales.sold[blueprint.layout.cell(side.market, chip)]
        let h100e = units * world.economy.offers.h100e[chip]
        if units >= SaleFinding.least, h100e > most?.h100e ?? 0 {
          most = (chip, side.market, h100e)
        }
      }
    }
    return most.map { ($0.chip, $0.market) }
  }

  /// What a chip gives in use for a dollar, over what another one does: by the figures that buyers went by.
  private func value(
    of chip: ChipIndex, over other: (chip: ChipIndex, market: MarketIndex),
    in world: borrowing World
  ) -> Double? {
    let kappa = world[Offers.parameters(blueprint).sharpness]
    func power(_ chip: ChipIndex, _ offers: borrowing OfferTable) -> Double {
      offers.worth[blueprint.layout.cell(other.market, chip)] * offers.thrift[chip]
    }
    let (own, others) = (
      power(chip, world.economy.offers), power(other.chip, world.economy.offers)
    )
    guard kappa > 0, own > 0, others > 0 else { return nil }
    return exp(log(own / others) / kappa)
  }
}

/// What was sold of a chip in all markets of a place.
private struct SaleSums {
  var (sold, licensed, ownBuilt, refused) = (0.0, 0.0, 0.0, 0.0)

  init(of inquiry: SaleInquiry, in world: borrowing World, _ layout: EconomyLayout) {
    let isCaptive = layout.captiveTo[inquiry.chip] != nil
    for side in inquiry.markets {
      let cell = layout.cell(side.market, inquiry.chip)
      sold += world.economy.sales.sold[cell]
      licensed += world.economy.sales.soldLicensed[cell]
      let offer = world.economy.clearing.offer(of: inquiry.chip, in: side.market)
      refused += offer?.refused ?? 0
    }
    ownBuilt = isCaptive ? sold : 0
  }
}

extension SaleInquiry.Market {
  /// Why a chip that may be sold is not bought.
  fileprivate var reasonOfBuyers: SaleFinding.Reason {
    if intended <= 0 { return .noMoney }
    guard wanted >= SaleFinding.least else { return .dearer }
    return cutByCaps >= short ? .capReached : .soldOut
  }
}

extension PolicyModel {
  /// The same model, whose worlds take down why one chip is or is not sold: the same numbers.
  public func asking(_ question: SaleQuestion) -> PolicyModel {
    var model = self
    let economy = blueprint.world.economy
    let markets = blueprint.layout.marketIndices.filter {
      economy.markets[$0].location == question.place
    }
    model.inquiry = SaleInquiry(
      chip: ChipIndex(position: question.chip), markets: markets, step: question.step)
    return model
  }

  /// Whether anybody buys chips in a place.
  public func hasBuyers(in place: Int) -> Bool {
    blueprint.world.economy.markets.contains { $0.location == place }
  }
}
