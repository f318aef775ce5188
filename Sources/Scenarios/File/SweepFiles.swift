import Documents

extension SourceDocument {
  /// The document with the numbers of the files that its sweep names written into it, so that every
  /// point has them without reading them again, and the sweep can be written out.
  ///
  /// - Parameter notes: what is to be said of these files.
  func withNumbersInSweep(notes: inout [Note]) -> SourceDocument {
    guard root[ScenarioSchema.sweep] != nil else { return self }
    var document = self
    document.root.content = .mapping(
      root.entries.map { entry in
        guard entry.key == ScenarioSchema.sweep else { return entry }
        var entry = entry
        var reader = NumbersOfSweep()
        entry.value = reader.written(entry.value, path: entry.key)
        document.faults += reader.faults
        notes += reader.notes
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

/// Writes numbers of files into what names them.
private struct NumbersOfSweep {
  private(set) var faults: [Fault] = []
  private(set) var notes: [Note] = []

  /// The same with every empirical law as the discrete one that it is.
  mutating func written(_ node: SourceNode, path: String) -> SourceNode {
    var node = node
    switch node.content {
    case .list(let items):
      node.content = .list(items.enumerated().map { written($1, path: "\(path)[\($0)]") })
    case .mapping(let entries):
      node.content = .mapping(
        entries.map { entry in
          let place = joined(path, entry.key)
          if entry.key == LawForm.empirical.key, entry.value.shape != .list {
            return numbers(entry, path: place)
          }
          var entry = entry
          entry.value = written(entry.value, path: place)
          return entry
        })
    case .scalar, .refused: break
    }
    return node
  }

  private mutating func numbers(_ law: SourceEntry, path: String) -> SourceEntry {
    do throws(ScenarioFaults) {
      let (numbers, column) = try law.value.numbersOfFile(path: path)
      notes.append(column.note)
      return law.discrete(numbers)
    } catch {
      faults += error.faults
      var law = law
      law.value.content = .refused
      return law
    }
  }
}

extension SourceEntry {
  /// The law that takes each of these numbers as often as another, written where this one is.
  fileprivate func discrete(_ numbers: [Double]) -> SourceEntry {
    func node(_ content: SourceNode.Content) -> SourceNode {
      SourceNode(content: content, location: value.location)
    }
    func entry(_ key: String, _ value: SourceNode) -> SourceEntry {
      SourceEntry(key: key, keyLocation: keyLocation, value: value)
    }
    func list(_ numbers: [Double]) -> SourceNode {
      node(.list(numbers.map { node(.scalar(plainNumber($0), isPlain: true)) }))
    }
    let entries = [
      entry("values", list(numbers)), entry("weights", list(numbers.map { _ in 1 })),
    ]
    return entry(LawForm.discrete.key, node(.mapping(entries)))
  }
}
