import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
import Storage
public import Studies
public import Wording

extension DriversAnswer {
  /// What the figure rests on, in sentences first, then number by number; for a terminal.
  ///
  /// - Parameters:
  ///   - command: the file and options that were given.
  ///   - isWritten: whether its charts are written to files.
  public func text(again command: ReplayCommand, isWritten: Bool = false) -> String {
    let parts: [String?] = [
      heading, sentences.map { "  \($0)" }.joined(separator: "\n"), subjectTable, driverTable,
      ablationTable, (notes(command) + ChartHint.lines(unless: isWritten)).joined(separator: "\n"),
    ]
    return parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    """
    What \(figureInWords) rests on
    \(NumberWords.counted(regression.count, "draw")) of \
    \(NumberWords.counted(drivers.count, "uncertain number")), each under \
    \(Self.realisationsPerDraw) realisations of chance; seed \(scenario.run.seed), version \
    \(ProgramVersion.current); simulated, given the stated priors
    """
  }

  /// The figure in words: of what, when, under which regime.
  var figureInWords: String { question.words(of: column, in: month, scenario) }

  /// The answer, one sentence each.
  var sentences: [String] {
    [valueSentence, subjectSentence, numberSentence, chanceSentence].compactMap(\.self)
  }

  private var noun: String { question.against == nil ? "The figure" : "The difference" }

  private var valueSentence: String {
    let (low, high) = (values.draws.lowerBound, values.draws.upperBound)
    let scale = FigureScale(
      unit: column.metric.unit, largest: max(abs(values.value), abs(low), abs(high)))
    return "\(noun) is \(scale.amount(values.value)) in the median, "
      + "\(scale.figure(low)) to \(scale.figure(high)) in 90% of draws."
  }

  private var subjectSentence: String? {
    SubjectWords(shares, explaining: regression.explained).text.map { "It rests on \($0)." }
  }

  private var numberSentence: String? {
    let names = drivingNumbers.prefix(3).map {
      "\($0.uncertainty.name) (\(NumberWords.signed($0.effect.partialCorrelation)))"
    }
    guard !names.isEmpty else {
      return "No single number moves it by more than chance would: give more --replicates."
    }
    return
      "The numbers that move it most, by partial rank correlation: \(names.joined(separator: ", "))."
  }

  private var chanceSentence: String? {
    chance.map { chance in
      "Chance inside the runs makes up \(NumberWords.percent(chance.chanceShare)) of its variance "
        + "(\(NumberWords.percent(chance.interval.lowerBound)) to "
        + "\(NumberWords.percent(chance.interval.upperBound))); what is not known, the rest."
    }
  }

  private var subjectTable: String? {
    guard !shares.isEmpty else { return nil }
    var table = TextTable(header: ["subject", "share", "numbers"], rightAligned: [1, 2])
    for (group, share) in shares where share >= 0.01 {
      let count = drivers.count { $0.group == group }
      table.append([group.title, NumberWords.percent(share), "\(count)"])
    }
    return "By subject: shares of the variance of ranks that uncertain numbers explain "
      + "(\(NumberWords.percent(max(0, regression.explained))) of all of it)\n" + table.text
  }

  /// So many numbers are listed, barred or not.
  private static let listed = 15

  private var driverTable: String {
    let isDifference = question.against != nil
    let value = isDifference ? ["of the value"] : []
    var table = TextTable(
      header: ["uncertain number", "correlation", "90% interval"] + value
        + ["at p05", "at p95", "figure at p05", "at p95"],
      rightAligned: Set(1...7))
    for driver in drivers.prefix(Self.listed) {
      let bar = driver.bar
      let ends = bar.map { [number($0.ends.lowerBound), number($0.ends.upperBound)] } ?? ["", ""]
      let figures = bar.map { [figure($0.low), figure($0.high)] } ?? ["", ""]
      let interval = driver.effect.interval
      let ofValue = driver.effectOnValue.map { [NumberWords.signed($0.partialCorrelation)] } ?? []
      table.append(
        [
          driver.uncertainty.name, NumberWords.signed(driver.effect.partialCorrelation),
          "\(NumberWords.signed(interval.lowerBound)) to \(NumberWords.signed(interval.upperBound))",
        ] + ofValue + ends + figures)
    }
    return
      "Number by number: partial rank correlations, of which chance alone makes \(NumberWords.grouped(regression.noise, decimals: 2)) at most, "
      + "and the figure's mean\nwith one number at an end of its range and all others at their medians "
      + "(\(figure(atMedians)) with all there)\n" + table.text
  }

  private var ablationTable: String? {
    let reliable = ablations.filter(\.isReliable)
    let absent = ablations.filter { $0.change == nil }.map(\.mechanism)
    var lines: [String] = []
    if !reliable.isEmpty {
      var table = TextTable(
        header: ["without", "changes the mean by", "error"], rightAligned: [1, 2])
      for ablation in reliable {
        table.append([
          ablation.mechanism, figure(ablation.change ?? 0), figure(ablation.error),
        ])
      }
      lines += ["With one mechanism switched off, on the same replicates", table.text]
    }
    let idle = ablations.filter { $0.change != nil && !$0.isReliable }.map(\.mechanism)
    if !idle.isEmpty {
      lines.append(
        "No change beyond Monte Carlo error without: \(idle.sorted().joined(separator: ", "))")
    }
    if !absent.isEmpty {
      lines.append(
        "The figure is not there, or the file refused, without: \(absent.sorted().joined(separator: ", "))"
      )
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private func notes(_ command: ReplayCommand) -> [String] {
    var notes = [
      "A partial rank correlation sees effects that rise or fall throughout; one that turns around can hide from it. "
        + "The interval\nholds 90% of what other draws would give. Numbers that are fixed in the file are not asked about."
    ]
    if failedReplicates > 0 {
      notes.append(
        "\(NumberWords.counted(failedReplicates, "run")) could not be computed and are left out.")
    }
    if let first = drivingNumbers.first {
      let words =
        ["chokepoint", "run", command.file] + command.options + [
          "--set",
          "\(first.uncertainty.name)=\(number(first.uncertainty.distribution.quantile(0.95)))",
        ]
      notes.append(
        "To check one by hand: \(words.map(ShellWord.quoted).joined(separator: " "))")
    }
    return notes
  }

  private func figure(_ value: Double) -> String {
    NumberWords.figure(value, unit: column.metric.unit)
  }

  private func number(_ value: Double) -> String { NumberWords.significant(value, digits: 3) }
}
