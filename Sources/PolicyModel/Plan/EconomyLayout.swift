import Quantities
import Stochastics

/// Where things stand in the arrays of the economy: worked out once, shared by its mechanisms.
///
/// A cell is one chip in one market, market by market. A class, since a mechanism is copied whenever it is called,
/// and nearly every one has it.
final class EconomyLayout: Sendable {
  let economy: Economy
  let chips: [Chip]
  let referenceChip: ChipIndex
  let marketIndices: Places<MarketIndex>
  let chipIndices: Places<ChipIndex>
  /// By chip: its place in `economy.families`, nil for chips that nobody here makes.
  let familyOfChip: [Int?]
  /// By family: its chips.
  let chipsOfFamily: [[ChipIndex]]
  /// By chip: its supplier's place.
  let supplierOfChip: [Int?]
  /// By chip: whether a domestic supplier makes it.
  let isDomestic: [Bool]
  /// By chip: the owner that alone gets it.
  let captiveTo: [Int?]
  /// By chip: the chip it is cut down from.
  let parentOfChip: [ChipIndex?]
  /// By chip: whether it is faster for its links than the reference chip; not, where nobody published them.
  let waitsForLinks: [Bool]
  /// By chip: TPP.
  let tpp: [Double]
  /// By chip: whether buyers want it even where it is barred: those of the catalogue that are not cut down.
  let isWantedWhereBarred: [Bool]
  /// By chip: what clearing needs of it.
  let trades: [ChipTrade]
  /// By owner: its market.
  let marketOfOwner: [MarketIndex]
  /// By market and supplier, market by market: US dollars that what is held at first costs in the first month.
  let openingPurchases: [Double]
  /// By market: whether rules hold it back: the follower's, at home and abroad.
  let isRestricted: [Bool]
  /// By market: whether it stands in the follower's jurisdiction.
  let isFollowerHome: [Bool]
  /// By market: whether its chips stand in the leader's jurisdiction.
  let isLeaderHome: [Bool]
  /// The follower's market at home: that of most of its owners.
  let homeMarket: MarketIndex
  /// The labs that develop models, with their places in `WorldPlan.labs`.
  let developers: [(lab: Int, developer: Developer)]
  /// By developer: the jurisdiction of its headquarters.
  let homeOfDeveloper: [Int]

  init(_ world: WorldPlan, from start: Month) {
    economy = world.economy
    chips = world.chips
    referenceChip = world.referenceChip
    let economy = economy
    let marketIndices = Places<MarketIndex>(count: economy.markets.count)
    let chipIndices = Places<ChipIndex>(count: chips.count)
    (self.marketIndices, self.chipIndices) = (marketIndices, chipIndices)
    let familyOfChip = chips.map { economy.family(of: $0) }
    self.familyOfChip = familyOfChip
    chipsOfFamily = economy.families.indices.map { family in
      chipIndices.filter { familyOfChip[$0] == family }
    }
    supplierOfChip = familyOfChip.map { $0.map { economy.families[$0].supplier } }
    isDomestic = supplierOfChip.map { $0.map { economy.suppliers[$0].isDomestic } ?? false }
    captiveTo = familyOfChip.map { $0.flatMap { economy.families[$0].captiveTo } }
    let chips = chips
    parentOfChip = chips.map { chip in chipIndices.first { chips[$0].id == chip.variantOf } }
    // Without chips there is no reference either.
    let reference = world.referenceChip.position
    waitsForLinks = chips.map { $0.speedOverLinks > chips[reference].speedOverLinks }
    tpp = chips.map(\.tpp.value)
    let isDomestic = isDomestic
    let parentOfChip = parentOfChip
    isWantedWhereBarred = chipIndices.map { !isDomestic[$0] && parentOfChip[$0] == nil }
    trades = chipIndices.map { chip in
      ChipTrade(
        family: isDomestic[chip] ? nil : familyOfChip[chip], diesPerChip: chips[chip].diesPerChip,
        memoryStacks: chips[chip].memoryStacks,
        h100e: chips[chip].peak.bf16 / chips[reference].peak.bf16,
        tpp: chips[chip].tpp.value)
    }
    marketOfOwner = economy.owners.indices.map { owner in
      marketIndices.first { economy.markets[$0].owners.contains(owner) }
        ?? MarketIndex(position: 0)
    }
    openingPurchases = Self.openingPurchases(
      economy, chips, in: start, supplierOfChip: supplierOfChip, marketOfOwner: marketOfOwner)
    isRestricted = economy.markets.map {
      $0.location == economy.follower || $0.headquarters == economy.follower
    }
    isFollowerHome = economy.markets.map { $0.location == economy.follower }
    homeMarket =
      marketIndices.filter { economy.markets[$0].location == economy.follower }
      .max { economy.markets[$0].owners.count < economy.markets[$1].owners.count }
      ?? MarketIndex(position: 0)
    isLeaderHome = economy.markets.map { $0.location == economy.leader }
    developers = world.labs.enumerated().compactMap { place, lab in
      lab.developer.map { (place, $0) }
    }
    homeOfDeveloper = developers.map { entry in
      let code = world.labs[entry.lab].headquarters
      return economy.jurisdictions.firstIndex { $0.id == code } ?? economy.leader
    }
  }

  private static func openingPurchases(
    _ economy: Economy, _ chips: [Chip], in start: Month, supplierOfChip: [Int?],
    marketOfOwner: [MarketIndex]
  ) -> [Double] {
    let suppliers = economy.suppliers.count
    var purchases = Array(repeating: 0.0, count: economy.markets.count * suppliers)
    for (owner, market) in zip(economy.owners, marketOfOwner) {
      for holding in owner.opening {
        let chip = chips[holding.chip.position]
        guard let supplier = supplierOfChip[holding.chip.position],
          let price = chip.purchasePrices.price(in: start)
        else { continue }
        purchases[market.position * suppliers + supplier] += holding.count.value * price.value
      }
    }
    return purchases
  }

  /// How many markets there are.
  var marketCount: Int { marketIndices.count }

  /// How many chips there are.
  var chipCount: Int { chipIndices.count }

  /// The cells: market by market, in each one chip by chip.
  var cells: Places<Cell> { Places(count: marketCount * chipCount) }

  /// Where a chip in a market stands.
  func cell(_ market: MarketIndex, _ chip: ChipIndex) -> Cell {
    Cell(position: market.position * chipCount + chip.position)
  }

  /// The chip of a cell.
  func chip(at cell: Cell) -> ChipIndex { ChipIndex(position: cell.position % chipCount) }

  /// The market of a cell.
  func market(at cell: Cell) -> MarketIndex { MarketIndex(position: cell.position / chipCount) }

  /// By developer: the step of its first month, in a world that begins in `start`.
  func activeFrom(_ start: Month) -> [Int] {
    developers.map { max(0, ($0.developer.activeFrom ?? start) - start) }
  }

  /// The stream id of a developer.
  func agents(of world: WorldPlan) -> [AgentID] {
    developers.map { AgentID(of: world.labs[$0.lab].id) }
  }
}

extension Economy {
  /// The family that a chip is cut from, if somebody here makes it.
  func family(of chip: Chip) -> Int? {
    families.firstIndex { family in
      chip.dieFamily == family.id
        && chip.vendor.lowercased() == suppliers[family.supplier].id.lowercased()
    }
  }
}

/// The share of a year that a step lasts.
let yearsPerMonth = 1.0 / 12

/// Hours of a mean month.
let hoursPerMonth = 730.5

/// Hours of the Julian year.
let hoursPerYear = 12 * hoursPerMonth

/// What clearing needs of a chip, whoever buys it.
struct ChipTrade: Sendable {
  /// The family whose dies it takes; nil for the follower's own chips.
  let family: Int?
  let diesPerChip: Double
  let memoryStacks: Double
  let h100e: Double
  let tpp: Double
}
