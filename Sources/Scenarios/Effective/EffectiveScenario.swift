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

  private var effective: DocumentValue {
    .fields([
      ("about", aboutValue), ("run", runValue), ("world", worldValue),
      ("mechanisms", mechanismsValue), ("uncertainties", uncertaintiesValue),
      ("correlations", .nonEmpty(correlations.map(\.written))),
      ("regimes", .list(zip(blueprint.regimes, regimeForms).map { $0.written(setting: $1) })),
      ("metrics", metrics.map { .list($0.map { .text($0) }) }),
      ("headline", headline.map { $0.written(regimes: blueprint.regimes.map(\.id)) }),
      ("claims", .nonEmpty(claims.map(\.written))),
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
      ("design", .text(run.design.rawValue)),
    ])
  }

  private var worldValue: DocumentValue {
    let world = blueprint.world
    return .fields([
      ("reference_chip", .text(world[world.referenceChip].id)),
      ("chips", .list(world.chips.map(\.written))),
      ("labs", .list(world.labs.map { $0.written(in: world) })),
      ("runs", .list(world.runs.map { $0.written(in: world, forms: forms) })),
    ])
  }

  private var mechanismsValue: DocumentValue {
    .mapping(
      Catalogue.mechanisms.map { mechanism in
        .init(mechanism.name, .onOff(!blueprint.switchedOff.contains(mechanism.name)))
      })
  }

  /// Every parameter that has no place in the world section, in the order of the draws.
  private var uncertaintiesValue: DocumentValue {
    .mapping(
      blueprint.parameters.parameters.compactMap { parameter in
        let name = parameter.declaration.name
        guard !name.hasPrefix("runs."), let form = forms[name] else { return nil }
        return .init(name, form.selfContained.value)
      })
  }
}

extension DistributionForm {
  /// The same law without reference to a file, so that it can be kept beside results.
  var selfContained: DistributionForm {
    guard case .empirical(_, let values) = law else { return self }
    var form = DistributionForm(
      law: .discrete(values: values, weights: values.map { _ in 1 }), location: location,
      path: path)
    form.minimum = minimum
    form.maximum = maximum
    form.published = published
    form.source = source
    form.confidence = confidence
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
    setting forms: [(name: String, form: DistributionForm)]
  ) -> DocumentValue {
    let set = forms.map { DocumentValue.Pair($0.name, $0.form.selfContained.value) }
    return .fields([
      ("id", .text(id)), ("title", title.map { .text($0) }),
      ("rules", .nonEmpty(rules.rules.map(\.written))),
      ("set", set.isEmpty ? nil : .mapping(set)),
    ])
  }
}

extension Headline {
  fileprivate func written(regimes: [String]) -> DocumentValue {
    .fields([
      ("regime", .text(regimes[regime])),
      (
        "figures",
        .list(
          figures.map { figure in
            .fields(
              [
                ("id", .text(figure.id)), ("entity", .text(figure.entity)),
                ("metric", .text(figure.metric)),
              ] + (figure.expectation?.fields(target: "published") ?? []) + [
                ("source", figure.source.map { .text($0) })
              ])
          })
      ),
    ])
  }
}

extension Claim {
  fileprivate var written: DocumentValue {
    .fields(
      [("id", .text(id)), ("says", .text(text)), ("entity", .text(entity))]
        + expectation.fields(target: "usd") + [("source", source.map { .text($0) })])
  }
}

extension Expectation {
  fileprivate func fields(target: String) -> [(String, DocumentValue?)] {
    switch self {
    case .about(let value, let tolerance):
      [(target, .number(value)), ("tolerance", .number(tolerance))]
    case .atLeast(let bound): [("at_least", .number(bound))]
    case .atMost(let bound): [("at_most", .number(bound))]
    case .between(let low, let high): [("at_least", .number(low)), ("at_most", .number(high))]
    }
  }
}
