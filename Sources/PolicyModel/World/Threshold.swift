/// A level of a monthly metric, whose first passage is an event of a run.
public struct Threshold: Hashable, Sendable {
  /// Its id in results.
  public let id: String
  /// Whose metric it is, by the name in results.
  public let entity: String
  /// The metric, by name.
  public let metric: String
  /// The level: reached in the first month in which the metric is at least this.
  public let level: Double

  /// States a threshold.
  public init(id: String, entity: String, metric: String, level: Double) {
    self.id = id
    self.entity = entity
    self.metric = metric
    self.level = level
  }
}
