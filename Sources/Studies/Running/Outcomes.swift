public import Analysis
public import PolicyModel
public import Scenarios
import Simulation

/// A headline figure with its value.
public struct HeadlineFigure: Sendable {
  /// What was asked for.
  public let figure: Headline.Figure
  /// Under which regime.
  public let regime: String
  /// Its unit; nil where nothing of that name is recorded, because a mechanism is off.
  public let unit: String?
  /// At published point values; nil where there is none (a run that did not finish).
  public let value: Double?
  /// Over the draws.
  public let summary: Summary?

  /// Whether it meets what was published; nil where nothing was published or recorded.
  public var holds: Bool? {
    guard unit != nil, let expectation = figure.expectation else { return nil }
    return value.map { expectation.isMet(by: $0) } ?? false
  }
}

/// A claim with what every view makes of it.
public struct JudgedClaim: Sendable {
  /// The claim.
  public let claim: Claim
  /// Under which regime.
  public let regime: String
  /// By view, in the order of ``CostView/all``.
  public let verdicts: [(view: CostView, verdict: Verdict)]

  /// The views under which it holds at published point values.
  public var viewsThatHold: [CostView] { verdicts.filter(\.verdict.holds).map(\.view) }
}

extension RunResult {
  /// How many replicates could not be computed under some regime.
  public var failedReplicates: Int { statistics.replicatesFailed }

  /// Whether every headline figure meets what was published.
  public var meetsPublishedFigures: Bool { headlineFigures.allSatisfy { $0.holds ?? true } }

  /// The headline figures, in file order.
  public var headlineFigures: [HeadlineFigure] {
    guard let headline = scenario.headline else { return [] }
    return headline.figures.map { figure in
      let cell = cell(entity: figure.entity, metric: figure.metric)
      return HeadlineFigure(
        figure: figure, regime: statistics.regimes[headline.regime],
        unit: cell.map { statistics.layout.place(of: $0).column.metric.unit },
        value: cell.flatMap { pointValue(regime: headline.regime, cell: $0) },
        summary: cell.flatMap { statistics.summaries[headline.regime][$0] })
    }
  }

  /// The claims, in file order, judged under the headline's regime.
  public var judgedClaims: [JudgedClaim] {
    let regime = scenario.headline?.regime ?? 0
    var shares = statistics.shares[...]
    return scenario.claims.map { claim in
      let verdicts = CostView.all.compactMap { view -> (view: CostView, verdict: Verdict)? in
        guard let cell = cell(entity: claim.entity, metric: view.metricName),
          // One for each cell that the claim could be about, in the same order as in `cellPlan`.
          let share = shares.popFirst(),
          let value = pointValue(regime: regime, cell: cell), value != 0
        else { return nil }
        let verdict = Verdict(
          pointValue: value, shareOfDraws: share, isMet: claim.expectation.isMet)
        return (view, verdict)
      }
      return JudgedClaim(claim: claim, regime: statistics.regimes[regime], verdicts: verdicts)
    }
  }
}
