import Glibc
import Simulation
import Stochastics

/// Eight labs over forty quarters, as small as a model of chips, money and algorithms can be: the
/// workload on which Chokepoint's engine is held to NumPy and Mesa (`Benchmarks/Peers`).
///
/// It is written as anybody outside the package would write a model, against the public API alone.
struct Labs: Model {
  /// Everything that changes during one run: the labs, by their number.
  typealias State = [Lab]

  let timeline = Timeline(stepCount: 40, stepYears: 0.25)
  let regimes = ["restricted"]
  let parameterSpace = ParameterSpace.certain
  let stepColumns: [Column]
  let outcomeColumns: [Column] = []

  private let opening: [Lab]
  private let quarter: LabQuarter

  /// The workload with so many labs.
  init(count: Int = 8) {
    opening = (0..<count).map { Lab(number: $0) }
    quarter = LabQuarter(labCount: count, quarterCount: timeline.stepCount)
    stepColumns = (0..<count).flatMap { lab in
      Lab.metrics.map { Column(entity: "\(lab)", metric: $0) }
    }
  }

  var phases: [Phase<[Lab]>] { [Phase("quarter", advance: quarter.advance)] }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> [Lab] { opening }

  func recordStep(_ labs: [Lab], into recorder: inout Recorder) {
    for lab in labs {
      recorder.record(lab.chips)
      recorder.record(lab.budget)
      recorder.record(lab.efficiency)
      recorder.record(lab.cost)
      recorder.record(lab.effectiveCompute)
      recorder.record(lab.capability)
    }
  }

  func recordOutcomes(_ labs: [Lab], into recorder: inout Recorder) {}
}

/// One lab.
struct Lab {
  /// Chips in use.
  var chips: Double
  /// Money a quarter [USD].
  var budget: Double
  /// Algorithmic efficiency, 1 at the start.
  var efficiency = 1.0
  /// What chips and their operation cost in the quarter [USD].
  var cost = 0.0
  /// Compute of the quarter, times efficiency [FLOP].
  var effectiveCompute = 0.0
  /// Its logarithm to the base 10.
  var capability = 0.0

  /// A lab as it is before the first quarter: each is larger than the one before it.
  init(number: Int) {
    chips = 10_000 * pow(1.35, Double(number))
    budget = 2e8 * pow(1.3, Double(number))
  }

  /// What is recorded of it, in this order.
  static let metrics = [
    Metric(name: "chips", unit: "1", definition: "Chips in use."),
    Metric(name: "budget", unit: "usd", definition: "Money of the quarter."),
    Metric(name: "efficiency", unit: "1", definition: "Algorithmic efficiency."),
    Metric(name: "cost", unit: "usd", definition: "Cost of chips and of their operation."),
    Metric(name: "effective_compute", unit: "flop", definition: "Compute times efficiency."),
    Metric(name: "capability", unit: "1", definition: "Logarithm of effective compute."),
  ]
}
