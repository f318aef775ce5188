import Analysis
import PolicyModel
import Scenarios
import Storage
import Studies

extension PublishedReport {
  /// Cases and figures as JSON, dollars and all else as plain numbers.
  public var json: String {
    let counts = Dictionary(grouping: findings, by: \.verdict.rawValue).mapValues(\.count)
    let report = PublishedJSON(
      figures: findings.count, verdicts: counts, cases: checks.map { CaseJSON($0) },
      version: ProgramVersion.current,
      rules_known_until: "\(BuiltInFacts.current.rulesKnownUntil)", simulated: true)
    return String(decoding: JSONText.bytes(of: report), as: UTF8.self)
  }
}

private struct PublishedJSON: Encodable {
  let figures: Int
  let verdicts: [String: Int]
  let cases: [CaseJSON]
  let version: String
  let rules_known_until: String
  let simulated: Bool
}

private struct CaseJSON: Encodable {
  let `case`: String
  let title: String
  let citation: String?
  let url: String?
  let contradictions: [String]
  let replicates: Int
  let replicates_failed: Int
  let seed: UInt64
  let figures: [FindingJSON]

  init(_ check: PublishedCheck) {
    let scenario = check.scenario
    self.case = scenario.name
    title = scenario.about.title
    citation = scenario.published?.citation
    url = scenario.published?.url
    contradictions = scenario.published?.contradictions ?? []
    replicates = check.replicates
    replicates_failed = check.failedReplicates
    seed = scenario.run.seed
    figures = check.findings.map { FindingJSON($0) }
  }
}

private struct FindingJSON: Encodable {
  let id: String
  let what: String
  let verdict: String
  /// The number, or what rules are said to say.
  let published: JSONAmount?
  let at_least: Double?
  let at_most: Double?
  let tolerance: Double?
  let within: Double?
  let digits: Int?
  /// The number; what rules say, once for each different answer.
  let ours: JSONAmount?
  let unit: String?
  let p05: Double?
  let p50: Double?
  let p95: Double?
  let expected_miss: String?
  let contradiction: String?
  let note: String?
  let source: String?

  init(_ finding: PublishedFinding) {
    id = finding.id
    what = finding.what
    verdict = finding.verdict.rawValue
    expected_miss = finding.treatment.expectedMiss
    contradiction = finding.treatment.contradiction
    note = finding.treatment.note
    source = finding.treatment.source
    var expectation: Expectation?
    var summary: Summary?
    switch finding.answer {
    case .figure(let figure, let value, let draws, let unit, _):
      (expectation, ours, self.unit) = (figure.expectation, value.map { .number($0) }, unit)
      summary = draws
    case .attribute(_, _, let published, let value):
      (expectation, ours, unit) = (published, value.map { .number($0) }, nil)
    case .decision: (ours, unit) = (.word(finding.ours), nil)
    }
    (p05, p50, p95) = (summary?.p05, summary?.p50, summary?.p95)
    published = expectation.map { $0.target.map { .number($0) } } ?? .word(finding.published)
    (at_least, at_most) = (expectation?.lowest, expectation?.highest)
    tolerance = if case .about(_, let tolerance)? = expectation { tolerance } else { nil }
    within = if case .within(_, let absolute)? = expectation { absolute } else { nil }
    digits = if case .printed(_, let digits)? = expectation { digits } else { nil }
  }
}

/// A number or a word.
private enum JSONAmount: Encodable {
  case number(Double)
  case word(String)

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .word(let word): try container.encode(word)
    }
  }
}

extension Expectation {
  /// The lower of its bounds.
  fileprivate var lowest: Double? {
    switch self {
    case .atLeast(let bound), .between(let bound, _): bound
    default: nil
    }
  }

  /// The upper of its bounds.
  fileprivate var highest: Double? {
    switch self {
    case .atMost(let bound), .between(_, let bound): bound
    default: nil
    }
  }
}
