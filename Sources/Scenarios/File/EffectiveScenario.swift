public import Documents
import PolicyModel
import Quantities
import Stochastics

extension Scenario {
  /// The effective scenario: this one with everything written out that the file left to defaults,
  /// chips, rules and parameter priors included. It is a scenario file itself, and gives the same
  /// results; its hash is the input's.
  public var effectiveYAML: String {
    do { return try YAMLEmitter.text(of: effective) } catch {
      preconditionFailure("a validated scenario can be written: \(error)")
    }
  }

  /// The tree that ``effectiveYAML`` writes.
  public var effective: DocumentValue { effective(world: worldValue.following(writtenWorld)) }

  /// The same with everything written out that a sweep leaves to follow from what its points change: what
  /// the file is without them.
  public var effectiveWithoutPoints: DocumentValue { effective(world: worldValue) }

  private func effective(world: DocumentValue) -> DocumentValue {
    .fields([
      ("about", aboutValue), ("run", runValue), ("world", world),
      ("mechanisms", mechanismsValue), ("uncertainties", uncertaintiesValue),
      ("correlations", .nonEmpty(correlations.map(\.written))),
      (
        "regimes",
        .list(
          zip(blueprint.regimes, regimeForms).map {
            $0.written(setting: $1, hasEconomy: hasEconomy)
          })
      ),
      ("metrics", metricsValue), ("thresholds", .nonEmpty(blueprint.thresholds.map(\.written))),
      ("headline", headline.map { $0.written(regimes: blueprint.regimes.map(\.id)) }),
      ("claims", .nonEmpty(claims.map(\.written))),
      ("observations", .nonEmpty(observations.map(\.written))),
      (ScenarioSchema.sweep, sweep?.section.written),
    ])
  }

  private var aboutValue: DocumentValue {
    .fields([
      ("name", .text(name)), ("title", .text(about.title)), ("question", .text(about.question)),
      ("authors", .nonEmpty(about.authors.map { .text($0) })),
      ("notes", about.notes.map { .text($0) }),
    ])
  }

  private var runValue: DocumentValue {
    .fields([
      ("start", .month(run.start)), ("end", .month(run.end)),
      ("replicates", .integer(run.replicates)), ("seed", .integer(Int(run.seed))),
      ("design", .text(run.design.rawValue)), ("exact_values", .integer(run.exactValues)),
    ])
  }

  /// Chips that nothing here uses: those whose price the file gives all the same, and, where there is
  /// a sweep, all of the file's own, since a point may use them.
  private var idleChips: [Chip] {
    let used = Set(blueprint.world.chips.map(\.id))
    return chips.filter { chip in
      guard !used.contains(chip.id) else { return false }
      let isOwn = sweep != nil && BuiltInFacts.current.chip(chip.id) != chip
      return isOwn || chip.priceParameters.contains { forms[$0.name] != nil }
    }
  }

  private var hasEconomy: Bool { !blueprint.world.economy.isEmpty }

  private var worldValue: DocumentValue {
    let world = blueprint.world
    return .fields(
      [
        ("reference_chip", .text(world[world.referenceChip].id)),
        // Parts that suppliers design in a regime are designed anew when the file is read.
        (
          "chips",
          .list(
            world.chips.filter { $0.responseTo == nil }.map {
              $0.written(hasEconomy: hasEconomy)
            } + idleChips.map { $0.written(hasEconomy: hasEconomy, forms: forms) })
        ),
      ] + world.writtenEconomy(from: run.start, forms: forms) + [
        ("labs", .list(world.labs.map { $0.written(in: world, forms: forms) })),
        ("runs", .nonEmpty(world.runs.map { $0.written(in: world, forms: forms) })),
      ])
  }

  /// The mechanisms that act in this world; the others can be neither on nor off.
  private var mechanismsValue: DocumentValue {
    .mapping(
      Catalogue.mechanisms.filter {
        $0.scope.includes(hasRuns: !blueprint.world.runs.isEmpty, hasEconomy: hasEconomy)
      }.map { mechanism in
        .init(mechanism.name, .onOff(!blueprint.switchedOff.contains(mechanism.name)))
      })
  }

  /// All metrics are what a world of scripted runs records anyway.
  private var metricsValue: DocumentValue? {
    guard let metrics else { return hasEconomy ? .text(ScenarioSchema.allMetrics) : nil }
    return .list(metrics.map { .text($0) })
  }

  /// Every parameter that has no place in the world section, in the order of the draws.
  private var uncertaintiesValue: DocumentValue {
    let ofIdleChips = Set(idleChips.flatMap(\.priceParameters).map(\.name))
    return .mapping(
      blueprint.parameters.parameters.compactMap { parameter in
        let name = parameter.declaration.name
        guard !isWrittenInWorld(name), !ofIdleChips.contains(name), let form = forms[name] else {
          return nil
        }
        return .init(name, form.selfContained.value)
      })
  }
}

extension DistributionForm {
  /// The same law without reference to a file, so that it can be kept beside results.
  var selfContained: DistributionForm {
    guard !law.file.isEmpty else { return self }
    var form = self
    form.law = Law(
      form: .discrete, numbers: law.numbers, weights: law.numbers.map { _ in 1 })
    return form
  }
}

extension Scenario.NamedCorrelation {
  fileprivate var written: DocumentValue {
    .fields([
      ("between", .list([.text(first), .text(second)])), ("value", .number(value)),
      ("source", source.map { .text($0) }),
    ])
  }
}

extension Regime {
  fileprivate func written(
    setting forms: [(name: String, form: DistributionForm)], hasEconomy: Bool
  ) -> DocumentValue {
    let set = forms.map { DocumentValue.Pair($0.name, $0.form.selfContained.value) }
    return .fields([
      ("id", .text(id)), ("title", title.map { .text($0) }),
      ("rules", .nonEmpty(rules.rules.map(\.written))),
      ("variants", hasEconomy ? .text(variants.rawValue) : nil),
      ("set", set.isEmpty ? nil : .mapping(set)),
    ])
  }
}
