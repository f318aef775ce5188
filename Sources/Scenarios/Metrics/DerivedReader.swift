import Documents
import Formulas
import PolicyModel
import Quantities

/// Reads the `derived_metrics` section, once the world stands.
struct DerivedReader {
  private let entries: [Entry]
  private(set) var faults: [Fault] = []

  /// A metric as it is written.
  private struct Entry {
    let name: String
    let node: DocumentNode
    let formula: DocumentNode
    let unit: FormulaUnit
    let unitText: String
    let title: String?
    let expression: FormulaExpression?
  }

  /// - Parameter estimates: the names that are taken.
  init(_ section: DocumentNode?, estimates: [String]) {
    var found: [Fault] = []
    entries = (section?.entries ?? []).compactMap {
      Self.entry($0.key, $0.value, estimates, faults: &found)
    }
    faults = found
    guard let section, section.entries.count > FormulaLimits.count else { return }
    faults.append(
      section.fault(
        "there are \(section.entries.count) derived metrics",
        advice: "at most \(FormulaLimits.count) are read"))
  }

  private static func entry(
    _ name: String, _ node: DocumentNode, _ estimates: [String], faults: inout [Fault]
  ) -> Entry? {
    guard let formula = node.text == nil ? node[EstimateSchema.formula] : node,
      let text = formula.text
    else { return nil }
    let problem =
      estimates.contains(name)
      ? "\(quoted(name)) is an estimate" : EstimateReader.nameProblem(name)
    if let problem {
      faults.append(node.fault(problem, advice: "call the derived metric otherwise"))
    }
    let unit = node.formulaUnit(faults: &faults)
    var expression: FormulaExpression?
    do throws(FormulaFault) { expression = try FormulaExpression(parsing: text) } catch {
      faults.append(formula.fault(error))
    }
    return Entry(
      name: name, node: node, formula: formula, unit: unit.unit, unitText: unit.text,
      title: node["title"]?.text, expression: expression)
  }

  /// The metrics, as far as they are sound.
  ///
  /// - Parameters:
  ///   - plan: nil when the world is at fault: nothing is looked up then.
  ///   - run: nil when the months are at fault.
  mutating func table(
    _ plan: WorldPlan?, switchedOff: Set<String>, _ run: RunSettings?, _ estimates: EstimateTable
  ) -> DerivedTable {
    guard !entries.isEmpty, let plan, let run, let whole = substituted() else { return .empty }
    var compiler = FormulaCompiler(
      DerivedScope(
        MonthlyMetrics(of: plan, switchedOff: switchedOff), estimates, run,
        derived: entries.map(\.name)))
    var metrics: [DerivedMetric] = []
    for (entry, expression) in zip(entries, whole) {
      do throws(FormulaFault) {
        let (program, unit) = try compiler.compile(expression)
        if let fault = entry.formula.unitFault(
          declared: entry.unit, derived: unit, of: expression)
        {
          faults.append(fault)
        }
        metrics.append(metric(entry, expression, program, compiler.scope.parts, estimates))
      } catch { faults.append(entry.formula.fault(error)) }
    }
    return DerivedTable(metrics, series: compiler.scope.series, parts: compiler.scope.parts)
  }

  private func metric(
    _ entry: Entry, _ expression: FormulaExpression, _ program: FormulaProgram,
    _ parts: [DerivedTable.Part], _ estimates: EstimateTable
  ) -> DerivedMetric {
    let isFixed = program.slots.allSatisfy { slot in
      if case .before = parts[slot] { false } else { true }
    }
    return DerivedMetric(
      name: entry.name, unit: entry.unitText, title: entry.title,
      formula: entry.formula.text ?? "",
      isYesOrNo: expression.isYesOrNo { name in
        estimates.estimates.contains { $0.name == name && $0.isYesOrNo }
      }, isFixed: isFixed, program: program)
  }

  /// The formulas with those of other derived metrics put into them; nil where one is at fault.
  private mutating func substituted() -> [FormulaExpression]? {
    let expressions = entries.compactMap(\.expression)
    guard expressions.count == entries.count else { return nil }
    let places = Dictionary(
      entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let reads = expressions.map { $0.names.compactMap { places[$0.name] } }
    switch FormulaOrder.sorted(reads: reads) {
    case .failure(let circle):
      faults.append(circle.fault(in: entries.map { ($0.name, $0.formula) }))
      return nil
    case .success(let order):
      var whole = expressions
      var depths = expressions.map(\.depth)
      for place in order {
        depths[place] += reads[place].map { depths[$0] }.max() ?? 0
        guard depths[place] <= FormulaLimits.wholeDepth else {
          faults.append(
            entries[place].formula.fault(
              "formulas stand more than \(FormulaLimits.wholeDepth) parts deep within each other",
              advice: "let fewer of them read each other"))
          return nil
        }
        whole[place] = whole[place].replacing { name in
          name.entities == nil ? places[name.name].map { whole[$0] } : nil
        }
      }
      return whole
    }
  }
}

/// What names stand for in the formulas of derived metrics.
struct DerivedScope: FormulaScope {
  private let metrics: MonthlyMetrics
  private let estimates: EstimateTable
  private let run: RunSettings
  private let derived: [String]
  /// What is read so far, each once.
  private(set) var series: [DerivedTable.Series] = []
  /// The slots so far.
  private(set) var parts: [DerivedTable.Part] = []

  init(
    _ metrics: MonthlyMetrics, _ estimates: EstimateTable, _ run: RunSettings, derived: [String]
  ) {
    (self.metrics, self.estimates, self.run, self.derived) = (metrics, estimates, run, derived)
  }

  func knows(_ name: String) -> Bool {
    metrics[name] != nil || estimates.estimates.contains { $0.name == name }
      || derived.contains(name)
  }

  mutating func slots(
    of name: FormulaName, _ when: FormulaTime
  ) throws(FormulaFault) -> [FormulaSlot] {
    if let estimate = estimates.estimates.first(where: { $0.name == name.name }) {
      guard name.entities == nil else {
        throw FormulaFault(
          name.text, "an estimate is one number for the whole run",
          advice: "leave out the brackets")
      }
      return [slot(.estimate(estimate.place), FormulaUnit(estimate.unit) ?? .plain)]
    }
    guard let metric = metrics[name.name] else {
      guard !derived.contains(name.name) else {
        throw FormulaFault(
          name.text, "a derived metric is of the world alone", advice: "leave out the brackets")
      }
      throw FormulaFault(
        unknown: name.name, "monthly metric, estimate or derived metric",
        known: metrics.names + estimates.estimates.map(\.name) + derived,
        advice: "`chokepoint metrics` lists the metrics")
    }
    try checkMonth(when, of: name)
    var slots: [FormulaSlot] = []
    for entity in try metric.entities(named: name) {
      let place = place(of: DerivedTable.Series(metric: name.name, entity: entity))
      switch when {
      case .before(let months): slots.append(slot(.before(months, series: place), metric.unit))
      case .at(let month): slots.append(slot(.at(month, series: place), metric.unit))
      }
    }
    return slots
  }

  private func checkMonth(_ when: FormulaTime, of name: FormulaName) throws(FormulaFault) {
    switch when {
    case .before(let months):
      guard months > run.end - run.start else { return }
      throw FormulaFault(
        name.text, "\(months) months before is never within \(run.start) to \(run.end)",
        advice: "reach back less far, or move run.start and run.end")
    case .at(let month):
      guard month < run.start || month > run.end else { return }
      throw FormulaFault(
        name.text, "\(month) is outside the scenario's months \(run.start) to \(run.end)",
        advice: "move it, or run.start and run.end")
    }
  }

  private mutating func place(of wanted: DerivedTable.Series) -> Int {
    if let place = series.firstIndex(of: wanted) { return place }
    series.append(wanted)
    return series.count - 1
  }

  private mutating func slot(_ part: DerivedTable.Part, _ unit: FormulaUnit) -> FormulaSlot {
    if let place = parts.firstIndex(of: part) { return FormulaSlot(place, unit) }
    parts.append(part)
    return FormulaSlot(parts.count - 1, unit)
  }
}
