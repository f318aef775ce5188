import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
import Storage
public import Studies
import Wording

extension SensitivityAnswer {
  /// What the figure is sensitive to, in sentences first, then number by number; for a terminal.
  public var text: String {
    let parts: [String?] = [
      heading,
      sentences.map { Paragraph.text($0, first: "  ", rest: "  ") }.joined(separator: "\n"),
      indexTable, screeningTable,
      notes.map { Paragraph.text($0) }.joined(separator: "\n"),
    ]
    return parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let count = scenario.blueprint.parameters.uncertainties.count
    let screened = screening.map { _ in
      "\(NumberWords.counted(count, "uncertain number")) screened on "
        + "\(question.trajectories) trajectories"
    }
    let estimated = sobol.map { sobol in
      "indices from \(NumberWords.counted(sobol.count, "base sample"))"
    }
    let how = [screened, estimated].compactMap(\.self).joined(separator: "; ")
    return """
      What \(figureInWords) is sensitive to
      \(how); seed \(scenario.run.seed), version \(ProgramVersion.current); simulated, given the stated priors
      """
  }

  /// The figure in words: of what, when, under which regime.
  var figureInWords: String {
    question.figure.words(of: column, in: month, scenario)
  }

  /// The answer, one sentence each.
  var sentences: [String] {
    [valueSentence, leadingSentence, restSentence, interactionSentence, screeningSentence]
      .compactMap(\.self)
  }

  private var noun: String { question.figure.against == nil ? "The figure" : "The difference" }

  private var valueSentence: String? {
    sobol.map { sobol in
      "\(noun) is \(figure(sobol.mean)) \(column.metric.unit) in the mean, with a standard deviation of "
        + "\(figure(sobol.variance.squareRoot()))."
    }
  }

  private var leadingSentence: String? {
    let numbers = factors.filter { $0.factor.isOfNumbers && $0.indices.total.value >= 0.01 }
    guard sobol != nil else { return nil }
    guard let first = numbers.first else {
      return "None of the numbers that were looked at explains 1% of its variance."
    }
    let rest = numbers.dropFirst().prefix(2).map { factor in
      "\(factor.factor.title), \(Self.share(factor.indices.first)) and \(Self.share(factor.indices.total))"
    }
    let then = rest.isEmpty ? "" : "; then \(rest.joined(separator: "; "))"
    return
      "\(first.factor.title) explains \(Self.share(first.indices.first)) of its variance alone, "
      + "\(Self.share(first.indices.total)) with interactions\(then)."
  }

  private var restSentence: String? {
    let chance = factors.last.map { Self.share($0.indices.total) }
    let others = factors.first { $0.factor.isOfOthers }
    guard let chance else { return nil }
    guard let others else {
      return "Chance inside the runs explains \(chance), with interactions."
    }
    let count = NumberWords.counted(others.factor.count, "uncertain number")
    return "The other \(count) together explain \(Self.share(others.indices.total)), and chance "
      + "inside the runs \(chance), with interactions."
  }

  private var interactionSentence: String? {
    sobol.map { sobol in
      let sum = sobol.sumOfFirst
      let one =
        "One by one, all parts add up to \(Self.share(sum)) of the variance "
        + "(\(Self.share(sum.interval.lowerBound)) to \(Self.share(sum.interval.upperBound)))"
      return sum.interval.upperBound >= 1
        ? "\(one): there is no interaction beyond the error of this estimate."
        : "\(one); interactions make up the rest."
    }
  }

  private var screeningSentence: String? {
    guard sobol == nil, let screening else { return nil }
    let leading = screening.prefix(3).compactMap { number in
      number.effect.map {
        "\(number.uncertainty.name) (\(figure($0.size.value * MorrisDesign.step)))"
      }
    }
    return
      "By half of their range of probabilities, these numbers move it most, in the mean: "
      + "\(leading.joined(separator: ", "))."
  }

  private var indexTable: String? {
    guard sobol != nil else { return nil }
    var table = TextTable(
      header: [
        "part of the variance", "alone", "90% interval", "with interactions", "90% interval",
        "subject",
      ],
      rightAligned: [1, 2, 3, 4])
    for factor in factors {
      let (first, total) = (factor.indices.first, factor.indices.total)
      table.append([
        factor.factor.title, Self.share(first), Self.range(first), Self.share(total),
        Self.range(total), factor.factor.subject ?? "",
      ])
    }
    return
      "Sobol indices: what each part explains alone (first-order), and with all interactions (total)\n"
      + table.text
  }

  /// So many numbers are listed.
  private static let listed = 15

  private var screeningTable: String? {
    guard let screening else { return nil }
    var table = TextTable(
      header: ["uncertain number", "mu*", "90% interval", "mu", "sigma", "subject"],
      rightAligned: [1, 2, 3, 4])
    for number in screening.prefix(Self.listed) {
      guard let effect = number.effect else { continue }
      let ends = effect.size.interval
      table.append([
        number.uncertainty.name, figure(effect.size.value),
        "\(figure(ends.lowerBound)) to \(figure(ends.upperBound))", figure(effect.mean),
        figure(effect.deviation), number.group.title,
      ])
    }
    let more = screening.count - Self.listed
    let idle = screening.count { ($0.effect?.size.value ?? 0) == 0 }
    let tail = more > 0 ? "\n  and \(more) more, \(idle) of which move it nowhere" : ""
    return "Screening: elementary effects, in \(column.metric.unit) per unit of probability\n"
      + table.text + tail
  }

  private var notes: [String] {
    var notes = [
      "Intervals hold 90% of \(NumberWords.counted(BootstrapEstimate.resamples, "bootstrap sample")); more "
        + "--base-samples and --trajectories narrow them. An index a little below 0 is 0 within its error. Numbers that "
        + "are fixed in the file are not asked about."
    ]
    if factors.contains(where: { $0.factor.count > 1 && $0.factor.isOfNumbers }) {
      notes.append(
        "Numbers that are correlated vary together and have one index together; in the screening each moves "
          + "alone.")
    } else if screening != nil, !scenario.correlations.isEmpty {
      notes.append("In the screening each number moves alone, even where numbers are correlated.")
    }
    if failedPoints > 0 {
      notes.append(
        "\(NumberWords.counted(failedPoints, "point")) could not be computed; what needs them is left out."
      )
    }
    return notes
  }

  private func figure(_ value: Double) -> String {
    NumberWords.figure(value, unit: column.metric.unit)
  }

  static func share(_ estimate: BootstrapEstimate) -> String { share(estimate.value) }

  private static func share(_ value: Double) -> String {
    let text = NumberWords.percent(value)
    return text == "-0%" ? "0%" : text
  }

  private static func range(_ estimate: BootstrapEstimate) -> String {
    "\(share(estimate.interval.lowerBound)) to \(share(estimate.interval.upperBound))"
  }
}

extension SensitivityFactor {
  /// Whether it is of numbers by name.
  var isOfNumbers: Bool { if case .numbers = self { true } else { false } }

  /// Whether it is of all other numbers.
  var isOfOthers: Bool { if case .others = self { true } else { false } }

  /// How many numbers it has.
  var count: Int {
    switch self {
    case .numbers(let names, _): names.count
    case .others(let count): count
    case .chance: 0
    }
  }

  /// What it is called.
  var title: String {
    switch self {
    case .numbers(let names, _): names.joined(separator: " with ")
    case .others(let count): "all other \(NumberWords.counted(count, "uncertain number"))"
    case .chance: "chance inside the runs"
    }
  }

  /// The subject of its numbers.
  var subject: String? { if case .numbers(_, let group) = self { group.title } else { nil } }
}
