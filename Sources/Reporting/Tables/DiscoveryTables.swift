import Analysis
import PolicyModel
import Scenarios
import Simulation
import Stochastics
public import Studies

/// The tables of scenario discovery, each one function.
extension DiscoveryAnswer {
  /// All tables.
  public var tables: [Table] {
    [discoveryTable, trajectoryTable, limitsTable, candidatesTable, drawsTable, probabilitiesTable]
  }

  private static let boxFields = [
    TableField("outcome", .string, "What becomes of the aim there: met, missed or reversed."),
    TableField(
      "box", .integer, "The first box is 1; each further one leaves out the draws of those before."),
  ]

  private static let limitFields = [
    TableField("number", .string, "The uncertain number, by its path."),
    TableField("unit", .string, "Its unit."),
    TableField("end", .string, "above or below: on which side of the limit the box is."),
    TableField("value", .number, "The limit, in the number's unit."),
    TableField(
      "probability", .number, "The share of what is thought possible that is below the limit."),
    TableField(
      "quasi_p", .number,
      "How likely the box would hold as many cases if its draws were like those without this limit."
    ),
  ]

  private func cells(of limit: DrawBox.Limit, quasiP: Double) -> [Cell] {
    let number = numbers[limit.number]
    return [
      .text(number.name), .text(number.unit), .text(limit.end == .lower ? "above" : "below"),
      .number(value(of: limit)), .number(limit.value), .number(quasiP),
    ]
  }

  private func forEachBox(_ body: (_ cells: [Cell], _ finding: BoxSearch.Finding) -> Void) {
    for found in conditions {
      for (place, box) in found.boxes.enumerated() {
        body([.text(Self.word(found.outcome)), .integer(place + 1)], box)
      }
    }
  }

  private static func scoreFields(_ prefix: String, _ whose: String) -> [TableField] {
    [
      TableField("\(prefix)_draws", .integer, "Draws within the box, of those \(whose)."),
      TableField("\(prefix)_cases", .integer, "Draws of the outcome among them."),
      TableField("\(prefix)_density", .number, "Their share: the density."),
      TableField(
        "\(prefix)_coverage", .number, "Their share of all draws of the outcome \(whose)."),
      TableField("\(prefix)_mass", .number, "The share of all draws \(whose) that is in the box."),
    ]
  }

  private static func cells(of score: BoxSearch.Score) -> [Cell] {
    [
      .integer(score.inside.count), .integer(score.inside.cases), .number(score.density),
      .number(score.coverage), .number(score.mass),
    ]
  }

  /// The boxes that were chosen, limit by limit.
  var discoveryTable: Table {
    var table = Table(
      name: "discovery", description: "The boxes that were chosen, limit by limit.",
      fields: Self.boxFields + Self.limitFields
        + [TableField("held_out_quasi_p", .number, "The same on the draws that did not find it.")]
        + Self.scoreFields("found", "that found it")
        + Self.scoreFields("held_out", "that did not find it")
        + [
          TableField(
            "held_out_chance", .number,
            "How likely as many draws at random hold as many cases, of those that did not find it."),
          TableField("holds", .boolean, "Whether it does better than chance there."),
        ])
    forEachBox { cells, finding in
      let scores = Self.cells(of: finding.found) + Self.cells(of: finding.heldOut)
      for limit in finding.limits {
        table.append(
          cells + self.cells(of: limit.limit, quasiP: limit.quasiP)
            + [.number(limit.heldOutQuasiP)] + scores
            + [.number(finding.heldOut.chance), .flag(holds(finding))])
      }
    }
    return table
  }

  private static let stepField = TableField(
    "step", .integer, "The place on the way from all draws, 0.")

  /// The way to each box.
  var trajectoryTable: Table {
    var table = Table(
      name: "trajectory",
      description: "The way to each box, peel by peel, on the draws that found it.",
      fields: Self.boxFields + [
        Self.stepField, TableField("draws", .integer, "Draws within the box."),
        TableField("cases", .integer, "Draws of the outcome among them."),
        TableField("density", .number, "Their share: the density."),
        TableField("coverage", .number, "Their share of all draws of the outcome."),
        TableField("mass", .number, "The share of all draws that is in the box."),
        TableField("numbers_limited", .integer, "How many numbers are limited."),
        TableField(
          "chosen", .boolean, "Whether the step was chosen, before weak limits were taken out."),
      ])
    forEachBox { cells, finding in
      let all = finding.found.all
      for (place, step) in finding.trajectory.enumerated() {
        table.append(
          cells + [
            .integer(place), .integer(step.tally.count), .integer(step.tally.cases),
            .number(step.tally.density), .number(Double(step.tally.cases) / Double(all.cases)),
            .number(Double(step.tally.count) / Double(all.count)),
            .integer(step.box.numbers.count), .flag(place == finding.step),
          ])
      }
    }
    return table
  }

  /// The limits of each step.
  var limitsTable: Table {
    var table = Table(
      name: "limits", description: "The limits of each step on the way to each box.",
      fields: Self.boxFields + [Self.stepField] + Self.limitFields)
    forEachBox { cells, finding in
      for (place, step) in finding.trajectory.enumerated() {
        for (limit, quasiP) in zip(step.box.limits, step.quasiPs) {
          table.append(cells + [.integer(place)] + self.cells(of: limit, quasiP: quasiP))
        }
      }
    }
    return table
  }

  /// How differently numbers are spread.
  var candidatesTable: Table {
    var table = Table(
      name: "candidates",
      description: "How differently each number is spread over the draws of an outcome and others.",
      fields: [
        Self.boxFields[0], Self.limitFields[0],
        TableField(
          "distance", .number,
          "The largest difference of the two distribution functions, 0 to 1, on the draws that find boxes."
        ),
        TableField("candidate", .boolean, "Whether boxes could limit it: the largest distances."),
      ])
    for found in conditions {
      for (place, distance) in found.distances.enumerated() {
        table.append([
          .text(Self.word(found.outcome)), .text(numbers[place].name), .number(distance),
          .flag(found.candidates.contains(place)),
        ])
      }
    }
    return table
  }

  private static let replicateField = TableField(
    "replicate", .integer, "The replicate, as `run` and `replay` count them.")

  /// Every draw with what becomes of the aim.
  var drawsTable: Table {
    let metric = column.metric
    var table = Table(
      name: "draws", description: "Every draw with what becomes of the aim.",
      fields: [
        Self.replicateField,
        TableField("use", .string, "finding or judging: what the draw is for."),
        TableField("value", .number, "\(metric.name) under the regime, in \(metric.unit)."),
        TableField("reference", .number, "The same under the regime that it is compared with."),
        TableField("outcome", .string, "What becomes of the aim."),
      ] + numbers.map { TableField($0.name, .number, "In \($0.unit).") })
    for (row, draw) in draws.enumerated() {
      func known(_ value: Double) -> Cell { value.isFinite ? .number(value) : .missing }
      table.append(
        [
          .integer(draw.replicate), .text(draw.isForFinding ? "finding" : "judging"),
          known(draw.value), known(draw.reference), .text(Self.word(draw.outcome)),
        ]
          + numbers.indices.map { .number(numbers[$0].law.quantile(probabilities[$0][row])) })
    }
    return table
  }

  /// Every draw by the probabilities of its numbers: what boxes are looked for in.
  var probabilitiesTable: Table {
    var table = Table(
      name: "probabilities",
      description: "Every draw by the probabilities of its numbers: what boxes are looked for in.",
      fields: [Self.replicateField]
        + numbers.map {
          TableField($0.name, .number, "The share of what is thought possible that is lower.")
        })
    for (row, draw) in draws.enumerated() {
      table.append(
        [.integer(draw.replicate)] + probabilities.map { .number($0[row]) })
    }
    return table
  }
}
