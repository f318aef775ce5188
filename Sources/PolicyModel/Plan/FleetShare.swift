public import Quantities

/// A lab's share of the chips of one owner, by date.
public struct FleetShare: Hashable, Sendable {
  /// Whose chips: a place in ``Economy/owners``.
  public let owner: Int
  /// The share of the owner's chips at work at the ends of years, 0 to 1; rising by year. Empty where the
  /// lab's parameter is the share.
  public let atEnds: [YearlyFigure]

  /// States a share.
  public init(owner: Int, atEnds: [YearlyFigure] = []) {
    self.owner = owner
    self.atEnds = atEnds
  }

  /// What the lab's parameter multiplies in a month: the share, along straight lines from one December to the
  /// next and level outside; 1 where the parameter is the share.
  public func value(in month: Month) -> Double {
    guard let first = atEnds.first, let last = atEnds.last else { return 1 }
    if month <= first.december { return first.value }
    guard let next = atEnds.firstIndex(where: { month <= $0.december }) else { return last.value }
    let (earlier, later) = (atEnds[next - 1], atEnds[next])
    let way = Double(month - earlier.december) / Double(later.december - earlier.december)
    return earlier.value + (later.value - earlier.value) * way
  }
}

extension YearlyFigure {
  /// The last month of its year.
  fileprivate var december: Month { .december(of: year) }
}

/// What labs use of whose chips, month by month: worked out once for the mechanisms that ask.
struct FleetShares: Sendable {
  /// A lab's use of an owner's chips.
  struct Use: Sendable {
    /// A place in ``Economy/owners``.
    let owner: Int
    /// Its place in `monthly`.
    fileprivate let place: Int
  }

  /// By developer: the owners whose chips it uses.
  let uses: [[Use]]
  /// By developer: what multiplies its shares.
  let factors: [ParameterIndex]
  /// By step and use: the share before it is multiplied. One array, so that a month's are side by side.
  private let monthly: [Double]
  private let useCount: Int

  init(_ blueprint: Blueprint) {
    let developers = blueprint.layout.developers.map(\.developer)
    factors = developers.map(\.fleetFactor)
    let all = developers.flatMap(\.fleetShares)
    var place = 0
    uses = developers.map { developer in
      developer.fleetShares.map { share in
        defer { place += 1 }
        return Use(owner: share.owner, place: place)
      }
    }
    useCount = all.count
    monthly = (0..<blueprint.monthCount).flatMap { step in
      all.map { $0.value(in: blueprint.start + step) }
    }
  }

  /// The share of an owner's chips that a lab uses: never more than all of them.
  ///
  /// - Parameter factor: the value of the lab's parameter among ``factors``.
  func share(_ use: Use, at step: Int, times factor: Double) -> Double {
    min(1, monthly[step * useCount + use.place] * factor)
  }
}
