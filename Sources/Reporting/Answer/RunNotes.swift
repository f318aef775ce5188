import Analysis
import PolicyModel
import Scenarios
import Simulation
import Studies
import Wording

/// What a reader must know to read the figures of a run right.
extension RunResult {
  /// Regimes that differ from the reference in no recorded value, each with what made it so: their
  /// difference of zero is a fact of the scenario, and no finding.
  var sameRegimes: [String] {
    let done = statistics.replicatesPlanned - failedReplicates
    return statistics.regimes.indices.filter { statistics.isSameAsReference($0) }.map { regime in
      "\(statistics.regimes[regime]) equals \(statistics.regimes[0]) in every recorded value of "
        + (done == 1 ? "the only replicate" : "all \(NumberWords.grouped(Double(done))) replicates")
        + ": \(scenario.reasonOfSameness(of: regime, and: 0))."
    }
  }

  /// That the run goes further than facts are known.
  var beyondKnowledge: [String] { [scenario.beyondKnowledge].compactMap(\.self) }

  /// Runs that began later than scripted: a rule that only delays a run changes nothing else of it.
  var delayed: [String] {
    model.blueprint.world.runs.flatMap { run in
      statistics.regimes.enumerated().compactMap { regime, id in
        guard let days = summary(run.id, "days_waited", regime)?.p50, days >= 1 else { return nil }
        return
          "\(shownName(of: run.id)) under \(id) started \(NumberWords.grouped(days)) days after its scripted "
          + "start (median)."
      }
    }
  }

  /// Runs that ended within the months in some replicates only: their hours and days are of those.
  var censored: [String] {
    model.blueprint.world.runs.flatMap { run in
      statistics.regimes.enumerated().compactMap { regime, id in
        guard let share = summary(run.id, MetricName.finishedShare, regime)?.mean, share > 0,
          share < 1
        else { return nil }
        return "\(shownName(of: run.id)) under \(id) finished by \(scenario.run.end) in "
          + "\(NumberWords.significant(share * 100, digits: 4))% of replicates; its hours and days "
          + "are over those replicates."
      }
    }
  }

  /// Runs that some regime changes in some replicate, and runs that none changes in any.
  var runsByWhetherRegimesMatter: (changed: [ScriptedRun], unchanged: [ScriptedRun]) {
    let runs = model.blueprint.world.runs
    let changed = runs.filter { run in
      statistics.regimes.indices.dropFirst().contains { regime in
        let cells = statistics.layout.outcomeColumns.indices
          .filter { statistics.layout.outcomeColumns[$0].entity == run.id }
          .map { statistics.layout.cell(outcome: $0) }
        return cells.contains { cell in
          statistics.summaries[regime][cell] != statistics.summaries[0][cell]
        }
      }
    }
    return (changed, runs.filter { run in !changed.contains { $0.id == run.id } })
  }

  /// A thing that is recorded once, over replicates; nil where it is not.
  func summary(_ entity: String, _ metric: String, _ regime: Int) -> Summary? {
    cell(entity: entity, metric: metric).flatMap { statistics.summaries[regime][$0] }
  }
}
