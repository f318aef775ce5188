public import Simulation

/// What can be set and what can be seen, for documents and error messages.
public enum Catalogue {
  /// A mechanism, as users see it.
  public struct MechanismEntry: Sendable {
    /// Its key in scenario files.
    public let name: String
    /// Whether a scenario may switch it off.
    public let canBeSwitchedOff: Bool
    /// In which worlds it acts.
    public let scope: MechanismScope
    /// The numbers that it reads.
    public let parameters: [ParameterDeclaration]
    /// The section of docs/ODD.md that describes it.
    public let section: String
  }

  /// A metric, as users see it.
  public struct MetricEntry: Sendable {
    /// The metric.
    public let metric: Metric
    /// What it is recorded of: `run`, `lab`, `jurisdiction` and so on.
    public let entity: String
    /// The same in words, with the form of its names in results.
    public let entityInWords: String
    /// Whether there is one value for each month, or one for the whole run.
    public let isMonthly: Bool
    /// Whether it is recorded when a scenario with an economy does not say which metrics it wants.
    public let isHeadline: Bool
    /// In which worlds it is there.
    public let scope: MechanismScope
    /// The mechanism that computes it, by name.
    public let mechanism: String
    /// The section of docs/ODD.md that describes it.
    public let section: String
  }

  /// The chapter of docs/ODD.md on all submodels: where a mechanism has no section, look there.
  private static let submodels = "7"

  private static func section(of mechanism: any Mechanism.Type) -> String {
    ModelSections.byMechanism[mechanism.name] ?? submodels
  }

  /// The mechanisms, in step order.
  public static let mechanisms: [MechanismEntry] = StepOrder.mechanisms.map {
    MechanismEntry(
      name: $0.name, canBeSwitchedOff: $0.canBeSwitchedOff, scope: $0.scope,
      parameters: $0.declarations, section: section(of: $0))
  }

  /// The parameters that come with every chip, run and stage, with `ID` and `STAGE` for theirs.
  public static var parametersOfEntities: [ParameterDeclaration] {
    [
      ChipPrices.purchaseParameter(ofChip: "ID"), ChipPrices.rentParameter(ofChip: "ID"),
      ScriptedRun.dataParameter(ofRun: "ID"),
      StagePlan.workParameter("chip_hours", ofStage: "STAGE", ofRun: "ID"),
      StagePlan.workParameter("flop", ofStage: "STAGE", ofRun: "ID"),
      Owner.spendingFactorParameter(ofOwner: "ID"), Developer.fleetShareParameter(ofLab: "ID"),
      Developer.fleetFactorParameter(ofLab: "ID"),
      Jurisdiction.enforcementParameter(of: "ID"),
    ]
  }

  /// The metrics that are there in a world, in the order in which they are recorded.
  public static func metrics(in world: WorldPlan, switchedOff: Set<String>) -> [MetricEntry] {
    metrics(of: StepOrder.mechanisms.filter { $0.acts(in: world, switchedOff: switchedOff) })
  }

  /// The metrics, in the order in which they are recorded.
  public static let metrics: [MetricEntry] = metrics(of: StepOrder.mechanisms)

  /// The same in the order in which results show them.
  public static var metricsInDisplayOrder: [MetricEntry] {
    metrics.enumerated()
      .sorted {
        (MetricWords.place(of: $0.element.metric.name), $0.offset)
          < (MetricWords.place(of: $1.element.metric.name), $1.offset)
      }
      .map(\.element)
  }

  private static func metrics(of mechanisms: [any Mechanism.Type]) -> [MetricEntry] {
    mechanisms.flatMap { mechanism in
      mechanism.metrics.map {
        MetricEntry(
          metric: $0.metric, entity: $0.entity.rawValue, entityInWords: $0.entity.inWords,
          isMonthly: $0.occasion == .everyMonth, isHeadline: $0.isHeadline, scope: mechanism.scope,
          mechanism: mechanism.name, section: section(of: mechanism))
      }
    }
  }
}

extension EntityKind {
  /// What it is, and what it is called in results.
  fileprivate var inWords: String {
    switch self {
    case .run: "a scripted run, by its id"
    case .lab: "a lab, by its id"
    case .stage: "a stage of a scripted run, as `RUN.STAGE`"
    case .developer: "a lab that develops models of its own accord, by its id"
    case .fleet: "the chips of an owner, as `fleet.OWNER`"
    case .jurisdiction: "a jurisdiction, by its code"
    case .supplier: "a supplier of chips, by its id"
    case .chip: "a kind of chip, by its id"
    case .world: "the whole world, as `world`"
    }
  }
}
