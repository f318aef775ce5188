import Glibc
import PolicyModel
public import Scenarios
import Simulation

/// How much memory a run takes, worked out before it begins.
///
/// Quantiles are exact, so every recorded value is kept to the end: memory grows with cells and
/// replicates.
public struct RunFootprint: Sendable {
  /// Values that one replicate records, under all regimes.
  public let cells: Int
  /// Runs of each regime.
  public let replicates: Int
  /// What it takes, in bytes.
  public let bytes: Double

  /// Works out what a scenario takes when so many blocks are computed at the same time.
  public init(of scenario: Scenario, threads: Int) {
    let model = scenario.model
    let layout = Engine(model: model, design: scenario.design).layout
    cells = model.regimes.count * layout.cellCount
    replicates = scenario.run.replicates
    let uncertainties = model.parameterSpace.uncertainties.count
    let kept = EnsembleResult.bytes(
      replicates: replicates, cells: cells, uncertainties: uncertainties)
    let underWay = EnsembleResult.bytes(
      replicates: min(replicates, threads * Block.size), cells: cells,
      uncertainties: uncertainties)
    let tables =
      Double(replicates * uncertainties) * Self.bytesPerParameter
      + Double(cells) * Self.bytesPerSummary
    bytes = kept + underWay + tables + Self.program
  }

  // Measured on results of a hundred to forty thousand replicates (docs/performance.md).

  /// A cell of the table of draws, and its text.
  private static let bytesPerParameter = 48.0
  /// Summary and comparison of a column, their rows in tables, and the text of those.
  private static let bytesPerSummary = 1500.0
  /// The program with its facts.
  private static let program = 30e6

  /// Whether somebody should know before it begins.
  public var isLarge: Bool { bytes > 500e6 }

  /// What it takes, in a line.
  public var words: String {
    let size = NumberWords.grouped(bytes / 1e9, decimals: bytes < 10e9 ? 1 : 0)
    return "records \(NumberWords.grouped(Double(cells))) cells in "
      + "\(NumberWords.grouped(Double(replicates))) replicates, about \(size) GB of memory"
  }

  /// Why it can't be run on a machine with so much memory, and what to do; nil if it can.
  public func refusal(machineBytes: Double) -> String? {
    guard bytes > 0.8 * machineBytes else { return nil }
    let size = NumberWords.grouped(machineBytes / 1e9, decimals: 1)
    let most = 0.8 * machineBytes / bytes * Double(replicates)
    let fitting = Int(NumberWords.rounded(down: max(1, most), digits: 2))
    return "\(words); this machine has \(size) GB, and a run may take four fifths of it. "
      + "Record fewer metrics (`metrics:` in the file) or run fewer replicates: "
      + "--replicates \(fitting) would fit"
  }

  /// The memory of this machine, or of the part of it that this process may use.
  public static var machineBytes: Double {
    let physical = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    let limit = try? FileSystem.read("/sys/fs/cgroup/memory.max")
    let text = limit.map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\n").first
    return text.flatMap { Double($0) }.map { min($0, physical) } ?? physical
  }
}
