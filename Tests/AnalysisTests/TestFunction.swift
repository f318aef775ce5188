import Glibc
import Simulation
import Stochastics

/// A function of uncertain numbers, and of a number that merely happens, as a model that the engine runs.
struct TestFunction: Model {
  let value: @Sendable (_ numbers: [Double], _ chance: Double) -> Double
  let timeline = Timeline(stepCount: 1, stepYears: 1)
  let regimes = ["all"]
  let phases: [Phase<[Double]>]
  let parameterSpace: ParameterSpace
  let stepColumns: [Column] = []
  let outcomeColumns = [
    Column(entity: "world", metric: Metric(name: "y", unit: "1", definition: "The value."))
  ]

  /// A function of so many numbers, uniform on a range.
  init(
    of count: Int, on range: ClosedRange<Double>,
    _ value: @escaping @Sendable (_ numbers: [Double], _ chance: Double) -> Double
  ) throws {
    self.value = value
    parameterSpace = ParameterSpace(
      uncertainties: try (0..<count).map {
        .init(
          name: "x\($0 + 1)", unit: "1",
          distribution: try .uniform(range.lowerBound, range.upperBound))
      })
    phases = [
      Phase("happen") { state, step in
        var stream = step.replicate.stream(MechanismID(rawValue: 903))
        state = [value(state, stream.uniform())]
      }
    ]
  }

  var names: [String] { parameterSpace.uncertainties.map(\.name) }

  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> [Double] { draw.values }
  func recordStep(_ state: [Double], into recorder: inout Recorder) {}
  func recordOutcomes(_ state: [Double], into recorder: inout Recorder) {
    if state[0].isNaN { recorder.recordMissing() } else { recorder.record(state[0]) }
  }

  /// What the engine makes of it at the points of a design.
  func values(at design: Design) async throws -> [Double] {
    try await Engine(model: self, design: design).runKeeping([0], threads: 2)
      .values(regime: 0, cell: 0)
  }
}

/// Functions whose indices are known.
enum KnownFunction {
  /// Ishigami and Homma (1990) with a = 7 and b = 0.1, and so much chance added: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin
  /// x1 on (-pi, pi).
  static func ishigami(chance: Double = 0) throws -> TestFunction {
    try TestFunction(of: 3, on: -.pi ... .pi) { x, happens in
      let (sin1, sin2) = (sin(x[0]), sin(x[1]))
      return sin1 + 7 * sin2 * sin2 + 0.1 * x[2] * x[2] * x[2] * x[2] * sin1
        + chance * (happens - 0.5)
    }
  }

  /// First-order and total indices of its three numbers and of chance.
  static func indicesOfIshigami(chance: Double = 0) -> (first: [Double], total: [Double]) {
    let (a, b, pi4) = (7.0, 0.1, Double.pi * .pi * .pi * .pi)
    let (one, two) = ((1 + b * pi4 / 5) * (1 + b * pi4 / 5) / 2, a * a / 8)
    let (together, happens) = (8 * b * b * pi4 * pi4 / 225, chance * chance / 12)
    let all = one + two + together + happens
    return (
      [one, two, 0, happens].map { $0 / all },
      [one + together, two, together, happens].map { $0 / all }
    )
  }

  static let weights = [0, 1, 4.5, 9, 99, 99, 99, 99]

  /// The g-function of Sobol with the weights of Saltelli et al. (2010): the product of (|4 x - 2| + a) / (1 + a) on
  /// (0, 1).
  static func g() throws -> TestFunction {
    try TestFunction(of: 8, on: 0...1) { x, _ in
      zip(x, weights).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
    }
  }

  /// First-order and total indices of its eight numbers and of chance.
  static var indicesOfG: (first: [Double], total: [Double]) {
    let parts = weights.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let product = parts.reduce(1) { $0 * (1 + $1) }
    return (
      parts.map { $0 / (product - 1) } + [0],
      parts.map { $0 * product / (1 + $0) / (product - 1) } + [0]
    )
  }
}
