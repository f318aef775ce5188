public import Documents
import PolicyModel
import Stochastics

extension [Scenario] {
  /// What a reader of all of them, such as the points of a sweep, should know and need not change, each thing
  /// told once: which numbers were read of which files, and whether Sobol points come in a number that serves them.
  public var notes: [Note] {
    var told: Set<Note> = []
    return flatMap(\.notes).filter { told.insert($0).inserted }
  }
}

extension Scenario {
  fileprivate var notes: [Note] {
    let laws = document.laws + forms.all.values + regimeForms.joined().map(\.form)
    return sweepNotes + laws.flatMap(\.notes).sorted { $0.location < $1.location }
      + [unevenPoints].compactMap(\.self) + partsNamed + notJudged
  }

  /// Rules of the file that name a country in a jurisdiction of several, and so act on a part of it.
  private var partsNamed: [Note] {
    writtenRules.flatMap { _, rule, node in
      blueprint.world.economy.jurisdictions.flatMap { place in
        place.members.compactMap { member -> Note? in
          let named = rule.destinations + rule.hosts + [rule.government]
          guard named.contains(member.id), !named.contains(place.id) else { return nil }
          return Note(
            at: node.location, path: node.path,
            "\(member.id) is a part of \(place.id), so \(rule.id) acts on "
              + "\(plainNumber(100 * member.share))% of what that buys, hosts or passes on")
        }
      }
    }
  }

  /// Rules of the file that ask for a license and do not say how applications are judged, which many who write one
  /// take for a bar.
  private var notJudged: [Note] {
    writtenRules.compactMap { _, rule, node in
      guard rule.subject == .chips, !rule.requirement.isEmpty, rule.review.isEmpty,
        BuiltInFacts.current.rule(rule.id) == nil
      else { return nil }
      return Note(
        at: node.location, path: node.path,
        "\(rule.id) asks for a license and does not say how applications are judged: as an earlier rule says that "
          + "names the chip, else case by case. To bar what it catches add review: [{policy: deny}]"
      )
    }
  }

  /// Sobol points fill the space evenly in numbers that are powers of two; those beyond one lie where they
  /// happen to fall.
  private var unevenPoints: Note? {
    let count = Design.randomisationCount
    let points = run.replicates / count
    guard run.design == .sobol, !blueprint.parameters.uncertainties.isEmpty,
      points.nonzeroBitCount != 1
    else { return nil }
    let below = 1 << (Int.bitWidth - 1 - points.leadingZeroBitCount)
    let (fewer, more) = (below * count, 2 * below * count)
    let node = document["run"]?.written("replicates") ?? document["run"]
    return Note(
      at: node?.location ?? document.location, path: "run.replicates",
      "\(run.replicates) replicates are \(points) Sobol points in each of \(count) "
        + "randomisations, and Sobol points are even in powers of two alone: \(fewer) replicates err about "
        + "as little, and \(more) far less")
  }
}

extension DocumentNode {
  /// The laws of everything in it.
  fileprivate var laws: [DistributionForm] {
    switch content {
    case .mapping(let entries): entries.flatMap(\.value.laws)
    case .list(let items): items.flatMap(\.laws)
    case .distribution(let form): [form]
    default: []
    }
  }
}
