import Analysis
import Scenarios
import Studies
import Wording

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
}
