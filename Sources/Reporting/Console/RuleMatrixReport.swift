import PolicyModel
import Quantities
import Scenarios
public import Studies
import Wording

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
