import Analysis
import PolicyModel
import Scenarios
import Simulation
import Stochastics
import Studies

/// The tables of a sensitivity study.
extension SensitivityAnswer {
  /// Both tables of the answer, as far as they were asked for.
  var tables: [Table] { [indicesTable, effectsTable].compactMap(\.self) }

  private var indicesTable: Table? {
    guard numbers != nil else { return nil }
    var table = Table(
      name: "indices",
      description:
        "Sobol indices: the share of the figure's variance that each part explains, alone and with "
        + "interactions.",
      fields: [
        TableField(
          "by", .string,
          "subjects or numbers: rows of one word are a whole, the parts of the same variance."),
        TableField(
          "part", .string,
          "subject: all uncertain numbers of a subject; number: an uncertain number, with those that are "
            + "correlated with it; others: all other uncertain numbers together; chance: what merely happens inside "
            + "the runs."),
        TableField("numbers", .string, "The uncertain numbers by name, separated by blanks."),
        TableField("subject", .string, "The subject, or the one that the numbers belong to."),
        TableField(
          "first_order", .number,
          "Share of the variance alone; a little below 0 by chance where it is 0."),
        TableField("first_order_p05", .number, "5% quantile of its bootstrap samples."),
        TableField("first_order_p95", .number, "95% quantile of them."),
        TableField("total", .number, "Share of the variance with all interactions."),
        TableField("total_p05", .number, "5% quantile of its bootstrap samples."),
        TableField("total_p95", .number, "95% quantile of them."),
      ])
    for (word, indices) in [("subjects", subjects), ("numbers", numbers)] {
      for part in indices?.parts ?? [] {
        table.append(
          [
            .text(word), .text(part.factor.kind), .text(part.factor.names.joined(separator: " ")),
            part.factor.subject.map { .text($0) } ?? .missing,
          ] + Self.cells(of: part.indices.first) + Self.cells(of: part.indices.total))
      }
    }
    return table
  }

  private var effectsTable: Table? {
    guard let screening else { return nil }
    var table = Table(
      name: "screening",
      description:
        "Elementary effects of every uncertain number on the figure, by Morris's method: changes of "
        + "the figure per unit of the number's probability.",
      fields: [
        TableField("number", .string, "The uncertain number."),
        TableField("unit", .string, "Its unit."),
        TableField("subject", .string, "The subject that it belongs to."),
        TableField("mu_star", .number, "Mean size of its effects."),
        TableField("mu_star_p05", .number, "5% quantile of its bootstrap samples."),
        TableField("mu_star_p95", .number, "95% quantile of them."),
        TableField("mu", .number, "Mean of its effects."),
        TableField("sigma", .number, "Standard deviation of its effects."),
        TableField("trajectories", .integer, "Trajectories on which it has an effect."),
      ])
    for number in screening {
      let effect = number.effect
      table.append(
        [
          .text(number.uncertainty.name), .text(number.uncertainty.unit), .text(number.group.title),
        ] + (effect.map { Self.cells(of: $0.size) } ?? [.missing, .missing, .missing]) + [
          .optional(effect?.mean), .optional(effect?.deviation), .integer(effect?.count ?? 0),
        ])
    }
    return table
  }

  private static func cells(of estimate: BootstrapEstimate) -> [Cell] {
    [
      .number(estimate.value), .number(estimate.interval.lowerBound),
      .number(estimate.interval.upperBound),
    ]
  }

  /// Points that one piece of the table makes.
  private static let pointsPerPiece = 128

  /// Every point that was looked at.
  var pointsTable: Table {
    let names = scenario.blueprint.parameters.uncertainties
    let fields =
      [
        TableField("stage", .string, "screening, numbers or subjects."),
        TableField("group", .integer, "The trajectory or base sample, from 0."),
        TableField(
          "point", .integer,
          "Its place there, from 0: along a trajectory; of a base sample at A, at AB of each part in the order of "
            + "the design, at B."),
        TableField("realisation", .integer, "The realisation of chance that it met."),
        TableField("figure", .number, "The figure; empty where there is none."),
      ]
      + names.map {
        TableField($0.name, .number, "Value of the uncertain number, in \($0.unit).")
      }
    let pieces = stages.enumerated().flatMap { stage in
      stride(from: 0, to: stage.element.values.count, by: Self.pointsPerPiece).map {
        (stage: stage.element, first: $0)
      }
    }
    return Table(
      name: "points", description: "Every point at which the figure was computed.", fields: fields,
      pieces: Table.Pieces(count: pieces.count) { piece in
        let (stage, first) = pieces[piece]
        return { cells in
          let last = min(first + Self.pointsPerPiece, stage.values.count)
          for (place, draw) in stage.engine.draws(of: Array(first..<last)) {
            let (group, point) = place.quotientAndRemainder(dividingBy: stage.pointsPerGroup)
            cells += [
              .text("\(stage.kind)"), .integer(group), .integer(point),
              .integer(stage.engine.design.realisation(of: place)), .number(stage.values[place]),
            ]
            cells += draw.values.map { .number($0) }
          }
        }
      })
  }
}
