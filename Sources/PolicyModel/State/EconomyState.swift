import Quantities

/// Everything in the economy that changes during one run.
///
/// Each part is a struct of this folder, written by the mechanisms named here.
struct EconomyState: ~Copyable {
  /// What rules make of sales this month. Written by ``RulesInForce``.
  var terms: MonthlyTerms
  /// Which licenses are granted. Written by ``Licensing``.
  var licenses: Licenses
  /// What regulators do beyond the rules. Written by ``RegulatorReactions``.
  var reactions: Reactions
  /// What multiplies dated prices and rents. Written by ``ScarcityPrices``.
  var indices: PriceIndices
  /// What chips can do and cost. Written by ``Offers``.
  var offers: OfferTable
  /// Dies, memory and packages that can be sold. Written by ``SupplierCapacity``; ``MarketClearing``
  /// takes the dies that are sold.
  var supply: Supply
  /// Which chips are on the shelf: by the catalogue when a month begins, and cut-down parts by
  /// ``CompliantVariants``.
  var shelf: Shelf
  /// Fabs and stocks of domestic suppliers. Written by ``DomesticProduction``.
  var domestic: DomesticIndustry
  /// Money of owners. Written by ``SpendingPlans``; ``MarketClearing`` and ``GreyMarket`` book what is
  /// spent, and the second what is resold.
  var purses: Purses
  /// The rounds in which money meets chips. Written by ``MarketClearing``.
  var clearing: Clearing
  /// What was sold. Written by ``MarketClearing``; ``DomesticProduction`` adds what it makes to what is
  /// unsold, and ``GreyMarket`` takes what is diverted, and what buyers pay for it off what is unmet.
  var sales: Sales
  /// Computing rented abroad. Written by ``RemoteAccess`` and ``MarketClearing``.
  var remote: RemoteRental
  /// Diverted chips. Written by ``GreyMarket``.
  var grey: GreyTrade
  /// Chips held and on their way. Written by ``Fleets``.
  var fleets: FleetState
  /// Power for chips. Written by ``EnergyLimit``.
  var power: PowerLimit
  /// What labs have and do. Written by ``FleetSplit``, ``AlgorithmicEfficiency``, ``TrainingRuns``,
  /// ``CatchUp``, ``ModelReleases`` and ``LabLedger``, each its own part.
  var labs: Cells<LabState>
  /// How far the follower can get at others' models. Written by ``CatchUp``.
  var modelAccess: ModelAccess
  /// The best models of each side. Written by ``ModelReleases``; ``AlgorithmicEfficiency`` records what
  /// labs know, and ``LabLedger`` the costs of runs.
  var frontier: Frontier
  /// Who has how much computing. Written by ``ComputeBalance``.
  var balance: Balance

  /// The economy before the first month.
  init(_ layout: EconomyLayout, caps: Int, steps: Int, in arena: inout Arena) {
    let (markets, chips) = (layout.marketCount, layout.chipCount)
    let economy = layout.economy
    let (suppliers, jurisdictions) = (economy.suppliers.count, economy.jurisdictions.count)
    terms = .unrestricted(
      markets: markets, chips: chips, suppliers: suppliers, places: jurisdictions)
    licenses = Licenses(cells: layout.cells.count, in: &arena)
    reactions = Reactions()
    indices = PriceIndices(suppliers: suppliers, in: &arena)
    offers = OfferTable(markets: markets, chips: chips, in: &arena)
    supply = Supply(families: economy.families.count, suppliers: suppliers, in: &arena)
    shelf = Shelf(layout, in: &arena)
    domestic = DomesticIndustry(layout, in: &arena)
    purses = Purses(owners: economy.owners.count, in: &arena)
    clearing = Clearing(layout, caps: caps, in: &arena)
    sales = Sales(layout, caps: caps, in: &arena)
    remote = RemoteRental(markets: markets, in: &arena)
    grey = GreyTrade(layout, in: &arena)
    fleets = FleetState(layout, in: &arena)
    power = PowerLimit(jurisdictions: jurisdictions, in: &arena)
    labs = arena.cells(layout.developers.count, of: LabState())
    modelAccess = ModelAccess()
    frontier = Frontier(layout, steps: steps, in: &arena)
    balance = Balance(jurisdictions: jurisdictions, in: &arena)
  }

  /// Takes over what is no column from another economy of the same plan, of whose memory its own is a copy.
  mutating func takeFigures(of other: borrowing EconomyState) {
    terms = other.terms
    reactions = other.reactions
    offers.figures = other.offers.figures
    indices.figures = other.indices.figures
    domestic.figures = other.domestic.figures
    clearing.figures = other.clearing.figures
    sales.figures = other.sales.figures
    remote.figures = other.remote.figures
    grey.figures = other.grey.figures
    fleets.figures = other.fleets.figures
    modelAccess = other.modelAccess
    frontier.figures = other.frontier.figures
  }
}
