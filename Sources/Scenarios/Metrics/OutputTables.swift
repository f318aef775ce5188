import Documents

/// The `outputs` section: which tables of a result are written.
public enum OutputTables {
  /// The table of single replicates, which is large, and written on request alone.
  public static let replicates = "replicates"

  /// The table in the form of the IAMC, which says the same as that of trajectories and is written on request alone.
  public static let iamc = "iamc"

  /// The table of regimes against the one that their `against` names.
  public static let against = "against"

  /// The word for all other tables.
  public static let all = "all"
  /// What that word leaves out.
  private static let onRequest = [replicates, iamc]

  /// What can be asked for by name. Failures, and the points of a sweep, are always told.
  public static let names = [
    "summary", "trajectories", "comparison", against, "events", "outcomes", "runs", "ledger",
    "parameters",
    "headline", "claims", replicates, iamc,
  ]

  static let section = Schema.list(of: .choice([all] + names), minimum: 1)

  /// Whether a table is to be written, if there is anything in it.
  ///
  /// - Parameter outputs: what was asked for; nil for all but those on request.
  static func includes(_ table: String, in outputs: [String]?) -> Bool {
    guard names.contains(table) else { return true }
    let outputs = outputs ?? [all]
    return outputs.contains(table) || !onRequest.contains(table) && outputs.contains(all)
  }
}
