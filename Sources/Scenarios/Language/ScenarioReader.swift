import PolicyModel
import Quantities
import Simulation
import Stochastics

/// Turns a checked document into a scenario, gathering every fault on the way.
struct ScenarioReader {
  private let facts: BuiltInFacts
  private let node: DocumentNode
  private var faults: [Fault]

  /// - Parameter faults: what the schema has found already.
  init(_ node: DocumentNode, facts: BuiltInFacts, faults: [Fault]) {
    self.node = node
    self.facts = facts
    self.faults = faults
  }

  /// The scenario, or all that is wrong with it.
  mutating func scenario(name: String) throws(ScenarioFaults) -> Scenario {
    var collector = ParameterCollector(facts: facts)
    var world = WorldReader(node["world"] ?? node, facts: facts)
    world.collectParameters(into: &collector)
    let switchedOff = mechanisms(into: &collector)
    for entry in node["uncertainties"]?.entries ?? [] { collector.give(entry.key, entry.value) }

    var regimeReader = RegimeReader(facts: facts, chipIDs: world.chipIDs)
    let regimeNodes = node["regimes"]?.items ?? []
    let regimes = regimeNodes.compactMap { regimeReader.regime($0) }
    let laws = regimeNodes.map { collector.regimeLaws($0["set"]) }
    let parameters = collector.parameters()
    let table = ParameterTable(
      parameters: parameters.map(\.parameter), overrides: Self.overrides(laws, in: parameters),
      publishedOverrides: laws.map(Self.publishedValues))

    let run = runSettings(uncertainties: table.uncertainties.map(\.name))
    var correlationReader = CorrelationReader(table: table, refused: collector.refused)
    let correlations = correlationReader.correlations(node["correlations"])
    let plan = world.plan(
      parameters: table, refused: collector.refused,
      period: run.flatMap { $0.start <= $0.end ? $0.start...$0.end : nil })
    faults += collector.faults + world.faults + regimeReader.faults + correlationReader.faults
    let metrics = self.metrics()
    let areAllKnown = node["regimes"]?.refused.isEmpty == true
    let outcomes = OutcomeReader(
      world: node["world"], regimes: areAllKnown ? regimes.map(\.id) : [])
    let headline = outcomes.headline(node["headline"], faults: &faults)
    let claims = (node["claims"]?.items ?? []).compactMap {
      outcomes.claim($0, faults: &faults)
    }
    guard faults.isEmpty, let run, let plan else { throw ScenarioFaults(faults) }
    return Scenario(
      name: name, about: about(), run: run,
      blueprint: Blueprint(
        world: plan, regimes: regimes, parameters: table, start: run.start,
        monthCount: run.end - run.start + 1, switchedOff: switchedOff),
      correlations: correlations.pairs, metrics: metrics, headline: headline,
      claims: claims,
      forms: Dictionary(
        uniqueKeysWithValues: parameters.map { ($0.parameter.declaration.name, $0.form) }),
      regimeForms: laws.map { $0.map { ($0.name, $0.form) } }, copula: correlations.copula)
  }

  /// What regimes set, for parameters that are sound.
  private static func overrides(
    _ laws: [[RegimeLaw]], in parameters: [(parameter: Parameter, form: DistributionForm)]
  ) -> [[String: Distribution]] {
    let names = Set(parameters.map(\.parameter.declaration.name))
    return laws.map { laws in
      Dictionary(
        laws.filter { names.contains($0.name) }.map { ($0.name, $0.law) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  private static func publishedValues(_ laws: [RegimeLaw]) -> [String: Double] {
    Dictionary(
      laws.compactMap { law in law.form.published.map { (law.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private func about() -> Scenario.About {
    let about = node["about"]
    return Scenario.About(
      title: about?["title"]?.text ?? "", question: about?["question"]?.text ?? "",
      authors: about?["authors"]?.items.compactMap(\.text) ?? [], notes: about?["notes"]?.text)
  }

  /// Reads which mechanisms are off, and gives the parameters of the others.
  private mutating func mechanisms(into collector: inout ParameterCollector) -> Set<String> {
    var switchedOff: Set<String> = []
    for entry in node["mechanisms"]?.entries ?? [] {
      let mechanism = Catalogue.mechanisms.first { $0.name == entry.key }
      if entry.value.flag == false {
        switchedOff.insert(entry.key)
        if mechanism?.canBeSwitchedOff == false {
          faults.append(entry.value.fault("cannot be switched off", advice: "leave it out"))
        }
      }
      for parameter in entry.value.entries {
        collector.give("\(entry.key).\(parameter.key)", parameter.value)
      }
    }
    return switchedOff
  }

  private mutating func runSettings(uncertainties: [String]) -> Scenario.RunSettings? {
    guard let run = node["run"], let start = run["start"]?.month,
      let end = run["end"]?.month
    else { return nil }
    if end < start, let last = run["end"] {
      faults.append(last.fault("end \(end) is before start \(start)", advice: "swap them"))
    }
    if end - start >= Self.mostMonths, let last = run["end"] {
      faults.append(
        last.fault("more than \(Self.mostMonths / 12) years", advice: "end it earlier"))
    }
    let settings = Scenario.RunSettings(
      start: start, end: end, replicates: run["replicates"]?.integer ?? 1000,
      seed: UInt64(run["seed"]?.integer ?? 1),
      design: run["design"]?.text.flatMap(Design.Kind.init(rawValue:)) ?? .mc)
    do throws(DesignError) {
      _ = try Design(
        settings.design, replicates: settings.replicates, seed: settings.seed,
        parameters: uncertainties)
    } catch {
      faults.append((run["replicates"] ?? run).fault(error.description))
    }
    return settings
  }

  private static let mostMonths = 1200

  private mutating func metrics() -> [String]? {
    guard let listed = node["metrics"] else { return nil }
    let known = Catalogue.metrics.filter(\.isMonthly).map(\.metric.name)
    return listed.items.compactMap { item in
      guard let name = item.text else { return nil }
      if !known.contains(name) {
        faults.append(
          item.fault(
            "unknown monthly metric \(quoted(name))",
            suggestion: nearestWord(to: name, among: known),
            advice: "`chokepoint metrics` lists them"))
      }
      return name
    }
  }
}
