import PolicyModel
import Quantities
import Scenarios
import Studies
import Wording

/// On which assumptions the first figure of an answer rests most, and how to look closer.
package struct Basis: Encodable, Sendable {
  /// On which subjects, with regimes by id.
  let sentence: String
  /// The same without saying when and against what.
  let short: String
  /// The command that looks closer.
  let command: String

  /// All of it.
  package var text: String { "\(sentence) To look closer: \(command)." }

  /// As text.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// What an answer says of the assumptions that it rests on most.
extension RunResult {
  /// Which subjects the first figure that something uncertain moves by more than chance rests on most, or that there
  /// is none; nil where that is not known.
  ///
  /// - Parameter named: what a regime is called, by its id.
  func basis(named: (String) -> String = { $0 }) -> Basis? {
    guard let drivers,
      let figure = keyMetrics.first(where: { $0.isAsked && $0.is(drivers.question.figure) })
    else { return nil }
    let what = verdict(of: drivers)
    let regime = drivers.question.against == nil ? nil : drivers.question.regime.map(named)
    let change = regime.map { "What \($0) changes of \(figure.subject)" }
    return Basis(
      sentence: "\(subject(of: drivers, figure, named)) \(what)",
      short: "\((change ?? figure.subject).capitalisedFirst) \(what)", command: command(of: drivers)
    )
  }

  /// `rests most on budgets of China (45% of what uncertain numbers explain).`
  private func verdict(of drivers: LeadingDrivers) -> String {
    guard !drivers.numbers.isEmpty,
      let subjects = SubjectWords(drivers.shares, explaining: drivers.explained).text
    else {
      return "goes with none of the uncertain numbers by more than chance makes it "
        + "(\(NumberWords.counted(drivers.draws, "draw")))."
    }
    return "rests most on \(subjects)."
  }

  /// `What october-2022 changes of China's compute at work, against no-controls,`.
  private func subject(
    of drivers: LeadingDrivers, _ figure: KeyMetric, _ named: (String) -> String
  ) -> String {
    let time = figure.month.map { " at the \(FigureMonths.end(of: $0))" } ?? ""
    guard let regime = drivers.question.regime, let against = drivers.question.against else {
      return figure.subject.capitalisedFirst + time
    }
    return "What \(named(regime)) changes of \(figure.subject)\(time), against \(named(against)),"
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

/// The subjects that a figure rests on most, in words.
struct SubjectWords {
  private let shares: [(group: ParameterGroup, share: Double)]
  private let explained: Double

  /// - Parameters:
  ///   - shares: parts of what uncertain numbers explain, largest first.
  ///   - explained: the part of the figure's variance that they explain.
  init(_ shares: [(group: ParameterGroup, share: Double)], explaining explained: Double) {
    (self.shares, self.explained) = (shares, explained)
  }

  /// `budgets of China (45% of what uncertain numbers explain), then fleets (12%)`; nil without any.
  var text: String? {
    let leading = shares.prefix(3).filter { $0.share >= 0.05 }
    guard let first = leading.first else { return nil }
    let others = leading.dropFirst().map { "\($0.group.title) (\(NumberWords.percent($0.share)))" }
    // A large part of little is little.
    let whole =
      explained < 0.5
      ? ", which is \(NumberWords.percent(max(0, explained))) of its variance" : ""
    return
      "\(first.group.title) (\(NumberWords.percent(first.share)) of what uncertain numbers explain"
      + "\(whole))" + (others.isEmpty ? "" : ", then \(others.joined(separator: " and "))")
  }
}

extension KeyMetric {
  /// Whether a question is about it; one without a month is about the last one.
  fileprivate func `is`(_ figure: AskedFigure) -> Bool {
    metric == figure.metric && entity == figure.entity
      && (figure.month == nil || month == figure.month?.description)
  }
}
