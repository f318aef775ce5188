/// Which end of a metric is the better one.
public enum Preference: String, CaseIterable, Sendable {
  /// More is better.
  case high
  /// Less is better.
  case low
}
