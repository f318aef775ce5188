import Formulas
import Testing

/// Units multiply and cancel, and nothing is added that is not of one unit.
struct FormulaUnitTests {
  private let bench = Bench(names: [
    "vendors": ([10], "vendor"), "each": ([20], "chips/vendor/month"),
    "months": ([12], "month/year"),
    "area": ([9], "m^2"), "ratio": ([0.5], "1"), "stock": ([3], "h100e_per_month"),
  ])

  @Test(arguments: [
    ("vendors * each * months", "chip/year"), ("vendors / vendors", "1"), ("ratio * 3", "1"),
    ("area ^ 0.5", "m"), ("sqrt(area)", "m"), ("vendors ^ 2", "vendor^2"),
    ("1 / vendors", "1/vendor"),
    ("vendors ^ -1", "1/vendor"), ("vendors + 3 vendors", "vendor"), ("max(0, vendors)", "vendor"),
    ("vendors > 5 vendor", "1"), ("if(vendors > 1 vendor, vendors, 0)", "vendor"),
    ("stock * 1 month", "h100e"), ("12 month/year * ratio", "month/year"),
    ("-abs(vendors)", "vendor"),
    ("exp(ratio)", "1"), ("sum(vendors, vendors)", "vendor"), ("0", "1"),
  ])
  func derived(_ text: String, _ unit: String) throws {
    #expect(try bench.values(of: text).unit == unit)
  }

  @Test(arguments: [
    ("vendors + each", "each [chip/month/vendor] cannot be added to vendors [vendor]"),
    ("each - vendors", "cannot be subtracted from"),
    ("vendors > 5", "vendors [vendor] cannot be compared with 5 [1]"),
    ("exp(vendors)", "takes plain numbers"), ("log(vendors)", "takes plain numbers"),
    ("ratio ^ vendors", "exponent vendors is in vendor"), ("vendors ^ ratio", "depends on ratio"),
    ("vendors ^ 0.5", "no power of 0.5"), ("sqrt(vendors)", "no root"),
    ("if(vendors, 1, 2)", "the condition vendors is in vendor"),
    ("if(ratio > 1, vendors, 1)", "put in place of"),
    ("min(vendors, ratio)", "cannot be compared with"),
    ("sum(vendors, each)", "cannot be added to"),
    ("100 chip/vendors", "is read as a part of the unit"),
  ])
  func refused(_ text: String, _ problem: String) throws {
    let fault = try #require(bench.fault(of: text))
    #expect(fault.problem.contains(problem), "\(fault.problem)")
  }

  @Test(arguments: [
    ("chip/vendor/month", "chip/month/vendor"), ("1", "1"), ("usd*chip^2", "chip^2*usd"),
    ("h100e_per_month", "h100e/month"), ("chips", "chip"), ("1/year", "1/year"), ("class", "class"),
    ("chip/chips", "1"), ("month / year", "month/year"),
  ])
  func written(_ text: String, _ canonical: String) throws {
    #expect(try #require(FormulaUnit(text)).description == canonical)
  }

  @Test(arguments: [
    "", "chip//year", "12 chip", "chip^x", "chip^1000", "a^b^c", "%", "/year", "chip/",
  ])
  func noUnit(_ text: String) { #expect(FormulaUnit(text) == nil) }
}
