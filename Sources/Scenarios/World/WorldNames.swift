import Documents

/// Names that stand for two things: labs, runs, suppliers and chips share a column of the results.
///
/// - Parameter chips: the ids of chips that metrics are recorded of.
func nameFaults(in world: DocumentNode, chips: [String]) -> [Fault] {
  let labs = world["labs"]?.items.compactMap { $0["id"] } ?? []
  let runs = world["runs"]?.items.compactMap { $0["id"] } ?? []
  let suppliers = world["suppliers"]?.items.compactMap { $0["id"] } ?? []
  let kinds: [(what: String, names: [DocumentNode])] = [
    ("supplier", suppliers), ("lab", labs), ("run", runs),
  ]
  var known = [("chip", Set(chips))]
  var faults: [Fault] = []
  for (what, names) in kinds {
    for name in names {
      guard let id = name.text, let other = known.last(where: { $0.1.contains(id) }) else {
        continue
      }
      faults.append(
        name.fault(
          "a \(other.0) is called \(quoted(id)) too", advice: "give the \(what) another id"))
    }
    known.append((what, Set(names.compactMap(\.text))))
  }
  return faults
}
