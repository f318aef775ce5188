import Quantities

// What single rules say of the days of a month, and of a chip.

extension Rule {
  /// Share of a month's days on which it is in force.
  func shareInForce(in month: Month) -> Double { daysInForce(in: month).share }

  /// The days of a month on which it is in force.
  func daysInForce(in month: Month) -> DaySet {
    guard self.isEnforced, let begin = firstDayInForce else { return .none }
    let first = month.firstDay.number
    let start = max(begin.number - first, 0)
    let end = min(self.ends.map { $0.number - first } ?? .max, month.dayCount)
    return end > start ? DaySet(start..<end, of: month.dayCount) : .none
  }

  /// The days of a month on which it has been announced and is not in force yet.
  func daysOfNotice(in month: Month) -> DaySet {
    guard self.isEnforced, let announced = self.announced, let begin = firstDayInForce else {
      return .none
    }
    let first = month.firstDay.number
    let start = max(announced.number - first, 0)
    let end = min(begin.number - first, month.dayCount)
    return end > start ? DaySet(start..<end, of: month.dayCount) : .none
  }

  /// Whether it is about a chip: all chips when it does not say which.
  func concerns(_ chip: Chip) -> Bool {
    self.requirement.isEmpty || self.requirement.contains { $0.catches(chip, classes: []) }
  }

  /// The first clause that names a chip, without regard to classes; one that has no conditions names what the rule
  /// is about.
  func clause(naming chip: Chip) -> ReviewClause? {
    self.review.first { clause in
      clause.conditions?.allSatisfy { $0.isMet(by: chip, classes: []) } ?? concerns(chip)
    }
  }
}
