/// How a result came about: what the data files do not say, because it may differ between two runs
/// of one input.
struct Manifest: Encodable {
  let program = "chokepoint"
  let version: String
  let scenario: String
  let inputSHA256: String
  let seed: UInt64
  let design: String
  let replicates: Int
  let replicatesFailed: Int
  let regimes: [String]
  let points: Int
  let cells: Int
  let quantiles: String
  let rulesKnownUntil: String
  let threads: Int
  let secondsElapsed: Double
  let started: String

  enum CodingKeys: String, CodingKey {
    case program, version, scenario
    case inputSHA256 = "input_sha256"
    case seed, design, replicates
    case replicatesFailed = "replicates_failed"
    case regimes, points, cells, quantiles
    case rulesKnownUntil = "rules_known_until"
    case threads
    case secondsElapsed = "seconds_elapsed"
    case started
  }
}

/// The version of the program, as results record it.
public enum ProgramVersion {
  /// Semantic version. A change of results is a change of version.
  public static let current = "0.4.0"
}
