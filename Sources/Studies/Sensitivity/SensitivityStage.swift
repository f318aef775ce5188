package import PolicyModel
package import Simulation

/// One stage of a sensitivity study: the points that were looked at, and the figure at each.
package struct SensitivityStage: Sendable {
  /// Which stage, in their order: the number is part of what is kept of it.
  package enum Kind: Int, Sendable {
    /// All numbers, one at a time.
    case screening
    /// Indices of numbers.
    case numbers
    /// Indices of subjects.
    case subjects
  }

  /// Which it is.
  package let kind: Kind
  /// Its points, in the order of the values.
  package let engine: Engine<PolicyModel>
  /// Points of a trajectory, or of a base sample.
  package let pointsPerGroup: Int
  /// The figure at each point; NaN where missing.
  package let values: [Double]
  /// Points that could not be computed.
  let failed: Int
}

extension SensitivityStage.Kind {
  /// What it is called, within a sentence.
  var title: String {
    switch self {
    case .screening: "the screening"
    case .numbers: "the indices of numbers"
    case .subjects: "the indices of subjects"
    }
  }
}
