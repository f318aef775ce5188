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
      subjects.map { Self.table(of: $0, "By subject, each with all its uncertain numbers") },
      numbers.map { Self.table(of: $0, "By number") },
      screeningTable, notes.map { Paragraph.text($0) }.joined(separator: "\n"),
    ]
    return parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let count = scenario.blueprint.parameters.uncertainties.count
    let screened = screening.map { _ in
      "\(NumberWords.counted(count, "uncertain number")) screened on "
        + "\(question.trajectories) trajectories"
    }
    let estimated = numbers.map {
      "indices from \(NumberWords.counted($0.sobol.count, "base sample"))"
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
    [
      valueSentence, subjects.flatMap { leadingSentence(of: $0) },
      numbers.flatMap { leadingSentence(of: $0) }, restSentence, interactionSentence,
      screeningSentence,
    ].compactMap(\.self)
  }

  private var noun: String { question.figure.against == nil ? "The figure" : "The difference" }

  private var valueSentence: String? {
    (subjects ?? numbers).map { indices in
      "\(noun) is \(figure(indices.sobol.mean)) \(column.metric.unit) in the mean, with a standard "
        + "deviation of \(figure(indices.sobol.variance.squareRoot()))."
    }
  }

  private func leadingSentence(of indices: SensitivityIndices) -> String {
    let isOfSubjects = indices.parts[0].factor.isOfSubjects
    let leading = indices.parts.filter {
      $0.factor.isNamed && $0.indices.total.interval.lowerBound > 0.005
    }.prefix(3)
    guard let first = leading.first else {
      let what = isOfSubjects ? "subject" : "number that was looked at"
      return "No single \(what) explains more of its variance than the error of this estimate."
    }
    let begin = isOfSubjects ? "Its variance rests on" : "By number, it rests on"
    let rest = leading.dropFirst().map { part in
      "\(part.factor.title) (\(Self.share(part.indices.first)), \(Self.share(part.indices.total)))"
    }
    let then = rest.isEmpty ? "" : ", then \(rest.joined(separator: " and "))"
    return "\(begin) \(first.factor.title) (\(Self.share(first.indices.first)) alone, "
      + "\(Self.share(first.indices.total)) with interactions)\(then)."
  }

  private var restSentence: String? {
    guard let parts = (subjects ?? numbers)?.parts,
      let chance = parts.last.map({ Self.share($0.indices.total) })
    else { return nil }
    let happens = "hance inside the runs explains \(chance), with interactions"
    guard let others = numbers?.parts.first(where: { $0.factor.isOfOthers }) else {
      return "C\(happens)."
    }
    let count = NumberWords.counted(others.factor.count, "uncertain number")
    return "The other \(count) together explain \(Self.share(others.indices.total)); c\(happens)."
  }

  private var interactionSentence: String? {
    (subjects ?? numbers).map { indices in
      let sum = indices.sobol.sumOfFirst
      let whose = indices.parts[0].factor.isOfSubjects ? "Subject by subject" : "One by one"
      let one =
        "\(whose), all parts add up to \(Self.share(sum)) of the variance "
        + "(\(Self.range(sum)))"
      return sum.interval.upperBound >= 1
        ? "\(one): there is no interaction beyond the error of this estimate."
        : "\(one); interactions make up the rest."
    }
  }

  private var screeningSentence: String? {
    guard numbers == nil, let screening else { return nil }
    let leading = screening.prefix(3).compactMap { number in
      number.effect.map {
        "\(number.uncertainty.name) (\(figure($0.size.value * MorrisDesign.step)))"
      }
    }
    return
      "By half of their range of probabilities, these numbers move it most, in the mean: "
      + "\(leading.joined(separator: ", "))."
  }

  private static func table(of indices: SensitivityIndices, _ heading: String) -> String {
    let isOfNumbers = !indices.parts[0].factor.isOfSubjects
    var table = TextTable(
      header: [
        "part of the variance", "alone", "90% interval", "with interactions", "90% interval",
      ]
        + [isOfNumbers ? "subject" : "numbers"],
      rightAligned: isOfNumbers ? [1, 2, 3, 4] : [1, 2, 3, 4, 5])
    for part in indices.parts {
      let (first, total) = (part.indices.first, part.indices.total)
      table.append(
        [part.factor.title, share(first), range(first), share(total), range(total)]
          + [isOfNumbers ? part.factor.subject ?? "" : part.factor.numbersInWords])
    }
    return
      "\(heading): what each explains alone (first-order Sobol index), and with all interactions "
      + "(total index)\n" + table.text
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
    if numbers?.parts.contains(where: { $0.factor.isNamed && $0.factor.count > 1 }) == true {
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
  /// Whether it is of subjects.
  var isOfSubjects: Bool { if case .subjects = self { true } else { false } }

  /// Whether it is of all other numbers.
  var isOfOthers: Bool { if case .others = self { true } else { false } }

  /// How many numbers it has.
  var count: Int { names.count }

  /// How many numbers it has, if it has any.
  var numbersInWords: String { count > 0 ? NumberWords.grouped(Double(count)) : "" }

  /// What it is called.
  var title: String {
    switch self {
    case .numbers(let names, _): names.joined(separator: " with ")
    case .subjects(let groups, _): groups.map(\.title).joined(separator: " with ")
    case .others: "all other \(NumberWords.counted(count, "uncertain number"))"
    case .chance: "chance inside the runs"
    }
  }

  /// The subject of its numbers, or what it is.
  var subject: String? {
    switch self {
    case .numbers(_, let group): group.title
    case .subjects(let groups, _): groups.map(\.title).joined(separator: "; ")
    case .others, .chance: nil
    }
  }
}
