import Documents
import PolicyModel

/// What numbers of scenarios can be, each with its unit: wide enough for the smallest part that is sold
/// and for a hundred times of what the largest will be in ten years, and narrow enough that a number in
/// another unit is seen.
enum Plausible {
  /// Peak rates. A wafer-scale part of 2024 has 125,000.
  static let rate = Schema.number(.between(1, 1e7), unit: "TFLOP/s")
  /// Area of logic dies. A wafer-scale part has 46,225.
  static let area = Schema.number(.between(10, 1e6), unit: "mm2")
  /// Memory in a package.
  static let memory = Schema.number(.between(1, 1e5), unit: "GB")
  /// Bandwidth to memory. A wafer-scale part, with its memory on the wafer, has 2.1e7.
  static let memoryBandwidth = Schema.number(.between(10, 1e9), unit: "GB/s")
  /// Bandwidth to other chips.
  static let interconnect = Schema.number(.between(1, 1e8), unit: "GB/s")
  /// Power of a package. A wafer-scale part takes 23,000.
  static let power = Schema.number(.between(1, 1e6), unit: "W")
  /// Dies in a package, and stacks of memory.
  static let mostParts = 1000.0
  /// Total processing performance, as rules count it.
  static let tpp = Schema.number(.between(0, 1e9), unit: "TPP")
  /// The same by area of die.
  static let density = Schema.number(.between(0, 1e6), unit: "TPP/mm2")

  /// Chips in one place, or in all: some 1e7 are installed in 2025.
  static let chips = Schema.number(.above(0, atMost: 1e10), unit: "chips")
  /// Dollars, once or in a year: ten times the product of the world.
  static let dollars = NumberRange.between(0, 1e15)
  /// Dies in a year.
  static let dies = NumberRange.between(0, 1e12)
  /// FLOP of a model, in efficient FLOP: what a parameter of the same meaning takes.
  static let effectiveFlop = Schema.number(.between(1, NumberRange.largest), unit: "FLOP")
}

extension Schema {
  /// The same for a bound of it, which may be 0.
  var orNothing: Schema {
    guard case .number(let range, let unit) = self, let upper = range.upper else { return self }
    return .number(.between(0, upper.value), unit: unit)
  }
}

extension ChipAttribute {
  /// What rules may hold it to.
  var bounds: Schema {
    switch self {
    case .tpp: Plausible.tpp
    case .performanceDensity: Plausible.density
    case .interconnect: Plausible.interconnect.orNothing
    case .memoryBandwidth, .memoryPlusInterconnect: Plausible.memoryBandwidth.orNothing
    }
  }
}
