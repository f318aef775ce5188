/// What foreign suppliers have to sell.
struct Supply: ~Copyable {
  /// By family: dies that can be sold this month.
  var dies: Cells<Double>
  /// By family: dies that its yearly figures give this month.
  var planned: Cells<Double>
  /// By family: dies a month that its lines could make, by what was planned of it so far.
  var lines: Cells<Double>
  /// By family: dies a month that are ordered beyond what was planned, smoothed; below 0 where less is.
  var ordersBeyond: Cells<Double>
  /// By family: what a die takes of its supplier's packaging and memory, as a share of what all that is planned
  /// takes.
  var need: Cells<Double>
  /// By family: dies made this month.
  var made: Cells<Double>
  /// By family: dies made so far, those that were there in the first month included.
  var madeCumulative: Cells<Double>
  /// By family: unsold dies that were given up so far.
  var lapsed: Cells<Double>
  /// By family: log of what multiplies the yearly figures.
  var logLevel: Cells<Double>
  /// By supplier: packages this month.
  var packages: Cells<Double>
  /// By supplier: memory stacks this month.
  var stacks: Cells<Double>

  init(families: Int, suppliers: Int, in arena: inout Arena) {
    dies = arena.cells(families)
    planned = arena.cells(families)
    lines = arena.cells(families)
    ordersBeyond = arena.cells(families)
    need = arena.cells(families)
    made = arena.cells(families)
    madeCumulative = arena.cells(families)
    lapsed = arena.cells(families)
    logLevel = arena.cells(families)
    packages = arena.cells(suppliers)
    stacks = arena.cells(suppliers)
  }
}

/// The follower's own chip industry: the fabs, packaging and memory that its designers share, and what
/// each of them has in stock.
@dynamicMemberLookup
struct DomesticIndustry: ~Copyable {
  /// What holds output back.
  enum Limit: Sendable { case dies, memory, packaging, demand }

  // By supplier; nothing for foreign ones.

  /// Dies from the follower's own fabs that are not packaged yet.
  var dies: Cells<Double>
  /// Dies from foreign fabs that are not packaged yet.
  var foreignDies: Cells<Double>
  /// Stacks of the designer's own memory.
  var ownStacks: Cells<Double>
  /// Dies from the follower's own fabs this month.
  var diesMade: Cells<Double>

  /// By chip: chips made this month.
  var made: Cells<Double>

  var figures = Figures()

  /// What is no column.
  struct Figures: Sendable {
    /// Wafers a month.
    var wafers = 0.0
    /// Chips a month that can be packaged.
    var packages = 0.0
    /// What home makers of memory can make for anybody, over what they could at first.
    var homeMemoryGrown = 1.0
    /// What designers can make for themselves, over what they could at first.
    var ownMemoryGrown = 1.0
    /// Stacks in stock that any designer may use, foreign or home-made.
    var stacks = 0.0
    /// Foreign stacks bought this month.
    var stacksBought = 0.0
    /// Chips a month that buyers would take, over some months.
    var demand = 0.0
    /// What held output back this month; nil before the first.
    var limit: Limit?
  }

  /// The figures, as if they were the part's own.
  @inline(__always) subscript<Value>(dynamicMember path: WritableKeyPath<Figures, Value>) -> Value {
    get { figures[keyPath: path] }
    set { figures[keyPath: path] = newValue }
  }

  init(_ layout: EconomyLayout, in arena: inout Arena) {
    let suppliers = layout.economy.suppliers.count
    dies = arena.cells(suppliers)
    foreignDies = arena.cells(suppliers)
    ownStacks = arena.cells(suppliers)
    diesMade = arena.cells(suppliers)
    made = arena.cells(layout.chipCount)
  }

  /// Chips made this month, all kinds together.
  var chipsMade: Double { made.reduce(0, +) }
}
