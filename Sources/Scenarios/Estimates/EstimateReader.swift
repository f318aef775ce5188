import Documents
import Formulas
import PolicyModel
import Simulation

/// Reads the `estimates` section: first the parameters in it, then, once their table stands, the formulas.
struct EstimateReader {
  private let entries: [Entry]
  private(set) var faults: [Fault] = []

  /// An estimate as it is written.
  private struct Entry {
    let name: String
    let node: DocumentNode
    let unit: FormulaUnit
    let unitText: String
    let formula: DocumentNode?
    let title: String?
  }

  /// Takes the section of a file; nil where there is none.
  init(_ section: DocumentNode?) {
    var found: [Fault] = []
    entries = (section?.entries ?? []).map { Self.entry($0.key, $0.value, faults: &found) }
    faults = found
    guard let section, section.entries.count > FormulaLimits.count else { return }
    faults.append(
      section.fault(
        "there are \(section.entries.count) estimates",
        advice: "at most \(FormulaLimits.count) are read"))
  }

  private static func entry(
    _ name: String, _ node: DocumentNode, faults: inout [Fault]
  ) -> Entry {
    let given = EstimateSchema.definitions.filter { !node.lacks($0) }
    if !node.entries.isEmpty || node.content == .mapping([]), given.count != 1 {
      let advice = "give one of formula, uncertain and value"
      faults.append(
        node.fault(
          given.isEmpty
            ? "does not say what it is" : "found both \(given.joined(separator: " and "))",
          advice: advice))
    }
    let unit = node.formulaUnit(faults: &faults)
    if let problem = nameProblem(name) {
      faults.append(node.fault(problem, advice: "call the estimate otherwise"))
    }
    return Entry(
      name: name, node: node, unit: unit.unit, unitText: unit.text,
      formula: node.text == nil ? node[EstimateSchema.formula] : node, title: node["title"]?.text)
  }

  /// Why a number of a scenario cannot be called so; nil where it can.
  static func nameProblem(_ name: String) -> String? {
    if FormulaFunction.reservedWords.contains(name) { return "\(quoted(name)) is a function" }
    if Catalogue.metrics.contains(where: { $0.metric.name == name }) {
      return "\(quoted(name)) is a metric of the model"
    }
    return nil
  }

  /// Declares every number that is given, as a parameter.
  func collect(into collector: inout ParameterCollector) {
    collector.formulas = Set(entries.filter { $0.formula != nil }.map(\.name))
    for entry in entries where entry.formula == nil {
      let declaration = Estimate.parameter(
        of: entry.name, unit: entry.unitText, title: entry.title)
      collector.take(declaration, EstimateSchema.uncertain, of: entry.node)
      let number = entry.node.entries.isEmpty ? entry.node : entry.node[EstimateSchema.value]
      if let number, let value = number.number {
        collector.give(
          declaration,
          DistributionForm(law: .constant(value), location: number.location, path: number.path))
      }
      if entry.node.refused.contains(EstimateSchema.value) {
        collector.refuse(declaration.name)
      }
    }
  }

  /// All estimates with their formulas, as far as they are sound.
  mutating func table(_ parameters: ParameterTable) -> EstimateTable {
    let given = parameters.parameters.count
    var next = given
    var places: [Int?] = []
    for entry in entries {
      guard entry.formula != nil else {
        places.append(parameters.place(of: Estimate.parameterName(of: entry.name)))
        continue
      }
      places.append(next)
      next += 1
    }
    let expressions = entries.map { entry in
      entry.formula.flatMap { node in expression(node) }
    }
    let scope = EstimateScope(
      Dictionary(
        zip(entries, places).map { ($0.name, FormulaSlot($1 ?? 0, $0.unit)) },
        uniquingKeysWith: { first, _ in first }))
    var programs: [Int: FormulaProgram] = [:]
    for (place, expression) in expressions.enumerated() {
      guard let expression else { continue }
      programs[place] = program(of: expression, entries[place], scope)
    }
    // A number or a formula may have been refused before it came here.
    let isWhole = entries.indices.allSatisfy { place in
      places[place] != nil && (entries[place].formula == nil || programs[place] != nil)
    }
    guard let order = order(of: expressions), faults.isEmpty, isWhole else {
      return EstimateTable([], sheet: FormulaSheet(given: given, []))
    }
    let formulas = order.compactMap { place -> (slot: Int, program: FormulaProgram)? in
      guard let program = programs[place], let slot = places[place] else { return nil }
      return (slot, program)
    }
    return EstimateTable(
      estimates(at: places, expressions, order),
      sheet: FormulaSheet(given: given, formulas))
  }

  private func estimates(
    at places: [Int?], _ expressions: [FormulaExpression?], _ order: [Int]
  ) -> [Estimate] {
    var yesOrNo: Set<String> = []
    for place in order where expressions[place]?.isYesOrNo({ yesOrNo.contains($0) }) == true {
      yesOrNo.insert(entries[place].name)
    }
    return zip(entries, places).map { entry, place in
      Estimate(
        name: entry.name, unit: entry.unitText, title: entry.title, formula: entry.formula?.text,
        source: entry.node["source"]?.text, isYesOrNo: yesOrNo.contains(entry.name),
        place: place ?? 0)
    }
  }

  private mutating func expression(_ node: DocumentNode) -> FormulaExpression? {
    guard let text = node.text else { return nil }
    do throws(FormulaFault) { return try FormulaExpression(parsing: text) } catch {
      faults.append(node.fault(error))
      return nil
    }
  }

  private mutating func program(
    of expression: FormulaExpression, _ entry: Entry, _ scope: EstimateScope
  ) -> FormulaProgram? {
    let node = entry.formula ?? entry.node
    var compiler = FormulaCompiler(scope)
    do throws(FormulaFault) {
      let (program, unit) = try compiler.compile(expression)
      if let fault = node.unitFault(declared: entry.unit, derived: unit, of: expression) {
        faults.append(fault)
        return nil
      }
      return program
    } catch {
      faults.append(node.fault(error))
      return nil
    }
  }

  /// The order in which formulas are computed; nil for those that read each other, which it tells of.
  private mutating func order(of expressions: [FormulaExpression?]) -> [Int]? {
    let places = Dictionary(
      entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let reads = expressions.map { ($0?.names ?? []).compactMap { places[$0.name] } }
    switch FormulaOrder.sorted(reads: reads) {
    case .success(let order): return order
    case .failure(let circle):
      faults.append(circle.fault(in: entries.map { ($0.name, $0.formula ?? $0.node) }))
      return nil
    }
  }
}

/// What names stand for in the formulas of estimates.
struct EstimateScope: FormulaScope {
  private let places: [String: FormulaSlot]

  init(_ places: [String: FormulaSlot]) { self.places = places }

  func knows(_ name: String) -> Bool { places[name] != nil }

  func slots(
    of name: FormulaName, _ when: FormulaTime
  ) throws(FormulaFault) -> [FormulaSlot] {
    guard let slot = places[name.name] else {
      throw FormulaFault(
        unknown: name.name, "estimate", known: places.keys.sorted(),
        advice: "a formula reads estimates of this file; `derived_metrics` read metrics too")
    }
    guard name.entities == nil, when == .before(0) else {
      throw FormulaFault(
        name.text, "an estimate is one number for the whole run",
        advice: "leave out what is said of entities and months")
    }
    return [slot]
  }
}
