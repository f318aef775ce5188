import Quantities

/// What chips can do and cost, and where they may be sold.
@dynamicMemberLookup
struct OfferTable: ~Copyable {
  var figures = Figures()
  /// By chip: BF16 peak over the reference chip's.
  var h100e: Cells<Double>
  /// By chip: FLOP/s in serving.
  var decoding: Cells<Double>
  /// By chip: watts.
  var watts: Cells<Double>
  /// By chip: watts that its part of a server draws in training.
  var serverWatts: Cells<Double>
  /// By chip: share of its price that is the chip itself, the rest being its part of a server.
  var chipShare: Cells<Double>
  /// By chip: GB/s to memory.
  var bandwidth: Cells<Double>
  /// By chip: US dollars, 0 when nobody knows.
  var price: Cells<Double>
  /// By chip: US dollars an hour.
  var rent: Cells<Double>
  /// By cell: FLOP/s in training.
  var pretraining: Cells<Double>
  /// By cell: the same, before anything was learnt.
  var pretrainingAtFirst: Cells<Double>
  /// By cell: share of the month in which it may be sold and its supplier offers it.
  var sellable: Cells<Double>
  /// By cell: of that, the share under a license.
  var licensed: Cells<Double>
  /// By cell: what a month of use is worth, to the power kappa; 0 when it has to be worked out again. It changes
  /// with what buyers learn alone, and a power costs as much as the rest of an offer.
  var worth: Cells<Double>
  /// By chip: one over what a month of use costs, to the power kappa, at `price`.
  var thrift: Cells<Double>
  /// By cell: both, times willingness.
  var weight: Cells<Double>
  /// By market: share of time that its buyers expose to communication on the reference chip at first.
  var exposed: Cells<Double>
  /// By market: years on chips that wait for their links.
  var yearsOfLearning: Cells<Double>

  /// What is no column.
  struct Figures {
    /// How often a chip has got a price that had none, or lost it.
    var pricings = 0
    /// Under what it was decided last how much of the month chips may be sold; nil before the first month.
    var circumstances: Circumstances?
  }

  /// All on which that depends, but for approvals that are drawn.
  struct Circumstances: Equatable {
    let termsSince, shelfChanges, pricings: Int
    let closedFromTPP: Double
    let isRelieved, isRetaliating: Bool

    /// Whether no more than terms have changed since.
    func isSame(butForTerms other: Circumstances) -> Bool {
      shelfChanges == other.shelfChanges && pricings == other.pricings
        && closedFromTPP == other.closedFromTPP && isRelieved == other.isRelieved
        && isRetaliating == other.isRetaliating
    }
  }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(markets: Int, chips: Int, in arena: inout Arena) {
    h100e = arena.cells(chips)
    decoding = arena.cells(chips)
    watts = arena.cells(chips)
    serverWatts = arena.cells(chips)
    chipShare = arena.cells(chips, of: 1)
    bandwidth = arena.cells(chips)
    price = arena.cells(chips)
    rent = arena.cells(chips)
    pretraining = arena.cells(markets * chips)
    pretrainingAtFirst = arena.cells(markets * chips)
    sellable = arena.cells(markets * chips)
    licensed = arena.cells(markets * chips)
    worth = arena.cells(markets * chips)
    thrift = arena.cells(chips)
    weight = arena.cells(markets * chips)
    exposed = arena.cells(markets)
    yearsOfLearning = arena.cells(markets)
  }

  /// Lets the worth of a market's chips be worked out again.
  mutating func forgetWorth(ofMarket market: MarketIndex, chips: Int) {
    let first = market.position * chips
    for cell in first..<(first + chips) { worth[cell] = 0 }
  }

  /// What one chip amounts to in a market when it is bought: before anything was learnt, since learning
  /// makes a market's whole fleet faster (``FleetState/learningGain``).
  func unit(_ chip: ChipIndex, cell: Cell) -> FleetVector {
    unit(chip, pretraining: pretrainingAtFirst[cell])
  }

  /// The same at the rates that the market's buyers have learnt to reach by now.
  func learntUnit(_ chip: ChipIndex, cell: Cell) -> FleetVector {
    unit(chip, pretraining: pretraining[cell])
  }

  private func unit(_ chip: ChipIndex, pretraining: Double) -> FleetVector {
    FleetVector(
      h100e: h100e[chip], pretraining: pretraining, decoding: decoding[chip],
      watts: serverWatts[chip], price: price[chip] * chipShare[chip], rent: rent[chip])
  }
}

/// Which chips can be bought at all.
struct Shelf: ~Copyable {
  /// By chip: whether it is on sale.
  private(set) var isOnSale: Cells<Bool>
  /// The chips on sale, rising: most of the catalogue is of another year.
  private(set) var onSale: Rows<ChipIndex>
  /// Of these, the chips that anybody may ask for: all but those that owners build for themselves.
  private(set) var inMarkets: Rows<ChipIndex>
  /// One cell: how often a chip was put on the shelf or taken off.
  private var changed: Cells<Int>
  /// By chip: from when it is on sale whatever anybody does; nil for cut-down parts.
  private let available: Cells<Month?>
  private let chips: Places<ChipIndex>
  private let captiveTo: Cells<Int?>

  init(_ layout: EconomyLayout, in arena: inout Arena) {
    chips = layout.chipIndices
    isOnSale = arena.cells(layout.chipCount, of: false)
    onSale = arena.rows(upTo: layout.chipCount)
    inMarkets = arena.rows(upTo: layout.chipCount)
    changed = arena.cells(1, of: 0)
    available = arena.cells(layout.chipCount) {
      layout.chips[$0].isCutDown ? nil : layout.chips[$0].available
    }
    captiveTo = arena.cells(layout.captiveTo)
  }

  /// How often a chip was put on the shelf or taken off.
  var changes: Int { changed[0] }

  /// Puts the chips on the shelf that the catalogue has from this month on.
  mutating func turn(to month: Month) {
    for chip in chips where !isOnSale[chip] {
      if let date = available[chip], date <= month { put(chip, onSale: true) }
    }
  }

  /// Puts a chip on the shelf, or takes it off.
  mutating func put(_ chip: ChipIndex, onSale isNow: Bool) {
    guard isOnSale[chip] != isNow else { return }
    isOnSale[chip] = isNow
    changed[0] += 1
    onSale.removeAll()
    inMarkets.removeAll()
    for chip in chips where isOnSale[chip] {
      onSale.append(chip)
      if captiveTo[chip] == nil { inMarkets.append(chip) }
    }
  }
}

extension Chip {
  /// Whether it was made of another one, to be sold where that is barred.
  var isCutDown: Bool { variantOf != nil || responseTo != nil }

  /// The first month in which it can be sold, whatever becomes of it under a regime: of a part that answers a rule
  /// that in which the rule is announced.
  var onSale: Month? { available ?? responseTo?.announced }
}

extension Regime {
  /// The first month in which a chip can be sold under the regime; nil for never, as of parts that its suppliers do
  /// not cut down.
  func onSale(_ chip: Chip) -> Month? {
    guard chip.isCutDown else { return chip.onSale }
    let isMade =
      switch chip.responseTo {
      case nil: variants == .historical
      case let response?: variants == .responsive && response.regime == id
      }
    return isMade ? chip.onSale : nil
  }
}

/// One chip on offer in one market in one month, with what a round of clearing needs of it side by side:
/// the rounds walk these some ten times a month. What is the same in all markets stands in ``ChipTrade``.
struct LiveOffer: Sendable {
  let market: MarketIndex
  let chip: ChipIndex
  /// What a buyer pays, duty included, US dollars.
  let price: Double
  /// Share of what is aimed at it in the first round that may be bought.
  let buyableFirst: Double
  /// How much it counts in the first round, barred parts of the catalogue included.
  let firstWeight: Double
  /// How much it counts in later rounds.
  let laterWeight: Double
  /// What caps leave of what is wanted, in the round that is being served.
  var allowed = 1.0
  /// Units wanted in the round that is being served.
  var wanted = 0.0
  /// Units handed over in that round.
  var served = 0.0
  /// Units sold this month.
  var sold = 0.0
  /// Units wanted in the first round and barred.
  var refused = 0.0
}
