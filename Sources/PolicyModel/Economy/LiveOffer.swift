/// One chip on offer in one market in one month, with all that a round of clearing needs of it side by
/// side: the rounds walk these some ten times a month, and walking the tables by chip and market
/// instead took a fifth of a run.
struct LiveOffer: Sendable {
  let market: Int
  let chip: Int
  let cell: Int
  /// The family whose dies it takes; nil for the follower's own chips.
  let family: Int?
  /// Whether its market is the follower's home.
  let isAtHome: Bool
  /// Whether rules hold its market back.
  let isRestricted: Bool
  let diesPerChip: Double
  let memoryStacks: Double
  let h100e: Double
  let tpp: Double
  /// What a buyer pays, duty included, US dollars.
  let price: Double
  /// Share of the month in which it may be sold.
  let sellable: Double
  /// Share of what is aimed at it in the first round that may be bought.
  let buyableFirst: Double
  /// How much it counts in the first round, barred parts of the catalogue included.
  let firstWeight: Double
  /// How much it counts in later rounds.
  let laterWeight: Double
  /// Whether it counts against a cap on TPP.
  let isUnderTPPCap: Bool
  /// Units that caps still allow.
  var unitsLeft: Double
  /// Units wanted in the round that is being served.
  var wanted = 0.0
  /// Units sold this month.
  var sold = 0.0

  /// How much it counts in a round.
  func weight(isFirst: Bool) -> Double { isFirst ? firstWeight : laterWeight }
}
