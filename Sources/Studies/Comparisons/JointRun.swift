import Analysis
import Documents
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics

/// The regimes of several scenarios as the arms of one ensemble: a slice is computed under all of them, and
/// of each run only what is asked for is kept, with its rank and regret among the arms.
struct JointRun: EnsembleSource {
  let items: [ArmComparison.Item]
  let design: Design
  private let arms: ArmSet
  private let engines: [Engine<PolicyModel>]
  /// By scenario: the cell of each item.
  private let cells: [[Int]]

  /// Looks up what is asked for in every scenario.
  init(of arms: ArmSet, _ question: ComparisonQuestion) throws(CommandLineFault) {
    self.arms = arms
    let scenarios = arms.scenarios
    let engines = scenarios.map { scenario in
      let model =
        question.metrics.isEmpty
        ? scenario.model : scenario.model(recording: Set(question.metrics))
      return Engine(model: model, design: scenario.design)
    }
    let months = try Self.months(question, of: scenarios)
    let once = Self.outcomes(question, of: engines, scenarios)
    let columns = try Self.columns(question, of: engines, besides: once)
    let shown = Set((columns + once).map(\.metric.name)).sorted()
    for metric in question.preferences.keys.sorted() where !shown.contains(metric) {
      throw CommandLineFault(unknown: "metric of this comparison", metric, known: shown)
    }
    func item(_ column: Column, _ month: Month?) -> ArmComparison.Item {
      ArmComparison.Item(
        month: month, entity: column.entity, metric: column.metric.name, unit: column.metric.unit,
        preference: question.preferences[column.metric.name],
        isShownByMean: column.metric.isShownByMean)
    }
    items =
      months.flatMap { month in columns.map { item($0, month) } } + once.map { item($0, nil) }
    cells = zip(scenarios, engines).map { scenario, engine in
      months.flatMap { month in
        columns.map { column in
          let place = engine.layout.stepColumns.firstIndex(of: column) ?? 0
          return engine.layout.cell(step: month - scenario.run.start, column: place)
        }
      } + once.compactMap { engine.layout.cell(entity: $0.entity, outcome: $0.metric.name) }
    }
    design = engines[0].design
    self.engines = engines
  }

  private static func months(
    _ question: ComparisonQuestion, of scenarios: [Scenario]
  ) throws(CommandLineFault) -> [Month] {
    let first = scenarios.map(\.run.start).max() ?? scenarios[0].run.start
    let last = scenarios.map(\.run.end).min() ?? scenarios[0].run.end
    for month in question.months where month < first || month > last {
      throw CommandLineFault(
        "month \(month) is not simulated by every scenario: they have \(first) to \(last) in common"
      )
    }
    guard first <= last else {
      throw CommandLineFault("the scenarios have no month in common")
    }
    return question.months.isEmpty ? [last] : question.months
  }

  /// What all scenarios work out once: formulas of estimates, and metrics derived for months of their own; numbers
  /// that are given, where they are asked for.
  private static func outcomes(
    _ question: ComparisonQuestion, of engines: [Engine<PolicyModel>], _ scenarios: [Scenario]
  ) -> [Column] {
    let blueprint = scenarios[0].blueprint
    let formulas = blueprint.estimates.estimates.filter { $0.formula != nil }.map(\.name)
    let given = blueprint.estimates.estimates.map(\.name)
    let fixed = blueprint.derived.metrics.filter(\.isFixed).map(\.name)
    let wanted =
      question.metrics.isEmpty
      ? formulas + fixed : question.metrics.filter((given + fixed).contains)
    guard question.entities.isEmpty || question.entities.contains(Estimate.entity) else {
      return []
    }
    return engines[0].layout.outcomeColumns.filter { column in
      column.entity == Estimate.entity && wanted.contains(column.metric.name)
        && engines.allSatisfy { engine in
          engine.layout.outcomeColumns.contains {
            $0.entity == column.entity && $0.metric.name == column.metric.name
              && $0.metric.unit == column.metric.unit
          }
        }
    }
  }

  /// The monthly columns that all scenarios have.
  ///
  /// - Parameter once: what is looked at besides.
  private static func columns(
    _ question: ComparisonQuestion, of engines: [Engine<PolicyModel>], besides once: [Column]
  ) throws(CommandLineFault) -> [Column] {
    let others = engines.dropFirst().map { Set($0.layout.stepColumns) }
    let common = engines[0].layout.stepColumns.filter { column in
      others.allSatisfy { $0.contains(column) }
    }
    let all = common + once
    for metric in question.metrics where !all.contains(where: { $0.metric.name == metric }) {
      throw unknown(metric, of: engines)
    }
    for entity in question.entities where !all.contains(where: { $0.entity == entity }) {
      throw CommandLineFault(unknown: "entity", entity, known: Set(all.map(\.entity)).sorted())
    }
    return common.filter { question.entities.isEmpty || question.entities.contains($0.entity) }
  }

  private static func unknown(
    _ metric: String, of engines: [Engine<PolicyModel>]
  ) -> CommandLineFault {
    let declared = Catalogue.metrics.filter { $0.metric.name == metric }
    if declared.contains(where: \.isMonthly) {
      return CommandLineFault(
        "\(metric) is not recorded by every one of the scenarios, for the same entities")
    }
    if !declared.isEmpty {
      return CommandLineFault(
        "\(metric) is recorded once for a run, and months are compared here; comparison.csv "
          + "of `chokepoint run` compares it between the regimes of a file")
    }
    let own = engines.flatMap { engine in
      let blueprint = engine.model.blueprint
      return blueprint.estimates.estimates.map(\.name) + blueprint.derived.metrics.map(\.name)
    }
    return CommandLineFault(
      unknown: "monthly metric", metric,
      known: Set(Catalogue.metrics.filter(\.isMonthly).map(\.metric.name) + own).sorted(),
      see: "`chokepoint metrics` lists them")
  }

  /// The arms, by name.
  var regimes: [String] { arms.arms.map(\.name) }

  /// The cells of an arm: the items, then their ranks, then their regrets.
  var layout: CellLayout {
    let columns = items.map {
      Column(entity: $0.entity, metric: Metric(name: $0.metric, unit: $0.unit, definition: ""))
    }
    return CellLayout(
      stepColumns: [], outcomeColumns: columns + columns + columns, stepCount: 0)
  }

  /// What the arms' cells are made of.
  func plan(references: [Int?]) -> CellPlan {
    let kinds =
      items.map { _ in CellPlan.Kind.compared } + (items + items).map { _ in CellPlan.Kind.alone }
    return CellPlan(
      regimes: regimes, layout: layout, kinds: kinds,
      statements: arms.arms.indices.flatMap { arm in
        items.indices.map { item in
          CellPlan.Statement(regime: arm, cell: items.count + item) { $0 == 1 }
        }
      }, references: references)
  }

  /// Values of a replicate that a scenario records, where one records most.
  var mostRecorded: Int {
    engines.map { $0.model.regimes.count * $0.layout.cellCount }.max() ?? 0
  }

  /// Runs a slice under all arms: scenario by scenario, so that the values of one of them are there at a
  /// time, and of the others what is asked for.
  func run(_ slice: Slice) -> SliceResult {
    let kept = engines.indices.map { itemRecords(of: engines[$0].run(slice), scenario: $0) }
    let rows = slice.replicates.count
    let (armCount, itemCount) = (arms.arms.count, items.count)
    var values = [Double](repeating: .nan, count: armCount * 3 * itemCount * rows)
    for (item, preference) in items.map(\.preference).enumerated() {
      for row in 0..<rows {
        let ofArms = arms.arms.map { arm in
          kept[arm.scenario].values[(arm.regime * itemCount + item) * rows + row]
        }
        for choice in arms.choices {
          let ofChoice = choice.map { ofArms[$0] }
          let ranks = (preference ?? .high).ranks(of: ofChoice)
          let regrets = preference?.regrets(of: ofChoice) ?? ofChoice.map { _ in .nan }
          for (place, arm) in choice.enumerated() {
            let first = arm * 3 * itemCount + item
            values[first * rows + row] = ofChoice[place]
            values[(first + itemCount) * rows + row] = ranks[place]
            values[(first + 2 * itemCount) * rows + row] = regrets[place]
          }
        }
      }
    }
    return SliceResult(
      slice: slice, draws: [], values: values, failures: failures(in: kept.map(\.failures)))
  }

  /// Of what a scenario recorded the items: regime by regime, in it item by item, in it replicate by
  /// replicate.
  private func itemRecords(
    of result: SliceResult, scenario: Int
  ) -> (values: [Double], failures: [ReplicateFailure]) {
    let engine = engines[scenario]
    let rows = result.slice.replicates.count
    let values = engine.model.regimes.indices.flatMap { regime in
      cells[scenario].flatMap { cell in
        let first = (regime * engine.layout.cellCount + cell) * rows
        return result.values[first..<first + rows]
      }
    }
    return (values, result.failures)
  }

  /// The failures of all scenarios, by arm; a run that is not among the items can fail as well.
  private func failures(in scenarios: [[ReplicateFailure]]) -> [ReplicateFailure] {
    arms.arms.enumerated().flatMap { place, arm in
      scenarios[arm.scenario].filter { $0.regime == arm.regime }.map {
        ReplicateFailure(
          replicate: $0.replicate, regime: place, step: $0.step, column: $0.column, value: $0.value)
      }
    }
  }

  /// Keeps the largest regret of each arm and item.
  func takeLargestRegrets(of slice: SliceResult, into largest: inout [[Double]]) {
    let computed = slice.computed
    let rows = computed.replicates.count
    for arm in largest.indices {
      for item in items.indices {
        let first = (arm * 3 * items.count + 2 * items.count + item) * rows
        for regret in computed.values[first..<first + rows] where regret > largest[arm][item] {
          largest[arm][item] = regret
        }
      }
    }
  }
}
