import Simulation

/// One number of the ledger, as an outcome of a run.
public struct LedgerColumn: Sendable {
  /// Which side of an entry it is.
  public enum Side: Hashable, Sendable {
    /// The quantity.
    case quantity
    /// The dollars under a valuation.
    case dollars(Valuation)
  }

  /// The run or lab whose account it is.
  public let entity: String
  /// What it was for.
  public let stage: Stage
  /// What it was spent on.
  public let category: CostCategory
  /// Quantity or dollars.
  public let side: Side

  /// How the number is found in the ledger, apart from its texts: every run reads every column.
  struct Reading: Sendable {
    let account: Ledger.Account
    let stage: Stage
    let category: CostCategory
    let side: Side
  }

  let reading: Reading

  private init(
    entity: String, stage: Stage, category: CostCategory, side: Side, account: Ledger.Account
  ) {
    self.entity = entity
    self.stage = stage
    self.category = category
    self.side = side
    reading = Reading(account: account, stage: stage, category: category, side: side)
  }

  /// The unit of the number.
  public var unit: String { side == .quantity ? Ledger.unit(of: stage, category) : "usd" }

  /// The views that count it; none for quantities.
  public var views: [CostView] {
    guard case .dollars(let valuation) = side else { return [] }
    return CostView.all.filter { $0.valuation == valuation && $0.includes(stage, category) }
  }

  /// The column that records it.
  var column: Column {
    let name =
      switch side {
      case .quantity: "\(stage.rawValue)_\(category.rawValue)"
      case .dollars(let valuation): "\(stage.rawValue)_\(category.rawValue)_\(valuation.rawValue)"
      }
    return Column(
      entity: entity,
      metric: Metric(
        name: name, unit: unit,
        definition: "Ledger: \(category.rawValue) of stage \(stage.rawValue)."))
  }
}

extension LedgerColumn {
  /// Every number that something can be booked under and that a view counts, by account, stage and
  /// category.
  static func all(of plan: WorldPlan) -> [LedgerColumn] {
    let books = Ledger(
      labOfRun: plan.runs.map(\.lab), labCount: plan.labs.count,
      placeCount: plan.economy.jurisdictions.count)
    return columns(ofRunsAndFleets: plan, in: books) + columns(ofDevelopers: plan, in: books)
      + columns(ofPlaces: plan, in: books)
  }

  /// What labs that develop models of their own accord have booked.
  private static func columns(
    ofDevelopers plan: WorldPlan, in books: borrowing Ledger
  ) -> [LedgerColumn] {
    let stages: [Stage] = [
      .pretraining, .reinforcementLearning, .failed, .experiments, .modelExperiments, .inference,
      .acquisition, .fleet,
    ]
    return plan.labs.enumerated().filter { $0.element.developer != nil }.flatMap { place, lab in
      columns(entity: lab.id, stages: stages, books.account(ofLab: place))
    }
  }

  /// What governments took, and what diverted chips cost above their list price.
  private static func columns(
    ofPlaces plan: WorldPlan, in books: borrowing Ledger
  ) -> [LedgerColumn] {
    plan.economy.jurisdictions.enumerated().flatMap { place, jurisdiction in
      [CostCategory.licenseShare, .duty, .greyPremium].map { category in
        LedgerColumn(
          entity: jurisdiction.id, stage: .fleet, category: category, side: .dollars(.owning),
          account: books.account(ofPlace: place))
      }
    }
  }

  private static func columns(
    ofRunsAndFleets plan: WorldPlan, in books: borrowing Ledger
  ) -> [LedgerColumn] {
    plan.runs.enumerated().flatMap { place, run in
      columns(entity: run.id, stages: stages(of: run), books.account(ofRun: place))
    }
      + plan.labs.enumerated().flatMap { place, lab in
        columns(
          entity: lab.id, stages: lab.fleet.isEmpty ? [] : [.fleet], books.account(ofLab: place))
      }
  }

  private static func stages(of run: ScriptedRun) -> [Stage] {
    let documented = run.stages.map(\.stage)
    let bought: [Stage] = run.usesClusterOf == nil ? [.acquisition] : []
    let stages = documented + bought + [.failed, .experiments, .modelExperiments]
    return Stage.allCases.filter(stages.contains)
  }

  private static func columns(
    entity: String, stages: [Stage], _ account: Ledger.Account
  ) -> [LedgerColumn] {
    stages.flatMap { stage in
      CostCategory.allCases.flatMap { category -> [LedgerColumn] in
        let sides = [Side.quantity] + Valuation.allCases.map(Side.dollars)
        let columns = sides.map {
          LedgerColumn(
            entity: entity, stage: stage, category: category, side: $0, account: account)
        }
        let counted = columns.filter { !$0.views.isEmpty }
        return counted.isEmpty ? [] : columns.filter { $0.side == .quantity } + counted
      }
    }
  }
}

extension Ledger {
  /// The number that a column shows.
  func value(_ reading: LedgerColumn.Reading) -> Double {
    let entry = entry(reading.account, reading.stage, reading.category)
    return switch reading.side {
    case .quantity: entry.quantity
    case .dollars(let valuation): entry[valuation]
    }
  }
}
