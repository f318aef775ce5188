import Documents
import Stochastics

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

/// Names whose hashes are the same: draws are addressed by the hash of who they are for, so that two
/// such names would draw the same numbers.
///
/// - Parameter names: the names of one list, each with the value to point at.
func sharedLuckFaults(
  of what: String, _ names: [(name: String, node: DocumentNode)]
) -> [Fault] {
  var known: [AgentID: String] = [:]
  return names.compactMap { name, node in
    guard let other = known.updateValue(name, forKey: AgentID(of: name)), other != name else {
      return nil
    }
    return node.fault(
      "the \(what) \(quoted(other)) and \(quoted(name)) have the same hash, and would draw "
        + "the same random numbers", advice: "rename one")
  }
}

/// The same for all lists of a world that are there as they are written; markets follow from them.
func sharedLuckFaults(in world: DocumentNode) -> [Fault] {
  func names(_ records: [DocumentNode]) -> [(name: String, node: DocumentNode)] {
    records.compactMap { record in
      record["id"].flatMap { id in id.text.map { (name: $0, node: id) } }
    }
  }
  let families = (world["suppliers"]?.items ?? []).flatMap { $0["families"]?.items ?? [] }
  return sharedLuckFaults(of: "labs", names(world["labs"]?.items ?? []))
    + sharedLuckFaults(of: "owners", names(world["owners"]?.items ?? []))
    + sharedLuckFaults(of: "families", names(families))
}
