import Analysis
import Quantities
public import Scenarios
public import Storage
public import Studies

/// What is compared and asked: what a comparison depends on.
public struct ComparisonInput: Sendable {
  /// The hashes of the scenarios.
  let inputs: [String]
  /// The hash of all of it.
  public let hash: String

  /// Takes everything down.
  ///
  /// - Parameter reference: what each arm is held to.
  public init(
    _ scenarios: [Scenario], _ question: ComparisonQuestion, heldTo reference: Reference
  ) {
    inputs = scenarios.map { RunInput($0).hash }
    let preferences = question.preferences.map { "\($0.key)=\($0.value.rawValue)" }.sorted()
    let asked = [
      question.metrics, question.entities, question.months.map(\.description), preferences, inputs,
    ].map { $0.joined(separator: " ") }
    hash = SHA256.hex(Array(([reference.rawValue] + asked).joined(separator: "\n").utf8))
  }
}

extension ArmComparison {
  /// Writes the tables into a folder, with their description and a manifest.
  ///
  /// - Parameter input: what this is the answer to.
  /// - Returns: the names of the files, in the order of the data package.
  public func write(
    _ input: ComparisonInput, to folder: ResultFolder, title: String,
    _ circumstances: RunCircumstances
  ) async throws -> [String] {
    let run = arms.scenarios[0].run
    return try await folder.write { staged in
      var writer = PackageWriter(threads: circumstances.threads)
      for table in tables { try await writer.add(table, to: &staged) }
      return try writer.finish(
        &staged, name: "comparison", title: title, description: question,
        Manifest(
          scenarios: Set(arms.scenarios.map(\.name)).sorted(), inputSHA256: input.hash,
          inputs: input.inputs, run, replicatesFailed: failedReplicates,
          regimes: arms.arms.map(\.name), circumstances))
    }
  }

  private var question: String {
    let names = arms.scenarios.map(\.name)
    return "Regimes of \(names.joined(separator: ", ")), compared under common random numbers."
  }
}
