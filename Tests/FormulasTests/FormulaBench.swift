import Formulas
import Quantities

/// Names with values and units for formulas under test.
struct Bench: FormulaScope {
  var names: [String: (values: [Double], unit: String)] = [:]
  /// The months that names were asked for.
  var asked: [FormulaTime] = []

  func knows(_ name: String) -> Bool { names[name] != nil }

  private var order: [String] { names.keys.sorted() }

  mutating func slots(
    of name: FormulaName, _ when: FormulaTime
  ) throws(FormulaFault) -> [FormulaSlot] {
    asked.append(when)
    guard let place = order.firstIndex(of: name.name), let unit = names[name.name]?.unit else {
      throw FormulaFault(unknown: name.name, "estimate", known: order, advice: "known")
    }
    let slot = FormulaSlot(place, FormulaUnit(unit) ?? .plain)
    return Array(repeating: slot, count: name.entities?.count ?? 1)
  }

  /// What a formula gives, draw by draw, and in what unit.
  func values(of text: String) throws -> (values: [Double], unit: String) {
    let expression = try FormulaExpression(parsing: text)
    var compiler = FormulaCompiler(self)
    let (program, unit) = try compiler.compile(expression)
    let columns = order.compactMap { names[$0]?.values }
    let count = columns.first?.count ?? 1
    var values = columns.flatMap(\.self) + Array(repeating: 0, count: count)
    FormulaSheet(given: columns.count, [(columns.count, program)]).evaluate(&values, count: count)
    return (Array(values.suffix(count)), unit.description)
  }

  /// What is wrong with a formula; nil if nothing is.
  func fault(of text: String) -> FormulaFault? {
    do {
      _ = try values(of: text)
      return nil
    } catch { return error as? FormulaFault }
  }
}
