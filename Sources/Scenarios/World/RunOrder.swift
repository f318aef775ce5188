import Documents

extension DocumentNode {
  /// Runs by id, each after those that it waits for, so that results do not depend on file order.
  func runsInOrder(faults: inout [Fault]) -> [DocumentNode] {
    var waiting = self["runs"]?.itemsByID ?? []
    let ids = Set(waiting.compactMap { $0["id"]?.text })
    var ordered: [DocumentNode] = []
    var placed: Set<String> = []
    while !waiting.isEmpty {
      let next = waiting.firstIndex { run in
        ["after", "uses_cluster_of"].allSatisfy { key in
          guard let other = run[key]?.text, ids.contains(other) else { return true }
          return placed.contains(other)
        }
      }
      guard let next else {
        let names = waiting.compactMap { $0["id"]?.text }.joined(separator: ", ")
        faults += waiting.prefix(1).map {
          $0.fault(
            waiting.count == 1 ? "waits for itself" : "runs wait for each other: \(names)",
            advice: "take out one after or uses_cluster_of")
        }
        return ordered + waiting
      }
      let run = waiting.remove(at: next)
      if let id = run["id"]?.text { placed.insert(id) }
      ordered.append(run)
    }
    return ordered
  }
}
