import Documents
import PolicyModel
import Quantities

/// Parameters whose values reach no replicate.
struct ParameterWarnings {
  let faults: [Fault]

  /// Looks at what the file and its regimes set.
  init(of scenario: Scenario) {
    faults =
      Self.shadowed(in: scenario) + Self.ofMechanismsOff(in: scenario)
      + Self.ofKnownLicenses(in: scenario)
  }

  /// Rates of approvals where it is known which licenses were granted, to the last month.
  private static func ofKnownLicenses(in scenario: Scenario) -> [Fault] {
    let end = (scenario.run.end + 1).firstDay
    let regimes = scenario.blueprint.regimes
    let areDrawn = regimes.map { regime in
      regime.rules.rules.contains { $0.asksForLicenses(before: end) }
    }
    let ofRegimes = zip(areDrawn, scenario.regimeForms).flatMap { isDrawn, forms in
      isDrawn ? [] : forms.map { ($0.name, $0.form) }
    }
    return (areDrawn.contains(true) ? ofRegimes : given(in: scenario) + ofRegimes).compactMap {
      name, form in
      guard name.hasPrefix("licensing.export_") || name.hasPrefix("licensing.import_") else {
        return nil
      }
      return Fault(
        at: form.location, path: form.path,
        "\(name) changes nothing: no rule asks for a license whose granting is not known to the last month",
        advice: "let run.end be later, or write the license as a rule of policy granted")
    }
  }

  /// What the whole file sets, and every regime sets otherwise. A parameter without a built-in value has
  /// to be given outside regimes too.
  private static func shadowed(in scenario: Scenario) -> [Fault] {
    let ofPoint = scenario.point?.settings.map { GivenParameter.name(atPath: $0.path) } ?? []
    return given(in: scenario).compactMap { name, form in
      let isSetByAll = scenario.regimeForms.allSatisfy { $0.contains { $0.name == name } }
      guard isSetByAll, !ofPoint.contains(name),
        BuiltInFacts.current.builtInValue(of: name) != nil
      else { return nil }
      return Fault(
        at: form.location, path: form.path,
        "\(name) changes nothing here: every regime sets it itself",
        advice: "leave it out here, or out of the regimes that should have it")
    }
  }

  /// What is set of a mechanism that is off.
  private static func ofMechanismsOff(in scenario: Scenario) -> [Fault] {
    let ofRegimes = scenario.regimeForms.joined().map { ($0.name, $0.form) }
    return (given(in: scenario) + ofRegimes).compactMap { name, form in
      let mechanism = String(name.prefix { $0 != "." })
      guard scenario.blueprint.switchedOff.contains(mechanism) else { return nil }
      return Fault(
        at: form.location, path: form.path,
        "\(name) changes nothing: \(mechanism) is off in this scenario",
        advice: "leave it out, or mechanisms.\(mechanism): off")
    }
  }

  /// What the file itself gives, by name.
  private static func given(in scenario: Scenario) -> [(String, DistributionForm)] {
    scenario.forms.all.filter { !$0.value.location.isBuiltIn }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
}

extension Rule {
  /// Whether approvals under it are drawn on some day before this one.
  fileprivate func asksForLicenses(before end: Day) -> Bool {
    let isBuiltIn = BuiltInFacts.current.rule(self.id) != nil
    let asks = !self.requirement.isEmpty || self.review.contains { $0.policy == .license }
    return self.subject == .chips && self.isEnforced
      && self.licensesKnownUntil.map { $0 < end } ?? (asks && !isBuiltIn)
  }
}
