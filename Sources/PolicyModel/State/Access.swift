import Quantities

/// Which chips each lab may buy on the days of one month.
struct MonthlyAccess: Sendable {
  private let cells: [[(from: Day, policy: ReviewPolicy)]]
  private let chipCount: Int

  init(histories: [AccessHistory], month: Month, chipCount: Int) {
    cells = histories.map { $0.changes(in: month) }
    self.chipCount = chipCount
  }

  /// Every chip is free for everybody.
  static let unrestricted = MonthlyAccess(cells: [], chipCount: 0)

  private init(cells: [[(from: Day, policy: ReviewPolicy)]], chipCount: Int) {
    self.cells = cells
    self.chipCount = chipCount
  }

  /// Whether two months are under the same policies.
  func isSame(as other: MonthlyAccess) -> Bool {
    cells.elementsEqual(other.cells) { $0.elementsEqual($1) { $0 == $1 } }
  }

  /// The policy on a chip for a lab on a day of the month.
  func policy(lab: Int, chip: ChipIndex, day: Day) -> ReviewPolicy {
    guard !cells.isEmpty else { return .free }
    return cells[lab * chipCount + chip.position].last { $0.from <= day }?.policy ?? .free
  }
}

/// The policy on one chip for one lab, from each day on which it changes.
struct AccessHistory: Sendable {
  private let changes: [(from: Day, policy: ReviewPolicy)]

  init(of chip: Chip, to lab: Lab, under rules: RuleBook) {
    let firstDay = Day(number: .min)
    changes = ([firstDay] + rules.changeDays).map { day in
      let sale = Sale(to: lab.jurisdiction, headquarters: lab.headquarters, on: day)
      return (day, rules.policy(on: chip, for: sale))
    }
  }

  /// Lab by lab, in each one chip by chip. Labs at the same address buy under the same rules, and only
  /// rules on chips decide: looking at each rule for each lab took longer than a run.
  static func all(of world: WorldPlan, under book: RuleBook) -> [AccessHistory] {
    struct Address: Hashable {
      let jurisdiction, headquarters: String
    }
    let rules = RuleBook(book.rules.filter { $0.subject == .chips && $0.effective != nil })
    var known: [Address: [AccessHistory]] = [:]
    return world.labs.flatMap { lab in
      let address = Address(jurisdiction: lab.jurisdiction, headquarters: lab.headquarters)
      if let histories = known[address] { return histories }
      let histories = world.chips.map { AccessHistory(of: $0, to: lab, under: rules) }
      known[address] = histories
      return histories
    }
  }

  /// The changes that matter within a month: the one in force on its first day, and later ones.
  func changes(in month: Month) -> [(from: Day, policy: ReviewPolicy)] {
    let next = (month + 1).firstDay
    let known = changes.filter { $0.from < next }
    let opening = known.lastIndex { $0.from <= month.firstDay } ?? 0
    return Array(known[opening...])
  }
}
