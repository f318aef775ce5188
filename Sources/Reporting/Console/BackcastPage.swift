import Analysis
import Scenarios
public import Studies

/// Backcasts as one page of Markdown: first what is missed, then each by itself.
public struct BackcastPage {
  private let backcasts: [Backcast]

  /// - Parameter backcasts: in the order of the page.
  public init(_ backcasts: [Backcast]) { self.backcasts = backcasts }

  /// The page.
  public var markdown: String {
    """
    # Backcast: simulated results compared with observed data

    Made by `chokepoint backcast`; change the scenarios or the program, not this page. *Fitted*: priors \
    were chosen so that it comes out. *Informed prior*: priors come from the same source or a related \
    one. *Held out*: nothing was fitted to it. A target is covered when the observed value lies in \
    the band from p05 to p95; neither a band that is too wide to say anything counts as cover, nor one that \
    begins at zero where nothing was observed (an *idle zero*). *Factor* is p95 over p05. *CRPS* is the \
    continuous ranked probability score of the logs; less is better, and a single figure that is off by a \
    factor of two scores 0.69. *Trend* and *last growth* are the scores of two forecasts without a model: a \
    straight line through the logs of the known values of the same figure, and the last of them grown as it \
    grew before. *PIT* is the share of draws below what came, *bias* the log of the median over it.

    ## What is missed

    \(misses)

    \(backcasts.map(\.section).joined(separator: "\n\n"))

    """
  }

  private var misses: String {
    let missed = backcasts.flatMap { backcast in
      backcast.targets.filter { !$0.check.isCovered }.map { (backcast.scenario.name, $0) }
    }
    guard !missed.isEmpty else { return "Nothing." }
    return MarkdownTable(
      header: ["scenario", "target", "class", "status", "observed", "p05", "p50", "p95", "why"],
      rightAligned: [4, 5, 6, 7],
      rows: missed.map { scenario, target in
        let observation = target.observation
        return [scenario, observation.id, observation.scoreClass, observation.status.words]
          + [target.figure(observation.observed)] + target.band
          + [observation.expectedMiss ?? "**not expected**"]
      }
    ).text
  }
}

extension Backcast {
  /// Headings, scores and every target.
  fileprivate var section: String {
    let targets = MarkdownTable(
      header: Self.header + ["source"], rightAligned: [3, 5, 6, 7, 8],
      rows: targets.map { $0.row + [$0.observation.source ?? ""] })
    let parts = [
      "## \(scenario.about.title)", "`\(scenario.name)`, \(setting).",
      bullets(summary + vainReasons), "### By class", ScoresByClass(self.targets).markdown,
    ]
    return (parts + [forecastPart].compactMap(\.self) + ["### Targets", targets.text])
      .joined(separator: "\n\n")
  }

  private var forecastPart: String? {
    forecastRows.map { rows in
      [
        "### Forecasts", "\(scoreHeading).", bullets(scoreSummary),
        ScoresByClass(forecasts).markdown, rows.text,
      ].joined(separator: "\n\n")
    }
  }

  private func bullets(_ lines: [String]) -> String {
    lines.map { "- \($0)" }.joined(separator: "\n")
  }
}

/// A table of Markdown.
struct MarkdownTable {
  let header: [String]
  let rightAligned: Set<Int>
  let rows: [[String]]

  var text: String {
    let rule = header.indices.map { rightAligned.contains($0) ? "---:" : "---" }
    return ([header, rule] + rows.map { $0.map { $0.replacing("|", with: "\\|") } })
      .map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}
