import Quantities
import Storage

/// The name of a column of a chart's data: a literal of this program, never a scenario's word.
struct ChartField: Hashable, Encodable {
  fileprivate let name: String

  init(_ literal: StaticString) { name = "\(literal)" }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

extension ChartField {
  /// The name of a regime as charts show it.
  static let regime = ChartField("regime")
  /// Its whole title.
  static let title = ChartField("title")
  /// The last day of a month.
  static let month = ChartField("month")
  /// Quantiles, as in the tables.
  static let p05 = ChartField("p05")
  static let p25 = ChartField("p25")
  static let p50 = ChartField("p50")
  static let p75 = ChartField("p75")
  static let p95 = ChartField("p95")
  /// A value that is no quantile.
  static let value = ChartField("value")
  /// Where a label stands, so that it covers no other.
  static let place = ChartField("place")
  /// What a label says.
  static let label = ChartField("label")
  /// What a row or a colour stands for.
  static let name = ChartField("name")
  /// A share of worlds.
  static let share = ChartField("share")
  /// The first day of a span.
  static let begin = ChartField("begin")
  /// Who issued a rule.
  static let government = ChartField("government")
}

/// An expression of Vega: a literal of this program, never a scenario's word.
struct ChartExpression: Encodable {
  private let text: String

  init(_ literal: StaticString) { text = "\(literal)" }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// Something, or the word that there is to be none, which is not the same as leaving it to Vega-Lite.
enum OrNull<Value: Encodable>: Encodable {
  case null
  case some(Value)

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .some(let value): try container.encode(value)
    }
  }
}

/// One value of a row.
enum ChartValue {
  case text(String)
  /// Written with four significant digits: less than a pixel.
  case number(Double)
  case day(Day)
}

/// Rows of data, inline.
struct ChartData: Encodable {
  let fields: [ChartField]
  let rows: [[ChartValue]]

  init(_ fields: [ChartField], _ rows: [[ChartValue]]) {
    precondition(rows.allSatisfy { $0.count == fields.count }, "a row has other fields")
    self.fields = fields
    self.rows = rows
  }

  /// Nothing but results' own JSON has charts.
  func encode(to encoder: any Encoder) throws {
    let context = EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "")
    throw EncodingError.invalidValue(self, context)
  }

  /// A number with four significant digits.
  static func rounded(_ number: Double) -> Double {
    guard number != 0, number.isFinite else { return 0 }
    // Powers of ten from 1 to 1e22 are exact, and a division by one is rounded once.
    var (size, power) = (abs(number), 1.0)
    while size >= 10_000 { (size, power) = (size / 10, power * 10) }
    if power > 1 { return (number / power).rounded() * power }
    while size < 1000, power < 1e22 { (size, power) = (size * 10, power * 10) }
    return (number * power).rounded() / power
  }
}

extension ChartData: DirectJSON {
  /// Adds the rows as objects. There are tens of thousands of them in a result.
  func write(to writer: JSONWriter) {
    let columns = fields.indices.sorted { fields[$0].name < fields[$1].name }
    writer.open("{")
    writer.separate(isFirst: true)
    writer.write(key: "values")
    writer.open("[")
    for place in rows.indices {
      writer.separate(isFirst: place == 0)
      write(rows[place], columns, to: writer)
    }
    writer.close("]", isEmpty: rows.isEmpty)
    writer.close("}", isEmpty: false)
  }

  private func write(_ row: [ChartValue], _ columns: [Int], to writer: JSONWriter) {
    writer.open("{")
    for column in columns {
      writer.separate(isFirst: column == columns.first)
      writer.write(key: fields[column].name)
      switch row[column] {
      case .text(let text): text.write(to: writer)
      case .number(let number): Self.rounded(number).write(to: writer)
      case .day(let day): day.description.write(to: writer)
      }
    }
    writer.close("}", isEmpty: columns.isEmpty)
  }
}
