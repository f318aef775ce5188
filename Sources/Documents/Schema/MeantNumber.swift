import Glibc

/// What a number out of its range was probably meant to be: given in the same unit with another prefix.
struct MeantNumber: Hashable {
  /// The number in the unit that is wanted.
  let value: Double
  /// The unit that is wanted.
  let unit: String
  /// The unit that it was given in, as it looks.
  let given: String

  /// Looks for a prefix that brings a number into its range; that of the bare unit is the likeliest.
  init?(_ number: Double, in range: NumberRange, _ unit: String) {
    let readings = readings(of: unit).map { (value: $0.scale(number), given: $0.unit) }
    guard let reading = readings.first(where: { range.contains($0.value) }) else { return nil }
    (value, self.unit, given) = (reading.value, unit, reading.given)
  }

  /// `148 TFLOP/s? 1.48e14 looks like FLOP/s`
  func question(of text: String) -> String {
    "\(plainNumber(value)) \(unit)? \(text) looks like \(given)"
  }
}

/// A unit that may have been used instead, and what a number in it is in the unit that is wanted.
private struct Reading {
  let unit: String
  /// A power of ten.
  let exponent: Double

  /// Dividing by a power of ten keeps digits that multiplying by its inverse would lose.
  func scale(_ number: Double) -> Double {
    exponent < 0 ? number / pow(10, -exponent) : number * pow(10, exponent)
  }
}

private let prefixes = ["", "k", "M", "G", "T", "P", "E"]

/// Units that are written with prefixes.
private let bare = ["FLOP/s", "B/s", "B", "W"]

/// The units that may be taken for another, likeliest first.
private func readings(of unit: String) -> [Reading] {
  switch unit {
  case "mm2":
    [("um2", -6), ("cm2", 2), ("m2", 6)].map { Reading(unit: $0.0, exponent: $0.1) }
  // Total processing performance is counted in 10^12 operations a second times bits.
  case "TPP": [Reading(unit: "FLOP/s times bits", exponent: -12)]
  default:
    bare.lazy.compactMap { base -> [Reading]? in
      guard unit.hasSuffix(base),
        let own = prefixes.firstIndex(of: String(unit.dropLast(base.count)))
      else { return nil }
      return prefixes.indices.filter { $0 != own }.map { place in
        Reading(unit: prefixes[place] + base, exponent: Double(3 * (place - own)))
      }
    }.first ?? []
  }
}
