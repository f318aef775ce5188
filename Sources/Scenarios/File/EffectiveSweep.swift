import Documents

extension DocumentValue {
  /// A world section in which what follows from something else is left to follow, as far as the file
  /// leaves it: points of a sweep change the one, and mean the other too.
  ///
  /// - Parameter source: the world section of the file; nil where it has no sweep.
  func following(_ source: SourceNode?) -> DocumentValue {
    guard let source else { return self }
    let ofBuyers: Set = ["headquarters"]
    return mappingValues { key, list in
      list.mappingRecords(of: source[key]) { record, written in
        switch key {
        case "labs", "owners": record.having(ofBuyers, as: written)
        case "runs":
          record.having(ScenarioSchema.keysOfChipChoice, as: written).mappingValues { key, list in
            guard key == "stages" else { return list }
            return list.mappingRecords(of: written[key]) {
              $0.having(ScenarioSchema.keysOfChipChoice, as: $1)
            }
          }
        default: record
        }
      }
    }
  }

  /// A mapping that has these keys where the file has them, and nowhere else.
  private func having(_ keys: Set<String>, as source: SourceNode) -> DocumentValue {
    guard case .mapping(let pairs) = self else { return self }
    let kept = pairs.filter { !keys.contains($0.key) || source[$0.key] != nil }
    let missing = source.entries.filter { entry in
      keys.contains(entry.key) && !pairs.contains { $0.key == entry.key }
    }
    return .mapping(kept + missing.map { Pair($0.key, $0.value.written) })
  }

  private func mappingValues(
    _ change: (String, DocumentValue) -> DocumentValue
  ) -> DocumentValue {
    guard case .mapping(let pairs) = self else { return self }
    return .mapping(pairs.map { Pair($0.key, change($0.key, $0.value)) })
  }

  /// The items of a list, each beside the one of its id in the file.
  private func mappingRecords(
    of source: SourceNode?, _ change: (DocumentValue, SourceNode) -> DocumentValue
  ) -> DocumentValue {
    guard case .list(let items) = self, let records = source?.records(by: "id") else { return self }
    return .list(
      items.map { item in
        guard case .mapping(let pairs) = item,
          case .text(let id)? = pairs.first(where: { $0.key == "id" })?.value,
          let record = records[id]
        else { return item }
        return change(item, record)
      })
  }
}
