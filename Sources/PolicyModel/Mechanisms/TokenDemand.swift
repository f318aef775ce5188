import Glibc

/// Seconds of a day.
let secondsPerDay = 86_400.0

/// What users ask of labs in a month: how many tokens a day, and what one takes (docs/ODD.md 7.14).
///
///     tokens = users x tokens a user, both logistic: ceiling / (1 + (ceiling / first - 1) e^(-growth))
struct TokenDemand {
  /// Tokens a day that are asked of the follower's labs.
  let ofFollower: Double
  /// Tokens a day that are asked of all others.
  let ofOthers: Double
  /// FLOP for a token of a model of the reference size.
  private let flop: Double
  private let floor, sizeReference, sizeElasticity: Double

  /// Months count from the first one.
  init(
    _ parameters: borrowing FleetSplit.Parameters, _ world: borrowing World, months: Double
  ) {
    let years = months * yearsPerMonth
    let reasoningYears = max(0, months - world[parameters.reasoningFrom]) * yearsPerMonth
    let users = Self.saturating(
      from: world[parameters.usersAtFirst], to: world[parameters.usersCeiling],
      grown: world[parameters.adoption] * years)
    let tokens = Self.saturating(
      from: world[parameters.tokensAtFirst], to: world[parameters.tokensCeiling],
      grown: world[parameters.tokensGrowth] * years + world[parameters.reasoning] * reasoningYears)
    ofFollower = users * tokens * world[parameters.followerPart]
    ofOthers = users * tokens * (1 - world[parameters.followerPart])
    flop = world[parameters.flopPerToken] * exp(-world[parameters.efficiency] * years)
    floor = world[parameters.flopFloor]
    sizeReference = world[parameters.sizeReference]
    sizeElasticity = world[parameters.sizeElasticity]
  }

  /// FLOP for a token of what a lab serves: its largest model, which is its own work whatever it learns from
  /// others, or one of the reference size before it has any.
  ///
  /// - Parameter size: the model's training FLOP; 0 where there is none.
  func flopPerToken(size: Double) -> Double {
    let factor = size > 0 ? exp(sizeElasticity * log(size / sizeReference)) : 1
    return max(floor, flop * factor)
  }

  /// A number that grows from its first value, ever more slowly, to its ceiling; at the ceiling from the start
  /// where its first value is above.
  ///
  /// - Parameter growth: log growth so far, had there been no ceiling.
  static func saturating(from first: Double, to ceiling: Double, grown growth: Double) -> Double {
    guard first < ceiling else { return ceiling }
    return ceiling / (1 + (ceiling / first - 1) * exp(-growth))
  }
}
