public import Analysis
import Documents

/// Asks under which conditions a rule meets, misses or reverses what somebody wants of a figure.
public struct DiscoveryQuestion: Sendable {
  /// The figure under its regimes.
  public let figure: FigureQuestion
  /// What is wanted of it.
  public let aim: Aim
  /// The unit that was written with the aim; nil without one.
  public let unit: String?
  /// The outcome whose conditions are looked for; nil for each.
  public var outcome: Aim.Outcome?
  /// Which box of a trajectory is chosen.
  public private(set) var choice = BoxSearch.Choice.largestExcess

  /// Asks.
  public init(_ figure: FigureQuestion, aim: Aim, unit: String? = nil) {
    (self.figure, self.aim, self.unit) = (figure, aim, unit)
  }

  /// Chooses the first box of each trajectory that is at least so dense, within (0, 1].
  public mutating func choose(density: Double) { choice = .density(density) }

  /// Chooses the box at a place of the trajectory, from 0.
  public mutating func choose(box: Int) { choice = .step(box) }

  /// What is wrong with it, whatever the scenario; nil if nothing is.
  public var fault: String? {
    if aim.isOfChange, figure.against == nil {
      return
        "a change is from one regime to another: name the other with --against, or aim for a level, "
        + "such as --aim \"below 500000\""
    }
    if !aim.isOfChange, figure.against != nil {
      return "a level is that of one regime: leave --against out, or aim for a change, "
        + "such as --aim \"fall by 20%\""
    }
    if let outcome, !aim.outcomes.contains(outcome) {
      return "a level is met or missed, and cannot be reversed"
    }
    if case .step = choice, outcome == nil {
      return "--box is a step of the way to one outcome: name it with --outcome"
    }
    return nil
  }
}
