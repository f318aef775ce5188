import Analysis
import PolicyModel
import Quantities
import Scenarios
import Studies
import Wording

/// What is said of something published: the cells of its row, and the sentence below the table.
extension PublishedFinding {
  static let header = ["figure", "what", "published", "tolerance", "ours", "90% band", "verdict"]

  /// The columns that hold numbers.
  static let numbers: Set<Int> = [2, 4, 5]

  /// The cells of its row.
  var row: [String] { [id, what, published, tolerance, ours, band, verdictWords] }

  /// What it is, in words.
  var what: String {
    switch answer {
    case .figure(let figure, _, _, _, let title):
      figure.text ?? figure.place.words(figure.statistic, title: title)
    case .attribute(let chip, let attribute, _, _): "\(attribute.label) of \(chip)"
    case .decision(let decisions, let chip, _, _):
      "\(chip) to \(decisions.destination), \(decisions.dayWords)"
    }
  }

  /// What was published.
  var published: String {
    switch answer {
    case .figure(let figure, _, _, let unit, _): figure.expectation.publishedWords(unit: unit)
    case .attribute(_, _, let expectation, _): expectation.publishedWords(unit: "")
    case .decision(_, _, let verdict, _): verdict.rawValue
    }
  }

  /// How near ours has to be; nothing for what is not judged.
  private var tolerance: String {
    guard treatment.isJudged else { return "" }
    return switch answer {
    case .figure(let figure, _, _, let unit, _): figure.expectation.toleranceWords(unit: unit)
    case .attribute(_, _, let expectation, _): expectation.toleranceWords(unit: "")
    case .decision: ""
    }
  }

  /// What comes out.
  var ours: String {
    switch answer {
    case .figure(_, let value, _, let unit, _):
      value.map { Expectation.amount($0, unit: unit) } ?? "none"
    case .attribute(_, _, _, let value): value.map { Expectation.amount($0, unit: "") } ?? "none"
    case .decision(_, _, _, let rows):
      rows.map(\.decision.policy.label).reduce(into: [String]()) { labels, label in
        if !labels.contains(label) { labels.append(label) }
      }.joined(separator: ", ")
    }
  }

  /// The 90% band of the draws behind it.
  var band: String {
    guard case .figure(let figure, _, let draws?, let unit, _) = answer, figure.statistic.hasBand
    else {
      return ""
    }
    return "\(NumberWords.figure(draws.p05, unit: unit)) to "
      + NumberWords.figure(draws.p95, unit: unit)
  }

  /// How it fares; beside what is shown, whether our band covers it.
  private var verdictWords: String {
    guard verdict == .shown, case .figure(let figure, _, let draws?, _, _) = answer,
      figure.statistic.hasBand, let target = figure.expectation.target
    else { return verdict.words }
    let isCovered = draws.p05 <= target && target <= draws.p95
    return "\(verdict.words), \(isCovered ? "inside" : "outside") our band"
  }

  /// What a reader has to know of it; none for what is met and as it should be.
  var remarks: [String] {
    let reason = treatment.expectedMiss ?? ""
    let miss =
      switch verdict {
      case .missed: clause.map { "\(id) is missed: \($0)" }
      case .missedAsExpected: "\(id) is missed, as expected: \(reason)"
      case .metUnexpectedly: "\(id) is met, although a miss was expected: \(reason)"
      case .contradicted, .met, .shown: String?.none
      }
    return [
      miss, treatment.note.map { "\(id): \($0)" },
      treatment.contradiction.map { "\(id): the source contradicts itself: \($0)" },
    ].compactMap(\.self)
  }

  /// The clause that decides on the first day on which rules say something else than was published.
  private var clause: String? {
    guard case .decision(_, _, let verdict, let rows) = answer else { return nil }
    return rows.first { !verdict.isMet(by: $0.decision.policy) }.map {
      "on \($0.day) \($0.decision.explanation)"
    }
  }
}

extension PublishedFinding.Verdict {
  /// In words.
  var words: String {
    switch self {
    case .missed: "MISSED"
    case .missedAsExpected: "missed, as expected"
    case .contradicted: "missed: the source contradicts itself"
    case .metUnexpectedly: "met, although a miss was expected"
    case .met: "met"
    case .shown: "shown"
    }
  }
}

extension PublishedFigure.Place {
  /// In words, with what is made of the draws.
  ///
  /// - Parameter title: what a scenario calls its metric; nil where the metric is the model's own.
  fileprivate func words(_ statistic: PublishedFigure.Statistic, title: String?) -> String {
    let made = statistic == .value ? "" : ", \(statistic.inWords)"
    switch self {
    case .once(let entity, let metric):
      let whose = entity == "world" ? "" : ", \(entity)"
      return "\(title ?? MetricWords(of: metric).title)\(whose)\(made)"
    case .monthly(let figure):
      let above = figure.figure.words
      let below = figure.divisor.map { " over \($0.words)" } ?? ""
      let months = figure.from.map { "\($0) to \(figure.month)" } ?? "\(figure.month)"
      let reduction =
        figure.reduction == .value
        ? "" : " (\(figure.reduction.rawValue.replacing("_", with: " ")))"
      return "\(above)\(below), \(months)\(reduction)\(made)"
    }
  }
}

extension Observation.Figure {
  /// In words.
  fileprivate var words: String {
    let titles = metrics.map { MetricWords(of: $0).title }
    return "\(titles.joined(separator: " + ")), \(entities.joined(separator: " + "))"
  }
}

extension PublishedFigure.Statistic {
  /// Whether the band of the draws says something beside it: beside a share or an end of the band it is that of
  /// another number.
  fileprivate var hasBand: Bool { self == .quantile(0.5) }
}

extension PublishedDecisions {
  fileprivate var dayWords: String {
    let (first, last) = (days.first?.description ?? "", days.last?.description ?? "")
    return first == last ? first : "\(first) to \(last)"
  }
}

extension Expectation {
  /// The number that was published; nil for bounds.
  var target: Double? {
    switch self {
    case .about(let target, _), .within(let target, _), .printed(let target, _): target
    case .atLeast, .atMost, .between: nil
    }
  }

  /// A number in full, as far as it can be read.
  static func amount(_ value: Double, unit: String) -> String {
    if unit == "usd" {
      return abs(value) < 1000
        ? "$\(NumberWords.significant(value, digits: 5))" : "$\(NumberWords.grouped(value))"
    }
    return abs(value) >= 1000 && abs(value) < 1e12
      ? NumberWords.grouped(value) : NumberWords.significant(value, digits: 5)
  }

  /// What was published, without how near ours has to be.
  fileprivate func publishedWords(unit: String) -> String {
    func amount(_ value: Double) -> String { Self.amount(value, unit: unit) }
    return switch self {
    case .about(let target, _), .within(let target, _), .printed(let target, _): amount(target)
    case .atLeast(let bound): "at least \(amount(bound))"
    case .atMost(let bound): "at most \(amount(bound))"
    case .between(let low, let high): "\(amount(low)) to \(amount(high))"
    }
  }

  /// How near ours has to be.
  fileprivate func toleranceWords(unit: String) -> String {
    switch self {
    case .about(_, 0): "exactly"
    case .about(_, let tolerance):
      "within \(NumberWords.significant(tolerance * 100, digits: 3))%"
    case .within(_, let absolute): "within \(Self.amount(absolute, unit: unit))"
    case .printed(_, let digits): "to \(NumberWords.counted(digits, "digit"))"
    case .atLeast, .atMost, .between: "as a bound"
    }
  }
}
