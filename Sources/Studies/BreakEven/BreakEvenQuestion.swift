import Documents
import PolicyModel
public import Quantities
package import Scenarios
import Simulation

/// Which metric is to have which value, and which number of a scenario is varied for it.
public struct BreakEvenQuestion: Sendable {
  /// What of a regime is held to the target.
  public enum Quantity: String, CaseIterable, Sendable {
    /// The metric itself.
    case value
    /// What it is above that under another regime, replicate by replicate.
    case difference
    /// What it is over that under another regime, replicate by replicate.
    case ratio
  }

  /// The key that is varied, as `--set` takes it.
  public let key: String
  /// A metric, by name.
  public let metric: String
  /// What it is to be.
  public let target: Double
  /// Whose metric; nil where only one thing has it.
  public var entity: String?
  /// Under which regime; nil for the reference.
  public var regime: String?
  /// The regime that differences and ratios are taken to.
  public var against: String?
  /// What is held to the target.
  public var quantity = Quantity.value
  /// The month; nil for the last one, and for what is recorded once.
  public var month: Month?
  /// The probability of the quantile over replicates, within (0, 1).
  public var quantile = 0.5
  /// The least value of the lever; nil for the least that makes sense.
  public var from: Double?
  /// The largest value of the lever; nil for the largest that makes sense.
  public var to: Double?
  /// How close is close enough (``BreakEven/Question/tolerance``).
  public var tolerance = 1e-3

  /// Asks at which value of a key a metric is what it is to be.
  public init(varying key: String, metric: String, target: Double) {
    self.key = key
    self.metric = metric
    self.target = target
  }

  /// What is wrong with it, whatever the scenario; nil if nothing is.
  public var fault: String? {
    if quantity == .value, against != nil {
      return "--against is for --of difference or --of ratio"
    }
    if quantity != .value, against == nil {
      return "--of \(quantity.rawValue) needs a regime to compare with: --against"
    }
    if !(quantile > 0 && quantile < 1) { return "--quantile takes a number between 0 and 1" }
    if !(1e-7...0.1).contains(tolerance) { return "--tolerance takes 1e-7 to 0.1" }
    if ![target, from ?? 0, to ?? 0].allSatisfy(NumberRange.any.contains) {
      return "--target, --from and --to take numbers of at most "
        + "\(NumberRange.largest.inFull) in size"
    }
    if let from, let to, from >= to { return "--from must be below --to" }
    return nil
  }
}

extension BreakEvenQuestion {
  /// Whether the key says how much is computed.
  var isOfRun: Bool { key.hasPrefix("run.") }

  /// Refuses regimes that the scenario does not have.
  private func requireRegimes(of scenario: Scenario) throws(CommandLineFault) {
    let known = scenario.blueprint.regimes.map(\.id)
    for id in regimes(of: scenario) where !known.contains(id) {
      throw CommandLineFault(unknown: "regime", id, known: known)
    }
  }

  /// The regimes that are run, the one compared with first.
  package func regimes(of scenario: Scenario) -> [String] {
    (against.map { [$0] } ?? []) + [regime ?? scenario.blueprint.regimes[0].id]
  }

  /// The lever, and the range to look at.
  func lever(of scenario: Scenario) throws(CommandLineFault) -> (
    lever: Lever, range: ClosedRange<Double>
  ) {
    if isOfRun {
      throw CommandLineFault(
        "\(key) says how much is computed, which is the same for every value of a lever")
    }
    try requireRegimes(of: scenario)
    let lever = scenario.lever(key)
    for end in [from, to] {
      guard let end, let lever, !lever.allows(end) else { continue }
      throw CommandLineFault("\(key) takes \(lever.limits), not \(end.inFull)")
    }
    guard let low = from ?? lever?.least, let high = to ?? lever?.most else {
      throw CommandLineFault(
        "\(key) has no range of its own: give --from and --to")
    }
    guard low < high else {
      throw CommandLineFault(
        "nothing to vary from \(low.inFull) to \(high.inFull)")
    }
    try requireReach(scenario)
    return (lever ?? Lever(unknown: key), low...high)
  }

  /// Refuses a lever that none of the regimes that are run looks at.
  private func requireReach(_ scenario: Scenario) throws(CommandLineFault) {
    let run = regimes(of: scenario)
    let keys = key.split(separator: ".").map(String.init)
    if keys.first == "regimes", keys.count > 1, !run.contains(keys[1]) {
      throw CommandLineFault(
        "\(keys[1]) is not run: name it with --regime, or with --against")
    }
    let shadowing = scenario.regimes(setting: key)
    guard run.allSatisfy(shadowing.contains), let last = run.last else { return }
    throw CommandLineFault(
      "\(last) sets \(key) itself: --vary regimes.\(last).set.\(key)")
  }

  /// The metric, whose it is, and when.
  package var figure: AskedFigure {
    AskedFigure(metric: metric, entity: entity, month: month)
  }

  /// The cell that is held to the target; nil while nothing of the name is recorded.
  func cell(in layout: CellLayout, of run: RunSettings) throws(CommandLineFault) -> Int? {
    guard let cell = try figure.cell(in: layout, of: run) else { return nil }
    if quantity != .value, layout.isTimeOfEvent(cell) {
      throw CommandLineFault(
        "\(metric) is a time, which may be never: it has no \(quantity.rawValue)")
    }
    return cell
  }
}

extension Lever {
  func allows(_ value: Double) -> Bool { (least ?? value) <= value && value <= (most ?? value) }

  /// What it takes, in words.
  var limits: String {
    let ends =
      [least.map { "at least \($0.inFull)" }]
      + [most.map { "at most \($0.inFull)" }]
    return ends.compactMap(\.self).joined(separator: " and ")
  }
}
