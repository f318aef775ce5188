import Quantities
import Testing

@testable import PolicyModel

/// The closed forms of docs/ODD.md 7.4.
@Suite struct ThroughputLawTests {
  private let h100 = TestChips.h100.chip
  private let h800 = TestChips.h800.chip
  private let h20 = TestChips.h20.chip

  private func law(
    mfu: Double = 0.375, phi: Double = 0.02, intensity: Double = 20, rollouts: Double = 0.7
  ) -> ThroughputLaw {
    ThroughputLaw(
      mfu: mfu,
      exposed: ExposedCommunication(coDesigned: phi, tensorParallel: phi, unknown: phi),
      intensity: FlopPerByte(intensity), decodePeakShare: 0.6, rolloutShare: rollouts,
      interruptionLoss: 0.08, referenceSpeedOverLinks: h100.speedOverLinks,
      isOn: true)
  }

  private func rate(_ chip: Chip, _ law: ThroughputLaw) -> Double {
    law.pretraining(chip, format: .bf16, parallelism: .unknown).value
  }

  @Test func theReferenceChipReachesItsMFU() {
    #expect(abs(rate(h100, law(phi: 0.3)) / (0.375 * 989e12) - 1) < 1e-12)
  }

  /// x of the H800 is 900 / 400, so that its time is 1 + 1.25 phi.
  @Test(arguments: [
    (0.005, 1.00625), (0.02, 1.025), (0.05, 1.0625), (0.08, 1.1), (0.25, 1.3125),
  ])
  func slowerLinksCostTime(phi: Double, expected: Double) {
    let law = law(phi: phi)
    #expect(abs(rate(h100, law) / rate(h800, law) - expected) < 1e-12)
  }

  /// x of the H20 is 148 / 989: slow for its links, it waits less than the H100 does.
  @Test func h20IsSomeSevenTimesWeaker() {
    #expect(abs(rate(h100, law(phi: 0)) / rate(h20, law(phi: 0)) - 6.6824) < 1e-4)
    let atTenth = rate(h100, law(phi: 0.1)) / rate(h20, law(phi: 0.1))
    #expect(abs(atTenth - 6.6824 * (1 + 0.1 * (148.0 / 989 - 1))) < 1e-4)
  }

  @Test func softwareScalesEveryRate() {
    var figures = TestChips.h100
    figures.stackEfficiency = 0.5
    let law = law()
    #expect(rate(figures.chip, law) == rate(h100, law) / 2)
    #expect(law.decoding(figures.chip).value == law.decoding(h100).value / 2)
  }

  @Test func theFormatDecidesWhichPeakCounts() {
    let law = law()
    let bf16 = law.pretraining(h100, format: .bf16, parallelism: .unknown)
    let fp8 = law.pretraining(h100, format: .fp8, parallelism: .unknown)
    let fp4 = law.pretraining(h100, format: .fp4, parallelism: .unknown)
    #expect(abs(fp8 / bf16 - 1979.0 / 989) < 1e-12)
    #expect(fp4 == bf16)
  }

  /// The H20 meets the ceiling of its computing at 0.6 x 148e12 / 4e12 = 22.2 FLOP/byte; the H100
  /// overtakes it where 3.35e12 I = 0.6 x 148e12, at 26.5.
  @Test func memoryDecidesDecodingBelowTheCrossover() {
    for intensity in [1.0, 10, 22, 26.4] {
      let law = law(intensity: intensity)
      #expect(law.decoding(h20) > law.decoding(h100))
    }
    for intensity in [26.6, 60, 1000] {
      let law = law(intensity: intensity)
      #expect(law.decoding(h20) < law.decoding(h100))
    }
    #expect(law(intensity: 10).decoding(h20).value == 4e13)
    #expect(abs(law(intensity: 22.3).decoding(h20).value / 88.8e12 - 1) < 1e-12)
    #expect(law(intensity: 22.1).decoding(h20).value < 88.8e12)
    #expect(abs(law(intensity: 1e6).decoding(h100).value / 593.4e12 - 1) < 1e-12)
  }

  @Test func stagesMixTrainingAndDecoding() throws {
    let world = SmallWorld(runs: [.init(id: "run", stages: [.init(id: "rl", hours: 1)])])
    let run = try world.model().blueprint.world.runs[0]
    let law = law(phi: 0.1, intensity: 20, rollouts: 0.7)
    func time(_ stage: Stage) -> Double {
      law.relativeTime(of: stage, on: h20, documentedOn: h800, run: run)
    }
    let training = 989.0 / 148 * (1 + 0.1 * (148.0 / 989 - 1)) / 1.125
    let decoding = 3350.0 / 4000
    #expect(abs(time(.pretraining) - training) < 1e-12)
    #expect(abs(time(.preparation) - training) < 1e-12)
    #expect(abs(time(.dataGeneration) - decoding) < 1e-12)
    let both = 0.7 * decoding + 0.3 * training
    #expect(abs(time(.reinforcementLearning) - both) < 1e-12)
  }

  @Test func theDocumentedChipTakesExactlyItsTime() throws {
    let world = SmallWorld(runs: [.init(id: "run", stages: [.init(id: "rl", hours: 1)])])
    let run = try world.model().blueprint.world.runs[0]
    for stage in Stage.allCases where stage.isDocumented {
      for law in [law(mfu: 0.2, phi: 0.31), law(mfu: 0.6, phi: 0), .off] {
        #expect(law.relativeTime(of: stage, on: h800, documentedOn: h800, run: run) == 1)
      }
    }
    #expect(
      ThroughputLaw.off.relativeTime(of: .pretraining, on: h20, documentedOn: h800, run: run)
        == 1)
  }
}
