public import PolicyModel
public import Quantities
public import Scenarios

/// Which chips may go to a destination on some days, with the clause that decided each.
public struct RuleMatrix: Sendable {
  /// One chip on one day.
  public struct Row: Sendable {
    /// The chip.
    public let chip: Chip
    /// The day.
    public let day: Day
    /// What the strictest government says, or the one that was asked for.
    public let decision: Decision
  }

  /// Where chips go.
  public let destination: String
  /// Chip by chip, day by day.
  public let rows: [Row]
  private let days: [Day]

  private let source: RuleSource

  /// Works out a matrix.
  ///
  /// - Parameters:
  ///   - source: whose rules and chips.
  ///   - headquarters: where the buyer has its headquarters.
  ///   - government: one government's rules alone; nil for all.
  ///   - chipIDs: chips to show; empty for those that the source shows.
  public init(
    of source: RuleSource = .builtIn, destination: String, headquarters: String,
    government: String?, days: [Day], chipIDs: [String]
  ) throws(UnknownWord) {
    let book = RuleBook(source.rules)
    if let government, !book.governments.contains(government) {
      throw UnknownWord("government with rules", government, known: book.governments)
    }
    var chips = source.shownChips
    if !chipIDs.isEmpty {
      chips = []
      for id in chipIDs { chips.append(try source.chip(id)) }
    }
    self.source = source
    self.destination = destination
    self.days = days
    rows = chips.flatMap { chip in
      days.map { day in
        let sale = Sale(to: destination, headquarters: headquarters, on: day)
        let decision =
          government.map { book.decision(by: $0, on: chip, for: sale) }
          ?? book.decision(on: chip, for: sale)
        return Row(chip: chip, day: day, decision: decision)
      }
    }
  }
}

extension RuleMatrix {
  /// A table of policies, chips by days, and below it the clause behind every cell.
  public var text: String {
    var table = TextTable(
      header: ["chip"] + days.map(\.description), rightAligned: [])
    var reasons = TextTable(header: ["chip", "day", "by", "clause"], rightAligned: [])
    for start in stride(from: 0, to: rows.count, by: max(1, days.count)) {
      let cells = rows[start..<min(start + days.count, rows.count)]
      table.append([rows[start].chip.id] + cells.map(\.decision.policy.label))
      for row in cells {
        let rules = [row.decision.requiredBy, row.decision.reviewedBy].compactMap(\.self)
        let names = rules.first == rules.last ? Array(rules.prefix(1)) : rules
        reasons.append([
          row.chip.id, row.day.description, names.joined(separator: ", reviewed under "),
          row.decision.explanation,
        ])
      }
    }
    return """
      Chips to \(destination), by day \
      (\(source.name.map { "\($0); " } ?? "")rules known until \(BuiltInFacts.current.rulesKnownUntil))\
      \(remark)
      \(table.text)

      The clause that decided
      \(reasons.text)

      """
  }

  /// "Free" says little of a place that nobody has written a rule about.
  private var remark: String {
    let isNamed = source.rules.contains {
      $0.subject == .chips && $0.destinations.contains(destination)
    }
    let place = source.name.map { "under \($0)" } ?? "on record"
    return isNamed ? "" : "\nNo rule \(place) names \(destination)."
  }

  /// One line for each chip and day.
  public var csv: String {
    var table = Table(
      name: "rules", description: "Policies on chips by day.",
      fields: [
        "destination", "chip", "day", "government", "policy", "required_by", "reviewed_by",
        "clause",
      ].map { TableField($0, .string, $0) })
    for row in rows {
      table.append([
        .text(destination), .text(row.chip.id), .text(row.day.description),
        .text(row.decision.government), .text(row.decision.policy.rawValue),
        row.decision.requiredBy.map { .text($0) } ?? .missing,
        row.decision.reviewedBy.map { .text($0) } ?? .missing, .text(row.decision.explanation),
      ])
    }
    return String(decoding: CSV.bytes(of: table), as: UTF8.self)
  }
}
