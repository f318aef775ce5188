import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: which chips are on the shelf (docs/ODD.md 7.5).
///
/// Reads nothing of the month; writes `shelf`. A chip is on sale from the month of the catalogue. Parts
/// that are cut down from another one follow the regime: the `historical` ones of the catalogue, `none`,
/// or `responsive` ones, designed for the thresholds that a rule brings (``ResponsiveDesigns``) and
/// ready some months after it was announced. Where a cut-down part is offered is decided in
/// ``Offers``: only where its parent is closed. Switched off, there are no cut-down parts.
struct CompliantVariants: Mechanism {
  static let id = MechanismID(rawValue: 10)
  static let name = "compliant_variants"
  static let canBeSwitchedOff = true
  static let parameters = [
    ParameterDeclaration(
      name: "compliant_variants.design_lag_months", unit: "months", range: 0...120,
      definition: "Months from a rule's announcement to the sale of a part designed for it.")
  ]
  static let metrics: [MetricDeclaration] = []

  private let lag: ParameterIndex
  private let chips: [Chip]
  /// By regime and chip: whether the chip is ever offered, and from when; nil for never.
  private let historical: [[Month?]]
  /// By regime and chip: when the rule was announced that a responsive part answers.
  private let announced: [[Month?]]

  init(_ blueprint: Blueprint) {
    lag = blueprint.parameters.index(of: "compliant_variants.design_lag_months")
    chips = blueprint.world.chips
    let chips = chips
    historical = blueprint.regimes.map { regime in
      chips.map { chip in
        guard chip.responseTo == nil else { return nil }
        return chip.variantOf == nil || regime.variants == .historical ? chip.available : nil
      }
    }
    announced = blueprint.regimes.map { regime in
      chips.map { chip in
        guard regime.variants == .responsive, let response = chip.responseTo,
          response.regime == regime.id
        else { return nil }
        return response.announced
      }
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let months = Int(world[lag].rounded(.up))
    for chip in chips.indices {
      let date =
        historical[world.regime][chip] ?? announced[world.regime][chip].map { $0 + months }
      let isOnSale = date.map { $0 <= world.month } ?? false
      if isOnSale, !world.economy.shelf.isOnSale[chip], announced[world.regime][chip] != nil {
        world.story?.tell(
          world.month, .variantDesigned, of: chips[chip].id, "goes on sale below the thresholds")
      }
      world.economy.shelf.isOnSale[chip] = isOnSale
    }
  }
}

/// Which chips can be bought at all.
struct Shelf: Sendable {
  /// By chip.
  var isOnSale: [Bool]

  init(chips: Int) { isOnSale = Array(repeating: false, count: chips) }
}
