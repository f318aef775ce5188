import PolicyModel
import Quantities
public import Studies
import Wording

/// The rules themselves, one a line.
public struct RuleList: Sendable {
  private let source: RuleSource
  private let showsSources: Bool

  /// Lists the rules of a source.
  ///
  /// - Parameter showsSources: whether people are told when and where each was published.
  public init(of source: RuleSource, showsSources: Bool = false) {
    (self.source, self.showsSources) = (source, showsSources)
  }

  /// A table for people.
  public var text: String {
    let more = showsSources ? ["announced", "source"] : []
    var table = TextTable(
      header: ["rule", "by", "effective", "ends", "acts on", "title"] + more, rightAligned: [])
    for rule in source.rules {
      let more =
        showsSources ? [rule.announced?.description ?? "", rule.provenance?.citation ?? ""] : []
      table.append(
        [
          rule.id, rule.government, rule.effective?.description ?? "never",
          rule.isEnforced ? rule.ends?.description ?? "" : "not enforced", rule.subject.rawValue,
          rule.title,
        ] + more)
    }
    return (source.name.map { "Rules under \($0)\n" } ?? "") + table.text + "\n"
  }

  /// A table for programs.
  public var csv: String {
    var table = Table(
      name: "rules", description: "Rules.",
      fields: [
        TableField("rule", .string, "Its id."),
        TableField("government", .string, "Who issued it."),
        TableField("announced", .date, "When it was announced."),
        TableField("effective", .date, "When it takes effect; empty if it never did."),
        TableField("ends", .date, "The first day on which it no longer applies."),
        TableField("enforced", .boolean, "Whether it is enforced."),
        TableField("acts_on", .string, "What it acts on."),
        TableField("title", .string, "Its title."),
        TableField("source", .string, "Its source."),
      ])
    for rule in source.rules {
      let days = [rule.announced, rule.effective, rule.ends].map { day in
        day.map { Cell.text($0.description) } ?? .missing
      }
      table.append(
        [.text(rule.id), .text(rule.government)] + days + [
          .text(rule.isEnforced ? "true" : "false"), .text(rule.subject.rawValue),
          .text(rule.title), rule.provenance.map { .text($0.citation) } ?? .missing,
        ])
    }
    return String(decoding: CSV.bytes(of: table), as: UTF8.self)
  }
}
