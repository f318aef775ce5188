import Documents

/// The `outputs` section: which tables of a result are written.
public enum OutputTables {
  /// The table of single replicates, which is large, and written on request alone.
  public static let replicates = "replicates"

  /// The word for all other tables.
  static let all = "all"

  /// What can be asked for by name. Failures, and the points of a sweep, are always told.
  public static let names = [
    "summary", "trajectories", "comparison", "events", "outcomes", "runs", "ledger", "parameters",
    "headline", "claims", replicates,
  ]

  static let section = Schema.list(of: .choice([all] + names), minimum: 1)
}

extension Scenario {
  /// Whether a table is to be written, if there is anything in it.
  public func writes(_ table: String) -> Bool {
    guard OutputTables.names.contains(table) else { return true }
    guard let outputs else { return table != OutputTables.replicates }
    return outputs.contains(table)
      || table != OutputTables.replicates && outputs.contains(OutputTables.all)
  }
}
