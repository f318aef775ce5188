import Storage
import PolicyModel
import Reporting
import Scenarios
import Simulation

/// What `benchmark replicates` prints. The first measurement is the one that others are held to.
struct ReplicatesReport {
  private let scenario: Scenario
  private let measurements: [Measurement]

  init(_ scenario: Scenario, _ measurements: [Measurement]) {
    self.scenario = scenario
    self.measurements = measurements
  }

  /// A heading and a table: medians, with the least and the most in brackets.
  var text: String {
    let (replicates, model) = (scenario.run.replicates, scenario.model)
    let labs = scenario.blueprint.world.labs.count
    let labMonths = Double(labs * model.timeline.stepCount * model.regimes.count)
    var table = ReportTable([
      "work", "CPU us/replicate", "(least to most)", "x draws", "(least to most)", "wall s",
      "us/lab-month",
    ])
    for measurement in measurements {
      let cpu = Spread(measurement.cpuSeconds.map { $0 / Double(replicates) * 1e6 })
      let ratio = Spread(ratios(of: measurement))
      table.append([
        measurement.name, cpu.median.rounded(to: 2),
        "(\(cpu.least.rounded(to: 2)) to \(cpu.most.rounded(to: 2)))",
        ratio.median.rounded(to: 1),
        "(\(ratio.least.rounded(to: 1)) to \(ratio.most.rounded(to: 1)))",
        Spread(measurement.wallSeconds).median.rounded(to: 3),
        (cpu.median / labMonths).rounded(to: 3),
      ])
    }
    return """
      \(scenario.name): \(replicates) replicates x \(model.regimes.count) regimes, \
      \(model.parameterSpace.uncertainties.count) draws a replicate, \
      \(model.timeline.stepCount) steps, \(labs) labs; \(measurements[0].cpuSeconds.count) rounds
      \(table.text)

      """
  }

  /// Every measurement.
  var json: String {
    let report = Report(
      scenario: scenario.name, replicates: scenario.run.replicates,
      regimes: scenario.model.regimes.count,
      drawsPerReplicate: scenario.model.parameterSpace.uncertainties.count,
      measurements: measurements)
    return String(decoding: JSONText.bytes(of: report), as: UTF8.self)
  }

  private struct Report: Encodable {
    let scenario: String
    let replicates: Int
    let regimes: Int
    let drawsPerReplicate: Int
    let measurements: [Measurement]
  }

  /// CPU time over that of the draws alone in the same round.
  private func ratios(of measurement: Measurement) -> [Double] {
    zip(measurement.cpuSeconds, measurements[0].cpuSeconds).map { $0 / $1 }
  }
}
