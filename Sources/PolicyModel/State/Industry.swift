/// What foreign suppliers have to sell.
struct Supply: ~Copyable {
  /// By family: dies that can be sold this month.
  var dies: Cells<Double>
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
    made = arena.cells(families)
    madeCumulative = arena.cells(families)
    lapsed = arena.cells(families)
    logLevel = arena.cells(families)
    packages = arena.cells(suppliers)
    stacks = arena.cells(suppliers)
  }
}

/// The follower's own chip industry.
struct DomesticIndustry: Sendable {
  /// What holds output back.
  enum Limit: Sendable { case dies, memory, packaging }

  /// Wafers this month.
  var wafers = 0.0
  /// Dies in stock, home-made and foreign-made.
  var dies = 0.0
  /// Memory stacks in stock.
  var stacks = 0.0
  /// Chips made this month.
  var made = 0.0
  /// Which chip that was.
  var madeChip: ChipIndex?
  /// What held output back this month; nil before the first.
  var limit: Limit?
}
