import Analysis
import PolicyModel
import Scenarios
import Simulation
public import Studies
public import Wording

extension RunResult {
  /// What is said of replicates that could not be computed: the first of them, each with the
  /// command that tells its story, and where the rest is.
  ///
  /// - Parameter place: the file that lists all of them, if one was written.
  public func failureText(
    replaying command: ReplayCommand, listedIn place: String? = nil
  ) -> String {
    let told = statistics.failures.prefix(3)
    let lines = told.map { failure in
      let regime = statistics.regimes[failure.regime]
      return "replicate \(failure.replicate) under \(regime) failed: "
        + "\(failure.words(start: scenario.run.start))\n  "
        + command.text(replicate: failure.replicate, regime: regime)
    }
    let failed = NumberWords.grouped(Double(failedReplicates))
    let all = place.map { "; all are listed in \($0)" } ?? "; `run` lists all"
    return (lines + ["\(failed) failed replicates are left out of all summaries\(all)"])
      .joined(separator: "\n")
  }

  /// One line for each headline figure that does not meet what was published.
  public var missedFigures: [String] {
    headlineFigures.filter { $0.holds == false }.map { figure in
      let value = figure.value.map { NumberWords.significant($0, digits: 7) } ?? "none"
      let expected = figure.figure.expectation?.words(unit: figure.unit) ?? ""
      return "\(scenario.name): figure \(figure.figure.id) is \(value), published \(expected)"
    }
  }
}

extension Expectation {
  /// The expectation as people write it.
  func words(unit: String?) -> String {
    func amount(_ value: Double) -> String {
      unit == "usd"
        ? "$\(NumberWords.grouped(value))" : NumberWords.significant(value, digits: 7)
    }
    return switch self {
    case .about(let target, 0): amount(target)
    case .about(let target, let tolerance):
      "\(amount(target)) within \(NumberWords.significant(tolerance * 100, digits: 3))%"
    case .within(let target, let absolute):
      "\(amount(target)) within \(amount(absolute))"
    case .printed(let target, let digits):
      "\(amount(target)) to \(NumberWords.counted(digits, "digit"))"
    case .atLeast(let bound): "at least \(amount(bound))"
    case .atMost(let bound): "at most \(amount(bound))"
    case .between(let low, let high): "\(amount(low)) to \(amount(high))"
    }
  }
}
