import Documents
public import PolicyModel

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

/// What a built-in world gives the parameters of its own owners and labs.
public struct BuiltInWorldValues: Sendable {
  /// What scenarios call the world.
  public let world: String
  /// The parameters, owners before labs, each by id; those that the world leaves alone are not there.
  public let values: [(declaration: ParameterDeclaration, value: BuiltInValue)]

  /// The worlds of this build.
  public static var all: [BuiltInWorldValues] { BuiltInWorld.all.map { BuiltInWorldValues($0) } }

  private init(_ world: BuiltInWorld) {
    self.world = world.name
    let section = world.contents
    func given(
      _ list: String, _ key: String, _ declare: (String) -> ParameterDeclaration
    ) -> [(declaration: ParameterDeclaration, value: BuiltInValue)] {
      (section?[list]?.itemsByID ?? []).compactMap { record in
        guard let id = record["id"]?.text, let form = record[key]?.distribution else { return nil }
        return (declare(id), BuiltInValue(form))
      }
    }
    values =
      given("owners", "spending_factor", Owner.spendingFactorParameter(ofOwner:))
      + given("labs", "fleet_share", Developer.fleetShareParameter(ofLab:))
  }
}
