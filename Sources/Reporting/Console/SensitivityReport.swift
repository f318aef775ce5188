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

  private static func table(of indices: SensitivityIndices, _ heading: String) -> String {
    let isOfNumbers = !indices.parts[0].factor.isOfSubjects
    var table = TextTable(
      header: [
        "part of the variance", "alone", "90% interval", "with interactions", "90% interval",
      ]
        + [isOfNumbers ? "subject" : "numbers"],
      rightAligned: isOfNumbers ? [1, 2, 3, 4] : [1, 2, 3, 4, 5])
    for part in indices.shown {
      let (first, total) = (part.indices.first, part.indices.total)
      table.append(
        [part.factor.title, share(first), range(first), share(total), range(total)]
          + [isOfNumbers ? part.factor.subject ?? "" : part.factor.numbersInWords])
    }
    return
      "\(heading): what each explains alone (first-order Sobol index), and with all interactions "
      + "(total index)\n" + table.text + (indices.leftOut.map { "\n  \($0)" } ?? "")
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
}
