import Documents
import PolicyModel
import Quantities
import Simulation
import Stochastics

/// Turns a checked document into a scenario, gathering every fault on the way.
struct ScenarioReader {
  private let facts: BuiltInFacts
  private var node: DocumentNode
  private var faults: [Fault]

  /// Holds a document without sweep to the schema.
  ///
  /// - Parameters:
  ///   - others: what is wrong beside the document.
  ///   - known: parts of it that are known to be sound.
  init(
    _ source: SourceDocument, besides others: [Fault] = [], knowing known: SoundParts = SoundParts()
  ) throws(ScenarioFaults) {
    let (document, faults) = source.usingBuiltInWorld()
      .checkedAgainstItsSchema(knowing: known)
    guard let document else { throw ScenarioFaults(faults + others) }
    self.node = document
    self.facts = .current
    self.faults = faults + others
  }

  /// The scenario, or all that is wrong with it.
  ///
  /// - Parameters:
  ///   - fileName: what it is called unless it says so itself.
  ///   - model: a scenario whose parameters come first, in its order.
  mutating func scenario(
    name fileName: String, drawsOf model: Scenario?
  ) throws(ScenarioFaults) -> Scenario {
    let hasNoWorld = node.lacks("world") && !node.lacks(ScenarioSchema.estimates)
    let contents = hasNoWorld ? .nothing : node["world"].map { WorldContents($0) }
    var collector = ParameterCollector(facts: facts, contents: contents)
    var world = WorldReader(node, facts: facts)
    var estimateReader = EstimateReader(node[ScenarioSchema.estimates])
    if !hasNoWorld { world.collectParameters(into: &collector) }
    estimateReader.collect(into: &collector)
    let switchedOff = collector.mechanisms(node["mechanisms"])
    for entry in node["uncertainties"]?.entries ?? [] { collector.give(entry.key, entry.value) }

    let setNames = composeRegimes(isScripted: contents?.hasEconomy == false)
    var regimeReader = RegimeReader(
      facts: facts, chipIDs: world.chipIDs, setNames: setNames, contents: contents)
    let regimeNodes = node["regimes"]?.items ?? []
    let regimes = regimeNodes.compactMap { regimeReader.regime($0) }
    let laws = regimeNodes.map { collector.regimeLaws($0["set"]) }
    let parameters = collector.parameters(like: model?.blueprint.parameters)
    let table = ParameterTable(
      parameters: parameters.map(\.parameter), overrides: Self.overrides(laws, in: parameters))

    let estimates = estimateReader.table(table)

    let run = RunSettings(
      node["run"], world: node["world"], isTimeless: hasNoWorld,
      uncertainties: table.uncertainties.map(\.name), faults: &faults)
    var correlationReader = CorrelationReader(table: table, refused: collector.refused)
    let correlations = correlationReader.correlations(node["correlations"])
    let plan =
      hasNoWorld
      ? .empty
      : world.plan(
        parameters: table, refused: collector.refused,
        period: run.flatMap { $0.start <= $0.end ? $0.start...$0.end : nil },
        namedBuyers: Set(
          regimes.flatMap(\.rules.rules).filter { run?.has($0) ?? true }.flatMap(\.namedBuyers)))
    faults += estimateReader.faults
    faults += collector.faults + world.faults + regimeReader.faults + correlationReader.faults
    if let contents {
      faults += PlaceNames(node, facts: facts, hasEconomy: contents.hasEconomy).faults
    }
    if let plan, let section = node["world"] {
      faults += ProvidedNames(section, facts: facts, chips: world.chips, plan: plan)
        .faults(ofRules: regimeNodes.flatMap { $0["rules"]?.items ?? [] })
    }
    let forms = parameters.map { (name: $0.parameter.declaration.name, form: $0.form) }
    let regimeForms = laws.map { $0.map { (name: $0.name, form: $0.form) } }
    checkUse(of: forms + regimeForms.joined(), in: plan)
    var derivedReader = DerivedReader(
      node[DerivedSchema.key], estimates: estimates.estimates.map(\.name))
    let derived = derivedReader.table(
      estimateReader.faults.isEmpty ? plan : nil, switchedOff: switchedOff, run, estimates)
    faults += derivedReader.faults
    let outcomes = outcomes(
      of: plan, contents, run, regimes: regimes, switchedOff: switchedOff, estimates: estimates,
      derived: derived, chips: world.chipIDs)
    guard faults.isEmpty, let run, let plan else { throw ScenarioFaults(faults) }
    return Scenario(
      name: node["about"]?["name"]?.text ?? fileName, about: about(), run: run,
      blueprint: Blueprint(
        world: plan, regimes: regimes, parameters: table, start: run.start,
        monthCount: run.end - run.start + 1, switchedOff: switchedOff,
        thresholds: outcomes.thresholds, estimates: estimates, derived: derived),
      chips: world.chips, correlations: correlations.pairs, metrics: outcomes.metrics,
      outputs: node["outputs"].map { $0.items.compactMap(\.text) }, focus: outcomes.focus,
      headline: outcomes.headline,
      claims: outcomes.claims, observations: outcomes.observations,
      published: outcomes.published, document: node,
      forms: WrittenLaws(Dictionary(uniqueKeysWithValues: forms.map { ($0.name, $0.form) })),
      regimeForms: regimeForms, copula: correlations.copula)
  }

  /// Writes out what regimes leave to sets of rules and to each other, and keeps those that are wanted.
  ///
  /// - Returns: what sets of rules are called.
  private mutating func composeRegimes(isScripted: Bool) -> [String] {
    let sets = RuleSetReader(
      node[ScenarioSchema.ruleSets], facts: facts, isScripted: isScripted)
    guard let regimes = node.written(ScenarioSchema.regimes) else { return sets.names }
    var composer = RegimeComposer(regimes, sets: sets)
    let wanted = node[ScenarioSchema.only]?.items.compactMap(\.text)
    let composed = composer.regimes(wanted)
    node = node.with(ScenarioSchema.regimes, composed)
    if let answer = node[ScenarioSchema.answer] {
      // What a base compares is no fault of a file that has other regimes.
      let file = node.location.file
      node = node.with(
        ScenarioSchema.answer,
        AnswerFocus.keeping(composed.items, in: answer) {
          wanted == nil && $0.location.file == file
        })
    }
    faults += composer.faults
    return sets.names
  }

  /// What regimes set, for parameters that are sound.
  private static func overrides(
    _ laws: [[RegimeLaw]], in parameters: [(parameter: Parameter, form: DistributionForm)]
  ) -> [[String: ParameterTable.Override]] {
    let names = Set(parameters.map(\.parameter.declaration.name))
    return laws.map { laws in
      Dictionary(
        laws.filter { names.contains($0.name) }.map {
          ($0.name, ParameterTable.Override($0.law, published: $0.form.published))
        },
        uniquingKeysWith: { first, _ in first })
    }
  }

  private func about() -> Scenario.About {
    let about = node["about"]
    return Scenario.About(
      title: about?["title"]?.text ?? "", question: about?["question"]?.text ?? "",
      authors: about?["authors"]?.items.compactMap(\.text) ?? [], notes: about?["notes"]?.text)
  }

  /// Tells of prices of chips that nothing in the world uses: they would be drawn for nothing.
  private mutating func checkUse(
    of forms: [(name: String, form: DistributionForm)], in plan: WorldPlan?
  ) {
    guard let plan else { return }
    let used = Set(plan.chips.map(\.id))
    for (name, form) in forms where name.hasPrefix("chips.") {
      let words = name.split(separator: ".")
      let section = form.path.prefix { $0 != "." }
      guard words.count == 3, !used.contains(String(words[1])),
        section == "uncertainties" || section == "regimes"
      else { continue }
      faults.append(
        Fault(
          at: form.location, path: form.path, "no run, lab or supplier here uses \(words[1])",
          advice:
            "leave it out; the chips of this world are \(used.sorted().joined(separator: ", "))"
        ))
    }
  }

  /// What is recorded, and what it is held to.
  private mutating func outcomes(
    of plan: WorldPlan?, _ contents: WorldContents?, _ run: RunSettings?,
    regimes: [Regime], switchedOff: Set<String>, estimates: EstimateTable,
    derived: DerivedTable, chips: [String]
  ) -> Outcomes {
    let areAllKnown = node["regimes"]?.refused.isEmpty == true
    let reader = HeadlineReader(
      world: node["world"], contents: contents, regimes: areAllKnown ? regimes.map(\.id) : [],
      worked: estimates.estimates.map(\.name) + derived.metrics.filter(\.isFixed).map(\.name))
    let targets = TargetReader(
      plan: plan, run: run, switchedOff: switchedOff, estimates: estimates, derived: derived)
    let published = PublishedReader(
      outcomes: reader, targets: targets, regimes: areAllKnown ? regimes : [], chips: chips)
    return Outcomes(
      metrics: recordedMetrics(
        node["metrics"], in: contents, derived: derived.metrics.map(\.name), faults: &faults),
      thresholds: (node["thresholds"]?.items ?? []).compactMap {
        targets.threshold($0, faults: &faults)
      },
      focus: AnswerReader(
        plan: plan, regimes: areAllKnown ? regimes : [], switchedOff: switchedOff,
        estimates: estimates, derived: derived
      ).focus(node[ScenarioSchema.answer], faults: &faults),
      headline: reader.headline(node["headline"], faults: &faults),
      claims: (node["claims"]?.items ?? []).compactMap { reader.claim($0, faults: &faults) },
      observations: (node["observations"]?.items ?? []).compactMap {
        targets.observation($0, faults: &faults)
      }, published: published.published(node[ScenarioSchema.published], faults: &faults))
  }

  private struct Outcomes {
    let metrics: [String]?
    let thresholds: [Threshold]
    let focus: AnswerFocus?
    let headline: Headline?
    let claims: [Claim]
    let observations: [Observation]
    let published: Published?
  }
}

extension SourceDocument {
  /// The checked document: a file of estimates alone, or one with a world.
  fileprivate func checkedAgainstItsSchema(
    knowing known: SoundParts
  ) -> (document: DocumentNode?, faults: [Fault]) {
    check(against: ScenarioSchema.expanded(of: root), knowing: known)
  }
}
