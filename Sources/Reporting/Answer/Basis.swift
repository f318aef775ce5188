import PolicyModel
import Quantities
import Scenarios
import Studies
import Wording

/// What an answer says of the assumptions that it rests on most.
extension RunResult {
  /// Which subjects and numbers the first figure rests on most, and how to look further; nil where no number moves
  /// it by more than chance would.
  var basisInWords: String? {
    guard let drivers, let first = drivers.shares.first, !drivers.numbers.isEmpty,
      let figure = keyMetrics.first(where: { $0.isAsked && $0.is(drivers.question.figure) })
    else { return nil }
    let others = drivers.shares.dropFirst().prefix(2).filter { $0.share >= 0.05 }.map {
      "\($0.group.title) (\(NumberWords.percent($0.share)))"
    }
    let then = others.isEmpty ? "" : ", then \(others.joined(separator: " and "))"
    return "\(subject(of: drivers, figure)) rests most on \(first.group.title) "
      + "(\(NumberWords.percent(first.share)) of what uncertain numbers explain)\(then). "
      + "To look closer: \(command(of: drivers))."
  }

  /// `What october-2022 changes of China's compute at work, against no-controls,`.
  private func subject(of drivers: LeadingDrivers, _ figure: KeyMetric) -> String {
    let time = figure.month.map { " at the \(FigureMonths.end(of: $0))" } ?? ""
    guard let regime = drivers.question.regime, let against = drivers.question.against else {
      return figure.subject.prefix(1).uppercased() + figure.subject.dropFirst() + time
    }
    return "What \(regime) changes of \(figure.subject)\(time), against \(against),"
  }

  private func command(of drivers: LeadingDrivers) -> String {
    let (question, figure) = (drivers.question, drivers.question.figure)
    let options: [(String, String?)] = [
      ("--metric", figure.metric), ("--entity", figure.entity),
      ("--month", figure.month?.description), ("--regime", question.regime),
      ("--against", question.against),
    ]
    let words = options.flatMap { name, value in value.map { [name, $0] } ?? [] }
    return (["chokepoint", "drivers", "FILE"] + words).map(ShellWord.quoted).joined(separator: " ")
  }
}

extension KeyMetric {
  /// Whether a question is about it; one without a month is about the last one.
  fileprivate func `is`(_ figure: AskedFigure) -> Bool {
    metric == figure.metric && entity == figure.entity
      && (figure.month == nil || month == figure.month?.description)
  }
}
