import PolicyModel
import Quantities
import Scenarios
import Studies
import Wording

/// When rules on chips bind, and which chips each stops.
extension RunResult {
  /// A panel for each set of rules that a regime has; a bar for each rule.
  var ruleTimeline: Chart? {
    let sets = ruleSets
    guard let most = sets.flatMap(\.bars).max(by: { $0.stopped.count < $1.stopped.count }) else {
      return nil
    }
    let finding =
      most.stopped.isEmpty
      ? "Rules on chips, by date"
      : "\"\(most.rule)\" stops \(NumberWords.counted(most.stopped.count, "kind")) of chip, more than "
        + "any other rule"
    return Chart(
      "rules", of: "Rules on chips, and the chips that each stops", finding: finding,
      notes: [
        "Bars: when a rule binds, within the months that are simulated. Below each: the chips that it "
          + "keeps from buyers in \(shownName(of: followerPlace)), by denial or the presumption of it, or "
          + "that need its license, while no later rule decides."
      ],
      columns: 1,
      panels: sets.map { panel(of: $0.bars, heading: [inWords($0.regimes)]) })
  }

  /// The different sets of rules on chips that regimes have, with the regimes that have each, as charts call them.
  var ruleSets: [(regimes: [String], bars: [RuleBar])] {
    guard PolicyModel.followsRules(model.blueprint) else { return [] }
    var sets: [(regimes: [String], bars: [RuleBar])] = []
    for (regime, name) in zip(model.blueprint.regimes, regimeNames) {
      let bars = bars(of: regime.rules, against: followerPlace)
      if bars.isEmpty { continue }
      if let same = sets.firstIndex(where: { $0.bars == bars }) {
        sets[same].regimes.append(name)
      } else {
        sets.append(([name], bars))
      }
    }
    return sets
  }

  /// Whom the rules are looked at against: the follower, or where a lab is that some rule names.
  private var followerPlace: String {
    let world = model.blueprint.world
    guard world.economy.isEmpty else {
      return world.economy.jurisdictions[world.economy.follower].id
    }
    let named = Set(model.blueprint.regimes.flatMap { $0.rules.rules.flatMap(\.destinations) })
    return world.labs.map(\.jurisdiction).first(where: named.contains) ?? ""
  }

  private var start: Day { scenario.run.start.firstDay }
  private var end: Day { (scenario.run.start + model.blueprint.monthCount).firstDay }

  private func bars(of book: RuleBook, against place: String) -> [RuleBar] {
    let caught = caught(by: book, against: place)
    return book.rules.compactMap { rule in
      guard rule.subject == .chips, rule.isEnforced, let effective = rule.effective,
        rule.destinations.contains(place) || rule.destinations.contains("world")
      else { return nil }
      let binds = max(effective, rule.complianceFrom ?? effective)
      let bar = RuleBar(
        rule: rule.title, government: rule.government, effective: binds, ends: rule.ends,
        shown: max(start, binds), until: min(rule.ends ?? end, end), caught: caught[rule.id] ?? [])
      return bar.shown < bar.until ? bar : nil
    }.sorted { ($0.effective, $0.rule) < ($1.effective, $1.rule) }
  }

  /// By rule: the chips of which it is the one to decide, on some day of the run.
  private func caught(by book: RuleBook, against place: String) -> [String: [CaughtChip]] {
    let days = [start] + book.changeDays.filter { start < $0 && $0 < end }
    let chips = model.blueprint.world.chips.filter {
      $0.responseTo == nil && $0.designedIn != place
    }
    var caught: [String: [CaughtChip]] = [:]
    for day in days {
      for chip in chips {
        let sale = Sale(to: place, headquarters: place, on: day)
        // Most sales are free, and most others as the day before: words for them would be found for nothing.
        guard let (rule, policy) = book.deciding(on: chip, for: sale), !policy.isOpen else {
          continue
        }
        let isStopped = policy >= .presumptionOfDenial
        let known = caught[rule]?.firstIndex { $0.name == chip.name }
        if let known, !isStopped || caught[rule]?[known].isStopped == true { continue }
        if let known { caught[rule]?.remove(at: known) }
        let words = book.decision(on: chip, for: sale).explanation
        caught[rule, default: []].append(
          CaughtChip(
            name: chip.name, isStopped: isStopped,
            clause: words.replacing("\(chip.id) is named", with: "it is named")))
      }
    }
    return caught
  }

  private func panel(of bars: [RuleBar], heading: [String]) -> ChartPanel {
    let data = ChartData(
      [.name, .place, .begin, .month, .label, .government],
      bars.enumerated().map { place, bar in
        [
          .text(bar.heading), .number(Double(place)), .day(bar.shown), .day(bar.until),
          .text(bar.chipsInWords), .text(bar.government),
        ]
      })
    var time = ChartChannel.time(months: model.blueprint.monthCount, field: .begin)
    time.scale = .some(ChartScale(type: "utc", nice: false))
    var row = ChartChannel(field: .place, type: .quantitative, axis: .null)
    row.scale = .some(
      ChartScale(domain: .numbers([Double(bars.count) - 0.5, -0.5]), nice: false, zero: false))
    func text(_ field: ChartField, dy: Double, _ colour: String, _ weight: String) -> ChartLayer {
      ChartLayer(
        mark: ChartMark(
          type: .text, color: colour, align: "left", baseline: "middle", dy: dy, fontSize: 11,
          fontWeight: weight, limit: 640),
        encoding: ChartEncoding(
          x: ChartChannel(value: 0), y: row, text: ChartChannel(field: field, type: .nominal)))
    }
    let bar = ChartLayer(
      mark: ChartMark(type: .rule, color: ChartStyle.fill(0), strokeWidth: 8),
      encoding: ChartEncoding(
        x: time, x2: ChartChannel(field: .month), y: row,
        tooltip: [
          ChartChannel(field: .name, type: .nominal, title: .some(["Rule"])),
          ChartChannel(field: .government, type: .nominal, title: .some(["Of"])),
          ChartChannel(field: .label, type: .nominal, title: .some(["Chips"])),
        ]))
    return ChartPanel(
      title: .ofPanel(ChartNames.lines(heading.joined(separator: ", "), width: 90)), width: 640,
      height: bars.count * 48, data: data,
      layers: [
        span(time), bar, text(.name, dy: -14, ChartStyle.ink, "bold"),
        text(.label, dy: 14, ChartStyle.quiet, "normal"),
      ])
  }
}

extension RunResult {
  /// Nothing to be seen, which makes an axis as long as the run.
  fileprivate func span(_ time: ChartChannel) -> ChartLayer {
    ChartLayer(
      data: ChartData([.begin], [[.day(start)], [.day(end)]]),
      mark: ChartMark(type: .point, opacity: 0), encoding: ChartEncoding(x: time))
  }
}

/// A chip that needs a license under a rule.
struct CaughtChip: Equatable {
  let name: String
  /// Whether it is not to be had, nor likely to be.
  let isStopped: Bool
  /// The clause that decided, in words.
  let clause: String
}

/// A rule as a bar of time.
struct RuleBar: Equatable {
  let rule: String
  let government: String
  /// From when it binds, and until when.
  let effective: Day
  let ends: Day?
  /// The part of that which is simulated.
  let shown: Day
  let until: Day
  /// The chips of which it is the rule to decide.
  let caught: [CaughtChip]

  /// The names of those that it stops.
  var stopped: [String] { caught.filter(\.isStopped).map(\.name) }

  var heading: String { "\(government), \(effective): \(rule)" }

  /// What it does to which chips, all of them; empty where it decides on none.
  var allChipsInWords: String {
    let names = stopped.isEmpty ? caught.map(\.name) : stopped
    return names.isEmpty ? "" : "\(does) \(names.joined(separator: ", "))"
  }

  private var does: String { stopped.isEmpty ? "license for" : "stops" }

  /// As many as fit a line.
  var chipsInWords: String {
    let names = stopped.isEmpty ? caught.map(\.name) : stopped
    guard !names.isEmpty else { return "decides on no chip by itself" }
    let first = names[0]
    let fitting = names.dropFirst().reduce(into: [first]) { fitting, name in
      if fitting.reduce(0, { $0 + $1.count + 2 }) + name.count < 84,
        fitting.last == names[fitting.count - 1]
      {
        fitting.append(name)
      }
    }
    let more = names.count - fitting.count
    return "\(does) \(fitting.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "")
  }
}
