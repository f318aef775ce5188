/// A tidy table: what a CSV file and its entry in the data package are both made from.
public struct Table: Sendable {
  /// The file's name without `.csv`.
  public let name: String
  /// What the rows are, in one sentence.
  public let description: String
  /// The columns.
  public let fields: [TableField]
  /// Adds the cells of some rows to a list, row after row: an array for each of thirty thousand rows costs
  /// more than what is in them.
  typealias Rows = @Sendable (inout [Cell]) -> Void

  /// The cells of the rows that were added.
  private var added: [Cell] = []
  /// Rows that follow those, piece by piece: made when they are asked for, several at the same time when
  /// they are written, and not kept.
  private let pieces: Pieces

  /// So many pieces, each made from its place: a table of all replicates has millions, and keeps none.
  struct Pieces: Sendable {
    let count: Int
    let rows: @Sendable (Int) -> Rows
  }

  /// A table without rows, or with those that its pieces make.
  init(
    name: String, description: String, fields: [TableField], pieces: [Rows] = []
  ) {
    self.init(
      name: name, description: description, fields: fields,
      pieces: Pieces(count: pieces.count) { pieces[$0] })
  }

  /// A table with the rows that its pieces make.
  init(name: String, description: String, fields: [TableField], pieces: Pieces) {
    self.name = name
    self.description = description
    self.fields = fields
    self.pieces = pieces
  }

  /// Adds a row.
  mutating func append(_ row: [Cell]) {
    precondition(
      row.count == fields.count, "\(name) has \(fields.count) columns, a row \(row.count)")
    added += row
  }

  /// All rows, made now; each has a cell for every field.
  public var rows: [[Cell]] {
    let all = rowsInPieces
    return (0..<all.count).flatMap { cut(into: fields.count, all.rows($0)) }
  }

  /// Whether it has no row: no more pieces are made than it takes to know.
  var isEmpty: Bool {
    guard added.isEmpty else { return false }
    return (0..<pieces.count).allSatisfy { place in
      var cells: [Cell] = []
      pieces.rows(place)(&cells)
      return cells.isEmpty
    }
  }

  /// All rows, each piece to be made when it is needed.
  var rowsInPieces: Pieces {
    guard !added.isEmpty else { return pieces }
    let first: Rows = { [added] in $0 += added }
    return Pieces(count: pieces.count + 1) { [pieces] place in
      place == 0 ? first : pieces.rows(place - 1)
    }
  }
}

extension Table {
  /// The same table with a column that names a point of a sweep: after the regime, or first.
  func ofPoint(_ point: String) -> Table {
    let place = fields.firstIndex { $0.name == "regime" }.map { $0 + 1 } ?? 0
    let field = TableField("point", .string, "The point of the sweep; see sweep.csv.")
    let columns = fields.count
    let all = rowsInPieces
    return Table(
      name: name, description: description, fields: fields[..<place] + [field] + fields[place...],
      pieces: Pieces(count: all.count) { piece in
        let rows = all.rows(piece)
        return { (cells: inout [Cell]) in
          for row in cut(into: columns, rows) {
            cells += row[..<place]
            cells.append(.text(point))
            cells += row[place...]
          }
        }
      })
  }
}

/// Rows one by one.
private func cut(into columns: Int, _ rows: Table.Rows) -> [[Cell]] {
  var cells: [Cell] = []
  rows(&cells)
  return stride(from: 0, to: cells.count, by: columns).map { Array(cells[$0..<$0 + columns]) }
}

/// A column of a table.
public struct TableField: Hashable, Sendable {
  /// What a column holds, as the data package calls it.
  public enum Kind: String, Sendable {
    /// Text.
    case string
    /// A number.
    case number
    /// A whole number.
    case integer
    /// An ISO 8601 day.
    case date
    /// true or false.
    case boolean
  }

  /// Its header.
  public let name: String
  /// What it holds.
  public let kind: Kind
  /// What it means.
  public let description: String

  /// Describes a column.
  init(_ name: String, _ kind: Kind, _ description: String) {
    self.name = name
    self.kind = kind
    self.description = description
  }
}

/// A cell of a table.
public enum Cell: Hashable, Sendable {
  /// Text, as a person wrote it.
  case text(String)
  /// A number; not a number is written as missing, infinity is a programming error.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// true or false.
  case flag(Bool)
  /// No value.
  case missing

  /// A number, or no value.
  static func optional(_ value: Double?) -> Cell { value.map { .number($0) } ?? .missing }
}
