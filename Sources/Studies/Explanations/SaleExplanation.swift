import Analysis
public import Documents
package import PolicyModel
public import Quantities
public import Scenarios
import Simulation

/// Why a chip is or is not sold in a place in a month: what decided in every replicate, and what the rules say.
public struct SaleExplanation: Sendable {
  /// The scenario.
  package let scenario: Scenario
  /// The regime.
  package let regime: Regime
  /// The chip.
  package let chip: Chip
  /// Where.
  package let place: Jurisdiction
  /// When.
  package let month: Month
  /// What decided, by replicate.
  package let findings: [SaleFinding]
  /// What the rules of the regime say of the sale in the month.
  package let rules: [RuleOnSale]

  /// Runs every replicate under a regime until the month that is asked of.
  ///
  /// - Parameters:
  ///   - chip: its id.
  ///   - place: the jurisdiction's code, or its name.
  ///   - regime: the regime's id; nil for the reference.
  ///   - threads: how many replicates are computed at the same time.
  public init(
    of scenario: Scenario, chip: String, place: String, month: Month, regime: String?, threads: Int
  ) async throws(CommandLineFault) {
    let place = try scenario.question(of: chip, to: place, in: month)
    let number = try scenario.place(ofRegime: regime)
    let model = scenario.model(recording: []).asking(place)
    guard model.hasBuyers(in: place.place) else {
      let name = scenario.blueprint.world.economy.jurisdictions[place.place].name
      throw CommandLineFault("nobody buys chips in \(name) in \(scenario.name)")
    }
    let engine = Engine(model: model, design: scenario.design)
    findings = await concurrentMap(0..<scenario.run.replicates, threads: threads) {
      engine.finding(ofReplicate: $0, regime: number, step: place.step)
    }.compactMap(\.self)
    self.scenario = scenario
    self.regime = scenario.blueprint.regimes[number]
    self.chip = scenario.blueprint.world.chips[place.chip]
    self.place = scenario.blueprint.world.economy.jurisdictions[place.place]
    self.month = month
    rules = model.rules(on: place, regime: number)
  }
}

extension Scenario {
  /// A question in the places of the plan, or what is wrong with it.
  fileprivate func question(
    of chip: String, to place: String, in month: Month
  ) throws(CommandLineFault) -> SaleQuestion {
    let (world, economy) = (blueprint.world, blueprint.world.economy)
    guard !economy.isEmpty else {
      throw CommandLineFault(
        "\(name) has no economy, in which chips could be sold: `chokepoint rules "
          + "--scenario FILE` tells what its rules say")
    }
    guard let chipPlace = world.chips.firstIndex(where: { $0.id == chip }) else {
      throw CommandLineFault(unknown: "chip of the scenario", chip, known: world.chips.map(\.id))
    }
    guard
      let placeFound = economy.jurisdictions.firstIndex(where: {
        $0.id == place || $0.name == place
      })
    else {
      let around = economy.jurisdictions.first { $0.members.contains { $0.id == place } }
      if let around {
        throw CommandLineFault(
          "\(place) is a part of \(around.id) here: ask of --place \(around.id)")
      }
      throw CommandLineFault(unknown: "place", place, known: economy.jurisdictions.map(\.id))
    }
    guard run.start <= month, month <= run.end else {
      throw CommandLineFault(
        "\(month) is not in \(name): it goes from \(run.start) to \(run.end)")
    }
    return SaleQuestion(chip: chipPlace, place: placeFound, step: month - run.start)
  }
}

/// Ends a run that has told what was asked.
private struct Told: Error {}

extension Engine<PolicyModel> {
  /// What decided in one replicate; what comes after the month is not computed.
  fileprivate func finding(ofReplicate replicate: Int, regime: Int, step asked: Int) -> SaleFinding?
  {
    var found: SaleFinding?
    do throws(Told) {
      _ = try replay(replicate: replicate, regime: regime) { world, step throws(Told) in
        guard step == asked else { return }
        found = model.finding(in: world)
        throw Told()
      }
    } catch {}
    return found
  }
}

extension SaleExplanation {
  /// The reasons that there were, with the share of draws for each, largest first.
  package var reasons: [(reason: SaleFinding.Reason, share: Double)] {
    let all = SaleFinding.Reason.allCases.map { reason in
      (reason: reason, share: share { $0.reason == reason })
    }.filter { $0.share > 0 }
    // The order of the cases decides between equal shares.
    return all.indices.sorted { (-all[$0].share, $0) < (-all[$1].share, $1) }.map { all[$0] }
  }

  /// The share of draws in which something holds.
  package func share(where holds: (SaleFinding) -> Bool) -> Double {
    findings.isEmpty ? 0 : Double(findings.count(where: holds)) / Double(findings.count)
  }

  /// The share of draws in which the chip is sold.
  package var soldShare: Double { share { $0.reason == .sold } }

  /// Median and 90% band of a figure, over the draws that have it; nil where none has.
  package func band(of figure: (SaleFinding) -> Double?) -> Band? {
    var values = findings.compactMap(figure)
    let count = values.count
    return Quantiles.select([0.05, 0.5, 0.95], from: &values).map {
      Band(p05: $0[0], median: $0[1], p95: $0[2], count: count)
    }
  }

  /// A figure over draws.
  package struct Band: Sendable {
    /// Of the draws 5% have less than the first, half less than the second, 95% less than the third.
    package let p05, median, p95: Double
    /// How many draws have it.
    package let count: Int
  }

  /// The chips of which most were bought instead, with the share of draws, most frequent first, and the median of
  /// what the chip gives in use for a dollar over what that one gives.
  package var insteads: [(chip: Chip, share: Double, value: Double?)] {
    let ids = findings.compactMap(\.instead)
    return Set(ids).sorted().map { id in
      let value = band { $0.instead == id ? $0.valueOverInstead : nil }?.median
      let chip = scenario.blueprint.world.chips.first { $0.id == id } ?? chip
      return (chip, share { $0.instead == id }, value)
    }.sorted { ($1.share, $0.chip.id) < ($0.share, $1.chip.id) }
  }
}
