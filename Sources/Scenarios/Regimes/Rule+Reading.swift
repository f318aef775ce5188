import Documents
import PolicyModel

extension Rule {
  /// Why it has no effect on anything that is simulated, if it has none.
  ///
  /// - Parameters:
  ///   - node: as it is written, where a faulty part is not a missing one.
  ///   - isScripted: whether nothing happens in the world but documented runs.
  func idleness(as node: DocumentNode, isScripted: Bool) -> String? {
    switch subject {
    case .chips:
      let isSilent = requirement.isEmpty && review.isEmpty
      return isSilent && node.lacks("requirement") && node.lacks("review")
        ? "has neither a requirement nor a review" : nil
    case .nothing: return "is a bill or a statement without force"
    case .entities where !isScripted:
      return entities.isEmpty && node.lacks("entities") ? "names no supplier or owner" : nil
    default:
      return isScripted
        ? "bears on \(subject.rawValue), which nothing in a world without owners simulates" : nil
    }
  }

  /// Whether two rules are the same but for dates, enforcement and what is said about them: an
  /// effective scenario holds built-in rules written out.
  func says(what other: Rule) -> Bool {
    government == other.government && subject == other.subject
      && destinations == other.destinations
      && reachesHeadquarters == other.reachesHeadquarters && entities == other.entities
      && requirement == other.requirement && review == other.review
      && supersedes == other.supersedes
  }
}
