public import Quantities
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
  static let metrics: [MetricDeclaration] = []

  /// Declared chip by chip, since a scenario sets them chip by chip: see ``parameters(of:)``.
  static let parameters: [ParameterDeclaration] = []

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
    purchaseOverrides = chips.map { chip in
      let name = ChipPrices.purchaseParameter(ofChip: chip.id).name
      return table.contains(name) ? table.index(of: name) : nil
    }
    rentOverrides = chips.map { chip in
      let name = ChipPrices.rentParameter(ofChip: chip.id).name
      return table.contains(name) ? table.index(of: name) : nil
    }
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

/// What one chip costs in one month; nil where nobody has published a price.
public struct ChipPrices: Hashable, Sendable, BitwiseCopyable {
  /// To buy one.
  public var purchase: USDollars?
  /// To rent one for an hour, server, network and electricity included.
  public var rent: USDollarsPerChipHour?

  /// The published prices of a chip in a month.
  public init(of chip: Chip, in month: Month) {
    purchase = chip.purchasePrices.price(in: month).map { USDollars($0.value) }
    rent = chip.rentalPrices.price(in: month).map { USDollarsPerChipHour($0.value) }
  }

  /// The parameter that replaces a chip's purchase prices.
  public static func purchaseParameter(ofChip id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "chips.\(id).purchase_price_usd", unit: "usd", range: 1e-6...1e9,
      definition: "What one \(id) costs to buy, instead of its published prices.")
  }

  /// The parameter that replaces a chip's rental prices.
  public static func rentParameter(ofChip id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "chips.\(id).rent_usd_per_hour", unit: "usd_per_chip_hour", range: 1e-6...1e6,
      definition: "What an hour of one \(id) costs to rent, instead of its published prices.")
  }
}

/// The prices of a stage, fixed when its run begins.
struct StagePrices: Hashable, Sendable {
  let purchase: USDollars
  let rent: USDollarsPerChipHour

  /// The prices of the chip that is used; a rent that nobody has published follows from that of the
  /// documented chip by the ratio of purchase prices.
  init(
    ofChip used: ChipIndex, documentedOn documented: ChipIndex, prices: borrowing Cells<ChipPrices>
  ) {
    let own = prices[used.position]
    let reference = prices[documented.position]
    let purchase = own.purchase ?? USDollars(.nan)
    self.purchase = purchase
    if let rent = own.rent {
      self.rent = rent
    } else if let referenceRent = reference.rent, let referencePurchase = reference.purchase {
      self.rent = referenceRent * (purchase / referencePurchase)
    } else {
      self.rent = USDollarsPerChipHour(.nan)
    }
  }
}
