public import Documents
import PolicyModel

extension Scenario {
  /// The effective scenario: this one with everything written out that the file left to others, its
  /// bases and defaults, chips, rules and parameter priors included. It is a scenario file itself, and
  /// gives the same results; its hash is the input's.
  public var effectiveYAML: String {
    do { return try YAMLEmitter.text(of: effective) } catch {
      preconditionFailure("a validated scenario can be written: \(error)")
    }
  }

  /// The tree that ``effectiveYAML`` writes. With a sweep, what follows from what its points may change
  /// is left to follow.
  public var effective: DocumentValue { effective(isWhole: sweep == nil) }

  /// The same with all of that written out too: what the file is without its points.
  public var effectiveWithoutPoints: DocumentValue { effective(isWhole: true) }

  private func effective(isWhole: Bool) -> DocumentValue {
    guard case .mapping(let fields) = ScenarioSchema.expanded(of: document) else {
      return .mapping([])
    }
    return .mapping(
      fields.compactMap { field in
        section(field, isWhole: isWhole).map { .init(field.key, $0) }
      })
  }

  /// A section as the file has it, or as what the file, the world and the facts come to.
  private func section(_ field: Field, isWhole: Bool) -> DocumentValue? {
    let written = document[field.key]?.expanded(field.schema, isWhole: isWhole, law: law)
    switch field.key {
    // What they say stands in the regimes.
    case ScenarioSchema.only, ScenarioSchema.ruleSets: return nil
    case "about": return written?.with("name", .text(name), in: field.schema)
    case "world": return written?.with("chips", chipsValue, in: field.schema)
    case "mechanisms": return mechanismsValue
    case ScenarioSchema.uncertainties: return isTimeless ? nil : uncertaintiesValue
    case ScenarioSchema.regimes: return regimesValue
    case "metrics": return metricsValue
    case "headline":
      return headline.flatMap { headline in
        written?.with(
          "regime", .text(blueprint.regimes[headline.regime].id), in: field.schema)
      }
    case ScenarioSchema.sweep: return sweep?.section.written
    default: return written
    }
  }

  private var hasEconomy: Bool { !blueprint.world.economy.isEmpty }

  /// What a quantity comes to, wherever the file gives it: by itself, without another file.
  private func law(_ form: DistributionForm) -> DistributionForm {
    (forms[GivenParameter.name(atPath: form.path)] ?? form).selfContained
  }

  /// The chips of the file that are not as they are built in, then the others that it uses, in full.
  private var chipsValue: DocumentValue {
    let facts = BuiltInFacts.current
    func value(_ node: DocumentNode) -> DocumentValue {
      node.expanded(.mapping(ChipSchema.fields), law: law)
    }
    let own = (document["world"]?["chips"]?.items ?? []).compactMap { node in
      node["id"]?.text.map { (id: $0, value: value(facts.whole(chip: node))) }
    }.filter { $0.value != facts.record(ofChip: $0.id).map(value) }
    // Parts that suppliers design in a regime are no facts: they are designed anew.
    let used = blueprint.world.chips.filter { chip in
      chip.responseTo == nil && !own.contains { $0.id == chip.id }
    }
    return .list(own.map(\.value) + used.compactMap { facts.record(ofChip: $0.id).map(value) })
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

  /// Every parameter that has no place in another section, in the order of the draws.
  private var uncertaintiesValue: DocumentValue {
    .mapping(
      blueprint.parameters.parameters.compactMap { parameter in
        let name = parameter.declaration.name
        guard !isWrittenInWorld(name), !isEstimate(name), let form = forms[name],
          !form.path.hasPrefix("world.")
        else { return nil }
        return .init(name, form.selfContained.value)
      })
  }

  /// The regimes with their rules in full.
  private var regimesValue: DocumentValue {
    let nodes = document[ScenarioSchema.regimes]?.items ?? []
    return .list(
      zip(nodes, regimeForms).map { node, forms in
        let set = forms.map { DocumentValue.Pair($0.name, $0.form.selfContained.value) }
        let rules = (node["rules"]?.items ?? []).compactMap { rule in
          BuiltInFacts.current.whole(rule: rule)?.expanded(.mapping(RuleSchema.fields))
        }
        let variants = hasEconomy ? node[RegimeSchema.variants]?.text : nil
        let schema = Schema.mapping(RegimeSchema.regime)
        return node.expanded(schema)
          .with("rules", rules.isEmpty ? nil : .list(rules), in: schema)
          .with("set", set.isEmpty ? nil : .mapping(set), in: schema)
          .with(RegimeSchema.variants, variants.map { .text($0) }, in: schema)
      })
  }

  /// All metrics are what a world of scripted runs records anyway.
  private var metricsValue: DocumentValue? {
    guard let metrics else { return hasEconomy ? .text(MetricsSchema.all) : nil }
    return .list(metrics.map { .text($0) })
  }
}

extension DocumentValue {
  /// A mapping of this schema with this under a key; without the key for nil.
  fileprivate func with(_ key: String, _ value: DocumentValue?, in schema: Schema) -> DocumentValue
  {
    guard case .mapping(let pairs) = self, let fields = schema.fixedFields else { return self }
    return .mapping(
      fields.compactMap { field in
        guard field.key != key else { return value.map { .init(key, $0) } }
        return pairs.first { $0.key == field.key }
      })
  }
}
