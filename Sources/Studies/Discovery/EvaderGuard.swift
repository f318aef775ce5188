/// What scenario discovery does not look for, since it would be a search on behalf of whoever gets around a rule
/// (docs/responsible-use.md).
///
/// - Of figures of what gets around rules, the aim may only be that of whoever makes and enforces them, and conditions are
///   looked for under which it is met, not under which it fails.
/// - How diverted chips are moved is never a condition, whatever the figure: it is varied with everything else, and not
///   named.
package enum EvaderGuard {
  /// Figures of what gets around rules, and which way whoever enforces them wants each.
  static let wanted: [String: Aim.Direction] = [
    "smuggled_chips": .less, "smuggled_chips_cumulative": .less, "smuggled_h100e_cumulative": .less,
    "diverted_chips": .less, "diverted_from_chips": .less, "stock_smuggled_h100e": .less,
    "seized_chips": .more, "seized_chips_cumulative": .more, "grey_price_multiple": .more,
    "remote_h100e": .less, "stock_offshore_h100e": .less,
  ]

  /// Figures of which neither way can be told from an evader's: more of the premium is dearer diversion, or more of it.
  static let neitherWay: Set = ["grey_premium_cumulative_usd"]

  /// Figures that are of what gets around rules for the restricted side alone.
  private static let ofFollowerAlone: Set = ["remote_h100e", "stock_offshore_h100e"]

  /// Numbers that say how diverted chips are moved: consignments, second attempts, other places, answers to margins.
  package static let numbersOfEvaders: Set = [
    "grey_market.consignment_size", "grey_market.consignment_spread",
    "grey_market.margin_elasticity", "grey_market.reattempted_share", "grey_market.rerouted_share",
  ]

  /// Numbers of the grey market that may be conditions: how large it is, who would buy, at which prices, what can be
  /// diverted at all, and what is done against it.
  package static let numbersOfTheWorld: Set = [
    "grey_market.capacity_per_month", "grey_market.capacity_growth_per_year",
    "grey_market.willing_large_clouds", "grey_market.willing_others",
    "grey_market.seizure_shrinkage", "grey_market.most_consignments", "grey_market.multiple_low",
    "grey_market.multiple_high", "grey_market.enforcement", "grey_market.seizure_rate",
    "grey_market.transit_permit_effect", "grey_market.divertible_share",
    "grey_market.stop_hazard_per_year",
  ]

  /// Whether a figure is of what gets around rules.
  ///
  /// - Parameter isFollower: whether it is the restricted side's.
  static func isGuarded(_ metric: String, isFollower: Bool) -> Bool {
    let isOfEvasion = wanted.keys.contains(metric) || neitherWay.contains(metric)
    return isOfEvasion && (isFollower || !ofFollowerAlone.contains(metric))
  }

  /// Why an aim is refused; nil where it is not.
  static func refusal(of aim: Aim, metric: String, isFollower: Bool) -> String? {
    guard isGuarded(metric, isFollower: isFollower) else { return nil }
    let reason =
      "\(metric) measures what gets around rules, and nothing here searches on an evader's behalf "
      + "(docs/responsible-use.md)"
    guard let wanted = wanted[metric] else {
      return reason + ": ask about smuggled_chips_cumulative or seized_chips_cumulative"
    }
    guard aim.direction != wanted else { return nil }
    return wanted == .less
      ? reason + ": aim for less of it, such as --aim \"at most 100000\""
      : reason + ": aim for more of it, such as --aim \"at least 1000\""
  }

  /// The outcomes whose conditions are looked for.
  static func outcomes(of aim: Aim, metric: String, isFollower: Bool) -> [Aim.Outcome] {
    isGuarded(metric, isFollower: isFollower) ? [.met] : aim.outcomes
  }
}
