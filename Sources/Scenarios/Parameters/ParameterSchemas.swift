import Documents
import PolicyModel

/// Schemas that follow from what the mechanisms declare.
enum ParameterSchemas {
  /// `parameters.yaml`: every declared parameter, by mechanism.
  static let defaultsFile = Schema.mapping(
    Catalogue.mechanisms.filter { !$0.parameters.isEmpty }.map { mechanism in
      .required(
        mechanism.name, .mapping(fields(of: mechanism, areRequired: true)),
        "Parameters of \(mechanism.name).")
    })

  /// The `mechanisms` section of a scenario: each on, off, or with some of its parameters.
  static let mechanisms = Schema.mapping(
    Catalogue.mechanisms.map { mechanism in
      let parameters = Schema.mapping(fields(of: mechanism, areRequired: false))
      return .optional(
        mechanism.name,
        mechanism.parameters.isEmpty ? .onOff : .either([.onOff, parameters]),
        mechanism.canBeSwitchedOff ? "on, off, or its parameters." : "Cannot be switched off.")
    })

  /// What the names of parameters begin with.
  static let groups =
    ["chips", "runs", "owners", "labs"]
    + Catalogue.mechanisms.filter { !$0.parameters.isEmpty }.map(\.name)

  /// What a parameter's value may be.
  static func quantity(_ declaration: ParameterDeclaration) -> Schema {
    let range = declaration.range
    return .quantity(
      .between(range.lowerBound, range.upperBound),
      unit: declaration.unit == "1" ? "" : declaration.unit)
  }

  private static func fields(
    of mechanism: Catalogue.MechanismEntry, areRequired: Bool
  ) -> [Field] {
    mechanism.parameters.map { declaration in
      Field(
        key: String(declaration.name.dropFirst(mechanism.name.count + 1)),
        schema: quantity(declaration), isRequired: areRequired, doc: declaration.definition)
    }
  }
}
