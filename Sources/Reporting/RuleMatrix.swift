public import PolicyModel
public import Quantities
import Scenarios

/// A word that nothing here is called by.
public struct UnknownWord: Error, CustomStringConvertible, Sendable {
  /// What it is, and what it might have been.
  public let description: String
}

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

  /// Works out a matrix under the built-in rules.
  ///
  /// - Parameters:
  ///   - headquarters: where the buyer has its headquarters.
  ///   - government: one government's rules alone; nil for all.
  ///   - chipIDs: chips to show; empty for all.
  public init(
    destination: String, headquarters: String, government: String?, days: [Day],
    chipIDs: [String]
  ) throws(UnknownWord) {
    let facts = BuiltInFacts.current
    let book = RuleBook(facts.rules)
    if let government, !book.governments.contains(government) {
      throw UnknownWord(
        description: "no rule of \(government) is known; there are rules of "
          + book.governments.joined(separator: " and "))
    }
    var chips = facts.chips
    if !chipIDs.isEmpty {
      chips = []
      for id in chipIDs { chips.append(try Self.chip(id, in: facts)) }
    }
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

  private static func chip(_ id: String, in facts: BuiltInFacts) throws(UnknownWord) -> Chip {
    if let chip = facts.chip(id) { return chip }
    let nearest = nearestWord(to: id, among: facts.chips.map(\.id))
    let guess = nearest.map { "; did you mean \($0)?" } ?? ""
    throw UnknownWord(description: "no chip is called \(id)\(guess)")
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
      Chips to \(destination), by day (rules known until \(BuiltInFacts.current.rulesKnownUntil))\
      \(remark)
      \(table.text)

      The clause that decided
      \(reasons.text)

      """
  }

  /// "Free" says little of a place that nobody has written a rule about.
  private var remark: String {
    let isNamed = BuiltInFacts.current.rules.contains {
      $0.subject == .chips && $0.destinations.contains(destination)
    }
    return isNamed ? "" : "\nNo rule on record names \(destination)."
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

  /// The built-in rules, one a line.
  public static var listText: String {
    var table = TextTable(
      header: ["rule", "by", "effective", "ends", "acts on", "title"], rightAligned: [])
    for rule in BuiltInFacts.current.rules {
      table.append([
        rule.id, rule.government, rule.effective?.description ?? "never",
        rule.isEnforced ? rule.ends?.description ?? "" : "not enforced", rule.subject.rawValue,
        rule.title,
      ])
    }
    return table.text + "\n"
  }
}
