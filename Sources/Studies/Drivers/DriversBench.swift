import Analysis
import Documents
import PolicyModel
import Scenarios
import Simulation
import Stochastics

/// Runs a scenario under the designs that tell what a figure of it rests on.
struct DriversBench {
  let question: FigureQuestion
  private let file: String
  private let overrides: Overrides
  private let threads: Int
  /// The scenario, with the regimes that are run.
  let scenario: Scenario
  /// Runs each parameter draw under several realisations.
  let engine: Engine<PolicyModel>
  /// Where the figure stands.
  let cell: Int

  init(
    _ question: FigureQuestion, file: String, overrides: Overrides, threads: Int
  ) throws {
    let whole = try Scenario(contentsOf: file, overrides: overrides)
    try question.requireRegimes(of: whole)
    var overrides = overrides
    overrides.regimes = question.regimes(of: whole)
    let scenario = try Scenario(contentsOf: file, overrides: overrides)
    let design = try Self.design(of: scenario)
    (engine, cell) = try question.figure.engine(of: scenario, under: design)
    if engine.layout.isTimeOfEvent(cell) {
      throw CommandLineFault(
        "\(question.figure.metric) is a time, which may be never: "
          + "ask about the metric whose level it is the time of")
    }
    (self.question, self.file, self.overrides) = (question, file, overrides)
    (self.threads, self.scenario) = (threads, scenario)
  }

  /// Every parameter draw of the scenario, each under several realisations.
  private static func design(of scenario: Scenario) throws -> Design {
    let names = scenario.blueprint.parameters.uncertainties.map(\.name)
    guard !names.isEmpty else {
      throw CommandLineFault("nothing is uncertain in \(scenario.name)")
    }
    let least = RankRegression.leastReplicates(inputs: names.count)
    guard scenario.run.replicates >= least else {
      throw CommandLineFault(
        "\(names.count) uncertain numbers take at least \(least) replicates to be told apart, "
          + "not \(scenario.run.replicates): give --replicates")
    }
    let realisations = DriversAnswer.realisationsPerDraw
    return try Design(
      scenario.run.design, replicates: scenario.run.replicates * realisations,
      seed: scenario.run.seed, parameters: names, crossing: .nested(realisations: realisations))
  }
}

// All numbers vary.
extension DriversBench {
  /// What came of all draws.
  struct Sample {
    /// The figure, draw by draw under each realisation; NaN where missing.
    let values: [Double]
    /// The same of the regime itself; nil where it is the figure.
    let ofRegime: [Double]?
    /// For each unknown number its values, draw by draw.
    let inputs: [[Double]]
    let failed: Int
  }

  func sample(progress: (Int, Int) -> Void) async throws -> Sample {
    let planned = engine.design.replicates
    let kept = try await engine.runKeeping([cell], threads: threads) { progress($0, planned) }
    func filled(_ column: [Double]) -> [Double] {
      var values = Array(repeating: Double.nan, count: planned)
      for (replicate, value) in zip(kept.replicates, column) { values[replicate] = value }
      return values
    }
    let columns = kept.regimes.indices.map { filled(kept.values(regime: $0, cell: cell)) }
    let first = stride(from: 0, to: planned, by: DriversAnswer.realisationsPerDraw)
    let draws = engine.draws(of: Array(first)).map(\.draw.values)
    let count = engine.design.parameters.count
    return Sample(
      values: question.values(of: columns),
      ofRegime: question.against == nil ? nil : columns[1],
      inputs: (0..<count).map { input in draws.map { $0[input] } },
      failed: planned - kept.replicates.count)
  }

  /// The means of each draw's realisations: what chance does is halved, and nothing else.
  private func means(of values: [Double]) -> [Double] {
    let size = DriversAnswer.realisationsPerDraw
    return stride(from: 0, to: values.count, by: size).map { first in
      values[first..<first + size].reduce(0, +) / Double(size)
    }
  }

  func regression(of sample: Sample) throws(CommandLineFault) -> RankRegression {
    if let regression = RankRegression(of: means(of: sample.values), on: sample.inputs) {
      return regression
    }
    let known = sample.values.filter { !$0.isNaN }
    let name = question.figure.metric
    if let first = known.first, known.allSatisfy({ $0 == first }) {
      throw CommandLineFault(
        "\(name) is \(first) in every replicate: nothing that is not known moves it")
    }
    throw CommandLineFault(
      "\(name) is there in too few replicates to tell what it rests on; give more --replicates")
  }

  /// The unknown numbers, strongest first.
  func drivers(_ regression: RankRegression, _ sample: Sample) -> [Driver] {
    let ofRegime = sample.ofRegime.flatMap {
      RankRegression(of: means(of: $0), on: sample.inputs)
    }
    let table = scenario.blueprint.parameters
    let known = Dictionary(
      uniqueKeysWithValues: table.parameters.map { ($0.declaration.name, $0) })
    return table.uncertainties.enumerated().compactMap { place, uncertainty in
      known[uncertainty.name].map { parameter in
        Driver(
          parameter: parameter, uncertainty: uncertainty,
          group: ParameterGroup(ofParameter: uncertainty.name, in: scenario.blueprint.world),
          effect: regression.effects[place], effectOnValue: ofRegime?.effects[place])
      }
    }.sorted { abs($0.effect.partialCorrelation) > abs($1.effect.partialCorrelation) }
  }
}

// One number varies.
extension DriversBench {
  /// The figure with the strongest numbers at their ends, one at a time.
  func tornado(
    of drivers: [Driver], progress: (Int, Int) -> Void
  ) async throws -> (middle: Double, bars: [TornadoBar]) {
    let names = engine.design.parameters
    let barred = drivers.prefix(DriversAnswer.barCount)
    let middle = Array(repeating: 0.5, count: names.count)
    var points = [middle]
    for driver in barred {
      guard let place = names.firstIndex(of: driver.uncertainty.name) else { continue }
      for end in [0.05, 0.95] {
        var point = middle
        point[place] = end
        // A number is moved alone, whatever else goes with it in the draws.
        scenario.copula?.undo(&point)
        points.append(point)
      }
    }
    let design = try Design(
      points: points, realisations: DriversAnswer.realisationsPerEnd, seed: scenario.run.seed,
      parameters: names)
    let engine = Engine(model: engine.model, design: design)
    let kept = try await engine.runKeeping([cell], threads: threads) {
      progress($0, design.replicates)
    }
    let columns = kept.regimes.indices.map { kept.values(regime: $0, cell: cell) }
    var sums = Array(repeating: (sum: 0.0, count: 0.0), count: points.count)
    for (replicate, value) in zip(kept.replicates, question.values(of: columns))
    where !value.isNaN {
      sums[design.draw(of: replicate)].sum += value
      sums[design.draw(of: replicate)].count += 1
    }
    let means = sums.map { $0.sum / $0.count }
    let bars = barred.enumerated().map { place, driver in
      let law = driver.uncertainty.distribution
      return TornadoBar(
        ends: law.quantile(0.05)...law.quantile(0.95), low: means[2 * place + 1],
        high: means[2 * place + 2])
    }
    return (means[0], bars)
  }
}

// One mechanism is off.
extension DriversBench {
  /// The mechanisms that act in the scenario and can be switched off.
  var mechanisms: [String] {
    let world = scenario.blueprint.world
    return Catalogue.mechanisms.filter {
      $0.canBeSwitchedOff && !scenario.blueprint.switchedOff.contains($0.name)
        && $0.scope.includes(hasRuns: !world.runs.isEmpty, hasEconomy: !world.economy.isEmpty)
    }.map(\.name)
  }

  /// What else is changed in the file where mechanisms are switched off.
  private var changesOfAblation: Overrides {
    let replicates = min(scenario.run.replicates, DriversAnswer.replicatesPerAblation)
    var overrides = overrides
    overrides.settings.append(("run.replicates", "\(replicates)"))
    return overrides
  }

  /// The figure by replicate, with all mechanisms.
  func valuesWithAllMechanisms() async throws -> [Int: Double] {
    try await values(of: Scenario(contentsOf: file, overrides: changesOfAblation))
  }

  /// What happens to the figure without a mechanism.
  ///
  /// - Parameter with: the figure by replicate, with all of them.
  func ablation(of mechanism: String, from with: [Int: Double]) async throws -> Ablation {
    var overrides = changesOfAblation
    overrides.settings.append(("mechanisms.\(mechanism)", "off"))
    // What a file says of a mechanism may need it.
    guard let scenario = try? Scenario(contentsOf: file, overrides: overrides),
      let without = try? await values(of: scenario)
    else { return Ablation(mechanism: mechanism, change: nil, error: 0) }
    let changes = with.compactMap { replicate, value in without[replicate].map { $0 - value } }
      .filter { !$0.isNaN }
    let count = Double(changes.count)
    guard count > 1 else { return Ablation(mechanism: mechanism, change: nil, error: 0) }
    let mean = changes.reduce(0, +) / count
    let squares = changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Ablation(
      mechanism: mechanism, change: mean, error: (squares / (count - 1) / count).squareRoot())
  }

  /// The figure by replicate.
  private func values(of scenario: Scenario) async throws -> [Int: Double] {
    let (engine, cell) = try question.figure.engine(of: scenario, under: scenario.design)
    let kept = try await engine.runKeeping([cell], threads: threads) { _ in }
    let columns = kept.regimes.indices.map { kept.values(regime: $0, cell: cell) }
    return Dictionary(uniqueKeysWithValues: zip(kept.replicates, question.values(of: columns)))
  }
}
