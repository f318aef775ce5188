/// What happens in a month, in causal order. The registry of mechanisms is this list.
///
/// Prices and rules come before anybody acts on them; what is used comes before what it costs.
enum StepOrder {
  static let mechanisms: [any Mechanism.Type] = [
    RulesInForce.self,  // who may buy what: everything else happens under it
    Prices.self,  // what it costs: a contract is made at the prices of the month
    Throughput.self,  // how fast it is: decides how many hours a run will take
    ScriptedRuns.self,  // runs begin and use chip-hours, by all of the above
    ResearchOverhead.self,  // experiments and failed runs follow the final runs of the month
    CostLedger.self,  // everything used and bought is booked, last, once
  ]
}
