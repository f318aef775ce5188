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
  /// Whether it counts against a cap on TPP.
  let isUnderTPPCap: Bool
  /// Units that caps still allow.
  var unitsLeft: Double
  /// Units wanted in the round that is being served.
  var wanted = 0.0
  /// Units sold this month.
  var sold = 0.0
}

/// What clearing needs of a chip, whoever buys it.
struct ChipTrade: Sendable {
  /// The family whose dies it takes; nil for the follower's own chips.
  let family: Int?
  let diesPerChip: Double
  let memoryStacks: Double
  let h100e: Double
  let tpp: Double
}
