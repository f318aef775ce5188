public import Quantities

/// What happened in one simulated run, for `replay`: kept only when somebody asks for it.
public struct Story: Sendable {
  /// What sort of thing happened.
  public enum Kind: String, CaseIterable, Sendable {
    case ruleInForce = "rule in force"
    case ruleTakesEffect = "rule takes effect"
    case ruleEnds = "rule ends"
    case licensesGranted = "licenses granted"
    case licensesWithdrawn = "licenses withdrawn"
    case tightening
    case relief
    case retaliation
    case stockpiling
    case seizure
    case variantDesigned = "variant designed"
    case runStarted = "run started"
    case runFinished = "run finished"
    case runFailed = "run failed"
    case modelReleased = "model released"
    case levelReached = "level reached"
  }

  /// One thing that happened.
  public struct Event: Hashable, Sendable {
    /// When.
    public let month: Month
    /// What sort of thing.
    public let kind: Kind
    /// Who or what it happened to: an id of the scenario.
    public let subject: String
    /// The rest, in words.
    public let detail: String
  }

  /// What happened, in order.
  public private(set) var events: [Event] = []

  /// Takes down one thing.
  mutating func tell(_ month: Month, _ kind: Kind, of subject: String, _ detail: String) {
    events.append(Event(month: month, kind: kind, subject: subject, detail: detail))
  }
}

/// A number as a story tells it: whole, or with an exponent where no whole number is as large.
func wholeText(_ value: Double) -> String {
  Int(exactly: value.rounded()).map { "\($0)" } ?? "\(value)"
}
