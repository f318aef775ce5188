public import Quantities

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

  /// What a chip can cost: a wafer-scale part of 2024 costs some 3 million [USD].
  public static let purchaseRange = 1...1e9
  /// What an hour of a chip can cost [USD].
  public static let rentRange = 1e-4...1e5

  /// The parameter that replaces a chip's purchase prices.
  public static func purchaseParameter(ofChip id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "chips.\(id).purchase_price_usd", unit: "usd", range: purchaseRange,
      definition: "What one \(id) costs to buy, instead of its published prices.")
  }

  /// The parameter that replaces a chip's rental prices.
  public static func rentParameter(ofChip id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "chips.\(id).rent_usd_per_hour", unit: "usd_per_chip_hour", range: rentRange,
      definition: "What an hour of one \(id) costs to rent, instead of its published prices.")
  }
}

extension ChipPrices {
  /// The rent of a chip; one that nobody has published is that of another chip times the ratio of their
  /// purchase prices. Nil where these are not known either.
  ///
  /// - Parameter byDollar: whether the other chip's rent is divided by its price first. Nothing but the last
  ///   bit depends on it: scripted runs round one way and the market the other.
  func rent(orBy other: ChipPrices, byDollar: Bool = false) -> USDollarsPerChipHour? {
    if let rent { return rent }
    guard let purchase, let rent = other.rent, let price = other.purchase else { return nil }
    return byDollar
      ? USDollarsPerChipHour(purchase.value * (rent.value / price.value))
      : rent * (purchase / price)
  }
}

extension Blueprint {
  /// Whether a rent of a chip follows from that of another one, because neither its price history nor the
  /// scenario has any.
  public func hasDerivedRent(_ chip: Chip) -> Bool {
    chip.rentalPrices.entries.isEmpty
      && !parameters.contains(ChipPrices.rentParameter(ofChip: chip.id).name)
  }
}

/// The prices of a stage, fixed when its run begins.
struct StagePrices: Hashable, Sendable {
  /// What one of its chips cost when it was bought.
  let purchase: USDollars
  /// How long ago that was when the run began.
  let age: Hours
  let rent: USDollarsPerChipHour

  /// The prices of the chip that is used, by those of the documented chip where its rent is not known;
  /// not a number where nothing is.
  ///
  /// - Parameter bought: what the chip cost and how long ago, where that was before the run began.
  init(
    ofChip used: ChipIndex, documentedOn documented: ChipIndex, prices: borrowing Cells<ChipPrices>,
    bought: (price: USDollars?, age: Hours)?
  ) {
    purchase = bought.flatMap(\.price) ?? prices[used.position].purchase ?? USDollars(.nan)
    age = bought?.age ?? Hours(0)
    rent =
      prices[used.position].rent(orBy: prices[documented.position])
      ?? USDollarsPerChipHour(.nan)
  }
}
