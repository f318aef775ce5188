public import Documents
package import PolicyModel
package import Quantities
public import Scenarios
package import Simulation

/// One world under two regimes: the same draws and the same luck, and what becomes of them.
public struct StoryComparison: Sendable {
  /// The world under one regime, and under the other.
  package let stories: [Retelling]
  /// What happened first under one of them alone, with the regime; nil where the same happened.
  package let firstEvent: (event: Story.Event, regime: String)?
  /// The figure that differed first; nil where none did.
  package let firstFigure: FirstFigure?

  /// A figure in the first month in which any differed.
  package struct FirstFigure: Sendable {
    /// The month.
    package let month: Month
    /// Of those that differed in it the one that is recorded first: mechanisms record in causal order.
    package let column: Column
    /// Its value under each regime; nil where there was none.
    package let values: [Double?]
    /// How many differed in the month, of how many.
    package let differing: Int
    package let recorded: Int
  }

  /// Runs a replicate under two regimes.
  ///
  /// - Parameters:
  ///   - replicate: its number, from 0.
  ///   - regime: the id of the one; nil for the reference.
  ///   - other: the id of the other.
  public init(
    of scenario: Scenario, replicate: Int, regime: String?, against other: String
  ) throws(CommandLineFault) {
    let (model, all) = (scenario.model.keepingStory(), scenario.modelRecordingAll)
    var stories: [Retelling] = []
    for id in [regime, other] {
      stories.append(
        try Retelling(of: scenario, replicate: replicate, regime: id, model: model, figures: all))
    }
    guard stories[0].regime != stories[1].regime else {
      throw CommandLineFault(
        "\(other) is the regime itself: --against takes another one")
    }
    self.stories = stories
    firstFigure = Self.firstFigure(stories[0].figures, stories[1].figures)
    let alone = Self.eventsAlone(stories)
    firstEvent = alone.min { $0.event.month < $1.event.month }
  }

  /// Why the replicate is in no summary under one of the regimes, if it is not.
  public var failure: String? { stories.lazy.compactMap(\.failure).first }

  /// What happened under one of the regimes alone, those of the first regime first.
  package var eventsAlone: [(event: Story.Event, regime: String)] { Self.eventsAlone(stories) }

  private static func eventsAlone(
    _ stories: [Retelling]
  ) -> [(event: Story.Event, regime: String)] {
    [(0, 1), (1, 0)].flatMap { own, other in
      let known = Set(stories[other].events)
      return stories[own].events.filter { !known.contains($0) }
        .map { ($0, stories[own].regime) }
    }
  }

  private static func firstFigure(_ one: RecordedRun, _ other: RecordedRun) -> FirstFigure? {
    let columns = one.layout.stepColumns
    for step in 0..<one.layout.stepCount {
      let differing = columns.indices.filter {
        one.value(column: $0, step: step) != other.value(column: $0, step: step)
      }
      guard let first = differing.first else { continue }
      return FirstFigure(
        month: one.start + step, column: columns[first],
        values: [one, other].map { $0.value(column: first, step: step) },
        differing: differing.count, recorded: columns.count)
    }
    return nil
  }
}
