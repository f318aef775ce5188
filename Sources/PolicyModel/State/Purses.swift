/// The money of owners, US dollars.
struct Purses: ~Copyable {
  /// By owner: what it means to spend this month.
  var plan: Cells<Double>
  /// By owner: what it has spent this month.
  var spent: Cells<Double>
  /// By owner: what is carried over from months before.
  var carried: Cells<Double>
  /// By owner: what it has brought forward from months to come.
  var ahead: Cells<Double>
  /// By owner: what it got this month for chips that were diverted.
  var resold: Cells<Double>
  /// By owner: log of what multiplies the yearly figures.
  var logLuck: Cells<Double>

  init(owners: Int, in arena: inout Arena) {
    plan = arena.cells(owners)
    spent = arena.cells(owners)
    carried = arena.cells(owners)
    ahead = arena.cells(owners)
    resold = arena.cells(owners)
    logLuck = arena.cells(owners)
  }
}
