import Analysis
import PolicyModel
import Simulation
public import Studies
import Wording

/// The cost of one run or lab under one view.
public struct ViewCost: Encodable, Sendable {
  /// The view.
  public let view: String
  /// At published point values, USD; nil where there is none.
  public let point: Double?
  /// Over the draws, USD.
  public let mean: Double
  /// 5% quantile, USD.
  public let p05: Double
  /// Median, USD.
  public let p50: Double
  /// 95% quantile, USD.
  public let p95: Double
}

/// The costs of one run or lab under one regime.
public struct EntityCosts: Encodable, Sendable {
  /// The regime.
  public let regime: String
  /// The run or lab.
  public let entity: String
  /// `run` or `lab`.
  public let kind: String
  /// By view, those that count anything.
  public let views: [ViewCost]
}

extension RunResult {
  /// What everything cost under every view, regime by regime; without what cost nothing under any, such as
  /// runs that are not finished.
  public var costs: [EntityCosts] {
    statistics.regimes.enumerated().flatMap { regime, id in
      costEntities.compactMap { entity, kind in
        let views = CostView.all.compactMap { cost(of: entity, under: $0, regime: regime) }
        return views.isEmpty
          ? nil : EntityCosts(regime: id, entity: entity, kind: kind, views: views)
      }
    }
  }

  private var costEntities: [(entity: String, kind: String)] {
    let world = model.blueprint.world
    return world.runs.map { ($0.id, "run") } + world.labs.map { ($0.id, "lab") }
  }

  /// The cost under a view, or nil when the view counts nothing there.
  func cost(of entity: String, under view: CostView, regime: Int) -> ViewCost? {
    guard let cell = cell(entity: entity, metric: view.metricName),
      let summary = statistics.summaries[regime][cell], summary.p95 != 0
    else { return nil }
    return ViewCost(
      view: view.id, point: pointValue(regime: regime, cell: cell), mean: summary.mean,
      p05: summary.p05, p50: summary.p50, p95: summary.p95)
  }

  /// The costs as text: for every regime and lab a table of views by runs.
  public var costText: String {
    let world = model.blueprint.world
    let tables = statistics.regimes.enumerated().flatMap { regime, id in
      world.labs.indices.map { lab in
        "Cost by definition: \(shownName(of: world.labs[lab].id)), regime \(id)\n"
          + "(at published point values, then the 90% interval of draws; USD)\n"
          + costTable(ofLab: lab, regime: regime) + growthNotes(ofLab: lab, regime: regime)
          + unfinishedNote(ofLab: lab, regime: regime)
      }
    }
    let notes = derivedRents.isEmpty ? [] : [derivedRents.joined(separator: "\n")]
    return ([heading] + tables + notes).joined(separator: "\n\n") + "\n"
  }

  /// A lab's sum has in it what its unfinished runs have cost so far, which no column of theirs tells.
  private func unfinishedNote(ofLab lab: Int, regime: Int) -> String {
    let runs = model.blueprint.world.runs.filter { $0.lab == lab }.map(\.id)
    let unfinished = runs.filter { run in
      CostView.all.allSatisfy { cost(of: run, under: $0, regime: regime) == nil }
    }
    guard !unfinished.isEmpty else { return "" }
    return "\n  unfinished in the last month (the lab's sum counts the cost to date): "
      + unfinished.map(shownName).joined(separator: ", ")
  }

  /// Views by the runs of a lab, and the lab with its interval.
  func costTable(ofLab lab: Int, regime: Int, withDefinitions: Bool = true) -> String {
    let world = model.blueprint.world
    let runs = world.runs.filter { $0.lab == lab }.map(\.id)
    let name = world.labs[lab].id
    var table = TextTable(
      header: ["view"] + runs.map(shownName) + [shownName(of: name), "90% of draws"]
        + (withDefinitions ? [""] : []),
      rightAligned: Set(1...runs.count + 1))
    for view in CostView.all {
      guard let total = cost(of: name, under: view, regime: regime) else { continue }
      let cells = runs.map { run in
        cost(of: run, under: view, regime: regime).map(Self.point) ?? "-"
      }
      let interval = "\(NumberWords.dollars(total.p05)) to \(NumberWords.dollars(total.p95))"
      table.append(
        [view.id] + cells + [Self.point(total), interval]
          + (withDefinitions ? [view.definition] : []))
    }
    return table.text
  }

  private static func point(_ cost: ViewCost) -> String {
    cost.point.map(NumberWords.dollars) ?? "-"
  }

  /// A sentence for every chip that some stage used, under any regime, without a published rent, so that no
  /// cost that rests on a derived price is shown without saying so.
  var derivedRents: [String] {
    let world = model.blueprint.world
    var told: [String] = []
    var notes: [String] = []
    for (run, stage) in world.runs.flatMap({ run in run.stages.map { (run, $0) } }) {
      let used = Set(
        statistics.regimes.indices.flatMap { chips(of: run, stage: stage.id, regime: $0) })
      for chip in stage.chips.candidates.map({ world[$0] })
      where used.contains(chip.id) && !told.contains(chip.id)
        && model.blueprint.hasDerivedRent(chip)
      {
        told.append(chip.id)
        notes.append(
          "No rental price of the \(chip.name) is published: it is derived from that of the "
            + "\(world[stage.chips.documented].name) times the ratio of purchase prices.")
      }
    }
    return notes
  }

  /// Whether some of these chips, by id, has a derived rent; missing for what is not in dollars.
  func derivedRentCell(of chips: [String], unit: String) -> Cell {
    guard unit == "usd" else { return .missing }
    let blueprint = model.blueprint
    return .flag(
      blueprint.world.chips.contains { chips.contains($0.id) && blueprint.hasDerivedRent($0) })
  }
}
