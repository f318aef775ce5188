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

  /// What a reader is told of it.
  func words(in arms: ArmSet) -> String {
    switch self {
    case .namesake: "Each regime of the second is held to that of the first with the same id"
    case .firstOfPoint where arms.firstOfPoints.count { $0 == nil } > 1:
      "The first regime of each point of the sweep is its reference"
    case .firstOfPoint: "The first regime is the reference"
    }
  }
}

extension ArmSet {
  fileprivate var firstOfPoints: [Int?] {
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
