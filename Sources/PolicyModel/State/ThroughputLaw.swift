import Quantities

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

  /// The rate of one chip at training.
  func pretraining(
    _ chip: Chip, format: NumberFormat, parallelism: Parallelism
  ) -> FlopPerSecond {
    pretraining(chip, format: format, exposed: exposed[parallelism])
  }

  /// The rate of one chip at training.
  ///
  /// - Parameters:
  ///   - exposed: share of time on exposed communication on the reference chip.
  ///   - hidden: share of the communication that was exposed at first and is hidden by now.
  func pretraining(
    _ chip: Chip, format: NumberFormat, exposed: Double, hidden: Double = 0
  ) -> FlopPerSecond {
    pretraining(
      peak: chip.peak[format] ?? chip.peak.bf16, stackEfficiency: chip.stackEfficiency.value,
      speedOverLinks: chip.speedOverLinks, exposed: exposed, hidden: hidden)
  }

  /// The same for a chip of which no more is at hand than it takes.
  func pretraining(
    peak: FlopPerSecond, stackEfficiency: Double, speedOverLinks: Double, exposed: Double,
    hidden: Double
  ) -> FlopPerSecond {
    let crowding = speedOverLinks / referenceSpeedOverLinks
    // Hiding takes from the time that this chip waits, whatever its links: no chip gets slower by it.
    let slowdown = 1 + exposed * (crowding - 1) - hidden * exposed * crowding
    return peak * (stackEfficiency * mfu / slowdown)
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
      .modelExperiments,
      .acquisition, .fleet:
      return training
    }
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
