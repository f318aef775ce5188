import Documents
import PolicyModel

/// What the model needs to know of a chip that somebody uses.
struct ChipFigures {
  let parameters: ParameterTable
  /// Parameters that the file gives a value which is at fault.
  let refused: Set<String>

  /// The keys of figures that nobody published and the file does not give.
  ///
  /// - Parameters:
  ///   - format: the number format whose peak counts.
  ///   - isRented: whether its rent is needed too.
  func missing(of chip: Chip, format: NumberFormat = .bf16, isRented: Bool = false) -> [String] {
    var missing: [String] = []
    if chip.interconnect == nil { missing.append("interconnect_gb_s") }
    if chip.power == nil { missing.append("power_w") }
    if chip.peak[format] == nil { missing.append("\(format.rawValue)_tflops") }
    if !hasPrice(chip, "purchase_price_usd", chip.purchasePrices) {
      missing.append("purchase_price_usd")
    }
    if isRented, !hasPrice(chip, "rent_usd_per_hour", chip.rentalPrices) {
      missing.append("rent_usd_per_hour")
    }
    return missing
  }

  private func hasPrice(_ chip: Chip, _ key: String, _ history: PriceHistory) -> Bool {
    let name = "chips.\(chip.id).\(key)"
    return !history.entries.isEmpty || parameters.contains(name) || refused.contains(name)
  }
}
