import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
public import Studies
import Wording

extension RunResult {
  /// The answer in a few lines: what the end of a run prints.
  public var text: String { text(width: nil) }

  /// The same in lines of so many characters at most, but for ids and tables that are longer.
  ///
  /// - Parameter width: nil for what suits a file.
  public func text(width: Int?) -> String {
    let answer = answer
    let width = width ?? AnswerText.usualWidth
    let (words, table) = (AnswerText(answer, width: width), AnswerTable(answer, width: width))
    // A table of runs says what every regime changes of them, against the first.
    let runs = chipsText
    let isOfRuns =
      runs != nil && !answer.figures.contains(where: \.isAsked)
      && answer.comparisons.allSatisfy { $0.against == answer.regimes[0].id }
    return Self.joined([
      Paragraph.text("\(scenario.about.title) (simulated)", width: width)
        + "\n\(words.question)",
      words.sentences(besides: table.shownMonthly, tellsComparisons: !isOfRuns), table.text,
      costAnswer(isFull: false), runs, words.caveats(run: "Simulated: \(size)."),
    ])
  }

  /// The answer with everything that there is a table for on a terminal.
  public var fullText: String {
    let answer = answer
    let words = AnswerText(answer, isFull: true)
    return Self.joined([
      heading, words.question, words.sentences(),
      AnswerTable(answer, width: AnswerText.usualWidth).text,
      headlineText, worldText, costAnswer(isFull: true), chipsText, claimsText,
      words.caveats(),
    ])
  }

  private static func joined(_ parts: [String?]) -> String {
    parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
  }

  /// What was run, in two or three lines.
  var heading: String {
    scenario.about.title + "\n" + Paragraph.text("\(size), simulated", width: AnswerText.usualWidth)
  }

  /// How much was run, and on what.
  private var size: String {
    let failures =
      failedReplicates == 0
      ? ""
      : ", of which \(NumberWords.grouped(Double(failedReplicates))) failed"
    let known =
      scenario.isTimeless || scenario.beyondKnowledge != nil
      ? "" : "; rules known until \(BuiltInFacts.current.rulesKnownUntil)"
    return
      "\(NumberWords.counted(statistics.replicatesPlanned, "draw")) from the stated priors, each under "
      + "\(NumberWords.counted(statistics.regimes.count, "regime"))\(failures); seed "
      + "\(scenario.run.seed)\(known)"
  }

  private var headlineText: String? {
    let figures = headlineFigures
    guard let regime = figures.first?.regime else { return nil }
    var table = TextTable(
      header: ["figure", "of", "model", "published", ""], rightAligned: [2, 3])
    for figure in figures {
      let value = figure.value.map {
        figure.unit == "usd"
          ? "$\(NumberWords.grouped($0))" : NumberWords.significant($0, digits: 7)
      }
      let verdict = figure.holds.map { $0 ? "ok" : "DIFFERS" } ?? ""
      table.append([
        figure.figure.metric, figure.figure.entity,
        value ?? (figure.unit == nil ? "not recorded" : "none"),
        figure.figure.expectation?.words(unit: figure.unit) ?? "-", verdict,
      ])
    }
    return "At published point values (regime \(regime))\n" + table.text
  }

  /// Costs of the labs, by definition of cost; of the last of them alone, unless all are wanted.
  private func costAnswer(isFull: Bool) -> String? {
    let regime = scenario.headline?.regime ?? 0
    let tables = (isFull ? headlineLabs : headlineLabs.suffix(1)).map { lab in
      "Cost to \(shownName(of: model.blueprint.world.labs[lab].id)), by cost definition (regime "
        + "\(statistics.regimes[regime]); published point values)\n"
        + costTable(ofLab: lab, regime: regime, withDefinitions: isFull)
    }
    return tables.isEmpty ? nil : tables.joined(separator: "\n\n")
  }

  /// The labs that the headline is about; all labs with runs where there is no headline.
  private var headlineLabs: [Int] {
    let world = model.blueprint.world
    let entities = scenario.headline.map { $0.figures.map(\.entity) }
    return world.labs.indices.filter { lab in
      let runs = world.runs.filter { $0.lab == lab }
      guard let entities else { return !runs.isEmpty }
      return entities.contains { entity in
        entity == world.labs[lab].id
          || runs.contains { entity == $0.id || entity.hasPrefix("\($0.id).") }
      }
    }
  }

  /// Each run under each regime, and against the reference.
  private var chipsText: String? {
    guard statistics.regimes.count > 1, !model.blueprint.world.runs.isEmpty else { return nil }
    var table = TextTable(
      header: [
        "run", "regime", "chip", "chip-hours", "days", "final-run cost",
        "days / \(statistics.regimes[0])",
      ], rightAligned: [3, 4, 5, 6])
    let (changed, unchanged) = runsByWhetherRegimesMatter
    for run in changed {
      for (regime, id) in statistics.regimes.enumerated() {
        let chips = chips(of: run, stage: "", regime: regime).joined(separator: "|")
        let hours = summary(run.id, MetricName.finalRunChipHours, regime).map {
          NumberWords.grouped($0.p50)
        }
        let days = summary(run.id, MetricName.finalRunDays, regime).map {
          NumberWords.grouped($0.p50, decimals: 1)
        }
        let cost = summary(run.id, CostView.finalRun.metricName, regime).map {
          NumberWords.dollars($0.p50)
        }
        table.append([
          shownName(of: run.id), id, chips.isEmpty ? "none" : chips, hours ?? "not finished",
          days ?? "-", cost ?? "-", ratio(run.id, MetricName.finalRunDays, regime),
        ])
      }
    }
    let same = unchanged.map { shownName(of: $0.id) }.joined(separator: ", ")
    return
      "The same training run under each regime (final run; medians; paired ratios with 90% of draws)\n"
      + table.text + (same.isEmpty ? "" : "\n  Unchanged by any regime: \(same)")
  }

  private func ratio(_ entity: String, _ metric: String, _ regime: Int) -> String {
    guard regime > 0 else { return "reference" }
    guard let cell = cell(entity: entity, metric: metric),
      let ratio = statistics.comparisons[regime][cell]?.ratio
    else { return "-" }
    let words = [ratio.p50, ratio.p05, ratio.p95].map { NumberWords.grouped($0, decimals: 3) }
    return "\(words[0]) (\(words[1]) to \(words[2]))"
  }

  private var claimsText: String? {
    guard !scenario.claims.isEmpty else { return nil }
    let lines = judgedClaims.map { judged in
      let views = judged.verdicts.filter(\.verdict.holds).map { view, verdict in
        "\(view.id) (\(NumberWords.dollars(verdict.pointValue)); "
          + "\(NumberWords.percent(verdict.shareOfDraws)) of draws)"
      }
      let verdict =
        views.isEmpty
        ? "holds under no cost definition" : "holds under " + views.joined(separator: ", ")
      return "  \"\(judged.claim.text)\"\n      "
        + (judged.verdicts.isEmpty ? "no cost recorded" : verdict)
    }
    return "Public claims, and the cost definitions under which they hold\n"
      + lines.joined(separator: "\n")
  }
}
