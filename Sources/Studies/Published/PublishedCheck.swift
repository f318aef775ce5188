import Analysis
import Documents
import PolicyModel
public import Scenarios
import Simulation
import Stochastics

/// All that a file's sources have published, computed again: its `published` section, and those headline figures
/// with which something published is compared.
///
/// Rules are asked through ``RuleMatrix``, and no replicate is computed for them; nor for figures that are wanted
/// at published point values alone.
public struct PublishedCheck: Sendable {
  /// What was computed.
  public let scenario: Scenario
  /// What was published and what came out: the worst first, else in file order.
  public let findings: [PublishedFinding]
  /// How many replicates were computed; 0 where none had to be.
  public let replicates: Int
  /// How many of them could not be.
  public let failedReplicates: Int

  /// How many misses nothing explains.
  public var unexplainedMisses: Int { findings.count { $0.verdict == .missed } }

  /// Whether a file has something published.
  public static func isCase(_ scenario: Scenario) -> Bool {
    scenario.published != nil || !scenario.publishedHeadline.isEmpty
  }

  /// Whether replicates have to be computed for it.
  public static func needsDraws(_ scenario: Scenario) -> Bool {
    scenario.publishedFigures.contains { $0.statistic.needsDraws }
  }

  /// Computes it.
  ///
  /// - Parameter progress: called with the number of replicates done, after each slice.
  public init(
    of scenario: Scenario, threads: Int, progress: (_ done: Int) -> Void = { _ in }
  ) async throws {
    self.scenario = scenario
    let figures = scenario.publishedFigures
    let run = try await PublishedRun(of: scenario, figures, threads: threads, progress: progress)
    replicates = run.ensemble?.replicatesPlanned ?? 0
    failedReplicates = run.ensemble.map { $0.replicatesPlanned - $0.replicates.count } ?? 0
    let findings =
      run.findings + scenario.chipFindings + (try scenario.decisionFindings())
    let order = findings.indices.sorted { (findings[$0].rank, $0) < (findings[$1].rank, $1) }
    self.findings = order.map { findings[$0] }
  }
}

extension PublishedFinding {
  fileprivate var rank: Int { Verdict.allCases.firstIndex(of: verdict) ?? 0 }
}

extension Scenario {
  /// Figures of the headline with something published beside them.
  fileprivate var publishedHeadline: [PublishedFigure] {
    guard let headline else { return [] }
    return headline.figures.compactMap { figure in
      figure.expectation.map { expectation in
        PublishedFigure(
          id: figure.id, text: nil,
          place: .once(entity: figure.entity, metric: figure.metric), regime: headline.regime,
          overRegime: nil, statistic: .value, expectation: expectation,
          treatment: .plain(source: figure.source))
      }
    }
  }

  /// Every number with something published beside it.
  fileprivate var publishedFigures: [PublishedFigure] {
    publishedHeadline + (published?.figures ?? [])
  }

  /// Figures of chips.
  fileprivate var chipFindings: [PublishedFinding] {
    (published?.chips ?? []).flatMap { published in
      let chip = chips.first { $0.id == published.chip }
      return published.figures.map { figure in
        PublishedFinding(
          id: "\(published.chip).\(figure.attribute.rawValue)", treatment: published.treatment,
          answer: .attribute(
            chip: published.chip, figure.attribute, figure.expectation,
            value: chip.flatMap { figure.attribute.value(of: $0) }))
      }
    }
  }

  /// What rules say of chips.
  fileprivate func decisionFindings() throws(CommandLineFault) -> [PublishedFinding] {
    var findings: [PublishedFinding] = []
    for decisions in published?.decisions ?? [] {
      let source = try RuleSource(self, regime: blueprint.regimes[decisions.regime].id)
      for item in decisions.verdicts {
        let matrix = try RuleMatrix(
          of: source, destination: decisions.destination, headquarters: decisions.headquarters,
          government: decisions.government, days: decisions.days, chipIDs: [item.chip])
        findings.append(
          PublishedFinding(
            id: "\(decisions.id).\(item.chip)", treatment: decisions.treatment,
            answer: .decision(decisions, chip: item.chip, item.verdict, matrix.rows)))
      }
    }
    return findings
  }
}
