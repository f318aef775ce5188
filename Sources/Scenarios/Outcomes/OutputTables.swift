import Documents

/// The `outputs` section: which tables of a result are written.
public enum OutputTables {
  /// The table of single replicates, which is large, and written on request alone.
  public static let replicates = "replicates"

  /// The table in the form of the IAMC, which says the same as that of trajectories and is written on request alone.
  public static let iamc = "iamc"

  /// The word for all other tables.
  public static let all = "all"
  /// What that word leaves out.
  fileprivate static let onRequest = [replicates, iamc]

  /// What can be asked for by name. Failures, and the points of a sweep, are always told.
  public static let names = [
    "summary", "trajectories", "comparison", "events", "outcomes", "runs", "ledger", "parameters",
    "headline", "claims", replicates, iamc,
  ]

  static let section = Schema.list(of: .choice([all] + names), minimum: 1)
}

extension Scenario {
  /// Whether a table is to be written, if there is anything in it.
  public func writes(_ table: String) -> Bool {
    guard OutputTables.names.contains(table) else { return true }
    let isOnRequest = OutputTables.onRequest.contains(table)
    guard let outputs else { return !isOnRequest }
    return outputs.contains(table) || !isOnRequest && outputs.contains(OutputTables.all)
  }
}
