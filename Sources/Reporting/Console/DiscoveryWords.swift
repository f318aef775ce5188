import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
import Studies
import Wording

// An aim and its conditions, in words.
extension DiscoveryAnswer {
  /// The figure, the regimes and the aim: what is asked about.
  var aimInWords: String {
    let regimes = question.figure.regimes(of: scenario)
    let when = month.map { ", \($0)" } ?? ""
    let whose = "\(column.metric.name) of \(column.entity)\(when)"
    switch question.aim {
    case .level(let level): return "\(whose), under \(regimes[0]), is \(words(of: level))"
    case .change(let direction, let size):
      return
        "\(whose), is \(words(of: direction, size)) under \(regimes[1]) than under \(regimes[0])"
    }
  }

  private func words(of level: Aim.Level) -> String {
    switch level {
    case .below(let value): "below \(amount(value))"
    case .above(let value): "above \(amount(value))"
    case .atMost(let value): "at most \(amount(value))"
    case .atLeast(let value): "at least \(amount(value))"
    case .between(let low, let high): "between \(amount(low)) and \(amount(high))"
    }
  }

  private func words(of direction: Aim.Direction, _ size: Aim.Size) -> String {
    let metric = MetricWords(of: column.metric.name)
    let way = direction == .less ? metric.lower : metric.higher
    switch size {
    case .any: return way
    case .amount(let amount): return "at least \(self.amount(amount)) \(way)"
    case .share(let share):
      return "at least \(NumberWords.significant(share * 100, digits: 4))% \(way)"
    }
  }

  /// A figure of the metric, with its unit.
  private func amount(_ value: Double) -> String {
    FigureScale(unit: column.metric.unit, largest: abs(value)).amount(value)
  }

  /// What an outcome is called after "it is".
  static func word(_ outcome: Aim.Outcome) -> String {
    switch outcome {
    case .met: "met"
    case .missed: "missed"
    case .reversed: "reversed"
    }
  }

  /// A condition on one number, one for each number that a box limits: `NAME above 3 (upper 40% of ...)`.
  func conditions(_ box: DrawBox) -> [(number: Number, words: String)] {
    box.numbers.map { number in
      (numbers[number], words(of: box.limits.filter { $0.number == number }))
    }
  }

  private func words(of limits: [DrawBox.Limit]) -> String {
    guard let first = limits.first, let last = limits.last else { return "" }
    guard first != last else { return words(of: first) }
    let ends = [first, last].map { NumberWords.percent($0.value) }
    return "\(numbers[first.number].name) between \(value(first)) and \(value(last)) "
      + "(\(ends[0]) to \(ends[1]) of what is thought possible is lower)"
  }

  /// A condition that is one limit.
  func words(of limit: DrawBox.Limit) -> String {
    let name = numbers[limit.number].name
    return limit.end == .lower
      ? "\(name) above \(value(limit)) (upper \(NumberWords.percent(1 - limit.value)) of what is thought possible)"
      : "\(name) below \(value(limit)) (lower \(NumberWords.percent(limit.value)) of what is thought possible)"
  }

  private func value(_ limit: DrawBox.Limit) -> String {
    let value = value(of: limit)
    return FigureScale(unit: numbers[limit.number].unit, largest: abs(value)).amount(value)
  }

  /// A probability of chance: `0.03`, `2e-12`.
  static func chance(_ probability: Double) -> String {
    if probability < 1e-300 { return "below 1e-300" }
    return probability < 1e-3
      ? NumberWords.exponential(probability, digits: 1)
      : NumberWords.significant(probability, digits: 2)
  }
}
