import PolicyModel

extension Scenario {
  /// Of parameters that are set for the whole file, by the point of its sweep or at these paths, those that
  /// regimes set themselves: one sentence each, since it changes nothing there, and looks as if it did.
  ///
  /// - Parameter paths: what is set besides, as `--set` takes it.
  public func shadowedSettings(besides paths: [String] = []) -> [String] {
    let parameters = blueprint.parameters
    return ((point?.settings.map(\.path) ?? []) + paths).compactMap { path in
      let name = GivenParameter.name(atPath: path)
      guard parameters.contains(name) else { return nil }
      let index = parameters.index(of: name)
      let regimes = zip(blueprint.regimes, parameters.overrides)
        .filter { $0.1[index] != nil }.map(\.0.id)
      guard !regimes.isEmpty else { return nil }
      let keys = regimes.map { "regimes.\($0).set.\(name)" }
      return "\(path) changes nothing under \(regimes.joined(separator: ", ")), which "
        + "\(regimes.count == 1 ? "sets" : "set") it: set \(keys.joined(separator: ", ")) for that"
    }
  }
}
