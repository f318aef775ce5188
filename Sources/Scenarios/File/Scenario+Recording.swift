import Documents
public import PolicyModel

extension Scenario {
  /// The model that the engine runs, recording other monthly metrics than the file says.
  public func model(recording metrics: Set<String>) -> PolicyModel {
    PolicyModel(blueprint, correlations: copula, metrics: metrics)
  }

  /// The model that the engine runs, recording everything there is.
  public var modelRecordingAll: PolicyModel { PolicyModel(blueprint, correlations: copula) }

  /// Whether there is nothing to tell of costs: no scripted runs, and of labs in an economy they are recorded
  /// only with all metrics.
  public var recordsNoCosts: Bool { blueprint.world.runs.isEmpty && model.ledgerColumns.isEmpty }
}
