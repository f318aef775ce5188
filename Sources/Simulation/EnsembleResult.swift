import Stochastics

/// What the runs of a design recorded, all of it or some cells, as columns over replicates.
///
/// A replicate that failed under any regime is left out under all of them, so that the same place
/// in two columns is always the same world.
public struct EnsembleResult: Sendable {
  /// The regimes, the reference first.
  public let regimes: [String]

  /// What the cells of a run are.
  public let layout: CellLayout

  /// How many replicates were asked for.
  public let replicatesPlanned: Int

  /// The numbers of the replicates that are in the columns, rising.
  public private(set) var replicates: [Int] = []

  /// The draws of those replicates; none unless they are kept.
  public private(set) var draws: [ParameterDraw] = []

  private let keepsDraws: Bool

  /// The cells that are kept; nil where all are.
  private let cells: [Int]?

  /// The runs that failed.
  public private(set) var failures: [ReplicateFailure] = []

  /// Slice by slice every column that is kept, as ``SliceResult/values`` has them, without failed replicates.
  private var slices: [(values: [Double], replicates: Int)] = []

  /// An empty result, into which slices are folded in their order.
  ///
  /// - Parameters:
  ///   - cells: whose values to keep; all if none are named.
  ///   - keepsDraws: whether to keep draws, which can be drawn again (``Engine/draws(of:)``).
  public init(
    regimes: [String], layout: CellLayout, replicatesPlanned: Int, keeping cells: [Int]? = nil,
    keepsDraws: Bool = true
  ) {
    self.keepsDraws = keepsDraws
    self.cells = cells
    self.regimes = regimes
    self.layout = layout
    self.replicatesPlanned = replicatesPlanned
  }

  /// The values of a cell that is kept under a regime, one for each of ``replicates``; NaN where missing.
  public func values(regime: Int, cell: Int) -> [Double] {
    guard let place = cells.map({ $0.firstIndex(of: cell) }) ?? cell else {
      preconditionFailure("cell \(cell) is not kept")
    }
    let column = regime * (cells?.count ?? layout.cellCount) + place
    var values: [Double] = []
    values.reserveCapacity(replicates.count)
    for slice in slices {
      let first = column * slice.replicates
      values += slice.values[first..<first + slice.replicates]
    }
    return values
  }

  /// Adds the next slice.
  public mutating func fold(_ result: SliceResult) {
    failures += result.failures
    let computed = result.computed
    replicates += computed.replicates
    if keepsDraws { draws += computed.draws }
    let count = computed.replicates.count
    let values =
      cells.map { cells in
        regimes.indices.flatMap { regime in
          cells.flatMap { cell in
            let first = (regime * layout.cellCount + cell) * count
            return computed.values[first..<first + count]
          }
        }
      } ?? computed.values
    slices.append((values, count))
  }
}

extension SliceResult {
  /// What was recorded of the replicates that could be computed under every regime; without draws, where
  /// the slice has none.
  public var computed: (replicates: [Int], draws: [ParameterDraw], values: [Double]) {
    guard !failures.isEmpty else { return (Array(slice.replicates), draws, values) }
    let failed = Set(failures.map(\.replicate))
    let size = slice.replicates.count
    let kept = slice.replicates.enumerated().filter { !failed.contains($0.element) }
    let columns = stride(from: 0, to: values.count, by: size)
    return (
      kept.map(\.element), draws.isEmpty ? [] : kept.map { draws[$0.offset] },
      columns.flatMap { first in kept.map { values[first + $0.offset] } }
    )
  }
}
