/// What was used and bought, once, with what it costs to rent and to own.
///
/// An account is a run, or a lab for what belongs to no run. Entries are sums over the months so
/// far. Law: a view of a lab is the sum of that view over the lab's runs and its own account, and a
/// view of an account is the sum of the entries that the view includes.
public struct Ledger: Sendable {
  /// One entry: the sum of everything booked under an account, stage and category.
  public struct Entry: Hashable, Sendable {
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

  private var entries: [Entry]
  private var viewTotals: [Double]
  private let runCount: Int
  /// Kept here, since a static is looked up under a lock of its own each time.
  private let viewCount: Int

  /// Whose books these are: runs first, then labs, by their places in the plan.
  public struct Account: Hashable, Sendable {
    let position: Int
    /// The view totals of this account flow into those of its lab.
    let labPosition: Int
  }

  /// Empty books for so many runs and labs.
  init(runCount: Int, labCount: Int) {
    self.runCount = runCount
    viewCount = CostView.all.count
    let accounts = runCount + labCount
    entries = Array(repeating: Entry(), count: accounts * Self.cellsPerAccount)
    viewTotals = Array(repeating: 0, count: accounts * viewCount)
  }

  /// The account of a run.
  func account(ofRun run: Int, lab: Int) -> Account {
    Account(position: run, labPosition: runCount + lab)
  }

  /// The account of what a lab has outside its runs.
  func account(ofLab lab: Int) -> Account {
    Account(position: runCount + lab, labPosition: runCount + lab)
  }

  /// What is booked under an account, stage and category.
  public func entry(_ account: Account, _ stage: Stage, _ category: CostCategory) -> Entry {
    entries[Self.cell(account, stage, category)]
  }

  /// The dollars of a run under a view.
  func total(ofRun run: Int, view: Int) -> Double { viewTotals[run * viewCount + view] }

  /// The dollars of a lab under a view, its runs included.
  func total(ofLab lab: Int, view: Int) -> Double {
    viewTotals[(runCount + lab) * viewCount + view]
  }

  /// Books a quantity with its two prices.
  mutating func book(
    _ account: Account, _ stage: Stage, _ category: CostCategory, _ booking: Entry
  ) {
    let cell = Self.cell(account, stage, category)
    entries[cell].quantity += booking.quantity
    entries[cell].renting += booking.renting
    entries[cell].owning += booking.owning
    for (view, valuation) in Self.viewsIncluding[cell % Self.cellsPerAccount] {
      viewTotals[account.position * viewCount + view] += booking[valuation]
      guard account.labPosition != account.position else { continue }
      viewTotals[account.labPosition * viewCount + view] += booking[valuation]
    }
  }

  private static let cellsPerAccount = Stage.allCases.count * CostCategory.allCases.count

  private static func cell(_ account: Account, _ stage: Stage, _ category: CostCategory) -> Int {
    account.position * cellsPerAccount + stage.index * CostCategory.allCases.count
      + category.index
  }

  /// For each stage and category the views that count it: looked up, not searched, at each booking.
  private static let viewsIncluding: [[(view: Int, valuation: Valuation)]] =
    Stage.allCases.flatMap { stage in
      CostCategory.allCases.map { category in
        CostView.all.enumerated().compactMap { index, view in
          view.includes(stage, category) ? (index, view.valuation) : nil
        }
      }
    }

  /// The unit of an entry's quantity.
  public static func unit(of stage: Stage, _ category: CostCategory) -> String {
    switch category {
    case .accelerator, .server, .interconnect:
      stage == .acquisition || stage == .fleet ? "chips" : "chip_hours"
    case .energy: "kwh"
    case .staff, .data: "usd"
    }
  }
}
