import Formulas
import Quantities
import Testing

/// What formulas come to.
struct FormulaValueTests {
  private let bench = Bench(names: [
    "x": ([2, -3, 0], "1"), "y": ([5, 4, 0], "1"),
  ])

  @Test(arguments: [
    ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("2 ^ -1", 0.5),
    ("10 / 4 / 5", 0.5), ("7 - 2 - 1", 4), ("1.5e2 + .5", 150.5), ("-(-3)", 3), ("2 * -3", -6),
    ("min(3, 1, 2)", 1), ("max(3, 1, 2)", 3), ("sum(1, 2, 3)", 6), ("sum(4)", 4),
    ("abs(-3)", 3), ("sqrt(9)", 3), ("log(exp(2))", 2), ("log10(1000)", 3),
    ("if(1 < 2, 10, 20)", 10), ("if(0, 10, 20)", 20), ("3 > 2", 1), ("3 >= 3", 1), ("3 < 3", 0),
    ("3 <= 2", 0), ("2 == 2", 1), ("2 != 2", 0), ("1 + 1 == 2", 1),
  ])
  func arithmetic(_ text: String, _ expected: Double) throws {
    let value = try #require(try Bench().values(of: text).values.first)
    #expect(abs(value - expected) <= 1e-12 * abs(expected))
  }

  /// Draws are worked out apart from each other.
  @Test func drawByDraw() throws {
    #expect(try bench.values(of: "x * y - max(x, y)").values == [5, -16, 0])
    #expect(try bench.values(of: "if(x > 0, y, -y)").values == [5, -4, 0])
  }

  /// What is no number stays none, in comparisons and conditions too; a branch that is not taken does not count.
  @Test func whatIsNoNumber() throws {
    let quotients = try bench.values(of: "x / y").values
    #expect(quotients[2].isNaN)
    let logs = try bench.values(of: "log(x)").values
    #expect(logs[1].isNaN && logs[2] == -.infinity)
    #expect(try bench.values(of: "log(x) > 0").values.map(\.isNaN) == [false, true, false])
    #expect(try bench.values(of: "max(log(x), 0)").values[1].isNaN)
    #expect(try bench.values(of: "min(0, log(x))").values[1].isNaN)
    #expect(try bench.values(of: "if(log(x) > 0, 1, 2)").values[1].isNaN)
    #expect(try bench.values(of: "if(x > 0, log(x), 0)").values.dropFirst() == [0, 0])
  }

  /// A list in brackets is summed.
  @Test func lists() throws {
    #expect(try bench.values(of: "sum(x[CN, HUB, US], 1)").values == [7, -8, 1])
  }

  /// Months before add up, and a month of the calendar replaces what stands around it.
  @Test func months() throws {
    func asked(_ text: String) throws -> [FormulaTime] {
      var compiler = FormulaCompiler(bench)
      _ = try compiler.compile(try FormulaExpression(parsing: text))
      return compiler.scope.asked
    }
    let december = try #require(Month(iso: "2024-12"))
    #expect(try asked("x - before(x, 12)") == [.before(0), .before(12)])
    #expect(try asked("before(before(x, 1), 2)") == [.before(3)])
    #expect(try asked("at(x + before(y, 12), 2024-12)") == [.at(december), .at(december + -12)])
    #expect(try asked("sum(before(x[CN, US], 3))") == [.before(3)])
  }

  /// 0 or 1 and nothing else is known as such: a mean of it is a probability.
  @Test(arguments: [
    ("x > 1", true), ("(x > 1) * (y > 1)", true), ("if(x > 1, 1, 0)", true),
    ("max(x > 1, y > 1)", true),
    ("z", true), ("x", false), ("1 - (x > 1)", false), ("(x > 1) + (y > 1)", false),
    ("if(x > 1, 2, 0)", false), ("x * (y > 1)", false),
  ])
  func yesOrNo(_ text: String, _ expected: Bool) throws {
    #expect(try FormulaExpression(parsing: text).isYesOrNo { $0 == "z" } == expected)
  }
}
