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
    let ledger = Ledger(runCount: plan.runs.count, labCount: plan.labs.count)
    return plan.runs.enumerated().flatMap { place, run in
      columns(
        entity: run.id, stages: stages(of: run), ledger.account(ofRun: place, lab: run.lab))
    }
      + plan.labs.enumerated().flatMap { place, lab in
        columns(
          entity: lab.id, stages: lab.fleet.isEmpty ? [] : [.fleet], ledger.account(ofLab: place))
      }
  }

  private static func stages(of run: ScriptedRun) -> [Stage] {
    let documented = run.stages.map(\.stage)
    let bought: [Stage] = run.usesClusterOf == nil ? [.acquisition] : []
    return Stage.allCases.filter {
      documented.contains($0) || bought.contains($0) || $0 == .failed || $0 == .experiments
    }
  }

  private static func columns(
    entity: String, stages: [Stage], _ account: Ledger.Account
  ) -> [LedgerColumn] {
    stages.flatMap { stage in
      CostCategory.allCases.flatMap { category -> [LedgerColumn] in
        let sides = [Side.quantity] + Valuation.allCases.map(Side.dollars)
        let columns = sides.map {
          LedgerColumn(
            entity: entity, stage: stage, category: category, side: $0,
            reading: Reading(account: account, stage: stage, category: category, side: $0))
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
