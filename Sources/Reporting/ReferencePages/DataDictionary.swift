import PolicyModel
import Scenarios
import Simulation
import Wording

/// What can be seen and set, made from what the mechanisms declare.
public struct DataDictionary: Sendable {
  private let table: Table

  /// For a terminal.
  public var text: String {
    var text = TextTable(header: table.fields.map(\.name), rightAligned: [])
    for row in table.rows { text.append(row.map(\.words)) }
    return text.text + "\n"
  }

  /// For everything else.
  public var csv: String { String(decoding: CSV.bytes(of: table), as: UTF8.self) }

  /// The metrics, in the order in which results show them.
  public static var metrics: DataDictionary {
    let names = [
      "metric", "title", "unit", "entity", "recorded", "headline", "a difference is", "shown by",
      "definition",
    ]
    var table = Table(
      name: "metrics", description: "Metrics.", fields: names.map { TableField($0, .string, $0) })
    for entry in Catalogue.metricsInDisplayOrder {
      let words = MetricWords(of: entry.metric)
      table.append([
        .text(entry.metric.name), .text(words.title), .text(entry.metric.unit), .text(entry.entity),
        .text(entry.isMonthly ? "monthly" : "once"), .text(entry.isHeadline ? "yes" : "no"),
        .text("\(words.higher) or \(words.lower)"), .text(words.typical.rawValue),
        .text(entry.metric.definition),
      ])
    }
    return DataDictionary(table: table)
  }

  /// The parameters, with their built-in values; those of the built-in worlds' owners and labs too.
  public static var parameters: DataDictionary {
    let names = [
      "parameter", "unit", "built-in value", "range", "definition", "confidence", "source",
    ]
    var table = Table(
      name: "parameters", description: "Parameters.",
      fields: names.map { TableField($0, .string, $0) })
    func append(_ declaration: ParameterDeclaration, _ value: BuiltInValue?) {
      let cells = [
        declaration.name, declaration.unit, value?.law ?? "", declaration.rangeInWords,
        declaration.definition, value?.confidence ?? "", value?.source ?? "",
      ]
      table.append(cells.map(Cell.text))
    }
    for declaration in Catalogue.mechanisms.flatMap(\.parameters) {
      append(declaration, BuiltInFacts.current.builtInValue(of: declaration.name))
    }
    for declaration in Catalogue.parametersOfEntities { append(declaration, nil) }
    for (declaration, value) in BuiltInWorldValues.all.flatMap(\.values) {
      append(declaration, value)
    }
    return DataDictionary(table: table)
  }
}

extension ParameterDeclaration {
  /// The values that make sense, such as `0 to 1`.
  var rangeInWords: String {
    let ends = [range.lowerBound, range.upperBound].map { end in
      let isWhole = end == end.rounded() && abs(end) < 1e7
      return isWhole ? "\(Int(end))" : NumberWords.significant(end, digits: 6)
    }
    return ends.joined(separator: " to ")
  }
}

extension Cell {
  /// A cell of texts alone.
  fileprivate var words: String { if case .text(let words) = self { words } else { "" } }
}
