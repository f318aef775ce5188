import Documents
import PolicyModel

/// Gathers the parameters that stand in the `world` section.
struct WorldParameters {
  let node: DocumentNode
  /// The ids of all chips that can have a price.
  let chipIDs: [String]

  /// Declares every parameter that lives in the world, and gives those that are written here.
  func collect(into collector: inout ParameterCollector) {
    collectPrices(into: &collector)
    collectEconomy(into: &collector)
    collectRuns(into: &collector)
  }

  private func collectPrices(into collector: inout ParameterCollector) {
    for id in chipIDs {
      collector.declare(ChipPrices.purchaseParameter(ofChip: id))
      collector.declare(ChipPrices.rentParameter(ofChip: id))
    }
    for chip in node["chips"]?.items ?? [] {
      for key in ["purchase_price_usd", "rent_usd_per_hour"] {
        guard let id = chip["id"]?.text, !chip.lacks(key) else { continue }
        if let price = chip[key] {
          if price.distribution != nil { collector.give("chips.\(id).\(key)", price) }
        } else {
          collector.refuse("chips.\(id).\(key)")
        }
      }
    }
  }

  private func collectRuns(into collector: inout ParameterCollector) {
    for (id, run) in node["runs"]?.records ?? [] {
      collector.declare(ScriptedRun.dataParameter(ofRun: id), orElse: 0, at: run)
      if let data = run["data_usd"] { collector.give("runs.\(id).data_usd", data) }
      for (stageID, stage) in run["stages"]?.records ?? [] {
        for key in ["chip_hours", "flop"] where !stage.lacks(key) {
          collector.declare(StagePlan.workParameter(key, ofStage: stageID, ofRun: id))
          if let work = stage[key] {
            collector.give("runs.\(id).\(stageID).\(key)", work)
          } else {
            collector.refuse("runs.\(id).\(stageID).\(key)")
          }
        }
      }
    }
  }

  private func collectEconomy(into collector: inout ParameterCollector) {
    for (id, owner) in node["owners"]?.records ?? [] {
      let factor = Owner.spendingFactorParameter(ofOwner: id)
      collector.declare(factor, orElse: 1, at: owner)
      if let given = owner["spending_factor"] { collector.give(factor.name, given) }
      if owner.refused.contains("spending_factor") { collector.refuse(factor.name) }
    }
    for (id, lab) in node["labs"]?.records ?? [] where !lab.lacks("fleet_of") {
      let share = Developer.fleetShareParameter(ofLab: id)
      collector.declare(share)
      if let given = lab["fleet_share"] { collector.give(share.name, given) }
      if lab.refused.contains("fleet_share") { collector.refuse(share.name) }
    }
  }
}

extension DocumentNode {
  /// The items of a list of records with their ids; of two with the same id, the first.
  fileprivate var records: [(id: String, node: DocumentNode)] {
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let id = item["id"]?.text, seen.insert(id).inserted else { return nil }
      return (id, item)
    }
  }
}
