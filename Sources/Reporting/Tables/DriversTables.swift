import Analysis
import PolicyModel
import Simulation
import Studies

/// The tables of what a figure rests on.
extension DriversAnswer {
  /// All of them.
  var tables: [Table] { [numbersTable, mechanismsTable] }

  private var numbersTable: Table {
    var table = Table(
      name: "drivers",
      description:
        "How the figure goes with each uncertain number, and what it comes to at the ends of the strongest.",
      fields: [
        TableField("number", .string, "The uncertain number."),
        TableField("unit", .string, "Its unit."),
        TableField("subject", .string, "The subject that it belongs to."),
        TableField(
          "correlation", .number, "Partial rank correlation of the figure with it over all draws."),
        TableField("correlation_p05", .number, "Low end of its 90% interval."),
        TableField("correlation_p95", .number, "High end of it."),
        TableField("share", .number, "Its part of the variance of the figure's ranks."),
        TableField("at_p05", .number, "5% quantile of the number; empty without a bar."),
        TableField("at_p95", .number, "95% quantile of it."),
        TableField(
          "figure_at_p05", .number,
          "Mean of the figure with the number there and all others at their medians."),
        TableField("figure_at_p95", .number, "The same at the 95% quantile."),
      ])
    for driver in drivers {
      let (effect, bar) = (driver.effect, driver.bar)
      table.append([
        .text(driver.uncertainty.name), .text(driver.uncertainty.unit), .text(driver.group.title),
        .number(effect.partialCorrelation), .number(effect.interval.lowerBound),
        .number(effect.interval.upperBound), .number(effect.share),
        .optional(bar?.ends.lowerBound), .optional(bar?.ends.upperBound), .optional(bar?.low),
        .optional(bar?.high),
      ])
    }
    return table
  }

  private var mechanismsTable: Table {
    var table = Table(
      name: "mechanisms",
      description: "What becomes of the figure's mean when one mechanism is switched off.",
      fields: [
        TableField("mechanism", .string, "The mechanism that is switched off."),
        TableField(
          "change", .number, "Change of the figure's mean; empty where it is not there without it."),
        TableField("error", .number, "Standard error of the change."),
      ])
    for ablation in ablations {
      table.append([
        .text(ablation.mechanism), .optional(ablation.change),
        .optional(ablation.change == nil ? nil : ablation.error),
      ])
    }
    return table
  }
}
