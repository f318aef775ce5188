public import Quantities

extension RuleBook {
  /// The rules as events: those in force before `start`, then those that take effect or end in the
  /// months from `start` on, by day.
  ///
  /// Rules that were never enforced are not told of: nothing happens under them.
  public func events(from start: Month, monthCount: Int) -> [Story.Event] {
    let end = (start + monthCount).firstDay
    var dated: [(day: Day, event: Story.Event)] = []
    for rule in rules where rule.isEnforced {
      guard let begin = rule.firstDayInForce, begin < end else { continue }
      if let ends = rule.ends, ends <= max(begin, start.firstDay) { continue }
      let isOld = begin < start.firstDay
      dated.append(
        (
          max(begin, start.firstDay),
          rule.event(
            isOld ? .ruleInForce : .ruleTakesEffect, in: isOld ? start : begin.month,
            "\(isOld ? "since" : "on") \(begin)")
        ))
      guard let ends = rule.ends, ends < end else { continue }
      dated.append((ends, rule.event(.ruleEnds, in: ends.month, "on \(ends)")))
    }
    // Rules of one day in the order of the file.
    let order = dated.indices.sorted { (dated[$0].day, $0) < (dated[$1].day, $1) }
    return order.map { dated[$0].event }
  }
}

extension Rule {
  fileprivate func event(_ kind: Story.Kind, in month: Month, _ when: String) -> Story.Event {
    Story.Event(
      month: month, kind: kind, subject: self.id,
      detail: "of \(self.government), \(when): \(self.title)")
  }
}

extension PolicyModel {
  /// Whether rules do anything: a scenario may switch them off.
  package static func followsRules(_ blueprint: Blueprint) -> Bool {
    !blueprint.switchedOff.contains(RulesInForce.name)
  }

  /// What happened in one replicate under one regime: its rules, then what the world took down,
  /// month by month.
  ///
  /// - Parameter world: after the last month, of a model that is ``keepingStory()``.
  public func events(in world: borrowing World) -> [Story.Event] {
    let rules =
      Self.followsRules(blueprint)
      ? blueprint.regimes[world.regime].rules
        .events(from: blueprint.start, monthCount: blueprint.monthCount) : []
    let events = rules + (world.story?.events ?? [])
    let order = events.indices.sorted { (events[$0].month, $0) < (events[$1].month, $1) }
    return order.map { events[$0] }
  }
}
