import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: which chips are on the shelf (docs/ODD.md 7.5).
///
/// Reads nothing of the month; writes the cut-down parts of `shelf`. A chip is on sale from the month of
/// the catalogue (``Shelf/turn(to:)``). Parts that are cut down from another one follow the regime: the
/// `historical` ones of the catalogue, `none`, or `responsive` ones, designed for the thresholds that a
/// rule brings (``ResponsiveDesigns``) and ready some months after it was announced. Where a cut-down part
/// is offered is decided in ``Offers``: only where its parent is closed. Switched off, there are no
/// cut-down parts.
struct CompliantVariants: Mechanism {
  static let id = MechanismID(rawValue: 10)
  static let name = "compliant_variants"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let lag = Handle(
      "design_lag_months", "months", 0...120,
      "Months from a rule's announcement to the sale of a part designed for it.")
  }

  private let parameters: Parameters
  private let start: Month
  private let chips: [Chip]
  /// The chips that are cut down from others.
  private let cuts: [ChipIndex]
  /// By regime and chip: whether the chip is ever offered, and from when; nil for never.
  private let historical: [[Month?]]
  /// By regime and chip: when the rule was announced that a responsive part answers.
  private let announced: [[Month?]]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    start = blueprint.start
    chips = blueprint.world.chips
    let chips = chips
    cuts = blueprint.layout.chipIndices.filter { chips[$0].isCutDown }
    historical = blueprint.regimes.map { regime in
      chips.map { $0.responseTo == nil ? regime.onSale($0) : nil }
    }
    announced = blueprint.regimes.map { regime in
      chips.map { $0.responseTo == nil ? nil : regime.onSale($0) }
    }
  }

  func firstDifference(between first: Int, and second: Int) -> Int {
    let months = cuts.compactMap { chip -> Month? in
      let dates = [historical[first][chip], historical[second][chip]]
      let rules = [announced[first][chip], announced[second][chip]]
      let differs = dates[0] != dates[1] || rules[0] != rules[1]
      return differs ? (dates + rules).compactMap(\.self).min() : nil
    }
    return months.min().map { max(0, $0 - start) } ?? .max
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let months = Int(world[parameters.lag].rounded(.up))
    let (dates, rules) = (historical[world.regime], announced[world.regime])
    for chip in cuts {
      let date = dates[chip] ?? rules[chip].map { $0 + months }
      let isOnSale = date.map { $0 <= world.month } ?? false
      if isOnSale, !world.economy.shelf.isOnSale[chip], rules[chip] != nil {
        world.story?.tell(
          world.month, .variantDesigned, of: chips[chip].id, "goes on sale below the thresholds")
      }
      world.economy.shelf.put(chip, onSale: isOnSale)
    }
  }
}
