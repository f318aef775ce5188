import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
import Storage
public import Studies
public import Wording

extension BreakEvenAnswer {
  /// What was asked, where the target is met, what was scanned, and how to see it again; for a terminal.
  ///
  /// The lever and the metric stand on lines of their own: a lever of grey flows is tied to no lab
  /// (docs/responsible-use.md).
  ///
  /// - Parameter command: the file and options that were given.
  public func text(again command: ReplayCommand) -> String {
    let places =
      isFound
      ? breakEven.crossings.map { words(of: $0, command).joined(separator: "\n") } : [noneWords]
    let parts =
      [heading, several].compactMap(\.self) + places + [scanText, notes.joined(separator: "\n")]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let replicates = NumberWords.counted(scenario.run.replicates, "replicate")
    return """
      \(scenario.about.title)
      \(replicates) at each value, seed \(scenario.run.seed), version \
      \(ProgramVersion.current); simulated, given the stated priors

      varied   \(lever.key)\(Self.unit(lever.unit)), from \(setting(breakEven.question.range.lowerBound)) \
      to \(setting(breakEven.question.range.upperBound))
      metric   \(metricWords)
      target   \(figure(question.target))
      """
  }

  /// The metric in words: which quantile of what, of whom, when, under which regime.
  var metricWords: String {
    let quantity =
      switch question.quantity {
      case .value: ""
      case .difference: "difference in "
      case .ratio: "ratio of "
      }
    let regimes = question.regimes(of: scenario)
    let compared = question.against.map { _ in " against \(regimes[0])" } ?? ""
    let when = month.map { ", \($0)" } ?? ""
    let unit = question.quantity == .ratio ? "" : Self.unit(column.metric.unit)
    return "\(quantile) of \(quantity)\(column.metric.name)\(unit), \(column.entity)\(when), under "
      + "\(regimes[regimes.count - 1])\(compared)"
  }

  private var quantile: String {
    question.quantile == 0.5
      ? "median" : "\(NumberWords.significant(question.quantile * 100, digits: 4))% quantile"
  }

  private var several: String? {
    let count = breakEven.crossings.count
    return count > 1 ? "The target is met in \(count) places of the range." : nil
  }

  private var noneWords: String {
    guard let seen = breakEven.seen else {
      return "No value scanned reaches the target: no replicate has a value anywhere."
    }
    return "No value scanned reaches the target: the \(quantile) goes from "
      + "\(figure(seen.lowerBound)) to \(figure(seen.upperBound))."
  }

  private func words(of crossing: BreakEven.Crossing, _ command: ReplayCommand) -> [String] {
    let (low, high) = crossing.meeting.ends
    let digits = digits(borneBy: crossing)
    let words = [low, high].map { setting($0.lever, digits: digits) }
    let ends = "\(words[0]) and \(words[1])"
    let values = "\(figure(low.reading.value)) to \(figure(high.reading.value))"
    let place =
      switch crossing.meeting {
      case .root(let point):
        ["Met at \(lever.key) = \(words[0])\(way(crossing))"] + there(point)
      case .jump where breakEven.isWithinError(crossing):
        [
          "Met at \(lever.key) = \(words[0])\(way(crossing)), within Monte Carlo error: the "
            + "\(quantile) jumps there from \(values)"
        ]
      case .jump:
        [
          "Not met, but jumped over between \(lever.key) = \(ends): the \(quantile) goes from \(values)"
        ]
      case .stretch:
        [
          "Met at every value scanned from \(lever.key) = \(words[0]) to \(words[1])"
        ]
      case .gap:
        [
          "Passed between \(lever.key) = \(ends), where no replicate has a value in between: from "
            + values
        ]
      }
    let told =
      question.quantity == .value ? "" : " (the \(question.quantity.rawValue) is in comparison.csv)"
    return place + spans(crossing, digits: digits) + ["  again\(told): \(again(crossing, command))"]
  }

  /// The command that runs the value of a crossing again, every digit of it, with the metric recorded and
  /// into a folder of its own.
  func again(_ crossing: BreakEven.Crossing, _ command: ReplayCommand) -> String {
    let value = setting(crossing.meeting.ends.high.lever)
    let key = lever.key.split(separator: ".").last ?? ""
    return command.text(
      running: question.regimes(of: scenario),
      setting: (metricsSetting.map { [("metrics", $0)] } ?? []) + [(lever.key, value)],
      into: "notebooks-output/\(scenario.name),\(key)=\(value)")
  }

  private func way(_ crossing: BreakEven.Crossing) -> String {
    crossing.rises.map { $0 ? ", rising" : ", falling" } ?? ", touched"
  }

  private func there(_ point: BreakEven.Point) -> [String] {
    let reading = point.reading
    return [
      "  \(quantile) there: \(figure(reading.value)), Monte Carlo interval \(words(of: reading.interval)); "
        + "90% of draws \(words(of: reading.draws))"
    ]
  }

  private func words(of band: ClosedRange<Double>, digits: Int = 6) -> String {
    let ends = [band.lowerBound, band.upperBound].map { figure($0, digits: digits) }
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  private func spans(_ crossing: BreakEven.Crossing, digits: Int) -> [String] {
    let draws = crossing.draws.map { words(of: $0) } ?? "not available for an outer quantile"
    return [
      "  90% interval of \(lever.key): \(words(of: crossing.interval, digits: digits)) (Monte Carlo error: more "
        + "replicates narrow it)",
      "  90% of draws have their own break-even within: \(draws) (parameter uncertainty: more replicates "
        + "do not narrow it)",
    ]
  }

  private func words(of span: BreakEven.Span, digits: Int = scanDigits) -> String {
    let range = breakEven.question.range
    let low = span.low.map { setting($0, digits: digits) } ?? "below \(setting(range.lowerBound))"
    return low + " to "
      + (span.high.map { setting($0, digits: digits) } ?? "above \(setting(range.upperBound))")
  }

  private var scanText: String {
    var table = TextTable(
      header: ["lever", quantile, "interval", "90% of draws", "n"], rightAligned: [0, 1, 4])
    for point in breakEven.scan {
      let reading = point.reading
      let bands = [reading.interval, reading.draws].map { words(of: $0, digits: Self.scanDigits) }
      let value = figure(reading.value, digits: Self.scanDigits)
      table.append(
        [setting(point.lever, digits: Self.scanDigits)]
          + (reading.value.isNaN ? ["none", "", ""] : [value] + bands)
          + [NumberWords.grouped(Double(reading.count))])
    }
    return "Scanned\n" + table.text
  }
}

// Numbers.
extension BreakEvenAnswer {
  private static func unit(_ unit: String) -> String { unit == "1" ? "" : " (\(unit))" }

  /// Digits of what is looked over, not read off.
  private static let scanDigits = 4

  /// How many digits of a crossing's place mean anything: two of its uncertainty, which is half its interval,
  /// or how close the lever was looked for where that is more. Of a jump of more than Monte Carlo error it is
  /// half of what is between its ends.
  private func digits(borneBy crossing: BreakEven.Crossing) -> Int {
    let (low, high) = (crossing.meeting.ends.low.lever, crossing.meeting.ends.high.lever)
    let size = max(abs(low), abs(high))
    switch crossing.meeting {
    case .jump where !breakEven.isWithinError(crossing), .gap:
      return NumberWords.digits(of: size, within: (high - low) / 2)
    case .root, .jump:
      let interval = crossing.interval
      let range = breakEven.question.range
      let below = low - (interval.low ?? range.lowerBound)
      let above = (interval.high ?? range.upperBound) - high
      let uncertainty = max((below + above) / 2, breakEven.question.tolerance * size)
      return NumberWords.digits(of: size, within: uncertainty)
    case .stretch: return Self.scanDigits
    }
  }

  /// A value of the lever; as `--set` takes it, unless shortened.
  private func setting(_ value: Double, digits: Int? = nil) -> String {
    digits.map { NumberWords.significant(value, digits: $0) } ?? value.inFull
  }

  private func figure(_ value: Double, digits: Int = 6) -> String {
    if value.isInfinite { return column.metric.isEvent && value > 0 ? "later" : "undetermined" }
    return abs(value) >= 1e4 && abs(value) < 1e9
      ? NumberWords.grouped(value) : NumberWords.significant(value, digits: digits)
  }
}

// What a reader must know.
extension BreakEvenAnswer {
  /// Replicates below which an interval is likely to be wide.
  private static let few = 500

  /// Cost, precision, and what was left out.
  var notes: [String] {
    let evaluations = breakEven.evaluations
    var notes = [
      "\(evaluations) values of the lever were run, all on the same draws. A metric that crosses the target "
        + "twice between two scanned values is missed."
    ]
    let readings = breakEven.crossings.flatMap { [$0.meeting.ends.low, $0.meeting.ends.high] }
    let isUnsure = readings.contains {
      $0.reading.interval.lowerBound < $0.reading.interval.upperBound
    }
    if isUnsure, scenario.run.replicates < Self.few {
      notes.append(
        "\(scenario.run.replicates) replicates are few: four times as many would halve the interval."
      )
    }
    if readings.contains(where: { $0.reading.count < scenario.run.replicates }) {
      notes.append(
        column.metric.isEvent
          ? "Replicates in which it does not happen count as later than all others."
          : "Replicates without a value there are left out.")
    }
    if breakEven.scan.contains(where: \.reading.value.isNaN) {
      notes.append("Stretches in which no replicate has a value are not searched.")
    }
    if unfinishedReplicates > 0 {
      notes.append(
        "In up to \(NumberWords.counted(unfinishedReplicates, "replicate")) some run of \(column.entity) is "
          + "unfinished at \(scenario.run.end); its cost to date is counted.")
    }
    if failedReplicates > 0 {
      notes.append(
        "\(NumberWords.counted(failedReplicates, "replicate")) failed at some value of the "
          + "lever and are left out there; `run` lists them.")
    }
    return notes
  }
}
