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
      for price in ChipPrices.parameters(ofChip: id) { collector.declare(price.declaration) }
    }
    for chip in node["chips"]?.items ?? [] {
      guard let id = chip["id"]?.text else { continue }
      for price in ChipPrices.parameters(ofChip: id) where chip[price.key]?.items.isEmpty != false {
        collector.take(price.declaration, price.key, of: chip)
      }
    }
  }

  private func collectRuns(into collector: inout ParameterCollector) {
    for (id, run) in node["runs"]?.records ?? [] {
      collector.take(ScriptedRun.dataParameter(ofRun: id), "data_usd", of: run)
      for (stageID, stage) in run["stages"]?.records ?? [] {
        for key in ["chip_hours", "flop"] where !stage.lacks(key) {
          collector.take(
            StagePlan.workParameter(key, ofStage: stageID, ofRun: id), key, of: stage)
        }
      }
    }
  }

  private func collectEconomy(into collector: inout ParameterCollector) {
    for (id, owner) in node["owners"]?.records ?? [] {
      let factor = Owner.spendingFactorParameter(ofOwner: id, named: owner["name"]?.text)
      collector.take(factor, "spending_factor", of: owner)
    }
    for (id, lab) in node["labs"]?.records ?? [] where !lab.lacks(WorldSchema.uses) {
      let parameter = FleetUse.parameter(ofLab: id, lab)
      collector.take(parameter.declaration, parameter.key, of: lab, otherwise: parameter.otherwise)
    }
    guard node["owners"]?.items.isEmpty == false else { return }
    for (id, place) in node["jurisdictions"]?.records ?? [] {
      collector.take(Jurisdiction.enforcementParameter(of: id), "enforcement", of: place)
    }
  }
}

extension ChipPrices {
  /// The prices of a chip as parameters, by their keys.
  fileprivate static func parameters(
    ofChip id: String
  ) -> [(key: String, declaration: ParameterDeclaration)] {
    [
      ("purchase_price_usd", purchaseParameter(ofChip: id)),
      ("rent_usd_per_hour", rentParameter(ofChip: id)),
    ]
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
