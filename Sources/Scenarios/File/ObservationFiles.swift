import Documents

extension SourceDocument {
  private static let observations = "observations"

  /// The document with the observations of other files laid over its own, by id.
  ///
  /// - Parameter files: CSV tables whose columns are the keys of an observation (by the ending `.csv`), or
  ///   YAML that holds an `observations` list and nothing else.
  func observing(_ files: [String]) throws(ScenarioFaults) -> SourceDocument {
    var document = self
    for file in files {
      document = try Self.observations(inFile: file).laid(over: document)
    }
    return document
  }

  private static func observations(
    inFile path: String
  ) throws(ScenarioFaults) -> SourceDocument {
    guard !path.lowercased().hasSuffix(".csv") else {
      return try SourceDocument(tableAt: path, under: observations, lists: TargetSchema.lists)
    }
    let document = try SourceDocument(contentsOf: path)
    let others = document.root.entries.filter { $0.key != observations }
    guard others.isEmpty, document.root[observations] != nil else {
      let (place, problem) =
        others.first.map { ($0.keyLocation, "\(quoted($0.key)) has no place in it") }
        ?? (.start(of: path), "there is no list of observations")
      throw ScenarioFaults(
        document.faults + [
          Fault(
            at: place, path: "", problem,
            advice: "a file of observations holds the key observations, and nothing else")
        ])
    }
    return document
  }
}
