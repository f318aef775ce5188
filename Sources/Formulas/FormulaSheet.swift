/// Formulas that are computed one after another from values that are given, as the cells of a spreadsheet.
///
/// Values are a table: slot by slot, in it draw by draw. Formulas fill the slots behind those that are given.
public struct FormulaSheet: Hashable, Sendable {
  /// How many slots are given.
  public let given: Int
  /// In the order in which they are computed: the slot that each fills.
  private let formulas: [Filling]
  /// How many slots there are.
  public let slots: Int
  private let depth: Int

  private struct Filling: Hashable, Sendable {
    let slot: Int
    let program: FormulaProgram
  }

  /// Collects formulas.
  ///
  /// - Parameters:
  ///   - given: how many slots are filled before.
  ///   - formulas: in an order in which each reads what is given, and what formulas before it fill; one for
  ///     each slot behind those that are given.
  public init(given: Int, _ formulas: [(slot: Int, program: FormulaProgram)]) {
    self.given = given
    slots = given + formulas.count
    self.formulas = formulas.map { Filling(slot: $0.slot, program: $0.program) }
    depth = formulas.map(\.program.depth).max() ?? 0
    var known = Set(0..<given)
    for formula in formulas {
      precondition(
        formula.program.slots.isSubset(of: known) && !known.contains(formula.slot)
          && formula.slot < slots, "a formula reads what is not there yet")
      known.insert(formula.slot)
    }
  }

  /// Fills the slots of the formulas.
  ///
  /// - Parameters:
  ///   - values: a table of all slots, those that are given filled.
  ///   - count: how many draws it has.
  public func evaluate(_ values: inout [Double], count: Int) {
    precondition(values.count == slots * count, "a table of another size")
    guard count > 0 else { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(depth, 1) * count) { stack in
      guard let stack = stack.baseAddress else { return }
      values.withUnsafeMutableBufferPointer { values in
        guard let first = values.baseAddress else { return }
        for formula in formulas {
          formula.program.evaluate(
            first, count: count, stack: stack, into: first + formula.slot * count)
        }
      }
    }
  }
}
