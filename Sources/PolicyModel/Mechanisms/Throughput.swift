import Quantities
import Simulation
import Stochastics

/// Phase: how fast chips are at training and at decoding (docs/ODD.md 7.4).
///
/// Reads parameters; writes `throughput`.
///
///     F_pre = stack x peak(format) x MFU / (1 + phi (x - 1))
///     x     = (BF16 peak / BF16 peak of the reference chip) (its interconnect / interconnect)
///     F_dec = stack x min(decode_peak_share x BF16 peak, memory bandwidth x intensity)
///
/// A chip that is fast for its links spends more of its time on communication that computing
/// does not hide: phi is that share of time on the reference chip (the H100).
///
/// Switched off, a documented run takes as long on every chip as on the one it was documented on, and
/// work that is known as FLOP is done at stack x peak of that chip. In an economy chips still differ:
/// F_pre is stack x peak, without MFU and links, and F_dec has an intensity of 1 FLOP a byte up to the
/// whole peak.
struct Throughput: Mechanism {
  static let id = MechanismID(rawValue: 3)
  static let name = "throughput"
  static let scope = MechanismScope.always
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let mfu = Handle(
      "mfu", "1", 0.01...1,
      "Model FLOP utilisation that the reference chip would reach, of dense peak.")
    let coDesigned = Handle(
      "exposed_communication_co_designed", "1", 0...1,
      """
      Share of time on exposed communication on the reference chip, for runs whose model and \
      communication were designed together.
      """)
    let tensorParallel = Handle(
      "exposed_communication_tensor_parallel", "1", 0...1,
      """
      Share of time on exposed communication on the reference chip, for dense layers split \
      over a server.
      """)
    let unknownParallelism = Handle(
      "exposed_communication_unknown", "1", 0...1,
      """
      Share of time on exposed communication on the reference chip, where nobody said how the \
      run was spread.
      """)
    let intensity = Handle(
      "decode_intensity_flop_per_byte", "flop_per_byte", 0.1...10_000,
      "FLOP done for each byte read from memory while decoding.")
    let decodePeakShare = Handle(
      "decode_peak_share", "1", 0.01...1,
      "Share of peak that decoding can reach when memory does not limit it.")
    let rolloutShare = Handle(
      "rollout_share_of_rl", "1", 0...1,
      """
      Share of the hours of reinforcement learning spent on rollouts (decoding), on the \
      documented chip.
      """)
    let interruptionLoss = Handle(
      "interruption_loss", "1", 0...0.99,
      """
      Share of chip-hours lost to interruptions, for work that is known as FLOP; documented \
      hours have it in them.
      """)
  }

  private let parameters: Parameters
  private let referenceRatio: Double

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    let reference = blueprint.world[blueprint.world.referenceChip]
    referenceRatio = ThroughputLaw.speedOverLinks(reference)
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.throughput = ThroughputLaw(
      mfu: world[parameters.mfu],
      exposed: ExposedCommunication(
        coDesigned: world[parameters.coDesigned], tensorParallel: world[parameters.tensorParallel],
        unknown: world[parameters.unknownParallelism]),
      intensity: FlopPerByte(world[parameters.intensity]),
      decodePeakShare: world[parameters.decodePeakShare],
      rolloutShare: world[parameters.rolloutShare],
      interruptionLoss: world[parameters.interruptionLoss],
      referenceSpeedOverLinks: referenceRatio, isOn: true)
  }
}

/// Share of time on exposed communication on the reference chip, by parallelism.
struct ExposedCommunication: Sendable {
  let coDesigned: Double
  let tensorParallel: Double
  let unknown: Double

  subscript(parallelism: Parallelism) -> Double {
    switch parallelism {
    case .coDesigned: coDesigned
    case .tensorParallel: tensorParallel
    case .unknown: unknown
    }
  }
}

/// The law of ``Throughput`` with its numbers: rates of any chip.
struct ThroughputLaw: Sendable {
  let mfu: Double
  let exposed: ExposedCommunication
  let intensity: FlopPerByte
  let decodePeakShare: Double
  let rolloutShare: Double
  let interruptionLoss: Double
  let referenceSpeedOverLinks: Double
  /// Off, all chips take as long for a documented run as the documented one.
  let isOn: Bool

  /// Before the first step, and for as long as the mechanism is switched off.
  static let off = ThroughputLaw(
    mfu: 1, exposed: ExposedCommunication(coDesigned: 0, tensorParallel: 0, unknown: 0),
    intensity: FlopPerByte(1), decodePeakShare: 1, rolloutShare: 0, interruptionLoss: 0,
    referenceSpeedOverLinks: 1, isOn: false)

  /// Peak BF16 FLOP/s for each GB/s of links.
  static func speedOverLinks(_ chip: Chip) -> Double {
    guard let interconnect = chip.interconnect else { return .nan }
    return chip.peak.bf16.value / interconnect.value
  }

  /// The rate of one chip at training.
  func pretraining(
    _ chip: Chip, format: NumberFormat, parallelism: Parallelism
  ) -> FlopPerSecond {
    let peak = chip.peak[format] ?? chip.peak.bf16
    let crowding = Self.speedOverLinks(chip) / referenceSpeedOverLinks
    let slowdown = 1 + exposed[parallelism] * (crowding - 1)
    return peak * (chip.stackEfficiency.value * mfu / slowdown)
  }

  /// The rate of one chip at decoding: serving, and the rollouts of reinforcement learning.
  func decoding(_ chip: Chip) -> FlopPerSecond {
    let limitOfMemory = chip.memoryBandwidth.value * 1e9 * intensity.value
    let limitOfPeak = decodePeakShare * chip.peak.bf16.value
    return FlopPerSecond(chip.stackEfficiency.value * min(limitOfPeak, limitOfMemory))
  }

  /// The hours that `used` takes for what `documented` does in one.
  func relativeTime(
    of stage: Stage, on used: Chip, documentedOn documented: Chip, run: ScriptedRun
  ) -> Double {
    guard isOn, used.id != documented.id else { return 1 }
    let training =
      pretraining(documented, format: run.format, parallelism: run.parallelism)
      / pretraining(used, format: run.format, parallelism: run.parallelism)
    let decoding = decoding(documented) / decoding(used)
    switch stage {
    case .reinforcementLearning: return rolloutShare * decoding + (1 - rolloutShare) * training
    case .dataGeneration, .inference: return decoding
    case .preparation, .pretraining, .contextExtension, .postTraining, .failed, .experiments,
      .acquisition, .fleet:
      return training
    }
  }
}
