import PolicyModel
import Scenarios
import Simulation

/// What can be seen and set, made from what the mechanisms declare.
public struct DataDictionary: Sendable {
  private let table: Table

  /// For a terminal.
  public var text: String {
    var text = TextTable(header: table.fields.map(\.name), rightAligned: [])
    for row in table.rows {
      text.append(
        row.map { cell in
          if case .text(let word) = cell { word } else { "" }
        })
    }
    return text.text + "\n"
  }

  /// For everything else.
  public var csv: String { String(decoding: CSV.bytes(of: table), as: UTF8.self) }

  /// The metrics.
  public static var metrics: DataDictionary {
    var table = Table(
      name: "metrics", description: "Metrics.",
      fields: ["metric", "unit", "entity", "recorded", "definition"].map {
        TableField($0, .string, $0)
      })
    for entry in Catalogue.metrics {
      table.append([
        .text(entry.metric.name), .text(entry.metric.unit), .text(entry.entity),
        .text(entry.isMonthly ? "monthly" : "once"), .text(entry.metric.definition),
      ])
    }
    return DataDictionary(table: table)
  }

  /// The parameters, with their built-in values.
  public static var parameters: DataDictionary {
    var table = Table(
      name: "parameters", description: "Parameters.",
      fields: ["parameter", "unit", "built-in value", "definition", "source"].map {
        TableField($0, .string, $0)
      })
    for declaration in Catalogue.mechanisms.flatMap(\.parameters) {
      let value = BuiltInFacts.current.builtInValue(of: declaration.name)
      table.append([
        .text(declaration.name), .text(declaration.unit), .text(value?.law ?? ""),
        .text(declaration.definition), .text(value?.source ?? ""),
      ])
    }
    for declaration in Catalogue.parametersOfEntities {
      table.append([
        .text(declaration.name), .text(declaration.unit), .text(""),
        .text(declaration.definition), .text(""),
      ])
    }
    return DataDictionary(table: table)
  }
}
