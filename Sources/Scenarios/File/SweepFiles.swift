import Documents

extension SourceDocument {
  /// The document with the numbers of the files that its sweep names written into it, so that every
  /// point has them without reading them again, and the sweep can be written out.
  func withNumbersInSweep() -> SourceDocument {
    guard root[ScenarioSchema.sweep] != nil else { return self }
    var document = self
    document.root.content = .mapping(
      root.entries.map { entry in
        guard entry.key == ScenarioSchema.sweep else { return entry }
        var entry = entry
        entry.value = entry.value.withNumbers(path: entry.key, faults: &document.faults)
        return entry
      })
    return document
  }

  /// The document without its sweep.
  var withoutSweep: SourceDocument {
    var document = self
    document.root = root.removing([ScenarioSchema.sweep])
    return document
  }
}

extension SourceNode {
  /// The same with every empirical law as the discrete one that it is.
  fileprivate func withNumbers(path: String, faults: inout [Fault]) -> SourceNode {
    var node = self
    switch content {
    case .list(let items):
      node.content = .list(
        items.enumerated().map { $1.withNumbers(path: "\(path)[\($0)]", faults: &faults) })
    case .mapping(let entries):
      node.content = .mapping(
        entries.map { entry in
          let place = joined(path, entry.key)
          if entry.key == "empirical", case .scalar(let file, _) = entry.value.content {
            return entry.withNumbers(ofFile: file, path: place, faults: &faults)
          }
          var entry = entry
          entry.value = entry.value.withNumbers(path: place, faults: &faults)
          return entry
        })
    case .scalar, .refused: break
    }
    return node
  }
}

extension SourceEntry {
  fileprivate func withNumbers(
    ofFile file: String, path: String, faults: inout [Fault]
  ) -> SourceEntry {
    func list(_ numbers: [Double]) -> SourceNode {
      SourceNode(
        content: .list(
          numbers.map { number in
            SourceNode(
              content: .scalar(plainNumber(number), isPlain: true), location: value.location)
          }), location: value.location)
    }
    func entry(_ key: String, _ value: SourceNode) -> SourceEntry {
      SourceEntry(key: key, keyLocation: keyLocation, value: value)
    }
    do throws(ScenarioFaults) {
      let values = try numberColumn(file, beside: value.location, path: path, .any, "")
      let law = SourceNode(
        content: .mapping([
          entry("values", list(values)), entry("weights", list(values.map { _ in 1 })),
        ]), location: value.location)
      return entry("discrete", law)
    } catch {
      faults += error.faults
      return entry(key, SourceNode(content: .refused, location: value.location))
    }
  }
}
