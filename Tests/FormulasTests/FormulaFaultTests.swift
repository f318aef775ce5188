import Formulas
import Testing

/// What cannot be read says what, and with which piece of it.
struct FormulaFaultTests {
  private let bench = Bench(names: ["x": ([1], "1"), "y": ([1], "1")])

  @Test(arguments: [
    ("", "is empty"), ("x +", "the formula ends where"), ("x y", "nothing can follow"),
    ("(x", "a bracket is not closed"), ("x)", "nothing can follow"), ("x[CN", "is not closed"),
    ("x[]", "a name is missing"), ("x[CN,]", "a name is missing"), ("x = 1", "is no comparison"),
    ("x < y < 1", "two comparisons"), ("foo(x)", "there is no function \"foo\""),
    ("z", "there is no estimate \"z\""), ("min", "min is a function"),
    ("exp(x, y)", "has 2 arguments"),
    ("if(x, y)", "has 2 arguments"), ("1e999", "is no number"), ("1.2.3", "is no number"),
    ("x # y", "means nothing"), ("at(x)", "does not say when"), ("at(x, 2024-13)", "is no month"),
    ("before(x, 0)", "is no number of months"), ("x * * y", "stands where"),
    ("x[CN, US]", "stands for 2 values"),
    ("5 chip^x", "is no unit"),
  ])
  func unreadable(_ text: String, _ problem: String) throws {
    let fault = try #require(bench.fault(of: text))
    #expect(fault.problem.contains(problem), "\(fault.problem)")
  }

  /// Length and depth are bounded.
  @Test func bounds() throws {
    let long = String(repeating: "x + ", count: 600) + "x"
    #expect(try #require(bench.fault(of: long)).problem.contains("characters"))
    let deep = String(repeating: "(", count: 100) + "x" + String(repeating: ")", count: 100)
    #expect(try #require(bench.fault(of: deep)).problem.contains("within each other"))
    let negative = String(repeating: "-", count: 100) + "x"
    #expect(try #require(bench.fault(of: negative)).problem.contains("within each other"))
    #expect(bench.fault(of: String(repeating: "x + ", count: 490) + "x") == nil)
  }

  /// The order has what is read first; a circle is told of as it runs.
  @Test func order() throws {
    #expect(try FormulaOrder.sorted(reads: [[1, 2], [2], []]).get() == [2, 1, 0])
    #expect(throws: FormulaOrder.Circle(places: [1, 2])) {
      try FormulaOrder.sorted(reads: [[1], [2], [1]]).get()
    }
    #expect(throws: FormulaOrder.Circle(places: [0])) {
      try FormulaOrder.sorted(reads: [[0]]).get()
    }
    let chain = (0..<100_000).map { $0 == 99_999 ? [] : [$0 + 1] }
    #expect(try FormulaOrder.sorted(reads: chain).get().first == 99_999)
  }
}
