import Glibc

/// The best models of each side, month by month, with the past that the reference models give.
@dynamicMemberLookup
struct Frontier: ~Copyable {
  var figures: Figures
  /// By jurisdiction, the log of the effective compute of its best model, month by month.
  private var best: Cells<Double>
  /// Months of the past in front of each jurisdiction's, and how many there are with them.
  private let past, months: Int
  /// By jurisdiction: where the search for what the other side had has got to.
  private var reached: Cells<Int>
  private let other: Cells<Int>
  /// By jurisdiction: log of the effective compute of its best own work, what was learnt left out.
  private var own: Cells<Double>
  /// By jurisdiction: where the search for what the other side had of that has got to.
  private var reachedOwn: Cells<Int>
  /// The models that were released, in order, but for those that teach nobody anything.
  private(set) var shown: Rows<ShownModel>
  private let labCount: Int
  private var efficiencies: Cells<Double>

  /// By jurisdiction: months behind the other side; nil when it has never had what this one has, or
  /// before there is any model.
  private(set) var lag: Cells<Int?>
  /// By jurisdiction: months behind the other side that its own work alone would be.
  private(set) var unaidedLag: Cells<Int?>
  /// By jurisdiction: FLOP of the largest run whose model was released.
  private(set) var largestFlop: Cells<Double>
  /// By jurisdiction: the largest amortised cost of a run whose model was released, US dollars.
  private(set) var largestCost: Cells<Double>
  /// By jurisdiction: how the cost of its largest runs has grown.
  private(set) var costTrends: Cells<CostTrend>
  /// What is no column.
  struct Figures {
    /// Experiment compute of the leader's median lab in the first month, FLOP/s.
    var referenceCompute = 1.0
    /// Log of the best efficiency that has been public so far; less than any before there is one.
    var published = -Double.infinity
    /// How effective compute is read as capability.
    var curve = CapabilityCurve.logLinear
    /// Effective FLOP of the models that people know.
    var gpt4 = 1.0
    var v3 = 1.0
  }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(_ layout: EconomyLayout, steps: Int, in arena: inout Arena) {
    let economy = layout.economy
    let past = (economy.referenceModels.map { -$0.released }.max() ?? 0) + 1
    self.past = past
    let months = past + steps
    self.months = months
    let count = economy.jurisdictions.count
    best = arena.cells(count * months) { cell in
      let (place, month) = (cell / months, cell % months)
      let known = economy.referenceModels.filter {
        $0.jurisdiction == place && month < past && month >= $0.released + past
      }
      return known.map { log($0.effectiveFlop) }.max() ?? -.infinity
    }
    reached = arena.cells(count, of: 0)
    other = arena.cells(count) { $0 == economy.leader ? economy.follower : economy.leader }
    own = arena.cells(count) { place in
      let known = economy.referenceModels.filter { $0.jurisdiction == place }
      return known.map { log($0.effectiveFlop) }.max() ?? -.infinity
    }
    reachedOwn = arena.cells(count, of: 0)
    labCount = layout.developers.count
    shown = arena.rows(upTo: economy.referenceModels.count + labCount * steps)
    efficiencies = arena.cells(labCount * steps)
    lag = arena.cells(count, of: nil)
    unaidedLag = arena.cells(count, of: nil)
    largestFlop = arena.cells(count)
    largestCost = arena.cells(count)
    costTrends = arena.cells(count, of: CostTrend())
    figures = Figures()
  }

  /// Shows the models from before the first month.
  mutating func showPast(_ economy: Economy) {
    for model in economy.referenceModels { shown.append(ShownModel(model, in: economy)) }
  }

  /// Shows a model to everybody, unless an earlier one teaches all that it could.
  mutating func show(_ model: ShownModel) {
    for place in shown.indices where shown[place].teachesAll(that: model) { return }
    shown.append(model)
  }

  /// Where a jurisdiction's month stands in `best`; months of the past are before step 0.
  private func cell(_ place: Int, at step: Int) -> Int { place * months + past + step }

  /// Begins a month with what there was before.
  mutating func open(_ step: Int) {
    for place in other.indices {
      best[cell(place, at: step)] = best[cell(place, at: step - 1)]
    }
  }

  /// Adds a model to its side.
  mutating func add(_ model: FinishedModel, of place: Int, at step: Int) {
    raise(place, to: model.logEffective, at: step)
    largestFlop[place] = max(largestFlop[place], model.flop)
    own[place] = max(own[place], model.logOwn)
  }

  /// Takes down what the work of a lab has come to match.
  mutating func raise(_ place: Int, to logEffective: Double, at step: Int) {
    let now = cell(place, at: step)
    best[now] = max(best[now], logEffective)
  }

  /// Takes down what the run behind a release has cost; of the largest run so far also how it compares.
  mutating func note(cost: Double, flop: Double, of place: Int, at step: Int) {
    largestCost[place] = max(largestCost[place], cost)
    guard flop >= largestFlop[place], flop > 0, cost > 0 else { return }
    costTrends[place].add(flop: flop, cost: cost, years: Double(step) * yearsPerMonth)
  }

  /// How far each side is behind the other. What a side has never falls, so that each search goes on
  /// from where the last one stopped.
  mutating func measureLags(at step: Int) {
    for place in other.indices where place != other[place] {
      reached[place] = search(
        for: best[cell(place, at: step)], of: place, from: reached[place], to: step)
      lag[place] = months(since: reached[place], of: best[cell(place, at: step)], at: step)
      reachedOwn[place] = search(for: own[place], of: place, from: reachedOwn[place], to: step)
      unaidedLag[place] = months(since: reachedOwn[place], of: own[place], at: step)
    }
  }

  /// Where the other side first had a level; beyond the step when it never had.
  private func search(for level: Double, of place: Int, from start: Int, to step: Int) -> Int {
    var month = start
    while month <= past + step, best[other[place] * months + month] < level { month += 1 }
    return month
  }

  /// The lag of a level that the other side first had in a month; nil for no level, 0 when it never had.
  private func months(since month: Int, of level: Double, at step: Int) -> Int? {
    guard level > -.infinity else { return nil }
    return month > past + step ? 0 : past + step - month
  }

  /// Log of the effective compute of a side's best model at a step; nil before any.
  func logEffective(of place: Int, at step: Int) -> Double? {
    let value = best[cell(place, at: step)]
    return value > -.infinity ? value : nil
  }

  /// Months until a side matched what another had at a step; nil when it never did.
  func matchingMonths(of place: Int, against other: Int, at step: Int, last: Int) -> Int? {
    let level = best[cell(other, at: step)]
    guard level > -.infinity else { return nil }
    return (0...last).first { best[cell(place, at: $0)] >= level }.map {
      max(0, $0 - step)
    }
  }

  /// Takes down a lab's log efficiency.
  mutating func record(_ logEfficiency: Double, of lab: Int, at step: Int) {
    efficiencies[step * labCount + lab] = logEfficiency
  }

  /// A lab's log efficiency at an earlier step.
  func efficiency(of lab: Int, at step: Int) -> Double { efficiencies[step * labCount + lab] }
}

/// How effective compute is read as capability, in orders of magnitude near GPT-4.
struct CapabilityCurve: Sendable {
  /// Weight of the saturating reading, 0 to 1.
  let share: Double
  let floor: Double
  let scale: Double
  let exponent: Double
  let logReference: Double

  /// log10 of effective compute.
  static let logLinear = CapabilityCurve(
    share: 0, floor: 1, scale: 1, exponent: 1, logReference: 0)

  private static let ln10 = 2.302585092994046

  /// Capability at the log of effective compute; strictly rising, so that lags do not depend on it.
  func capability(_ logEffective: Double) -> Double {
    let linear = logEffective / Self.ln10
    guard share > 0 else { return linear }
    let term = scale * exp(-exponent * logEffective)
    let atReference = scale * exp(-exponent * logReference)
    let slope = exponent * atReference / (floor + atReference)
    let gained = log(floor + atReference) - log(floor + term)
    let saturating = (logReference + gained / slope) / Self.ln10
    return (1 - share) * linear + share * saturating
  }
}
