import Stochastics

/// Finds a box of draws in which cases are dense: the patient rule induction method (Friedman and Fisher 1999,
/// Statistics and Computing 9, 123), as scenario discovery uses it (Bryant and Lempert 2010, Technological
/// Forecasting and Social Change 77, 34).
///
/// From all draws, a thin slice is peeled off again and again: of each number the lowest and the highest draws are tried,
/// and the peel is made that raises the density most for each draw that it takes away. That is the default of the EMA
/// Workbench (`lenient1`), and so are the places of limits (halfway between draws) and what happens among equal peels
/// (the box with fewer limited numbers, then the number that comes first, its upper end before its lower one).
/// Then slices are pasted on again where that raises the density. Each box on the way is a step of the trajectory.
public struct PRIM: Sendable {
  /// How patient it is.
  public struct Patience: Hashable, Sendable {
    /// The share of the box that a peel takes away, within (0, 0.5).
    public let peel: Double
    /// The share of what is outside an end that a paste adds, within (0, 0.5).
    public let paste: Double
    /// The smallest share of all draws that a box may hold.
    public let leastMass: Double

    /// By default as the EMA Workbench has it.
    public init(peel: Double = 0.05, paste: Double = 0.05, leastMass: Double = 0.05) {
      precondition((0..<0.5).contains(peel) && peel > 0, "a peel of \(peel)")
      precondition((0..<0.5).contains(paste) && paste > 0, "a paste of \(paste)")
      (self.peel, self.paste, self.leastMass) = (peel, paste, leastMass)
    }
  }

  /// A box on the way.
  public struct Step: Hashable, Sendable {
    /// The box.
    public let box: DrawBox
    /// What is in it.
    public let tally: Tally
    /// For each limit of the box its quasi-p-value (``PRIM/quasiP(of:in:among:)``).
    public let quasiPs: [Double]
  }

  /// The draws.
  public let draws: LabelledDraws
  /// How patient it is.
  public let patience: Patience
  /// All draws that boxes are looked for in, of which masses are shares.
  private let total: Int
  /// By number the least and the largest value of those.
  private let ranges: [ClosedRange<Double>]
  /// The numbers that boxes may limit, rising.
  private let numbers: [Int]

  /// Looks among some of the draws.
  ///
  /// - Parameters:
  ///   - rows: 1 or more.
  ///   - numbers: those that boxes may limit; nil for all.
  public init(
    _ draws: LabelledDraws, among rows: [Int], limiting numbers: [Int]? = nil,
    patience: Patience = Patience()
  ) {
    precondition(!rows.isEmpty, "no draws to look for a box in")
    (self.draws, self.patience, total) = (draws, patience, rows.count)
    self.numbers = numbers?.sorted() ?? Array(draws.columns.indices)
    ranges = draws.columns.map { column in
      rows.reduce(column[rows[0]]...column[rows[0]]) { range, row in
        min(range.lowerBound, column[row])...max(range.upperBound, column[row])
      }
    }
  }

  /// The boxes on the way from all draws to a dense box, each within the one before while it peels.
  ///
  /// - Parameter rows: those that are left to look among, such as no box has yet.
  public func trajectory(among rows: [Int]) -> [Step] {
    var steps = [step(DrawBox(), draws.tally(rows), among: rows)]
    var members = rows
    var sorted = numbers.map { number in
      let column = draws.columns[number]
      return rows.sorted { (column[$0], $0) < (column[$1], $1) }
    }
    while let (box, kept) = peel(steps[steps.count - 1], members, sorted) {
      members = kept
      steps.append(step(box, draws.tally(kept), among: rows))
      var isMember = Array(repeating: false, count: draws.isCase.count)
      for row in kept { isMember[row] = true }
      for place in sorted.indices { sorted[place].removeAll { !isMember[$0] } }
    }
    while let step = paste(steps[steps.count - 1], among: rows) { steps.append(step) }
    return steps
  }

  private func step(_ box: DrawBox, _ tally: Tally, among rows: [Int]) -> Step {
    Step(
      box: box, tally: tally,
      quasiPs: box.limits.map { quasiP(of: $0, in: box, among: rows) })
  }

  /// The quasi-p-value of a limit: how likely the box would hold at least as many cases if its draws had the density of
  /// the box without that limit. It takes no account of how many limits were tried.
  ///
  /// - Parameter rows: those that the box was looked for among.
  public func quasiP(of limit: DrawBox.Limit, in box: DrawBox, among rows: [Int]) -> Double {
    let inside = draws.tally(draws.rows(rows, within: box))
    let wider = draws.tally(draws.rows(rows, within: box.without(limit)))
    guard wider.count > 0 else { return 1 }
    return TailProbability.binomial(
      atLeast: inside.cases, of: inside.count, probability: wider.density)
  }
}

// Peeling.
extension PRIM {
  /// A change of a box, and what it is worth.
  private struct Candidate {
    let limit: DrawBox.Limit
    /// What is in the box then.
    let tally: Tally
    /// The gain in density for each draw that the box loses or wins.
    let gain: Double
    let limitedNumbers: Int

    init(_ limit: DrawBox.Limit, _ tally: Tally, from old: Tally, limitedNumbers: Int) {
      (self.limit, self.tally, self.limitedNumbers) = (limit, tally, limitedNumbers)
      let density = tally.count > 0 ? tally.density : 0
      let change = abs(tally.count - old.count)
      gain = density == old.density || change == 0 ? 0 : (density - old.density) / Double(change)
    }

    func isBetter(than other: Candidate?) -> Bool {
      guard let other else { return true }
      return (gain, -limitedNumbers) > (other.gain, -other.limitedNumbers)
    }
  }

  private func isLargeEnough(_ tally: Tally) -> Bool {
    Double(tally.count) / Double(total) >= patience.leastMass
  }

  /// The best peel; nil where none raises the density and leaves enough.
  ///
  /// - Parameter sorted: for each of ``numbers`` the draws of the box, rising.
  private func peel(
    _ step: Step, _ members: [Int], _ sorted: [[Int]]
  ) -> (box: DrawBox, kept: [Int])? {
    var best: Candidate?
    let limited = Set(step.box.numbers)
    for (number, rows) in zip(numbers, sorted) {
      let column = draws.columns[number]
      let values = rows.map { column[$0] }
      let limitedNumbers = limited.count + (limited.contains(number) ? 0 : 1)
      for end in [DrawBox.End.upper, .lower] {
        let place = end == .upper ? 1 - patience.peel : patience.peel
        let limit = DrawBox.Limit(
          number: number, end: end, value: Self.limit(at: place, ofSorted: values))
        let lost = end == .upper ? rows.reversed() : rows
        let peeled = lost.prefix { !limit.allows(column[$0]) }
        let tally = Tally(
          count: step.tally.count - peeled.count,
          cases: step.tally.cases - peeled.count { draws.isCase[$0] })
        let candidate = Candidate(limit, tally, from: step.tally, limitedNumbers: limitedNumbers)
        if candidate.isBetter(than: best) { best = candidate }
      }
    }
    guard let best, best.gain > 0, best.tally.count < step.tally.count, isLargeEnough(best.tally)
    else { return nil }
    let column = draws.columns[best.limit.number]
    return (step.box.with(best.limit), members.filter { best.limit.allows(column[$0]) })
  }

  /// The value halfway between the two draws around a share of them. Where those are equal, the next ones towards the
  /// other end that differ: then all equal ones are taken away together.
  static func limit(at share: Double, ofSorted values: [Double]) -> Double {
    let place = Double(values.count - 1) * share
    var (low, high) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
    if share > 0.5 {
      while values[low] == values[high], low > 0 { low -= 1 }
    } else {
      while values[low] == values[high], high < values.count - 1 { high += 1 }
    }
    return (values[low] + values[high]) / 2
  }
}

// Pasting.
extension PRIM {
  /// The best paste; nil where none raises the density.
  private func paste(_ step: Step, among rows: [Int]) -> Step? {
    var best: (candidate: Candidate, box: DrawBox)?
    for number in step.box.numbers {
      for end in [DrawBox.End.lower, .upper] {
        guard let limit = step.box.limit(end, of: number),
          let box = pasted(limit, of: step.box, among: rows)
        else { continue }
        let candidate = Candidate(
          limit, draws.tally(draws.rows(rows, within: box)), from: step.tally,
          limitedNumbers: box.numbers.count)
        if candidate.isBetter(than: best?.candidate) { best = (candidate, box) }
      }
    }
    guard let (candidate, box) = best, candidate.gain > 0,
      candidate.tally.count > step.tally.count, isLargeEnough(candidate.tally),
      candidate.tally.density > step.tally.density
    else { return nil }
    return self.step(box, candidate.tally, among: rows)
  }

  /// The box with one limit moved outwards, over a share of the draws beyond it that satisfy all others.
  private func pasted(
    _ limit: DrawBox.Limit, of box: DrawBox, among rows: [Int]
  ) -> DrawBox? {
    let column = draws.columns[limit.number]
    let isLower = limit.end == .lower
    let beyond = draws.rows(rows, within: box.without(limit)).map { column[$0] }
      .filter { isLower ? $0 <= limit.value : $0 >= limit.value }.sorted()
    let share = isLower ? 1 - patience.paste : patience.paste
    let outermost =
      isLower ? ranges[limit.number].lowerBound : ranges[limit.number].upperBound
    let value = beyond.isEmpty ? outermost : Self.limit(at: share, ofSorted: beyond)
    // A limit that no draw is beyond is none.
    return value == outermost
      ? box.without(limit)
      : box.with(DrawBox.Limit(number: limit.number, end: limit.end, value: value))
  }
}
