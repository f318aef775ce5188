public import Documents
public import PolicyModel
public import Quantities
import Scenarios

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
  /// The days.
  package let days: [Day]
  /// Whose rules and chips.
  package let source: RuleSource

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
  ) throws(CommandLineFault) {
    let book = RuleBook(source.rules)
    if let government, !book.governments.contains(government) {
      throw CommandLineFault(unknown: "government with rules", government, known: book.governments)
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
