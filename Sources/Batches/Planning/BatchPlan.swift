import FoundationEssentials
import PolicyModel
import Scenarios
import Simulation
public import Storage
public import Studies

/// A scenario file of a batch: what it asks for, what it is known by, and where its results go.
public struct PlannedExperiment: Sendable {
  /// The scenario with all points of its sweep.
  public let experiment: Experiment
  /// The whole file, written out.
  public let input: RunInput
  /// The path of its results, within the folder of the batch; empty for that folder itself.
  public let folder: String

  /// Adds a scenario file.
  public init(_ experiment: Experiment, folder: String) {
    self.experiment = experiment
    input = RunInput(experiment.scenario)
    self.folder = folder
  }

  /// What the scenario is called.
  public var name: String { experiment.scenario.name }
}

/// Scenarios that are computed together, cut into shards of whole blocks.
///
/// The blocks of each scenario are dealt out to the shards in turn, so that shards are about as long as
/// each other, and each holds a part of every scenario: a batch that is stopped is stopped everywhere.
public struct BatchPlan: Sendable {
  /// One scenario to be computed: a point of an experiment.
  struct Entry: Sendable {
    let scenario: Scenario

    /// Its blocks, in order.
    var blocks: Blocks { Block.blocks(of: scenario.run.replicates) }
  }

  /// Into how many shards a batch can be cut: more than any cluster has cores.
  public static let shardRange = 1...ShardNumber.most

  /// The scenario files, in order.
  public let experiments: [PlannedExperiment]
  /// Into how many shards they are cut.
  public let shards: Int
  /// Every point of every experiment, in order.
  let entries: [Entry]

  /// Plans a batch of at least one experiment and shard.
  public init(_ experiments: [PlannedExperiment], shards: Int) {
    precondition(
      !experiments.isEmpty && shards > 0, "\(experiments.count) scenarios in \(shards) shards")
    self.experiments = experiments
    self.shards = shards
    entries = experiments.flatMap { $0.experiment.points.map { Entry(scenario: $0) } }
  }

  /// The places of an experiment's points among all entries.
  func entries(of experiment: Int) -> Range<Int> {
    let first = experiments[..<experiment].reduce(0) { $0 + $1.experiment.points.count }
    return first..<first + experiments[experiment].experiment.points.count
  }

  /// The shard that computes a block of a scenario.
  func shard(of block: Block, of entry: Int) -> Int { (block.index + entry) % shards }

  /// The blocks of a scenario that a shard computes.
  func blocks(of entry: Int, in shard: Int) -> Blocks {
    let first = (shard - entry % shards + shards) % shards
    return Block.blocks(
      of: entries[entry].scenario.run.replicates, from: first, every: shards)
  }

  /// How many replicates a shard computes.
  public func replicates(in shard: Int) -> Int {
    entries.indices.reduce(0) { sum, entry in
      let blocks = blocks(of: entry, in: shard)
      // None but the last of a scenario is not full.
      return sum + blocks.dropLast().count * Block.size + (blocks.last?.replicates.count ?? 0)
    }
  }

  /// How many blocks a shard computes.
  public func blockCount(in shard: Int) -> Int { blocks(in: shard).count }

  /// The blocks of all scenarios that a shard computes, in order.
  func blocks(in shard: Int) -> [ShardFile.Done] {
    entries.indices.flatMap { entry in
      blocks(of: entry, in: shard).map { ShardFile.Done(scenario: entry, block: $0.index) }
    }
  }

  /// The hash of everything that results depend on, and of how they are cut.
  public var hash: String { SHA256.hex(bytes) }

  /// The plan as it is written beside the shards.
  var bytes: [UInt8] { JSONText.bytes(of: written) }

  private var written: Written {
    Written(
      version: ProgramVersion.current, shards: shards,
      scenarios: experiments.enumerated().map { place, experiment in
        Written.Scenario(
          name: experiment.name, inputSHA256: experiment.input.hash,
          folder: experiment.folder, file: Self.fileName(ofExperiment: place),
          points: experiment.experiment.points.count,
          blocks: entries[entries(of: place)].reduce(0) { $0 + $1.blocks.count })
      })
  }

  /// What the effective scenario of an experiment is called, beside the plan.
  static func fileName(ofExperiment place: Int) -> String { "scenario-\(place).yaml" }

  /// The form of a plan in its file.
  struct Written: Codable {
    var program = "chokepoint"
    let version: String
    let shards: Int
    let scenarios: [Scenario]

    struct Scenario: Codable {
      let name: String
      let inputSHA256: String
      let folder: String
      let file: String
      let points: Int
      let blocks: Int

      enum CodingKeys: String, CodingKey {
        case name
        case inputSHA256 = "input_sha256"
        case folder, file, points, blocks
      }
    }
  }
}
