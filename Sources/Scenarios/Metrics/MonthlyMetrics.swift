import Formulas
import PolicyModel
import Simulation

/// The monthly metrics of a world by name, for formulas over them.
struct MonthlyMetrics {
  /// A metric, and what it is recorded of.
  struct Recorded {
    let unit: FormulaUnit
    /// By kind of entity the names in results.
    fileprivate(set) var kinds: [(words: String, entities: [String])]

    private var all: [String] { kinds.flatMap(\.entities) }

    /// The entities that a formula names, or the one that has the metric.
    func entities(named name: FormulaName) throws(FormulaFault) -> [String] {
      guard let wanted = name.entities else {
        guard all.count == 1 else {
          throw FormulaFault(
            name.text, "\(name.name) is recorded of \(all.count) things",
            advice: "say whose, as \(name.name)[\(all.first ?? "CN")], or sum(\(name.name)[all])")
        }
        return all
      }
      if wanted == [Self.everything] {
        guard kinds.count == 1 else {
          throw FormulaFault(
            name.text, "\(name.name) is recorded of things of several kinds",
            advice: "name them one by one: \(all.joined(separator: ", "))")
        }
        return all
      }
      for (place, entity) in wanted.enumerated() {
        guard all.contains(entity) else {
          throw FormulaFault(
            name.text, "\(name.name) is not recorded of \"\(entity)\"",
            advice: "recorded of: \(all.joined(separator: ", "))",
            unknown: FormulaFault.Unknown(name: entity, known: all))
        }
        guard !wanted[..<place].contains(entity) else {
          throw FormulaFault(
            name.text, "\"\(entity)\" is there twice, and would count twice", advice: "take one out"
          )
        }
      }
      return wanted
    }

    /// The word for all entities that have a metric.
    private static let everything = "all"
  }

  private var metrics: [String: Recorded] = [:]

  init(of plan: WorldPlan, switchedOff: Set<String>) {
    for entry in Catalogue.metrics(in: plan, switchedOff: switchedOff) where entry.isMonthly {
      let kind = (
        words: entry.entityInWords, entities: plan.entityNames(ofKind: entry.entity)
      )
      guard let unit = FormulaUnit(entry.metric.unit), !kind.entities.isEmpty else { continue }
      metrics[entry.metric.name, default: Recorded(unit: unit, kinds: [])].kinds.append(kind)
    }
  }

  /// Their names.
  var names: [String] { metrics.keys.sorted() }

  subscript(name: String) -> Recorded? { metrics[name] }
}
