import Documents

/// The `sweep` of a file: the points at which the whole is computed.
struct Sweep: Sendable {
  /// The most points that a file may have.
  static let mostPoints = 10_000

  /// A path of the grid, with its values.
  struct Axis: Sendable {
    /// The path as written, and where.
    let path: String
    let origin: SourceLocation
    /// What ids call it: the end of the path.
    let label: String
    /// The values, each with the word that ids have for it.
    let values: [(word: String, node: SourceNode)]
  }

  /// A point that has a name of its own.
  struct NamedPoint: Sendable {
    let id: String
    let title: String?
    let changes: [DocumentChange]
  }

  /// A point: what it is called, and what changes at it.
  struct Point {
    let id: String
    let title: String?
    let changes: [DocumentChange]

    /// The point as results know it.
    var told: SweepPoint {
      SweepPoint(
        id: id, title: title,
        settings: changes.map { .init(path: $0.path, value: $0.value.inOneLine) })
    }
  }

  /// The grid, slowest first.
  let grid: [Axis]
  /// The named points, each of which is crossed with the grid.
  let named: [NamedPoint]
  /// The section, the numbers of its files written into it.
  let section: SourceNode

  /// How many points there are.
  var count: Int { max(1, named.count) * gridCount }

  private var gridCount: Int { grid.reduce(1) { $0 * $1.values.count } }

  /// A point by its place: named ones in file order, for each the grid with its last key fastest.
  subscript(place: Int) -> Point {
    let name = named.isEmpty ? nil : named[place / gridCount]
    var rest = place % gridCount
    var words: [String] = []
    var changes: [DocumentChange] = []
    for axis in grid.reversed() {
      let value = axis.values[rest % axis.values.count]
      rest /= axis.values.count
      words.insert("\(axis.label)=\(value.word)", at: 0)
      changes.insert(DocumentChange(axis.path, to: value.node, at: axis.origin), at: 0)
    }
    if let name {
      words.insert(name.id, at: 0)
      changes = name.changes + changes
    }
    return Point(id: words.joined(separator: ","), title: name?.title, changes: changes)
  }

  /// Everything that some point sets, once for each place where the file says so.
  var allChanges: [DocumentChange] {
    named.flatMap(\.changes)
      + grid.flatMap { axis in
        axis.values.prefix(1).map { DocumentChange(axis.path, to: $0.node, at: axis.origin) }
      }
  }
}

extension Sweep {
  /// The point of this id.
  func point(_ id: String) throws(CommandLineFault) -> Point {
    let points = (0..<count).lazy.map { self[$0] }
    if let point = points.first(where: { $0.id == id }) { return point }
    throw CommandLineFault(
      unknown: "point", id, known: points.map(\.id),
      see: "`chokepoint validate --points` lists them")
  }

  /// Refuses changes of what the points themselves set, which could not have their way.
  func refuse(_ changes: [DocumentChange]) throws(ScenarioFaults) {
    let faults = changes.filter { change in allChanges.contains { $0.overlaps(change) } }.map {
      $0.fault(
        "the sweep of the file sets this at its points", advice: "leave it out, or change the file")
    }
    guard faults.isEmpty else { throw ScenarioFaults(faults.flatMap(\.faults)) }
  }
}

/// One point of a scenario's sweep: what is set at it.
public struct SweepPoint: Hashable, Sendable {
  /// Its id in results: letters, digits and `-_.+=,` alone.
  public let id: String
  /// What it is, in one line, where the file says so.
  public let title: String?
  /// What is set at it, in the order of the file.
  public let settings: [Setting]

  /// A value at a path, as `--set` takes them.
  public struct Setting: Hashable, Sendable {
    /// A path of the file, or a parameter's name.
    public let path: String
    /// The value as YAML in one line.
    public let value: String
  }
}
