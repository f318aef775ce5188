import Documents
import PolicyModel
public import Quantities
import Simulation

/// What the answer to a scenario's question is about: the figures that its sentences and its first table have, and
/// the regimes that are compared in sentences.
public struct AnswerFocus: Hashable, Sendable {
  /// In the order in which they are told.
  public let figures: [Figure]
  /// In the order in which they are told; nil for every regime against the reference, and against its own
  /// `against`.
  public let comparisons: [Comparison]?

  /// A metric of a thing in a month.
  public struct Figure: Hashable, Sendable {
    /// By name.
    public let metric: String
    /// Whose, by the name in results.
    public let entity: String
    /// Nil for the last month, and for what is recorded once.
    public let month: Month?
  }

  /// A regime and what it is compared with, by their places.
  public struct Comparison: Hashable, Sendable {
    /// The regime.
    public let regime: Int
    /// The reference, or the regime that its `against` names.
    public let against: Int
  }

  private static let figure: [Field] = [
    .required("metric", .identifier, "The metric."),
    .required("entity", .text, "Whose, by the name in results: CN, a lab, a run, fleet.ID, world."),
    .optional(
      "month", .month,
      default: .stated("the last month, of a metric that is recorded monthly"),
      "At whose end it is taken."),
  ]

  private static let comparison: [Field] = [
    .required("regime", .identifier, "The regime."),
    .optional(
      "against", .identifier, default: .stated("the reference"),
      "What it is compared with: the reference, or what the regime itself has under `against`."),
  ]

  static let section = Schema.mapping([
    .required(
      "figures", .list(of: .mapping(figure), minimum: 1), "The figures that the question is about."),
    .optional(
      "comparisons", .list(of: .mapping(comparison), minimum: 1),
      default: .stated("every regime against the reference, and against what its `against` names"),
      "The comparisons that sentences are made of, in this order; all others are in tables."),
  ])
}

extension AnswerFocus {
  /// The section without comparisons that cannot be made once only these regimes are run.
  ///
  /// - Parameter isOwn: whether a comparison stays whatever is run, to be a fault where it cannot be made.
  static func keeping(
    _ regimes: [DocumentNode], in section: DocumentNode, unless isOwn: (DocumentNode) -> Bool
  ) -> DocumentNode {
    guard let comparisons = section["comparisons"] else { return section }
    let ids = regimes.compactMap { $0["id"]?.text }
    let kept = comparisons.items.filter { comparison in
      if isOwn(comparison) { return true }
      guard let place = ids.firstIndex(where: { $0 == comparison["regime"]?.text }) else {
        return false
      }
      let other = comparison["against"]?.text ?? ids[0]
      return place > 0 && (other == ids[0] || other == regimes[place][RegimeSchema.against]?.text)
    }
    return section.with("comparisons", kept.isEmpty ? nil : comparisons.with(items: kept))
  }
}

/// Reads the `answer` section.
struct AnswerReader {
  /// What is recorded, by metric: of what, and whether monthly; nil when the world is at fault.
  private let recorded: [String: (entities: [String], isMonthly: Bool)]?
  private let regimes: [Regime]

  /// - Parameters:
  ///   - plan: nil when the world is at fault: names are not checked then.
  ///   - regimes: empty when they are at fault, and are not checked then.
  init(
    plan: WorldPlan?, regimes: [Regime], switchedOff: Set<String>, estimates: EstimateTable,
    derived: DerivedTable
  ) {
    self.regimes = regimes
    let worked =
      estimates.estimates.map { ($0.name, ([Estimate.entity], false)) }
      + derived.metrics.map { ($0.name, ([DerivedMetric.entity], !$0.isFixed)) }
    recorded = plan.map { plan in
      Dictionary(
        Catalogue.metrics(in: plan, switchedOff: switchedOff).map { entry in
          (entry.metric.name, (plan.entityNames(ofKind: entry.entity), entry.isMonthly))
        } + worked, uniquingKeysWith: { ($0.0 + $1.0, $0.1) })
    }
  }

  func focus(_ node: DocumentNode?, faults: inout [Fault]) -> AnswerFocus? {
    guard let node else { return nil }
    let figures = (node["figures"]?.items ?? []).compactMap { figure($0, faults: &faults) }
    let comparisons = node["comparisons"]?.items.compactMap { comparison($0, faults: &faults) }
    return AnswerFocus(figures: figures, comparisons: comparisons)
  }

  private func figure(_ node: DocumentNode, faults: inout [Fault]) -> AnswerFocus.Figure? {
    guard let metric = node["metric"]?.text, let entity = node["entity"]?.text else { return nil }
    let month = node["month"]?.month
    if let recorded {
      if let known = recorded[metric] {
        check(
          node["entity"], isAmong: known.entities, "\(metric) is not recorded of",
          faults: &faults)
        if !known.isMonthly, let given = node["month"] {
          faults.append(
            given.fault("\(metric) is recorded once, not each month", advice: "leave month out"))
        }
      } else {
        check(
          node["metric"], isAmong: recorded.keys.sorted(), "unknown metric",
          advice: "`chokepoint metrics` lists them, beside the file's own", faults: &faults)
      }
    }
    return AnswerFocus.Figure(metric: metric, entity: entity, month: month)
  }

  private func comparison(_ node: DocumentNode, faults: inout [Fault]) -> AnswerFocus.Comparison? {
    guard !regimes.isEmpty, let regime = place(of: node["regime"], faults: &faults) else {
      return nil
    }
    let against = node.lacks("against") ? 0 : place(of: node["against"], faults: &faults)
    guard let against else { return nil }
    guard against != regime else {
      faults.append(
        (node["against"] ?? node).fault(
          "\(regimes[regime].id) cannot be compared with itself", advice: "name two regimes"))
      return nil
    }
    guard against == 0 || regimes[regime].against == regimes[against].id else {
      faults.append(
        (node["against"] ?? node).fault(
          "\(regimes[regime].id) is not compared with \(regimes[against].id)",
          advice: "give the regime `against: \(regimes[against].id)`, or name the reference, "
            + regimes[0].id))
      return nil
    }
    return AnswerFocus.Comparison(regime: regime, against: against)
  }

  private func place(of node: DocumentNode?, faults: inout [Fault]) -> Int? {
    check(node, isAmong: regimes.map(\.id), "unknown regime", faults: &faults)
    return regimes.firstIndex { $0.id == node?.text }
  }

  private func check(
    _ node: DocumentNode?, isAmong known: [String], _ what: String, advice: String? = nil,
    faults: inout [Fault]
  ) {
    guard let node, let name = node.text, !known.contains(name) else { return }
    faults.append(
      node.fault(
        "\(what) \(quoted(name))", suggestion: likelyWords(for: name, among: known),
        advice: advice ?? "known here: \(known.joined(separator: ", "))"))
  }
}
