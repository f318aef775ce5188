import Testing

@testable import PolicyModel

/// Matching what others have shown: a law in closed form, its limits, and what closes it.
@Suite struct CatchUpTests {
  /// A leader whose model of each month is better than the last one by its growth, from 0.
  private struct Leader: ~Copyable {
    private let memory: Memory
    var shown: Rows<ShownModel>

    init(growth: Double, months: Int, openness: Double = 0, isOpen: Bool = false) {
      var arena = Arena { _ = $0.rows(upTo: 2000) as Rows<ShownModel> }
      shown = arena.rows(upTo: 2000)
      memory = arena.memory
      for step in 0..<months {
        shown.append(
          ShownModel(
            step: step, lab: 0, side: ModelSide.leader.rawValue,
            logEffective: growth * Double(step) / 12, openness: openness, weights: isOpen ? 1 : 0,
            weightsForFollower: isOpen ? 1 : 0, servedBefore: Double(step + 1) / 12))
      }
    }
  }

  private static func level(
    _ leader: borrowing Leader, own: Double, from known: Double = -.infinity, rate: Double,
    at step: Int, of lab: Int = 1, under access: ModelAccess? = nil
  ) -> Double {
    leader.shown.level(
      matchedBy: own, from: known, of: lab, at: CatchUpRates(result: rate), step, under: access)
  }

  /// Months since the leader first had a level, as ``Frontier/measureLags(at:)`` counts them.
  private static func lag(of level: Double, growth: Double, at step: Int) -> Int {
    step - Int((level / growth * 12 - 1e-9).rounded(.up))
  }

  /// A follower D behind lags by D / (g + c), however long it goes on.
  @Test(arguments: [(2.0, 1.7), (2.0, 3.1), (1.0, 1.5), (2.3, 2.35)], [2.302585, 1, 3])
  func `the lag is flat while the ratio of own compute is`(rates: (Double, Double), behind: Double)
  {
    let (growth, rate) = rates
    let leader = Leader(growth: growth, months: 240)
    for step in stride(from: 60, to: 240, by: 7) {
      let own = growth * Double(step) / 12 - behind
      let level = Self.level(leader, own: own, rate: rate, at: step)
      let lag = Double(Self.lag(of: level, growth: growth, at: step))
      #expect(abs(lag - 12 * behind / (growth + rate)) <= 1, "\(lag) in month \(step)")
    }
  }

  /// Epoch AI: 7 months on average, 4 to 14; the follower's runs took a tenth of the leader's compute.
  @Test func `a tenth of the compute is about seven months`() {
    for (rate, months) in [(1.7, 4...8), (3.1, 4...8), (1.5, 5...9)] {
      let leader = Leader(growth: 2.3, months: 120)
      let level = Self.level(leader, own: 2.3 * 10 - 2.302585, rate: rate, at: 120)
      #expect(months.contains(Self.lag(of: level, growth: 2.3, at: 120)))
    }
  }

  @Test func `nobody matches more than was shown, or learns of itself, or without work of its own`()
  {
    let leader = Leader(growth: 2, months: 24)
    #expect(Self.level(leader, own: 1, rate: 20, at: 400) == 2 * 23.0 / 12)
    #expect(Self.level(leader, own: 1, rate: 20, at: 400, of: 0) == 1)
    #expect(Self.level(leader, own: 9, rate: 20, at: 400) == 9)
    #expect(Self.level(leader, own: -.infinity, rate: 20, at: 400) == -.infinity)
    #expect(Self.level(leader, own: 1, rate: 0, at: 400) == 1)
  }

  @Test func `more compute, more months and a higher rate never match less`() {
    let leader = Leader(growth: 2, months: 60)
    var before = -Double.infinity
    for own in stride(from: -3.0, to: 12, by: 0.01) {
      let level = Self.level(leader, own: own, rate: 1.3, at: 60)
      #expect(level >= before && level >= own)
      #expect(Self.level(leader, own: own, rate: 1.3, at: 61) >= level)
      #expect(Self.level(leader, own: own, rate: 1.4, at: 60) >= level)
      // What was known is not forgotten, and changes nothing else.
      #expect(Self.level(leader, own: own, from: level, rate: 1.3, at: 60) == level)
      before = level
    }
  }

  /// Years in which answers were closed teach the follower what gets through, and others everything.
  @Test func `closing answers stops what they teach while it lasts`() {
    let leader = Leader(growth: 2, months: 1)
    let rates = CatchUpRates(answers: 0.05)
    var access = ModelAccess()
    access.leaderServed = 25.0 / 12 + 0.5
    func level(_ access: ModelAccess?) -> Double {
      leader.shown.level(
        matchedBy: -1, from: -.infinity, of: 1, at: rates, 120, under: access)
    }
    #expect(abs(level(access) - (-1 + 0.05 * 2.5)) < 1e-12)
    #expect(abs(level(nil) - (-1 + 0.05 * 10)) < 1e-12)
  }

  /// Weights that were there when the model was shown stay, whatever is closed later.
  @Test func `weights that are out stay out`() {
    let open = Leader(growth: 2, months: 1, isOpen: true)
    let rates = CatchUpRates(weights: 0.05)
    var access = ModelAccess()
    access.leaderWeights = 0
    let level = open.shown.level(
      matchedBy: -1, from: -.infinity, of: 1, at: rates, 120, under: access)
    #expect(abs(level - (-1 + 0.05 * 10)) < 1e-12)
  }

  /// Published methods count by how much is published.
  @Test func `methods teach by their openness`() {
    let leader = Leader(growth: 2, months: 1, openness: 0.25)
    let level = leader.shown.level(
      matchedBy: -1, from: -.infinity, of: 1, at: CatchUpRates(methods: 0.08), 120, under: nil)
    #expect(abs(level - (-1 + 0.25 * 0.08 * 10)) < 1e-12)
  }
}
