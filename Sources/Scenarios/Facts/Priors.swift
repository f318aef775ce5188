import Documents
import PolicyModel

/// The form in which the values of parameters are written, which follows from what the mechanisms declare.
enum PriorSchema {
  /// `parameters.yaml`: every declared parameter, by mechanism.
  static let file = Schema.mapping(
    Catalogue.mechanisms.filter { !$0.parameters.isEmpty }.map { mechanism in
      .required(
        mechanism.name, .mapping(fields(of: mechanism) { .required($0, $1, $2) }),
        "Parameters of \(mechanism.name).")
    })

  /// What a parameter's value may be.
  static func quantity(_ declaration: ParameterDeclaration) -> Schema {
    .quantity(
      declaration.range.upperBound.isFinite ? NumberRange(declaration.range) : .any,
      unit: declaration.unit == "1" ? "" : declaration.unit)
  }

  /// The parameters of a mechanism as keys.
  static func fields(
    of mechanism: Catalogue.MechanismEntry, _ field: (String, Schema, String) -> Field
  ) -> [Field] {
    mechanism.parameters.map { declaration in
      field(
        String(declaration.name.dropFirst(mechanism.name.count + 1)), quantity(declaration),
        declaration.definition)
    }
  }
}

/// What a parameter is, unless a scenario says otherwise, for documents.
public struct BuiltInValue: Hashable, Sendable {
  /// The law as it is written in files, in one line.
  public let law: String
  /// The single value that stands for it, as it is written in files, where it is not the median.
  public let published: String?
  /// Where it comes from; empty where nobody says.
  public let source: String
  /// How well it is known, in one word; empty where nobody says.
  public let confidence: String

  /// Whether it is somebody's informed opinion, rather than a measurement.
  public var isJudgement: Bool { confidence == DistributionForm.Confidence.judgement.rawValue }

  init(_ form: DistributionForm) {
    let kept: [DocumentValue.Pair] =
      if case .mapping(let pairs) = form.value {
        pairs.filter { !["source", "confidence", "published"].contains($0.key) }
      } else {
        [DocumentValue.Pair("value", form.value)]
      }
    let text = (try? YAMLEmitter.text(of: .mapping(kept))) ?? ""
    law = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    published = form.published.map(plainNumber)
    source = form.source ?? ""
    confidence = form.confidence?.rawValue ?? ""
  }
}
