public import Analysis
import PolicyModel
public import Scenarios
import Simulation
import Wording

/// How much memory a run takes, worked out before it begins.
///
/// It grows with cells, and with replicates only as long as every value is kept (``QuantileRule``).
public struct RunFootprint: Sendable {
  /// Values that one replicate records, under all regimes.
  public let cells: Int
  /// Runs of each regime.
  public let replicates: Int
  /// How its quantiles will be made.
  public let quantileRule: QuantileRule
  /// What it takes, in bytes.
  public let bytes: Double
  /// What it takes on the disk that grows with replicates, in bytes: a line of `parameters.csv` for each, and
  /// what each block came to, until it is finished.
  let diskBytes: Double

  /// Works out what a scenario takes when so many slices are computed at the same time.
  public init(of scenario: Scenario, threads: Int) {
    self.init(
      of: scenario.cellPlan(of: scenario.model), replicates: scenario.run.replicates,
      exactValues: scenario.run.exactValues, threads: threads,
      uncertainties: scenario.blueprint.parameters.uncertainties.count)
  }

  /// Works out what an ensemble takes.
  ///
  /// - Parameter passing: values of a replicate that are computed on the way, and not taken in.
  init(
    of plan: CellPlan, replicates: Int, exactValues: Int, threads: Int, passing: Int = 0,
    uncertainties: Int = 0
  ) {
    cells = plan.valueCount
    self.replicates = replicates
    quantileRule = QuantileRule(replicates: replicates, of: plan, exactValues: exactValues)
    let value = Double(MemoryLayout<Double>.stride)
    // Slices that are computed, that wait, and that are being taken in.
    let underWay = Double(min(replicates, (2 * threads + 1) * Slice.size) * cells) * value
    let onTheWay = Double(min(replicates, threads * Slice.size) * passing) * value
    let kept =
      switch quantileRule {
      case .exact: Double(replicates * cells) * value
      case .binned(let bits):
        Double(cells + 2 * plan.pairCount)
          * (Self.bytesPerTally + Self.octavesInUse * Double(2 << bits))
      }
    let ofBlock = quantileRule == .exact ? 0 : Double(cells + 2 * plan.pairCount) * 3 * value
    diskBytes =
      Double(replicates)
      * (Double(uncertainties) * Self.bytesPerDraw + ofBlock / Double(Block.size))
    bytes =
      Self.program + Double(cells) * Self.bytesPerSummary + underWay + onTheWay + kept
  }

  // Measured on results of a hundred to a million replicates (docs/performance.md).

  /// Summary and comparison of a column, their rows in tables, and the text of those.
  private static let bytesPerSummary = 1500.0
  /// A column's moments, apart from its bins.
  private static let bytesPerTally = 300.0
  /// Powers of two that the values of a usual column are spread over.
  private static let octavesInUse = 12.0
  /// A number of `parameters.csv`.
  private static let bytesPerDraw = 19.0
  /// The program with its facts.
  private static let program = 40e6

  /// Whether somebody should know before it begins.
  public var isLarge: Bool { bytes > 500e6 || quantileRule != .exact }

  /// What it takes, in a line.
  public var words: String {
    let size = NumberWords.grouped(bytes / 1e9, decimals: bytes < 10e9 ? 1 : 0)
    return "records \(NumberWords.grouped(Double(cells))) cells in "
      + "\(NumberWords.grouped(Double(replicates))) replicates, about \(size) GB of memory"
      + (diskBytes < 10e9 ? "" : " and \(NumberWords.grouped(diskBytes / 1e9)) GB of disk")
      + (quantileRule.words.map { "; \($0)" } ?? "")
  }

  /// Why it can't be run on a machine with so much memory, and what to do; nil if it can.
  public func refusal(machineBytes: Double) -> String? {
    guard bytes > 0.8 * machineBytes else { return nil }
    let size = NumberWords.grouped(machineBytes / 1e9, decimals: 1)
    return "\(words); this machine has \(size) GB, and a run may take four fifths of it. "
      + "Record fewer metrics (`metrics:` in the file) or run fewer regimes at a time: "
      + "memory grows with cells"
  }
}

/// All that decides how much a scenario records: scenarios of one shape have one footprint.
struct RecordedShape: Hashable {
  private let world: WorldPlan
  private let switchedOff: Set<String>
  private let metrics: [String]?
  private let numbers: [Int]

  init(of scenario: Scenario) {
    let (blueprint, run) = (scenario.blueprint, scenario.run)
    world = blueprint.world
    switchedOff = blueprint.switchedOff
    metrics = scenario.metrics
    numbers = [
      blueprint.monthCount, blueprint.regimes.count, blueprint.thresholds.count, run.replicates,
      run.exactValues, blueprint.estimates.estimates.count, blueprint.derived.metrics.count,
    ]
  }
}

extension QuantileRule {
  /// What a reader of quantiles must know; nil when they are exact.
  package var words: String? {
    switch self {
    case .exact: nil
    case .binned:
      "quantiles from bins, off by at most \(NumberWords.percent(relativeError, decimals: 2)) of "
        + "themselves (near zero by \(NumberWords.percent(errorNearZero, decimals: 2)) of the "
        + "largest magnitude)"
    }
  }
}
