public import PolicyModel

extension Scenario {
  /// The model that the engine runs, recording other monthly metrics than the file says.
  public func model(recording metrics: Set<String>) -> PolicyModel {
    PolicyModel(blueprint, correlations: copula, metrics: metrics)
  }

  /// The model that the engine runs, recording everything there is.
  public var modelRecordingAll: PolicyModel { PolicyModel(blueprint, correlations: copula) }
}
