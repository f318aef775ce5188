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
    referenceRatio = reference.speedOverLinks
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
