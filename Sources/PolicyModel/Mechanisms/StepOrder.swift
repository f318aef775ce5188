/// What happens in a month, in causal order. The registry of mechanisms is this list.
///
/// Prices and rules come before anybody acts on them; what is used comes before what it costs.
enum StepOrder {
  static let mechanisms: [any Mechanism.Type] = [
    RulesInForce.self,  // who may buy what: everything else happens under it
    Licensing.self,  // where rules leave it to a review, governments decide
    RegulatorReactions.self,  // and do more, or less, than the rules say
    Prices.self,  // what it costs: a contract is made at the prices of the month
    ScarcityPrices.self,  // and what last month's shortage adds to it
    Throughput.self,  // how fast it is: decides how many hours a run will take
    SupplierCapacity.self,  // what foreign suppliers can sell: new dies and carried stock
    CompliantVariants.self,  // as which products
    DomesticProduction.self,  // what the follower makes itself
    SpendingPlans.self,  // what buyers mean to spend, a coming rule in mind
    Offers.self,  // what each chip is worth to them, and where it may be sold
    RemoteAccess.self,  // what could be rented abroad instead
    MarketClearing.self,  // money meets chips: legal, licensed, domestic, rented
    GreyMarket.self,  // then diverted chips, on what is still unmet
    Fleets.self,  // chips arrive, fail and are retired
    EnergyLimit.self,  // as many run as there is power for
    FleetSplit.self,  // serving first, then runs, experiments get the rest
    AlgorithmicEfficiency.self,  // experiments make algorithms better
    TrainingRuns.self,  // runs begin, advance, fail and finish
    CatchUp.self,  // what finished may match what others have shown
    ModelReleases.self,  // and released: capability, frontier, lag
    ScriptedRuns.self,  // documented runs begin and use chip-hours, by all of the above
    ResearchOverhead.self,  // experiments and failed runs follow their final runs of the month
    CostLedger.self,  // everything they used and bought is booked, once
    LabLedger.self,  // and what the labs' fleets did
    ComputeBalance.self,  // who has how much by now: nothing depends on it
    FirstPassages.self,  // which levels were reached: nothing depends on it
    Conservation.self,  // nothing came from nowhere: checked in every test run
  ]
}
