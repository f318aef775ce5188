import Foundation
import Quantities

/// What was observed and what was judged: the tables that the reference world is fitted to.
struct Observations {
  /// Chips that NVIDIA shipped, by year.
  let shipments: [Row]
  /// Chips by owner at the end of each year.
  let owners: [Row]
  /// Capital spending of Chinese firms, and the shares of it that buy accelerators.
  let chineseBudgets: [Row]
  /// What suppliers were to make in the years ahead.
  let roadmap: [Row]
  private let judgements: [String: Double]

  /// The years that were observed.
  let years: Range<Int>

  /// Reads the tables of a folder.
  ///
  /// - Parameter cutoff: the last month of which anything is known; nil for all that the tables hold. What was
  ///   seen of a year is known at its end, a plan from when it was published.
  init(folder: String, until cutoff: Month? = nil) throws {
    func table(_ name: String) throws -> [Row] { try Row.all(in: "\(folder)/\(name).csv") }
    func isKnown(_ row: Row, _ column: String) throws -> Bool {
      let text = try row.text(column)
      guard let month = Month(iso: text) ?? Int(text).map({ .december(of: $0) }) else {
        throw TableFault("\(column) is \(text): a year or a month is wanted")
      }
      return cutoff.map { month <= $0 } ?? true
    }
    owners = try table("owners").filter { try isKnown($0, "end_of_year") }
    shipments = try table("shipments").filter { try isKnown($0, "year") }
    chineseBudgets = try table("chinese-budgets").filter { try isKnown($0, "as_of") }
    // Plans that were made before all that is known are of no use any more.
    roadmap = try table("roadmap").filter { try $0.text("as_of") == cutoff?.description }
    judgements = Dictionary(
      try table("judgements").filter { try isKnown($0, "as_of") }
        .map { (try $0.text("key"), try $0.number("value")) },
      uniquingKeysWith: { first, _ in first })
    let ends = try owners.map { Int(try $0.number("end_of_year")) }
    guard let first = ends.min(), let last = ends.max() else {
      throw TableFault("owners.csv holds nothing that was known by then")
    }
    years = first..<(last + 1)
  }

  /// A judgement by its key.
  func judged(_ key: String) throws -> Double {
    guard let value = judgements[key] else { throw TableFault("judgements.csv has no \(key)") }
    return value
  }

  /// A judgement that a more special key may replace.
  func judged(_ key: String, orElse other: String) throws -> Double {
    try judgements[key] ?? judged(other)
  }

  /// A judgement that need not be there.
  func judgedIfAny(_ key: String) -> Double? { judgements[key] }

  /// What an owner held of a designer's chips at the end of a year; nothing before the first row.
  func holding(_ owner: String, _ designer: String, _ year: Int) throws -> Holding {
    let row = owners.first {
      $0["end_of_year"] == "\(year)" && $0["owner"] == owner && $0["designer"] == designer
    }
    guard let row else { return Holding(units: 0, h100e: 0, low: 0, high: 0) }
    return Holding(
      units: try row.number("units"), h100e: try row.number("h100e"),
      low: try row.number("low_h100e"), high: try row.number("high_h100e"))
  }
}

/// Chips of an owner, as counted.
struct Holding {
  let units: Double
  let h100e: Double
  let low: Double
  let high: Double

  /// What came to it between two ends of years.
  static func - (left: Self, right: Self) -> Self {
    Self(
      units: left.units - right.units, h100e: left.h100e - right.h100e, low: left.low,
      high: left.high)
  }
}

/// A line of a table: comma-separated, no quotes, named by the first line.
struct Row {
  private let cells: [String: String]

  subscript(column: String) -> String? { cells[column] }

  func text(_ column: String) throws -> String {
    guard let text = cells[column] else { throw TableFault("there is no column \(column)") }
    return text
  }

  func number(_ column: String) throws -> Double {
    let text = try text(column)
    guard let value = Double(text) else {
      throw TableFault("\(column) is \(text): a number is wanted")
    }
    return value
  }

  static func all(in path: String) throws -> [Row] {
    let lines = try String(contentsOfFile: path, encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let header = (lines.first ?? "").split(separator: ",").map(String.init)
    return try lines.dropFirst().enumerated().map { place, line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == header.count else {
        throw TableFault(
          "\(path) line \(place + 2) has \(cells.count) cells: \(header.count) are wanted")
      }
      return Row(cells: Dictionary(uniqueKeysWithValues: zip(header, cells)))
    }
  }
}

/// What is wrong with a table.
struct TableFault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
