import Quantities

/// Everything in the economy that changes during one run.
///
/// Each part is declared by the mechanism that it is named after, and written by those named here.
struct EconomyState: Sendable {
  /// What rules make of sales this month. Written by ``RulesInForce``.
  var terms: MonthlyTerms
  /// Which licenses are granted. Written by ``Licensing``.
  var licenses: Licenses
  /// What regulators do beyond the rules. Written by ``RegulatorReactions``.
  var reactions: Reactions
  /// What chips can do and cost. Written by ``Offers``.
  var offers: OfferTable
  /// Dies, memory and packages that can be sold. Written by ``SupplierCapacity``; ``MarketClearing``
  /// takes the dies that are sold.
  var supply: Supply
  /// Which chips are on the shelf: by the catalogue when a month begins, and cut-down parts by
  /// ``CompliantVariants``.
  var shelf: Shelf
  /// Fabs and stocks of the domestic supplier. Written by ``DomesticProduction``.
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
  var fleets: Fleets.State
  /// Power for chips. Written by ``EnergyLimit``.
  var power: PowerLimit
  /// What labs have and do. Written by ``FleetSplit``, ``AlgorithmicEfficiency``, ``TrainingRuns``,
  /// ``Distillation``, ``ModelReleases`` and ``LabLedger``, each its own part.
  var labs: [LabState]
  /// The best models of each side. Written by ``ModelReleases``; ``AlgorithmicEfficiency`` records what
  /// labs know, and ``LabLedger`` the costs of runs.
  var frontier: Frontier
  /// Who has how much computing. Written by ``ComputeBalance``.
  var balance: Balance

  /// The economy before the first month.
  init(_ layout: EconomyLayout, blueprint: Blueprint) {
    let cells = layout.marketCount * layout.chipCount
    terms = .unrestricted(
      markets: layout.marketCount, chips: layout.chipCount,
      suppliers: layout.economy.suppliers.count)
    licenses = Licenses(markets: layout.marketCount)
    reactions = Reactions()
    offers = OfferTable(cells: cells, chips: layout.chipCount, markets: layout.marketCount)
    supply = Supply(
      families: layout.economy.families.count, suppliers: layout.economy.suppliers.count)
    shelf = Shelf(layout)
    domestic = DomesticIndustry()
    purses = Purses(owners: layout.economy.owners.count)
    clearing = Clearing(layout)
    sales = Sales(layout)
    remote = RemoteRental(markets: layout.marketCount)
    grey = GreyTrade(layout)
    fleets = Fleets.State(layout)
    power = PowerLimit(jurisdictions: layout.economy.jurisdictions.count)
    labs = Array(repeating: LabState(), count: layout.developers.count)
    frontier = Frontier(layout, steps: blueprint.monthCount)
    balance = Balance(jurisdictions: layout.economy.jurisdictions.count)
  }
}
