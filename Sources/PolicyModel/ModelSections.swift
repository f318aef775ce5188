/// Where docs/ODD.md describes the mechanisms, for whoever asks what a name means.
///
/// A test holds it to the headings of the document.
enum ModelSections {
  /// By the name of a mechanism: the number of its section.
  static let byMechanism = [
    "rules_in_force": "7.1",
    "licensing": "7.2",
    "regulator_reactions": "7.2",
    "prices": "7.3",
    "scarcity_prices": "7.3",
    "throughput": "7.4",
    "compliant_variants": "7.5",
    "supplier_capacity": "7.5",
    "domestic_production": "7.6",
    "spending_plans": "7.7",
    "offers": "7.8",
    "remote_access": "7.9",
    "market_clearing": "7.10",
    "grey_market": "7.11",
    "fleets": "7.12",
    "energy_limit": "7.13",
    "fleet_split": "7.14",
    "algorithmic_efficiency": "7.15",
    "training_runs": "7.16",
    "catch_up": "7.17",
    "model_releases": "7.18",
    "research_overhead": "7.19",
    "scripted_runs": "7.19",
    "lab_ledger": "7.20",
    "ledger": "7.20",
    "compute_balance": "7.21",
    "first_passages": "7.21",
    "conservation": "7.22",
  ]
}
