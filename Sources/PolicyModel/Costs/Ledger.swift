/// What was used and bought, once, with what it costs to rent and to own.
///
/// An account is a run, or a lab for what belongs to no run. Entries are sums over the months so
/// far. Law: a view of a lab is the sum of that view over the lab's runs and its own account, and a
/// view of an account is the sum of the entries that the view includes.
public struct Ledger: ~Copyable {
  /// One entry: the sum of everything booked under an account, stage and category.
  public struct Entry: Hashable, Sendable, BitwiseCopyable {
    /// Chip-hours, chips, kWh or dollars: see ``unit(of:_:)``.
    public var quantity = 0.0
    /// Dollars at rental prices.
    public var renting = 0.0
    /// Dollars at purchase prices.
    public var owning = 0.0

    /// Dollars under a valuation.
    public subscript(valuation: Valuation) -> Double {
      switch valuation {
      case .renting: renting
      case .owning: owning
      }
    }
  }

  /// Whether anything is taken down: books into which nobody looks would be a third of a state's memory.
  let isKept: Bool
  private var entries: Cells<Entry>
  /// By account: whether anything is booked under it. Most accounts are empty most of the time, and
  /// adding up nothing took a fifth of a run.
  private var isBooked: Cells<Bool>
  /// By run: its lab.
  private let labOfRun: [Int]
  private let labCount: Int
  /// By view: what it counts. Views are added up when somebody asks: there are far more bookings than
  /// questions. Kept here, since looking at a static for each sum took some 4% of a run.
  private let views = Self.views

  /// Whose books these are: runs first, then labs, then jurisdictions, by their places in the plan.
  public struct Account: Hashable, Sendable {
    let position: Int
  }

  /// Empty books for the runs of these labs, for so many labs and so many jurisdictions.
  init(
    labOfRun: [Int], labCount: Int, placeCount: Int, isKept: Bool = true, in arena: inout Arena
  ) {
    self.isKept = isKept
    self.labOfRun = labOfRun
    self.labCount = labCount
    let accounts = isKept ? labOfRun.count + labCount + placeCount : 0
    entries = arena.cells(accounts * Self.cellsPerAccount, of: Entry())
    isBooked = arena.cells(accounts, of: false)
  }

  /// Empty books with memory of their own.
  init(labOfRun: [Int], labCount: Int, placeCount: Int = 0) {
    var arena = Arena {
      _ = Ledger(labOfRun: labOfRun, labCount: labCount, placeCount: placeCount, in: &$0)
    }
    self.init(labOfRun: labOfRun, labCount: labCount, placeCount: placeCount, in: &arena)
  }

  /// The account of a run.
  func account(ofRun run: Int) -> Account { Account(position: run) }

  /// The account of what a lab has outside its runs.
  func account(ofLab lab: Int) -> Account { Account(position: labOfRun.count + lab) }

  /// The account of what belongs to a jurisdiction, and to no lab in it.
  func account(ofPlace place: Int) -> Account {
    Account(position: labOfRun.count + labCount + place)
  }

  /// What is booked under an account, stage and category.
  public func entry(_ account: Account, _ stage: Stage, _ category: CostCategory) -> Entry {
    entries[Self.cell(account, stage, category)]
  }

  /// The dollars of a run under a view.
  func total(ofRun run: Int, view: Int) -> Double { total(of: account(ofRun: run), view: view) }

  /// The dollars of a lab under a view, its runs included.
  func total(ofLab lab: Int, view: Int) -> Double {
    var sum = total(of: account(ofLab: lab), view: view)
    for run in labOfRun.indices where labOfRun[run] == lab { sum += total(ofRun: run, view: view) }
    return sum
  }

  private func total(of account: Account, view: Int) -> Double {
    precondition(isKept, "a total of books that nobody keeps")
    guard isBooked[account.position] else { return 0 }
    let first = account.position * Self.cellsPerAccount
    let counted = views[view]
    var sum = 0.0
    switch counted.valuation {
    case .renting: for cell in counted.cells { sum += entries[first + cell].renting }
    case .owning: for cell in counted.cells { sum += entries[first + cell].owning }
    }
    return sum
  }

  /// Books a quantity with its two prices, if the books are kept.
  mutating func book(
    _ account: Account, _ stage: Stage, _ category: CostCategory, _ booking: Entry
  ) {
    guard isKept else { return }
    let cell = Self.cell(account, stage, category)
    isBooked[account.position] = true
    entries[cell].quantity += booking.quantity
    entries[cell].renting += booking.renting
    entries[cell].owning += booking.owning
  }

  private static let cellsPerAccount = Stage.allCases.count * CostCategory.allCases.count

  private static func cell(_ account: Account, _ stage: Stage, _ category: CostCategory) -> Int {
    account.position * cellsPerAccount + stage.index * CostCategory.allCases.count
      + category.index
  }

  /// What a view counts of an account.
  private struct CountedCells {
    let valuation: Valuation
    let cells: [Int]
  }

  private static let views = CostView.all.map { view in
    CountedCells(
      valuation: view.valuation,
      cells: view.stages.flatMap { stage in
        view.categories.map { stage.index * CostCategory.allCases.count + $0.index }
      }.sorted())
  }

  /// The unit of an entry's quantity.
  public static func unit(of stage: Stage, _ category: CostCategory) -> String {
    switch category {
    case .accelerator, .server, .interconnect:
      stage == .acquisition || stage == .fleet ? "chips" : "chip_hours"
    case .energy: "kwh"
    case .staff, .data, .licenseShare, .duty, .greyPremium: "usd"
    }
  }
}
