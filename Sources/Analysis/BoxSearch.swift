import Stochastics

/// Boxes in which cases are dense, found in one half of the draws and judged on the other.
///
/// One box after the other is found by ``PRIM``, each among the draws that those before it do not hold (covering). Of each
/// trajectory one step is chosen; then limits that chance makes easily are taken out. Whatever is found by trying many
/// limits looks better than it is on the draws it was found on, so what a box is worth is counted on the others.
public struct BoxSearch: Sendable {
  /// Which step of a trajectory is chosen.
  public enum Choice: Hashable, Sendable {
    /// The one that holds the largest excess of cases over what as many draws taken at random would hold: mass times what
    /// the density is above that of all draws (weighted relative accuracy; Lavrac, Flach and Zupan 1999).
    case largestExcess
    /// The first one that is at least so dense; the densest, where none is.
    case density(Double)
    /// The one at a place, from 0; the last, where there are fewer.
    case step(Int)
  }

  /// What a box holds of some draws.
  public struct Score: Hashable, Sendable {
    /// What is in it.
    public let inside: Tally
    /// What it was looked for among: draws that no box before it holds.
    public let left: Tally
    /// All draws.
    public let all: Tally

    /// The share of its draws that are cases.
    public var density: Double { inside.density }
    /// The share of all cases that are in it; NaN without any.
    public var coverage: Double { Double(inside.cases) / Double(all.cases) }
    /// The share of all draws that are in it.
    public var mass: Double { Double(inside.count) / Double(all.count) }
    /// How likely as many draws, taken at random from those that were left, hold at least as many cases.
    public var chance: Double {
      TailProbability.hypergeometric(
        atLeast: inside.cases, in: inside.count, ofAll: left.cases, in: left.count)
    }
  }

  /// A limit of a box with what speaks for it.
  public struct SoundLimit: Hashable, Sendable {
    /// The limit.
    public let limit: DrawBox.Limit
    /// Its quasi-p-value (``PRIM/quasiP(of:in:among:)``), on the draws that the box was found on.
    public let quasiP: Double
    /// The same on the other draws, where it was not chosen as the best of many.
    public let heldOutQuasiP: Double
  }

  /// A box that was found.
  public struct Finding: Sendable {
    /// The whole way of peels and pastes.
    public let trajectory: [PRIM.Step]
    /// The step that was chosen.
    public let step: Int
    /// The limits of that step which chance is unlikely to make, by number.
    public let limits: [SoundLimit]
    /// What it holds of the draws that it was found on.
    public let found: Score
    /// What it holds of the other draws.
    public let heldOut: Score
    /// The box.
    public var box: DrawBox { DrawBox(limits.map(\.limit)) }
  }

  /// The draws.
  public let draws: LabelledDraws
  /// Those that boxes are found on.
  public let finding: [Int]
  /// Those that they are judged on.
  public let judging: [Int]
  /// A limit stays if its quasi-p-value is no larger: what the EMA Workbench calls significant. That is lenient where the
  /// best of many limits was taken, which is why boxes are judged on other draws.
  public static let largestQuasiP = 0.1
  /// The numbers that boxes may limit, by place: those whose values differ most between cases and others. Among too many
  /// numbers that do nothing, peeling finds nothing else: the best of hundreds of thin slices is always chance's.
  public let numbers: [Int]
  /// How differently each number's values are spread over cases and others on the draws that boxes are found on, 0 to 1
  /// (Kolmogorov and Smirnov).
  public let distances: [Double]
  private let prim: PRIM

  /// Looks for boxes.
  ///
  /// - Parameters:
  ///   - numberCount: how many numbers boxes may limit.
  ///   - finding: draws that boxes are found on, 1 or more.
  ///   - judging: other draws, which they are judged on.
  public init(
    _ draws: LabelledDraws, finding: [Int], judging: [Int], numberCount: Int = 10,
    patience: PRIM.Patience = PRIM.Patience()
  ) {
    (self.draws, self.finding, self.judging) = (draws, finding, judging)
    let distances = draws.columns.map { draws.distance(alongColumn: $0, among: finding) }
    self.distances = distances
    let order = distances.indices.sorted { (distances[$1], $0) < (distances[$0], $1) }
    numbers = order.prefix(numberCount).sorted()
    prim = PRIM(draws, among: finding, limiting: numbers, patience: patience)
  }

  /// The boxes, the first before those that cover what it leaves; none where no limit stands out from chance.
  ///
  /// It ends where a box would be no denser than all draws are, or would rest on fewer than `leastCases`.
  public func findings(_ choice: Choice, atMost most: Int, leastCases: Int) -> [Finding] {
    var (left, others) = (finding, judging)
    var findings: [Finding] = []
    while findings.count < most, draws.tally(left).cases >= leastCases {
      let finding = finding(choice, among: left, judgedAmong: others)
      guard !finding.limits.isEmpty, finding.found.density > finding.found.all.density else {
        break
      }
      findings.append(finding)
      left.removeAll { draws.contains(finding.box, $0) }
      others.removeAll { draws.contains(finding.box, $0) }
    }
    return findings
  }

  private func finding(
    _ choice: Choice, among left: [Int], judgedAmong others: [Int]
  ) -> Finding {
    let trajectory = prim.trajectory(among: left)
    let step = Self.place(choice, of: trajectory)
    let box = sound(trajectory[step].box, among: left)
    let limits = box.limits.map { limit in
      SoundLimit(
        limit: limit, quasiP: prim.quasiP(of: limit, in: box, among: left),
        heldOutQuasiP: prim.quasiP(of: limit, in: box, among: others))
    }
    func score(_ rows: [Int], of all: [Int]) -> Score {
      Score(
        inside: draws.tally(draws.rows(rows, within: box)), left: draws.tally(rows),
        all: draws.tally(all))
    }
    return Finding(
      trajectory: trajectory, step: step, limits: limits, found: score(left, of: finding),
      heldOut: score(others, of: judging))
  }

  private static func place(_ choice: Choice, of trajectory: [PRIM.Step]) -> Int {
    switch choice {
    case .step(let place): return min(place, trajectory.count - 1)
    case .density(let least):
      return trajectory.firstIndex { $0.tally.density >= least }
        ?? first(trajectory) { $0.tally.density }
    case .largestExcess:
      let density = trajectory[0].tally.density
      return first(trajectory) { Double($0.tally.count) * ($0.tally.density - density) }
    }
  }

  /// The first of the steps at which something is largest.
  private static func first(_ steps: [PRIM.Step], _ measure: (PRIM.Step) -> Double) -> Int {
    let measures = steps.map(measure)
    return measures.indices.reduce(0) { measures[$1] > measures[$0] ? $1 : $0 }
  }

  /// What stays of a box: the limit that chance makes most easily is taken out, again and again, until none is left that
  /// it makes too easily.
  private func sound(_ box: DrawBox, among rows: [Int]) -> DrawBox {
    var box = box
    while true {
      let limits = box.limits.map { (limit: $0, quasiP: prim.quasiP(of: $0, in: box, among: rows)) }
      guard let worst = limits.max(by: { $0.quasiP < $1.quasiP }), worst.quasiP > Self.largestQuasiP
      else { return box }
      box = box.without(worst.limit)
    }
  }
}
