import Documents
import PolicyModel

/// The laws as they were written, by parameter name; those that points of a sweep have in common are held
/// once.
struct WrittenLaws: Sendable {
  let common: [String: DistributionForm]
  /// Those that are not as in `common`.
  let own: [String: DistributionForm]

  /// Laws by name.
  init(_ laws: [String: DistributionForm]) { (common, own) = (laws, [:]) }

  private init(common: [String: DistributionForm], own: [String: DistributionForm]) {
    (self.common, self.own) = (common, own)
  }

  subscript(name: String) -> DistributionForm? { own[name] ?? common[name] }

  /// All of them.
  var all: [String: DistributionForm] { common.merging(own) { $1 } }

  /// The same with what is equal in others held once.
  func sharing(_ other: WrittenLaws) -> WrittenLaws {
    let mine = all
    guard mine.count == other.common.count, mine.keys.allSatisfy({ other.common[$0] != nil }) else {
      return self
    }
    return WrittenLaws(common: other.common, own: mine.filter { other.common[$0.key] != $0.value })
  }
}

extension Scenario {
  /// The same with what is equal in another point of its sweep held once: of ten thousand points each is to
  /// take little more than what is different about it.
  func sharing(_ other: Scenario) -> Scenario {
    var shared = Scenario(
      name: name, about: about, run: run, blueprint: blueprint.sharing(other.blueprint),
      chips: chips == other.chips ? other.chips : chips, correlations: correlations,
      metrics: metrics == other.metrics ? other.metrics : metrics, outputs: outputs,
      focus: focus, headline: headline, claims: claims,
      observations: observations == other.observations ? other.observations : observations,
      published: published, point: point, sweep: sweep, document: document.sharing(other.document),
      forms: forms.sharing(other.forms), regimeForms: regimeForms, copula: copula)
    shared.sweepNotes = sweepNotes
    return shared
  }
}
