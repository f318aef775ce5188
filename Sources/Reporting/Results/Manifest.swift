import PolicyModel
import Quantities
import Scenarios
import Stochastics
import Storage

/// How a result came about: what the data files do not say, because it may differ between two runs
/// of one input.
struct Manifest: Encodable {
  private let program = "chokepoint"
  private let version = ProgramVersion.current
  /// What was run; of a comparison, ``scenarios``.
  private var scenario: String?
  private var scenarios: [String]?
  private let inputSHA256: String
  /// The hashes of what a comparison compares.
  private var inputs: [String]?
  private let seed: UInt64
  private let design: String
  private let replicates: Int
  private let replicatesFailed: Int
  private let regimes: [String]
  private var points: Int?
  private var cells: Int?
  private var quantiles: String?
  private var rulesKnownUntil: String?
  private let threads: Int
  private let secondsElapsed: Double
  private let started: String

  enum CodingKeys: String, CodingKey {
    case program, version, scenario, scenarios
    case inputSHA256 = "input_sha256"
    case inputs = "inputs_sha256"
    case seed, design, replicates
    case replicatesFailed = "replicates_failed"
    case regimes, points, cells, quantiles
    case rulesKnownUntil = "rules_known_until"
    case threads
    case secondsElapsed = "seconds_elapsed"
    case started
  }

  private init(
    _ run: RunSettings, design: String? = nil, replicates: Int? = nil, inputSHA256: String,
    replicatesFailed: Int, regimes: [String], _ circumstances: RunCircumstances
  ) {
    self.inputSHA256 = inputSHA256
    seed = run.seed
    self.design = design ?? run.design.rawValue
    self.replicates = replicates ?? run.replicates
    self.replicatesFailed = replicatesFailed
    self.regimes = regimes
    threads = circumstances.threads
    secondsElapsed = circumstances.seconds
    started = circumstances.started
  }

  /// Of the results of a scenario, or of the points of its sweep.
  init(
    _ input: RunInput, replicatesFailed: Int, points: Int, cells: Int, quantiles: String,
    _ circumstances: RunCircumstances
  ) {
    let scenario = input.scenario
    self.init(
      scenario.run, inputSHA256: input.hash, replicatesFailed: replicatesFailed,
      regimes: scenario.blueprint.regimes.map(\.id), circumstances)
    self.scenario = scenario.name
    (self.points, self.cells, self.quantiles) = (points, cells, quantiles)
    rulesKnownUntil = BuiltInFacts.current.rulesKnownUntil.description
  }

  /// Of a study of a scenario, at so many points of a design of its own.
  init(
    studying input: RunInput, by design: String, inputSHA256: String, points: Int, failed: Int,
    _ circumstances: RunCircumstances
  ) {
    let scenario = input.scenario
    self.init(
      scenario.run, design: design, replicates: points, inputSHA256: inputSHA256,
      replicatesFailed: failed,
      regimes: scenario.blueprint.regimes.map(\.id), circumstances)
    (self.scenario, inputs) = (scenario.name, [input.hash])
    rulesKnownUntil = BuiltInFacts.current.rulesKnownUntil.description
  }

  /// Of a comparison of scenarios.
  init(
    scenarios: [String], inputSHA256: String, inputs: [String], _ run: RunSettings,
    replicatesFailed: Int, regimes: [String], _ circumstances: RunCircumstances
  ) {
    self.init(
      run, inputSHA256: inputSHA256, replicatesFailed: replicatesFailed, regimes: regimes,
      circumstances)
    (self.scenarios, self.inputs) = (scenarios, inputs)
  }
}
