public import Analysis
public import PolicyModel
public import Scenarios

/// Something that a source has published, beside what comes out here.
public struct PublishedFinding: Sendable {
  /// Its id in results.
  public let id: String
  /// What is known of it.
  public let treatment: PublishedTreatment
  /// What was published, and what comes out.
  public let answer: Answer

  /// What was published, and what comes out.
  public enum Answer: Sendable {
    /// A number of a run, nil where there is none, with its draws where there are any, in a unit. The title is
    /// that of a metric which the scenario has a name of its own for.
    case figure(PublishedFigure, value: Double?, draws: Summary?, unit: String, title: String?)
    /// A figure of a chip, nil where it was never published.
    case attribute(chip: String, ChipAttribute, Expectation, value: Double?)
    /// What rules say of a chip: day by day, where there are several.
    case decision(PublishedDecisions, chip: String, PublishedDecisions.Verdict, [RuleMatrix.Row])
  }

  /// How something published fares.
  public enum Verdict: String, CaseIterable, Sendable {
    /// It is not met, and nothing explains why.
    case missed
    /// It is not met, for a reason that is told.
    case missedAsExpected = "missed_as_expected"
    /// It is not met, and the source contradicts itself here.
    case contradicted
    /// It is met, although a miss was expected.
    case metUnexpectedly = "met_unexpectedly"
    /// It is met.
    case met
    /// It is shown beside ours, and not judged.
    case shown
  }

  /// Whether what comes out is what was published, whatever is made of it.
  public var isMet: Bool {
    switch answer {
    case .figure(let figure, let value, _, _, _):
      value.map { figure.expectation.isMet(by: $0) } ?? false
    case .attribute(_, _, let expectation, let value):
      value.map { expectation.isMet(by: $0) } ?? false
    case .decision(_, _, let verdict, let rows):
      rows.allSatisfy { verdict.isMet(by: $0.decision.policy) }
    }
  }

  /// How it fares.
  public var verdict: Verdict {
    guard treatment.isJudged else { return .shown }
    if isMet { return treatment.expectedMiss == nil ? .met : .metUnexpectedly }
    if treatment.expectedMiss != nil { return .missedAsExpected }
    return treatment.contradiction == nil ? .missed : .contradicted
  }
}
