import Documents
import Formulas

extension DocumentNode {
  /// A fault of a formula that stands here.
  func fault(_ fault: FormulaFault) -> Fault {
    let isWhole = fault.excerpt == text
    return self.fault(
      (isWhole ? "" : "in \(quoted(fault.excerpt, limit: 200)): ") + fault.problem,
      suggestion: fault.unknown.flatMap { likelyWords(for: $0.name, among: $0.known) },
      advice: fault.advice)
  }

  /// The unit that a formula or number here declares, and as it is written; that of a plain number where there is
  /// none that is sound.
  func formulaUnit(faults: inout [Fault]) -> (unit: FormulaUnit, text: String) {
    guard let written = self["unit"], let text = written.text else { return (.plain, "1") }
    guard let unit = FormulaUnit(text) else {
      faults.append(
        written.fault("\(quoted(text)) is no unit", advice: "a unit is \(FormulaUnit.form)"))
      return (.plain, "1")
    }
    return (unit, unit.isPlain ? "1" : text)
  }

  /// What is wrong where a formula does not come to the unit that is declared; nil where it does.
  func unitFault(
    declared: FormulaUnit, derived: FormulaUnit, of expression: FormulaExpression
  ) -> Fault? {
    guard declared != derived, !expression.isZero else { return nil }
    return fault(
      declared.isPlain
        ? "comes to a number in \(derived), and declares no unit"
        : "comes to a number in \(derived), and is declared in \(declared)",
      advice: "give unit: \(derived), or correct the formula")
  }
}

extension FormulaExpression {
  /// Whether it is the number 0, which is one in any unit.
  fileprivate var isZero: Bool {
    if case .number(0, let unit, _) = self { unit.isPlain } else { false }
  }
}

extension FormulaOrder.Circle {
  /// What is wrong, told where the first of the formulas stands.
  ///
  /// - Parameter formulas: by place, what each is called and where it stands.
  func fault(in formulas: [(name: String, node: DocumentNode)]) -> Fault {
    let names = places.map { formulas[$0].name }
    let chain = (names.dropFirst() + names.prefix(1)).map { "reads \($0)" }
    return formulas[places[0]].node.fault(
      "\(names[0]) \(chain.joined(separator: ", which "))",
      advice: "nothing can be worked out from itself")
  }
}
