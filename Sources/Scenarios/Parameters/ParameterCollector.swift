import Documents
import PolicyModel
import Stochastics

/// Gathers the parameters of a scenario from wherever the file gives them.
struct ParameterCollector {
  /// What the names of parameters begin with.
  static let groups =
    ["chips", "runs", "owners", "labs"]
    + Catalogue.mechanisms.filter { !$0.parameters.isEmpty }.map(\.name)

  /// What may be given, by name.
  private var declarations: [String: ParameterDeclaration] = [:]
  private var given: [String: DistributionForm] = [:]
  /// The names of `given`, in the order in which they were given.
  private var order: [String] = []
  /// What the file does not have to give, in registry order.
  private var defaults: [(declaration: ParameterDeclaration, form: DistributionForm)] = []
  /// Names that the file gives a value that is at fault: what refers to them is not.
  private(set) var refused: Set<String> = []
  var faults: [Fault] = []
  /// The names of estimates that are worked out from others, which cannot be set.
  var formulas: Set<String> = []

  /// What the world has; nil when it could not be read.
  let contents: WorldContents?

  /// Makes known the parameters of the mechanisms that act in the world, with their built-in values.
  init(facts: BuiltInFacts, contents: WorldContents?) {
    self.contents = contents
    for declaration in Catalogue.mechanisms.filter({ contents?.has($0.scope) ?? true })
      .flatMap(\.parameters)
    {
      declare(declaration)
      if let form = facts.parameters[declaration.name] { defaults.append((declaration, form)) }
    }
  }

  /// Makes a parameter known.
  mutating func declare(_ declaration: ParameterDeclaration) {
    declarations[declaration.name] = declaration
  }

  /// Makes known the parameter that stands under a key of a record, and takes down what the record says.
  ///
  /// - Parameter otherwise: its value where the record says nothing and the key has no default.
  mutating func take(
    _ declaration: ParameterDeclaration, _ key: String, of record: DocumentNode,
    otherwise: Double? = nil
  ) {
    declare(declaration)
    if record.refused.contains(key) { refused.insert(declaration.name) }
    guard let value = record[key] else {
      if let otherwise {
        let form = DistributionForm(
          law: .constant(otherwise), location: record.location, path: declaration.name)
        defaults.append((declaration, form))
      }
      return
    }
    if record.written(key) != nil {
      give(declaration.name, value)
    } else if let form = value.distribution {
      defaults.append((declaration, form))
    }
  }

  /// Makes a parameter known that the file gives this value.
  mutating func give(_ declaration: ParameterDeclaration, _ form: DistributionForm) {
    declare(declaration)
    if given.updateValue(form, forKey: declaration.name) == nil { order.append(declaration.name) }
  }

  /// Takes down that the file gives a parameter a value with a fault.
  mutating func refuse(_ name: String) { refused.insert(name) }

  /// Takes down the value that the file gives to a parameter.
  mutating func give(_ name: String, _ node: DocumentNode) {
    guard let declaration = known(name, at: node) else { return }
    let (checked, found) = node.check(against: PriorSchema.quantity(declaration))
    faults += found
    guard let form = checked?.distribution else {
      refused.insert(name)
      return
    }
    if let earlier = given[name], !earlier.location.isBuiltIn {
      faults.append(
        node.fault(
          "\(name) is given here and in line \(earlier.location.line)", advice: "keep one"))
    }
    if given.updateValue(form, forKey: name) == nil { order.append(name) }
  }

  /// Reads what a regime sets.
  mutating func regimeLaws(_ node: DocumentNode?) -> [RegimeLaw] {
    (node?.entries ?? []).compactMap { entry in
      guard let declaration = known(entry.key, at: entry.value) else { return nil }
      let (checked, found) = entry.value.check(against: PriorSchema.quantity(declaration))
      faults += found
      guard let form = checked?.distribution,
        let law = checkedLaw(of: form, for: declaration, faults: &faults)
      else { return nil }
      if given[entry.key] == nil, !refused.contains(entry.key),
        defaults.allSatisfy({ $0.declaration.name != entry.key })
      {
        faults.append(
          entry.value.fault(
            "\(entry.key) has no value outside this regime",
            advice: "give it under uncertainties too"))
        return nil
      }
      return RegimeLaw(name: entry.key, form: form, law: law)
    }
  }

  /// All parameters: those of runs by name, then the others of the file in the order in which they
  /// were given, then defaults in registry order, then those of owners and labs by name, those of places, and
  /// estimates.
  ///
  /// The order decides which of them Sobol points spread, so it is the same for a scenario and for
  /// its effective form, and does not depend on where in the file a run or an owner stands.
  ///
  /// - Parameter table: another scenario's parameters, in whose order these are as far as they go, so
  ///   that what both draw alike is the same in both.
  mutating func parameters(
    like table: ParameterTable?
  ) -> [(parameter: Parameter, form: DistributionForm)] {
    let rest = defaults.filter { given[$0.declaration.name] == nil }
    let written = order.compactMap { name in given[name].map { (name, $0) } }
    let all = written + rest.map { ($0.declaration.name, $0.form) }
    let sorted = all.sorted { $0.0 < $1.0 }
    let ofRuns = sorted.filter { $0.0.hasPrefix("runs.") }
    let ofOwnersAndLabs = sorted.filter { $0.0.hasPrefix("owners.") || $0.0.hasPrefix("labs.") }
    let ofPlaces = sorted.filter { $0.0.hasPrefix("jurisdictions.") }
    let estimates = sorted.filter { isEstimate($0.0) }
    let others = all.filter { !isWrittenInWorld($0.0) && !isEstimate($0.0) }
    var places: [String: Int] = [:]
    for (place, parameter) in (table?.parameters ?? []).enumerated() {
      places[parameter.declaration.name] = place
    }
    let inOrder = (ofRuns + others + ofOwnersAndLabs + ofPlaces + estimates).enumerated().sorted {
      (places[$0.element.0] ?? .max, $0.offset) < (places[$1.element.0] ?? .max, $1.offset)
    }
    var found: [(parameter: Parameter, form: DistributionForm)] = []
    for (_, (name, form)) in inOrder {
      guard let declaration = declarations[name] else { continue }
      guard let law = checkedLaw(of: form, for: declaration, faults: &faults) else {
        refused.insert(name)
        continue
      }
      let parameter = Parameter(
        declaration: declaration, law: law, published: form.published, source: form.source,
        confidence: form.confidence.flatMap { Confidence(rawValue: $0.rawValue) })
      found.append((parameter, form))
    }
    return found
  }

  private mutating func known(_ name: String, at node: DocumentNode) -> ParameterDeclaration? {
    if let declaration = declarations[name] { return declaration }
    if let formula = formulas.first(where: { Estimate.parameterName(of: $0) == name }) {
      faults.append(
        node.fault(
          "\(formula) is a formula", advice: "set the numbers that it is worked out from"))
      return nil
    }
    let first = String(name.prefix { $0 != "." })
    guard contents != nil || !isWrittenInWorld(name) else { return nil }
    let mechanism = Catalogue.mechanisms.first { $0.name == first }
    if let contents, let mechanism, !contents.has(mechanism.scope) {
      faults.append(
        node.fault(
          "\(first) does nothing in a world without \(mechanism.scope.inWords)",
          advice: "leave \(name) out"))
      return nil
    }
    faults.append(
      node.fault(
        "unknown parameter \(quoted(name))",
        suggestion: likelyWords(for: name, among: declarations.keys.sorted()),
        advice: "`chokepoint metrics --parameters` lists them"))
    return nil
  }
}

/// Whether a parameter stands in the world section of an effective scenario.
func isWrittenInWorld(_ name: String) -> Bool {
  ["runs.", "owners.", "labs.", "jurisdictions."].contains { name.hasPrefix($0) }
}

/// Whether a parameter stands in the section of estimates.
func isEstimate(_ name: String) -> Bool { name.hasPrefix(Estimate.parameterName(of: "")) }

/// A law that a regime gives to a parameter.
struct RegimeLaw {
  let name: String
  let form: DistributionForm
  let law: Distribution
}
