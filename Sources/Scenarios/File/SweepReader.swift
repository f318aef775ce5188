import Documents

/// Reads the `sweep` section: which points there are, and what each is called. Whether what they set
/// can be set is seen when a point is read as a scenario.
struct SweepReader {
  private(set) var faults: [Fault] = []

  /// The section: a grid of values, named points, or both; or the word for no sweep, where the base
  /// has one.
  static let section = Schema.either([
    .choice(["none"]),
    .mapping([
      .optional(
        "grid", .dictionary(of: .list(of: .anything, minimum: 1), keys: .setting),
        "Values by path: every combination is a point, the last key changing fastest."),
      .optional(
        "points", .records(of: point, minimum: 1),
        "Points of their own; with a grid, each is crossed with all of it."),
    ]),
  ])

  private static let point: [Field] = [
    .required("id", .identifier, "Its id in results."),
    .optional("title", .text, "What it is, in one line."),
    .optional(
      "set", .dictionary(of: .anything, keys: .setting), "What it sets, by path as with --set."),
  ]

  /// The sweep, nil where there is none or where something is wrong with it.
  mutating func sweep(_ source: SourceNode) -> Sweep? {
    var checker = SchemaChecker()
    let checked = checker.check(source, Self.section, path: ScenarioSchema.sweep)
    faults += checker.faults
    guard let node = checked, node.text == nil else { return nil }
    let grid = axes(node["grid"])
    let named = (node["points"]?.items ?? []).compactMap { namedPoint($0) }
    let hasGrid = node["grid"].map { !$0.entries.isEmpty || !$0.refused.isEmpty }
    if !(hasGrid ?? !node.lacks("grid")), node.lacks("points") {
      faults.append(
        node.fault("there are no points", advice: "give grid, points, or both"))
    }
    checkOverlaps(grid: grid, named: named)
    checkCount(node, grid: grid, named: named)
    guard faults.isEmpty, !grid.isEmpty || !named.isEmpty else { return nil }
    return Sweep(grid: grid, named: named, section: source)
  }

  private mutating func axes(_ grid: DocumentNode?) -> [Sweep.Axis] {
    let entries = grid?.entries ?? []
    let labels = Self.labels(ofPaths: entries.map(\.key))
    return zip(entries, labels).compactMap { entry, label in
      let values = entry.value.items.enumerated().compactMap { place, item in
        item.asWritten.map { (word: $0.wordInIDs(place: place), node: $0) }
      }
      checkWords(values, of: entry, label)
      return values.isEmpty
        ? nil
        : Sweep.Axis(
          path: entry.key, origin: entry.keyLocation, label: label, values: values)
    }
  }

  private func namedPoint(_ node: DocumentNode) -> Sweep.NamedPoint? {
    node["id"]?.text.map { id in
      Sweep.NamedPoint(
        id: id, title: node["title"]?.text,
        changes: (node["set"]?.entries ?? []).compactMap { entry in
          entry.value.asWritten.map { DocumentChange(entry.key, to: $0, at: entry.keyLocation) }
        })
    }
  }

  /// Two values of one path that ids could not tell apart are mostly the same value.
  private mutating func checkWords(
    _ values: [(word: String, node: SourceNode)], of entry: DocumentNode.Entry, _ label: String
  ) {
    var lines: [String: Int] = [:]
    for (word, node) in values {
      if let line = lines[word] {
        faults.append(
          Fault(
            at: node.location, path: entry.value.path,
            "two values make points of one id, \(quoted("\(label)=\(word)")); the other is on line "
              + "\(line)", advice: "keep one"))
      }
      lines[word] = lines[word] ?? node.location.line
    }
  }

  /// What is set twice at a point would be set to one of the two in silence.
  private mutating func checkOverlaps(grid: [Sweep.Axis], named: [Sweep.NamedPoint]) {
    let axes = grid.compactMap { axis in
      axis.values.first.map { DocumentChange(axis.path, to: $0.node, at: axis.origin) }
    }
    func check(_ change: DocumentChange, against others: ArraySlice<DocumentChange>) -> [Fault] {
      others.filter { $0.overlaps(change) }.prefix(1).map { other in
        let its = quoted(other.path)
        return Fault(
          at: change.origin, path: "sweep",
          "\(quoted(change.path)) sets what \(its) on line \(other.origin.line) sets too",
          advice: "keep one of the two")
      }
    }
    for (place, axis) in axes.enumerated() { faults += check(axis, against: axes[..<place]) }
    for point in named {
      for (place, change) in point.changes.enumerated() {
        faults += check(change, against: point.changes[..<place] + axes)
      }
    }
  }

  private mutating func checkCount(
    _ node: DocumentNode, grid: [Sweep.Axis], named: [Sweep.NamedPoint]
  ) {
    var (count, isTooLarge) = (max(1, named.count), false)
    for axis in grid {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis.values.count)
      (count, isTooLarge) = (product, isTooLarge || overflow)
    }
    guard isTooLarge || count > Sweep.mostPoints else { return }
    faults.append(
      node.fault(
        isTooLarge ? "the sweep has too many points" : "the sweep has \(count) points",
        advice: "at most \(Sweep.mostPoints) are allowed"))
  }

  /// What ids call each path: its last word, or as much of its end as no other path has.
  static func labels(ofPaths paths: [String]) -> [String] {
    let words = paths.map { $0.split(separator: ".") }
    return words.map { path in
      let others = words.filter { $0 != path }
      let length = (1...max(1, path.count)).first { length in
        !others.contains { $0.suffix(length) == path.suffix(length) }
      }
      let end = path.suffix(length ?? path.count).joined(separator: ".")
      return lettersOfIDs(end)
    }
  }
}

extension DocumentNode {
  /// A value that the schema let pass, as it was written.
  var asWritten: SourceNode? { if case .unchecked(let source) = content { source } else { nil } }
}
