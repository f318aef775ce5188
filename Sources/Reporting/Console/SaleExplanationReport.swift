import PolicyModel
import Quantities
import Scenarios
public import Studies
import Wording

extension SaleExplanation {
  /// The answer in plain words, then shares, rules and figures.
  public var text: String {
    let parts = [sentences, shares, rulesInWords, more].filter { !$0.isEmpty }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// What is to be known first.
  private var sentences: String {
    var lines: [String] = []
    if soldShare < 1 {
      let named = reasons.filter { $0.reason != .sold }
      let why = named.map { reason, share in
        named.count > 1 ? "\(words(reason)) (\(Self.percent(share)))" : words(reason)
      }
      let when = soldShare == 0 ? "in any draw" : "in \(Self.percent(1 - soldShare)) of draws"
      lines.append(
        "In \(month.words) no \(chip.name) is sold in \(place.name) \(when): "
          + why.joined(separator: "; ") + ".")
    }
    if soldShare > 0, let sold = band(of: { $0.reason == .sold ? $0.sold : nil }) {
      let subject =
        soldShare < 1
        ? "It is sold in \(Self.percent(roundedSoldShare)) of draws"
        : "In \(month.words) the \(chip.name) is sold in \(place.name) in every draw"
      lines.append("\(subject): \(Self.words(sold))\(channels).")
    }
    lines.append(
      "Simulated: \(scenario.name) under \(regime.id), "
        + NumberWords.counted(findings.count, "replicate")
        + ", seed \(scenario.run.seed). Shares are of draws, given the stated priors.")
    return lines.joined(separator: "\n")
  }

  /// The share of draws in which it is sold, such that it adds up with the others' share as that is printed.
  private var roundedSoldShare: Double {
    let others = ((1 - soldShare) * 100).rounded() / 100
    return others > 0 && others < 1 ? 1 - others : soldShare
  }

  /// By which channels it is sold.
  private var channels: String {
    let sold = findings.filter { $0.reason == .sold }
    func isMain(_ part: (SaleFinding) -> Double) -> Bool { sold.contains { part($0) > 0 } }
    var told: [String] = []
    if isMain(\.ownBuilt) { told.append("built by their owner for itself") }
    if isMain(\.licensed) {
      let share = Double(sold.count { $0.licensed >= $0.sold / 2 }) / Double(sold.count)
      told.append(
        share == 1
          ? "under license" : "most of them under license in \(Self.percent(share)) of these draws")
    }
    return told.isEmpty ? ", no license needed" : ", " + told.joined(separator: ", ")
  }

  /// A line for each reason.
  private var shares: String {
    var table = TextTable(header: ["share of draws", "what decides"], rightAligned: [0])
    for (reason, share) in reasons { table.append([Self.percent(share), words(reason)]) }
    return table.text
  }

  private var rulesInWords: String {
    guard !rules.isEmpty else {
      return "No rule of \(regime.id) bears on the sale in \(month.words)."
    }
    var table = TextTable(header: ["days", "by", "buyers of", "says", "clause"], rightAligned: [])
    for rule in rules {
      let decision = rule.decision
      let ids = [decision.requiredBy, decision.reviewedBy].compactMap(\.self)
      let names = ids.first == ids.last ? Array(ids.prefix(1)) : ids
      let isWhole =
        rule.days == month.firstDay...Day(number: (month + 1).firstDay.number - 1)
      table.append([
        isWhole ? "all" : "\(rule.days.lowerBound) to \(rule.days.upperBound)",
        decision.government,
        rule.buyers + (rule.member.map { " in \($0)" } ?? ""),
        rule.label,
        (names.isEmpty ? "" : names.joined(separator: ", reviewed under ") + ": ")
          + decision.explanation,
      ])
    }
    return "What the rules of \(regime.id) say in \(month.words)\n" + table.text
  }

  /// What else there is to know: a line each.
  private var more: String {
    var lines: [String] = []
    if let left = band(of: \.capLeft) {
      lines.append(
        "Caps leave \(Self.words(left)) of this kind before the month's sales.")
    }
    let cut = share { $0.reason == .sold && $0.cutByCaps >= SaleExplanation.leastChip }
    if cut > 0 { lines.append("Caps cut what is sold in \(Self.percent(cut)) of draws.") }
    let short = share { $0.reason == .sold && $0.short >= SaleExplanation.leastChip }
    if short > 0 {
      lines.append("In \(Self.percent(short)) of draws more are wanted than there are.")
    }
    if let refused = band(of: { $0.refused > 0 ? $0.refused : nil }) {
      lines.append(
        "Buyers want \(Self.words(refused)) that they may not have, in "
          + "\(Self.percent(Double(refused.count) / Double(findings.count))) of draws.")
    }
    if let most = insteads.first {
      let value = most.value.map {
        "; for a dollar the \(chip.name) gives \(NumberWords.significant($0, digits: 2)) times as much use"
      }
      lines.append(
        "Of other chips buyers get most of the \(most.chip.name), in \(Self.percent(most.share)) of draws"
          + "\(value ?? "").")
    }
    if let diverted = band(of: \.diverted), diverted.p95 > 0 {
      lines.append("Diverted ones of its kind that arrive: \(Self.words(diverted)).")
    }
    return lines.joined(separator: "\n")
  }

  /// Less than this is no chip.
  private static let leastChip = 0.5

  /// A median with its band.
  private static func words(_ band: Band) -> String {
    let (low, middle, high) = (number(band.p05), number(band.median), number(band.p95))
    return low == high
      ? "\(middle) chips" : "\(middle) chips (5% to 95% of draws: \(low) to \(high))"
  }

  private static func number(_ value: Double) -> String {
    NumberWords.figure(value >= 100 ? value.rounded() : value, unit: "chips")
  }

  /// A share that is never rounded to none or to all.
  private static func percent(_ share: Double) -> String {
    if share > 0, share < 0.005 { return "under 1%" }
    if share < 1, share >= 0.995 { return "over 99%" }
    return NumberWords.percent(share)
  }
}
