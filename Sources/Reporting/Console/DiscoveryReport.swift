import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
import Storage
public import Studies
public import Wording

extension DiscoveryAnswer {
  /// How often the aim is met, and under which conditions, in sentences first, then box by box; for a terminal.
  ///
  /// Each condition stands on a line of its own, apart from the figure's: a number of grey flows is tied to no lab
  /// (docs/responsible-use.md).
  ///
  /// - Parameter command: the file and options that were given.
  public func text(again command: ReplayCommand, isWritten: Bool = false) -> String {
    let parts: [String?] =
      [
        heading,
        sentences.map { Paragraph.text($0, first: "  ", rest: "  ") }.joined(separator: "\n"),
      ]
      + conditions.map { section($0) } + [
        treeText, (notes(command) + ChartHint.lines(unless: isWritten)).joined(separator: "\n"),
      ]
    return parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    """
    When \(aimInWords)
    \(NumberWords.counted(draws.count, "draw")) of \(NumberWords.counted(numbers.count + withheldNumbers, "uncertain number")), \
    the replicates of a run; seed \(scenario.run.seed), version \(ProgramVersion.current); simulated, given the stated priors
    """
  }

  /// The answer, one sentence each; no condition is named in them.
  var sentences: [String] {
    [countSentence] + conditions.flatMap { sentences(of: $0) } + [chanceSentence].compactMap(\.self)
  }

  private var countSentence: String {
    let parts = question.aim.outcomes.enumerated().map { place, outcome in
      let count = count(of: outcome)
      let word = Self.word(outcome)
      let all = place == 0 ? " of \(NumberWords.counted(draws.count, "draw"))" : ""
      guard count > 0 else { return "\(word) in none\(all)" }
      let share = NumberWords.percent(Double(count) / Double(draws.count))
      return "\(word) in \(NumberWords.grouped(Double(count)))\(all) (\(share))"
    }
    return "The aim is \(Self.listed(parts))."
  }

  private static func listed(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  private func sentences(of conditions: Conditions) -> [String] {
    let word = Self.word(conditions.outcome)
    if conditions.isTooRare {
      guard self.count(of: conditions.outcome) > 0 else { return [] }
      let count = rows(forFinding: true).count { draws[$0].outcome == conditions.outcome }
      let all = rows(forFinding: true).count
      return count < Self.leastCases
        ? [
          "It is \(word) in too few draws to look for conditions: \(count) of the half that would find them."
        ]
        : [
          "It is \(word) in nearly all draws (\(count) of \(all) in one half): there is too little to tell apart."
        ]
    }
    guard let first = conditions.boxes.first else {
      return [
        "Nothing beats chance: no condition on uncertain numbers says when it is \(word); more "
          + "--replicates can tell weaker ones."
      ]
    }
    guard holds(first) else {
      return [
        "Nothing beats chance: conditions found on one half of the draws do not say on the other half when it is \(word); more "
          + "--replicates can tell weaker ones."
      ]
    }
    return conditions.boxes.filter(holds).enumerated().map { place, box in
      sentence(of: box, word, isFirst: place == 0)
    }
  }

  private func sentence(of box: BoxSearch.Finding, _ word: String, isFirst: Bool) -> String {
    let score = box.heldOut
    let count = box.box.numbers.count
    let conditions = count == 1 ? "one condition holds" : "\(count) conditions hold"
    let opening = isFirst ? "Where \(conditions)" : "Elsewhere, where \(conditions)"
    return
      "\(opening), it is \(word) in \(NumberWords.percent(score.density)) of draws, against "
      + "\(NumberWords.percent(score.left.density)) of \(isFirst ? "all" : "those left"); these are "
      + "\(NumberWords.percent(score.coverage)) of the draws in which it is \(word)."
  }

  private var chanceSentence: String? {
    guard let chance else { return nil }
    let interval = chance.interval
    guard chance.differing > 0 else {
      return
        "Chance inside the runs does not show: of \(NumberWords.counted(chance.draws, "draw")) that were run twice, "
        + "none had two outcomes."
    }
    let share = NumberWords.percent(Double(chance.differing) / Double(chance.draws))
    let ends = [interval.lowerBound, interval.upperBound].map { NumberWords.percent($0) }
    return
      "Chance inside the runs decides some of it: two runs of one draw differ in \(share) of draws "
      + "(\(ends[0]) to \(ends[1])), which no condition on uncertain numbers can foretell."
  }
}

// Box by box.
extension DiscoveryAnswer {
  private func section(_ conditions: Conditions) -> String? {
    guard let first = conditions.boxes.first, holds(first) else { return nil }
    let word = Self.word(conditions.outcome)
    let boxes = conditions.boxes.filter(holds).enumerated().map { place, box in
      let title =
        place == 0
        ? "When it is \(word)"
        : "When else it is \(word), of the draws that the conditions before leave"
      return ([title] + lines(of: box, word, isFirst: place == 0)).joined(separator: "\n")
    }
    return (boxes + [tradeOff(first, word)]).joined(separator: "\n\n")
  }

  private func lines(of finding: BoxSearch.Finding, _ word: String, isFirst: Bool) -> [String] {
    let conditions = conditions(finding.box).flatMap { condition in
      let limits = finding.limits.filter {
        numbers[$0.limit.number].name == condition.number.name
      }
      let chances = limits.map {
        "quasi-p \(Self.chance($0.quasiP)); \(Self.chance($0.heldOutQuasiP)) on the draws that did not find it"
      }
      return [
        "  \(condition.words)",
        Paragraph.text(
          condition.number.parameter.declaration.definition, first: "      ", rest: "      "),
      ] + chances.map { "      \($0)" }
    }
    let (judged, found) = (finding.heldOut, finding.found)
    let interval = SampleBounds.probability(
      successes: judged.inside.cases, of: judged.inside.count, level: 0.9)
    let against = "\(NumberWords.percent(judged.left.density)) of \(isFirst ? "all" : "those left")"
    let ends = [interval.lowerBound, interval.upperBound].map { NumberWords.percent($0) }
    return conditions + [
      "  \(word) in \(NumberWords.percent(judged.density)) of these draws (density; 90% interval "
        + "\(ends[0]) to \(ends[1])), against \(against)",
      "  \(NumberWords.percent(judged.coverage)) of the draws in which it is \(word) are among them "
        + "(coverage), and \(NumberWords.percent(judged.mass)) of all draws (mass)",
      "  counted on the \(NumberWords.counted(judged.all.count, "draw")) that did not find it; chance "
        + "would do as well with a probability of \(Self.chance(judged.chance))",
      "  on those that found it: density \(NumberWords.percent(found.density)), coverage "
        + "\(NumberWords.percent(found.coverage)), mass \(NumberWords.percent(found.mass))",
    ]
  }

  /// So many steps of a trajectory are shown, beside the chosen one.
  private static let shownSteps = 8

  private func tradeOff(_ finding: BoxSearch.Finding, _ word: String) -> String {
    let steps = finding.trajectory
    let every = max(1, (steps.count - 1) / Self.shownSteps)
    var table = TextTable(
      header: ["box", "density", "coverage", "mass", "numbers limited", ""],
      rightAligned: [0, 1, 2, 3, 4])
    let all = finding.found.all
    for (place, step) in steps.enumerated()
    where place.isMultiple(of: every) || place == finding.step || place == steps.count - 1 {
      table.append([
        "\(place)", NumberWords.percent(step.tally.density),
        NumberWords.percent(Double(step.tally.cases) / Double(all.cases)),
        NumberWords.percent(Double(step.tally.count) / Double(all.count)),
        "\(step.box.numbers.count)", place == finding.step ? "chosen" : "",
      ])
    }
    let dropped = steps[finding.step].box.limits.count - finding.limits.count
    return
      "The way to the first of these boxes: fewer draws, more of them \(word) (on the draws that found it)\n"
      + table.text + "\n"
      + Paragraph.text(choiceWords(finding, dropped, word), first: "  ", rest: "  ")
  }

  private func choiceWords(
    _ finding: BoxSearch.Finding, _ dropped: Int, _ word: String
  ) -> String {
    let why =
      switch question.choice {
      case .largestExcess: "holds the largest excess of such draws over what chance would put there"
      case .density(let least):
        "is the first with a density of \(NumberWords.percent(least)), or the densest"
      case .step: "was asked for"
      }
    let rest =
      dropped == 0
      ? ""
      : " Of its limits, \(dropped) that chance makes too easily \(dropped == 1 ? "was" : "were") taken out "
        + "(quasi-p above \(Self.chance(BoxSearch.largestQuasiP)))."
    return
      "Box \(finding.step) \(why).\(rest) It could limit the \(Self.mostCandidates) numbers that differ most between "
      + "such draws and others. Another box: --outcome \(word) --box N, or --density 0.9."
  }
}
