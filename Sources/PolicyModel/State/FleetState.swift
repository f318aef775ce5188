/// Chips held and on their way.
@dynamicMemberLookup
struct FleetState: ~Copyable {
  var figures = Figures()
  /// By cell: chips sold and not at work yet.
  var transitCells: Cells<Double>
  /// By cell: chips at work.
  var heldCells: Cells<Double>
  /// By cell: chips failed or retired so far.
  var retiredCells: Cells<Double>
  /// By cell: chips at work that were sold under a license.
  var licensedCells: Cells<Double>
  /// By cell: chips sold under a license and not at work yet.
  var licensedInTransit: Cells<Double>
  /// By chip: what all owners held at first.
  var opening: Cells<Double>
  /// By owner: what is on its way.
  var transit: Cells<FleetVector>
  /// By owner: what is at work.
  var held: Cells<FleetVector>
  /// By owner: what was at work before anything was bought, the same under every regime.
  var heldAtFirst: Cells<FleetVector>
  /// By owner: what was bought this month.
  var delivered: Cells<FleetVector>
  /// By owner: H100e held at first and bought so far, as those count who track deliveries.
  var acquired: Cells<Double>
  /// By chip: diverted chips.
  var pool: Cells<FleetStock>
  /// By chip: diverted chips that have to tell where they are.
  var verifiedPool: Cells<FleetStock>
  /// By owner: US dollars paid for diverted chips so far, by which the pool is shared.
  var paidForPool: Cells<Double>
  /// By market: training rate over that before anything was learnt.
  var learningGain: Cells<Double>
  /// By owner: its jurisdiction.
  private let locationOfOwner: Cells<Int>
  private let follower: Int

  /// What is no column.
  struct Figures {
    /// What the pool's chips at work amount to.
    var poolFleet = FleetVector.zero
  }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value
  {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(_ layout: EconomyLayout, in arena: inout Arena) {
    let (markets, chips) = (layout.marketCount, layout.chipCount)
    let owners = layout.economy.owners.count
    transitCells = arena.cells(markets * chips)
    heldCells = arena.cells(markets * chips)
    retiredCells = arena.cells(markets * chips)
    licensedCells = arena.cells(markets * chips)
    licensedInTransit = arena.cells(markets * chips)
    opening = arena.cells(chips)
    transit = arena.cells(owners, of: .zero)
    held = arena.cells(owners, of: .zero)
    heldAtFirst = arena.cells(owners, of: .zero)
    delivered = arena.cells(owners, of: .zero)
    acquired = arena.cells(owners)
    pool = arena.cells(chips, of: FleetStock())
    verifiedPool = arena.cells(chips, of: FleetStock())
    paidForPool = arena.cells(owners)
    learningGain = arena.cells(markets, of: 1)
    locationOfOwner = arena.cells(owners) { layout.economy.owners[$0].location }
    follower = layout.economy.follower
  }

  /// Watts that servers of the chips at work in a jurisdiction draw, before what buildings add.
  func watts(in place: Int) -> Double {
    let pooled = place == follower ? figures.poolFleet.watts : 0
    return held.indices.reduce(pooled) {
      locationOfOwner[$1] == place ? $0 + held[$1].watts : $0
    }
  }

  /// BF16 H100e at work in a jurisdiction, diverted ones included.
  func h100e(in place: Int) -> Double {
    let pooled = place == follower ? figures.poolFleet.h100e : 0
    return held.indices.reduce(pooled) {
      locationOfOwner[$1] == place ? $0 + held[$1].h100e : $0
    }
  }
}

/// Chips of one kind in one channel.
struct FleetStock: Sendable {
  var transit = 0.0
  var held = 0.0
  var retired = 0.0
  /// US dollars that a chip of it is worth on average, at work or on its way.
  private var unitValue = 0.0

  /// US dollars that the chips at work are worth.
  var valueHeld: Double { held * unitValue }

  /// A month: so many come at a price, what was there before is worth so much of what it was.
  mutating func move(
    sent: Double, at price: Double, valueLeft: Double, arriving: Double, lost: Double
  ) {
    let onTheWay = transit + sent
    guard onTheWay + held > 0 else { return }
    let value = (transit + held) * unitValue * valueLeft + sent * price
    unitValue = value / (onTheWay + held)
    let gone = held * lost
    transit = onTheWay * (1 - arriving)
    held += onTheWay * arriving - gone
    retired += gone
  }
}

/// The share of the time for which there is power, by jurisdiction.
struct PowerLimit: ~Copyable {
  var factor: Cells<Double>

  init(jurisdictions: Int, in arena: inout Arena) { factor = arena.cells(jurisdictions, of: 1) }
}

/// Who has how much computing.
struct Balance: ~Copyable {
  /// By jurisdiction.
  var places: Cells<Holdings>

  /// The computing of one jurisdiction.
  struct Holdings: Sendable {
    var legalH100e = 0.0
    var acquiredH100e = 0.0
    var allAcquiredH100e = 0.0
    var licensedH100e = 0.0
    var domesticH100e = 0.0
    var smuggledH100e = 0.0
    var offshoreH100e = 0.0
    var legalChips = 0.0
    var domesticChips = 0.0
    var boughtChips = 0.0
    var boughtH100e = 0.0
    var lowestPrecision = 0.0
    var bandwidth = 0.0

    /// BF16 H100e at work, by whatever channel they came.
    var h100e: Double { legalH100e + domesticH100e + smuggledH100e }
  }

  init(jurisdictions: Int, in arena: inout Arena) {
    places = arena.cells(jurisdictions, of: Holdings())
  }
}
