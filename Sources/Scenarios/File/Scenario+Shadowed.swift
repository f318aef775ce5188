import Documents
import PolicyModel

extension Scenario {
  /// The regimes that set a parameter themselves, by id; none for other paths.
  ///
  /// - Parameter path: as `--set` takes it.
  public func regimes(setting path: String) -> [String] {
    let parameters = blueprint.parameters
    let name = GivenParameter.name(atPath: path)
    guard parameters.contains(name) else { return [] }
    let index = parameters.index(of: name)
    return zip(blueprint.regimes, parameters.overrides).filter { $0.1[index] != nil }.map(\.0.id)
  }

  /// Of what is set for the whole file, by the point of its sweep or at these paths, what regimes set
  /// themselves: one sentence each, since it changes nothing there, and looks as if it did.
  ///
  /// - Parameter paths: what is set besides, as `--set` takes it.
  public func shadowedSettings(besides paths: [String] = []) -> [String] {
    ((point?.settings.map(\.path) ?? []) + paths).compactMap { path in
      let regimes = regimes(setting: path)
      guard !regimes.isEmpty else { return nil }
      let keys = regimes.map { "regimes.\($0).set.\(GivenParameter.name(atPath: path))" }
      return "\(path) changes nothing under \(regimes.joined(separator: ", ")), which "
        + "\(regimes.count == 1 ? "sets" : "set") it: set \(keys.joined(separator: ", ")) for that"
    }
  }
}
