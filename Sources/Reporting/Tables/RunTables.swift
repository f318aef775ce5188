import Analysis
import PolicyModel
import Scenarios
import Simulation
import Studies

/// Tables about runs and their costs.
extension RunResult {
  /// What each run and stage took, and on which chip.
  var runs: Table {
    var table = Table(
      name: "runs",
      description: "Training runs and their stages: chips, hours, days, FLOP and cost by view.",
      fields: [
        TableField("scenario", .string, "The scenario's name."),
        TableField("regime", .string, "The regime's id."),
        TableField("run", .string, "The run."),
        TableField("stage", .string, "The stage; empty for the whole run."),
        TableField("chip", .string, "The chip used; several are joined by |."),
        TableField(
          "derived_rent", .boolean,
          "Whether the rent of some chip used is unpublished, so that dollars at rental prices rest "
            + "on one derived from purchase prices; empty for what is not in dollars."),
        TableField("metric", .string, "The metric; see `chokepoint metrics`."),
        TableField("unit", .string, "Its unit."),
      ] + SummaryFields.all)
    for (regime, id) in statistics.regimes.enumerated() {
      for run in model.blueprint.world.runs {
        let stages = run.stages.map { (entity: "\(run.id).\($0.id)", stage: $0.id) }
        for (entity, stage) in [(run.id, "")] + stages {
          let chips = chips(of: run, stage: stage, regime: regime)
          for (cell, column) in outcomes(of: entity)
          where column.metric.name != MetricName.chipPlace {
            table.append(
              [
                .text(scenario.name), .text(id), .text(run.id), .text(stage),
                .text(chips.joined(separator: "|")),
                derivedRentCell(of: chips, unit: column.metric.unit),
                .text(column.metric.name), .text(column.metric.unit),
              ] + SummaryFields.cells(of: statistics.summaries[regime][cell]))
          }
        }
      }
    }
    return table
  }

  private func outcomes(of entity: String) -> [(cell: Int, column: Column)] {
    let declared = statistics.layout.outcomeColumns.dropLast(model.ledgerColumns.count)
    return declared.enumerated().filter { $1.entity == entity }
      .map { (statistics.layout.cell(outcome: $0), $1) }
  }

  /// The chips that a stage (or, for an empty stage, any documented stage) ran on.
  func chips(of run: ScriptedRun, stage: String, regime: Int) -> [String] {
    var found: [String] = []
    for plan in run.stages where stage.isEmpty ? plan.stage != .preparation : plan.id == stage {
      guard let cell = cell(entity: "\(run.id).\(plan.id)", metric: MetricName.chipPlace) else {
        continue
      }
      let places = statistics.codes[regime][cell]
      for place in places where plan.chips.candidates.indices.contains(place - 1) {
        let chip = model.blueprint.world[plan.chips.candidates[place - 1]].id
        if !found.contains(chip) { found.append(chip) }
      }
    }
    return found
  }

  /// The entries of the ledger, under every view that counts them.
  var ledger: Table {
    var table = Table(
      name: "ledger",
      description: "What was used and bought, by stage and category: quantities (without view), "
        + "and dollars under each view that counts them.",
      fields: [
        TableField("scenario", .string, "The scenario's name."),
        TableField("regime", .string, "The regime's id."),
        TableField("entity", .string, "A run, or a lab for what belongs to no run."),
        TableField("stage", .string, "What it was for."),
        TableField("category", .string, "What it was spent on."),
        TableField("view", .string, "The view of cost; empty for a quantity."),
        TableField("unit", .string, "The unit."),
        TableField(
          "derived_rent", .boolean,
          "Whether the rent of a chip used in some run of the entity is unpublished; see runs."),
      ] + SummaryFields.all)
    let first = statistics.layout.outcomeColumns.count - model.ledgerColumns.count
    for (regime, id) in statistics.regimes.enumerated() {
      let chips = chipsByAccount(regime: regime)
      for (place, column) in model.ledgerColumns.enumerated() {
        let summary = statistics.summaries[regime][statistics.layout.cell(outcome: first + place)]
        let views = column.views.isEmpty ? [""] : column.views.map(\.id)
        for view in views {
          table.append(
            [
              .text(scenario.name), .text(id), .text(column.entity),
              .text(column.stage.rawValue), .text(column.category.rawValue), .text(view),
              .text(column.unit),
              derivedRentCell(of: chips[column.entity] ?? [], unit: column.unit),
            ] + SummaryFields.cells(of: summary))
        }
      }
    }
    return table
  }

  /// The chips that each run used, and those that all runs of each lab did.
  private func chipsByAccount(regime: Int) -> [String: [String]] {
    let world = model.blueprint.world
    var chips: [String: [String]] = [:]
    for run in world.runs {
      let used = self.chips(of: run, stage: "", regime: regime)
      chips[run.id] = used
      chips[world.labs[run.lab].id, default: []] += used
    }
    return chips
  }

  /// The headline figures, beside what was published.
  var headline: Table {
    var table = Table(
      name: "headline",
      description: "Figures with every uncertainty at its published point value.",
      fields: [
        TableField("scenario", .string, "The scenario's name."),
        TableField("regime", .string, "The regime's id."),
        TableField("figure", .string, "The figure's id."),
        TableField("entity", .string, "A run, a stage of one (run.stage), or a lab."),
        TableField("metric", .string, "The metric; see `chokepoint metrics`."),
        TableField("unit", .string, "Its unit."),
        TableField("value", .number, "Ours, at published point values."),
        TableField("expected", .string, "What was published."),
        TableField("holds", .boolean, "Whether ours meets it; empty where nothing was published."),
        TableField("p05", .number, "5% quantile over the draws."),
        TableField("p50", .number, "Median over the draws."),
        TableField("p95", .number, "95% quantile over the draws."),
        TableField("source", .string, "Who published it."),
      ])
    for figure in headlineFigures {
      table.append([
        .text(scenario.name), .text(figure.regime), .text(figure.figure.id),
        .text(figure.figure.entity), .text(figure.figure.metric),
        figure.unit.map { .text($0) } ?? .missing,
        .optional(figure.value),
        figure.figure.expectation.map { .text($0.words(unit: figure.unit)) } ?? .missing,
        figure.holds.map { .flag($0) } ?? .missing, .optional(figure.summary?.p05),
        .optional(figure.summary?.p50), .optional(figure.summary?.p95),
        figure.figure.source.map { .text($0) } ?? .missing,
      ])
    }
    return table
  }

  /// What the press says, held to every view.
  var claims: Table {
    var table = Table(
      name: "claims",
      description: "Public claims about cost, and the cost definitions under which they hold.",
      fields: [
        TableField("scenario", .string, "The scenario's name."),
        TableField("regime", .string, "The regime's id."),
        TableField("claim", .string, "The claim's id."),
        TableField("says", .string, "The statement."),
        TableField("entity", .string, "The run or lab it is about."),
        TableField("view", .string, "The view of cost."),
        TableField("value", .number, "The cost under that view at published point values, USD."),
        TableField("expected", .string, "What the cost would have to be."),
        TableField("holds", .boolean, "Whether it is."),
        TableField("share_of_draws", .number, "Share of draws in which it is, given the priors."),
        TableField("source", .string, "Who said so."),
      ])
    for claim in judgedClaims {
      for (view, verdict) in claim.verdicts {
        table.append([
          .text(scenario.name), .text(claim.regime), .text(claim.claim.id),
          .text(claim.claim.text), .text(claim.claim.entity), .text(view.id),
          .number(verdict.pointValue), .text(claim.claim.expectation.words(unit: "usd")),
          .flag(verdict.holds), .number(verdict.shareOfDraws),
          claim.claim.source.map { .text($0) } ?? .missing,
        ])
      }
    }
    return table
  }
}
