import Quantities
import Simulation
import Stochastics

/// Phase: what chips cost this month, to buy and to rent.
///
/// Reads nothing of the world; writes `prices`. A price is what the scenario says it is, and
/// otherwise the latest that the chip's price history knows.
struct Prices: Mechanism {
  static let id = MechanismID(rawValue: 2)
  static let name = "prices"
  static let scope = MechanismScope.always
  static let canBeSwitchedOff = false

  /// Declared chip by chip, since a scenario sets them chip by chip: see ``parameters(of:)``.

  /// By step, then by chip.
  private let history: [[ChipPrices]]
  private let purchaseOverrides: [ParameterIndex?]
  private let rentOverrides: [ParameterIndex?]

  init(_ blueprint: Blueprint) {
    let chips = blueprint.world.chips
    let table = blueprint.parameters
    history = (0..<blueprint.monthCount).map { step in
      chips.map { ChipPrices(of: $0, in: blueprint.start + step) }
    }
    purchaseOverrides = chips.map {
      table.known(ChipPrices.purchaseParameter(ofChip: $0.id).name)
    }
    rentOverrides = chips.map { table.known(ChipPrices.rentParameter(ofChip: $0.id).name) }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    for (chip, published) in history[step.step].enumerated() {
      world.prices[chip] = published
      if let index = purchaseOverrides[chip] {
        world.prices[chip].purchase = USDollars(world[index])
      }
      if let index = rentOverrides[chip] {
        world.prices[chip].rent = USDollarsPerChipHour(world[index])
      }
    }
  }
}
