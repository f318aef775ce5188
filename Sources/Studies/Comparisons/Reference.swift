import PolicyModel
import Scenarios

/// Which arm each of a set is held to. What it is called is part of the hash of a comparison.
public enum Reference: String, Sendable {
  /// The first regime of the same point, where all are points of sweeps; the first of all where they are not, or
  /// where points have one regime alone.
  case firstOfPoint = "first of each point"
  /// The regime of the first scenario that has the same id.
  case namesake = "namesakes"

  /// By arm: the one that it is held to; nil for those that others are held to, and for those without one.
  func places(in arms: ArmSet) -> [Int?] {
    switch self {
    case .firstOfPoint: arms.firstOfPoints
    case .namesake: arms.namesakes
    }
  }
}

extension ArmSet {
  package var firstOfPoints: [Int?] {
    let hasChoice =
      choices.contains { $0.count > 1 } && scenarios.allSatisfy { $0.point != nil }
    var references = [Int?](repeating: nil, count: arms.count)
    for choice in hasChoice ? choices : [Array(arms.indices)] {
      for arm in choice.dropFirst() { references[arm] = choice[0] }
    }
    return references
  }

  fileprivate var namesakes: [Int?] {
    let ids = arms.map { scenarios[$0.scenario].blueprint.regimes[$0.regime].id }
    return arms.indices.map { arm in
      guard arms[arm].scenario > 0 else { return nil }
      return arms.indices.first { arms[$0].scenario == 0 && ids[$0] == ids[arm] }
    }
  }
}
