import Quantities
import Simulation
import Stochastics

@testable import PolicyModel

/// An economy of a few markets, families and chips, made in code: what a test of the market needs of one.
///
/// Jurisdiction 0 leads, 1 follows, 2 is neither. Each market has one owner.
struct SmallEconomy {
  var families: [Family]
  var chips: [Part]
  /// In the order that a plan has them in.
  var markets: [Buyers] { didSet { markets = Self.ordered(markets) } }
  /// The chip that others are measured by.
  var reference: String

  init(families: [Family], chips: [Part], markets: [Buyers], reference: String = "chip") {
    (self.families, self.chips, self.reference) = (families, chips, reference)
    self.markets = Self.ordered(markets)
  }

  private static func ordered(_ markets: [Buyers]) -> [Buyers] {
    markets.sorted { ($0.location, $0.headquarters) < ($1.location, $1.headquarters) }
  }

  struct Family {
    var id: String
    /// The follower's own: its chips come out of stock instead of dies.
    var isDomestic = false
    /// Dies on offer.
    var dies = 1e9
    /// Packages and memory stacks on offer, of its supplier.
    var packages = 1e9
    var stacks = 1e9
    /// Who makes it; nobody else does unless a test says so.
    var maker: String?
    var captiveTo: Int?
    var diesPerYear: [YearlyFigure] = []

    var supplier: String { maker ?? "\(id)-maker" }
  }

  struct Part {
    var id: String
    var family: String
    /// Who makes its family, where that is not its maker alone.
    var maker: String?
    var diesPerChip = 1.0
    var memoryStacks = 0.0
    var hasOwnMemory = false
    var teraflops = 100.0
    var price = 1000.0
    /// Chips in stock and how many of them may leave, of a domestic family.
    var unsold = 0.0
    var exportable = 0.0
  }

  struct Buyers {
    var id: String
    var location: Int
    var headquarters: Int
    /// US dollars.
    var money: Double
    var rentWeight = 0.0
    /// US dollars that it spent on each supplier's chips before.
    var past: [String: Double] = [:]
    /// By chip; what is not here is not on offer.
    var wants: [String: Want]
  }

  /// What a market makes of a chip.
  struct Want {
    var weight = 1.0
    /// Share of the month in which it may be sold; barred parts of the catalogue are wanted all the same.
    var sellable = 1.0
    var capUnits = Double.infinity
    var isUnderTPPCap = false
  }

  /// The places of chips from the strongest on.
  var domesticChips: [ChipIndex] {
    Places<ChipIndex>(count: chips.count).filter { family(of: chips[$0]).isDomestic }
      .sorted { chips[$0].teraflops > chips[$1].teraflops }
  }

  func family(of part: Part) -> Family { families.first { $0.id == part.family } ?? families[0] }
}

extension SmallEconomy {
  /// The plan of the world, whose spending factor is parameter 0.
  func plan(_ factor: ParameterIndex) -> WorldPlan {
    let places = ["AA", "BB", "CC"].map {
      Jurisdiction(
        id: $0, name: $0, countries: 1, tier: 1, hostsRemote: false, transshipment: 0,
        importsDomesticChips: true)
    }
    var suppliers: [Supplier] = []
    for family in families where !suppliers.contains(where: { $0.id == family.supplier }) {
      suppliers.append(
        Supplier(id: family.supplier, jurisdiction: 0, isDomestic: family.isDomestic))
    }
    let economy = Economy(
      jurisdictions: places, leader: 0, follower: 1, suppliers: suppliers,
      families: families.map { family in
        DieFamily(
          id: family.id, supplier: suppliers.firstIndex { $0.id == family.supplier } ?? 0,
          captiveTo: family.captiveTo, diesPerYear: family.diesPerYear)
      },
      owners: markets.map {
        Owner(
          id: $0.id, location: $0.location, headquarters: $0.headquarters, spending: [],
          spendingFactor: factor, opening: [])
      }, referenceModels: [])
    return WorldPlan(
      chips: chips.map(\.chip),
      referenceChip: ChipIndex(position: chips.firstIndex { $0.id == reference } ?? 0), labs: [],
      runs: [],
      economy: economy)
  }

  /// A model of it, with all parameters at the number of their range that is nearest to zero, but for these.
  func blueprint(
    _ values: [String: Double], rules: [Rule] = [], months: Int = 12,
    start: Month = Month(index: 2023 * 12)
  ) throws -> Blueprint {
    let declared = Catalogue.mechanisms.flatMap(\.parameters)
    let own = Owner.spendingFactorParameter(ofOwner: "all")
    let table = ParameterTable(
      parameters: try (declared + [own]).map {
        let value = values[$0.name] ?? min(max(0, $0.range.lowerBound), $0.range.upperBound)
        return Parameter(
          declaration: $0, law: try .constant(value), published: nil, source: nil, confidence: nil)
      }, overrides: [[:]])
    return Blueprint(
      world: plan(table.index(of: own.name)),
      regimes: [Regime(id: "reference", rules: RuleBook(rules))], parameters: table,
      start: start, monthCount: months)
  }

  /// A month's rounds, from the first to the last, with what there was before them.
  func clearing(
    tppCaps: [Double] = [.infinity, .infinity, .infinity], rentable: Double = 0, rent: Double = 0,
    accepts: Double = 0.5, domesticFirst: Double = 0.4, pastSales: Double = 0
  ) -> (before: Books, after: Books) {
    let layout = EconomyLayout(plan(ParameterIndex(position: 0)), from: Month(index: 2022 * 12 + 9))
    let money = markets.map(\.money)
    let caps = caps(in: layout, tpp: tppCaps)
    let inForce = caps.map(\.cap)
    var arena = Arena {
      _ = Clearing(layout, caps: caps.count, in: &$0)
      _ = $0.cells(money)
    }
    var clearing = Clearing(layout, caps: caps.count, in: &arena)
    let intended = arena.cells(money)
    clearing.begin()
    for market in layout.marketIndices {
      let buyers = markets[market]
      clearing.left[market] = buyers.money
      clearing.rentWeight[market] = buyers.rentWeight
      for (supplier, maker) in layout.economy.suppliers.enumerated() {
        clearing.past[market.position * layout.economy.suppliers.count + supplier] =
          buyers.past[maker.id] ?? 0
      }
      clearing.open(market)
      for chip in layout.chipIndices {
        let part = chips[chip]
        guard let want = buyers.wants[part.id] else { continue }
        clearing.add(
          LiveOffer(
            market: market, chip: chip, price: part.price, buyableFirst: want.sellable,
            firstWeight: want.weight, laterWeight: want.weight * want.sellable))
      }
    }
    for (cap, left) in caps { clearing.capLeft[cap.place] = left }
    for (place, family) in families.enumerated() {
      clearing.dies[place] = family.dies
      clearing.packages[place] = family.packages
      clearing.stacks[place] = family.stacks
    }
    for (chip, part) in chips.enumerated() {
      clearing.unsold[chip] = part.unsold
      clearing.exportable[chip] = part.exportable
    }
    clearing.pastSalesShare = pastSales
    clearing.rentable = rentable
    clearing.monthlyRent = rent
    let before = Books(clearing, inForce)
    clearing.buyDomesticFirst(
      domesticChips, share: domesticFirst, intended: intended)
    var nobody: SaleInquiry?
    clearing.spend(isFirst: true, accepts: accepts, caps: inForce, inquiry: &nobody)
    clearing.spend(isFirst: false, accepts: accepts, caps: inForce, inquiry: &nobody)
    clearing.spend(isFirst: false, accepts: accepts, caps: inForce, inquiry: &nobody)
    return (before, Books(clearing, inForce))
  }

  /// The caps of what markets want: in units one each, in TPP one for each place; with what they allow.
  private func caps(
    in layout: EconomyLayout, tpp: [Double]
  ) -> [(cap: CapInForce, left: Double)] {
    func cells(where isUnder: (Buyers, Want) -> Bool) -> [Cell] {
      layout.cells.filter { cell in
        let buyers = markets[layout.market(at: cell)]
        return buyers.wants[chips[layout.chip(at: cell)].id].map { isUnder(buyers, $0) } ?? false
      }
    }
    let inUnits = cells { $1.capUnits.isFinite }.map { cell in
      let want = markets[layout.market(at: cell)].wants[chips[layout.chip(at: cell)].id]
      return (measure: CapOnSales.Measure.units, cells: [cell], left: want?.capUnits ?? 0)
    }
    let inTPP = tpp.indices.filter { tpp[$0].isFinite }.map { place in
      let cells = cells { $0.location == place && $1.isUnderTPPCap }
      return (measure: CapOnSales.Measure.tpp, cells: cells, left: tpp[place])
    }
    return (inUnits + inTPP).enumerated().map { place, cap in
      (CapInForce(counting: cap.measure, at: cap.cells, place: place), cap.left)
    }
  }
}

extension CapInForce {
  /// A cap of no rule.
  init(counting measure: CapOnSales.Measure, at cells: [Cell], place: Int) {
    let rule = Rule.made("cap")
    self.init(
      cap: CapOnSales(
        clause: CapOnSales.Clause(ReviewClause(policy: .license, conditions: nil), of: rule),
        scope: .everybody, measure: measure,
        limit: .amount(0), deliveryMonths: 0), place: place,
      counts: cells.map { Count(cell: $0, share: 1) }, base: [])
  }
}

extension SmallEconomy.Part {
  /// Peak rates in BF16 alone, so that the TPP is sixteen times the teraFLOP/s.
  var chip: Chip {
    Chip(
      id: id, name: id, vendor: maker ?? "\(family)-maker", designedIn: "AA", dieFamily: family,
      diesPerChip: diesPerChip, memoryStacks: memoryStacks, hasOwnMemory: hasOwnMemory,
      isForDataCenters: true,
      available: Month(index: 0),
      peak: PeakRates(bf16: FlopPerSecond(tera: teraflops), fp8: nil, fp4: nil), dieArea: nil,
      memory: nil, memoryBandwidth: GigabytesPerSecond(1000), interconnect: nil, power: nil,
      stackEfficiency: Fraction(1),
      purchasePrices: PriceHistory([
        .init(from: Month(index: 0), value: price, low: nil, high: nil, provenance: nil)
      ]), rentalPrices: PriceHistory([]), provenance: [:])
  }
}

/// What a market has at a moment.
struct Books {
  let offers: [LiveOffer]
  let left, insisting, barred, refused, rented: [Double]
  let caps: [CapInForce]
  let capLeft, dies, packages, stacks, unsold, exportable: [Double]
  let rentable, monthlyRent: Double
  let arePartsShort: Bool

  init(_ clearing: borrowing Clearing, _ caps: [CapInForce]) {
    self.caps = caps
    offers = clearing.offers.indices.map { clearing.offers[$0] }
    left = clearing.left.values
    insisting = clearing.insisting.values
    barred = clearing.barred.values
    refused = clearing.refused.values
    rented = clearing.rented.values
    capLeft = clearing.capLeft.values
    dies = clearing.dies.values
    packages = clearing.packages.values
    stacks = clearing.stacks.values
    unsold = clearing.unsold.values
    exportable = clearing.exportable.values
    rentable = clearing.rentable
    monthlyRent = clearing.monthlyRent
    arePartsShort = clearing.arePartsShort
  }
}

extension Cells {
  /// What is in them now.
  var values: [Value] {
    var values: [Value] = []
    for place in indices { values.append(self[place]) }
    return values
  }
}
