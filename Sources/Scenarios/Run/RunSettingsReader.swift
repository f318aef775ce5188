import Documents
import PolicyModel
import Quantities
import Stochastics

/// Reads how much is computed.
struct RunSettingsReader {
  private let uncertainties: [String]
  private(set) var faults: [Fault] = []

  /// - Parameter uncertainties: the names of what is drawn.
  init(uncertainties: [String]) { self.uncertainties = uncertainties }

  private static let mostMonths = 1200

  /// The settings, nil without months; the world may say which month it describes.
  mutating func settings(_ node: DocumentNode?, world: DocumentNode?) -> Scenario.RunSettings? {
    guard let run = node, let start = run["start"]?.month, let end = run["end"]?.month
    else { return nil }
    checkMonths(run, from: start, to: end, world: world)
    let settings = Scenario.RunSettings(
      start: start, end: end, replicates: run["replicates"]?.integer ?? 1000,
      seed: UInt64(run["seed"]?.integer ?? 1),
      design: run["design"]?.text.flatMap(Design.Kind.init(rawValue:)) ?? .mc,
      exactValues: run["exact_values"]?.integer ?? Scenario.RunSettings.usualExactValues)
    do throws(DesignError) {
      _ = try Design(
        settings.design, replicates: settings.replicates, seed: settings.seed,
        parameters: uncertainties)
    } catch {
      faults.append((run["replicates"] ?? run).fault(error.description))
    }
    return settings
  }

  private mutating func checkMonths(
    _ run: DocumentNode, from start: Month, to end: Month, world: DocumentNode?
  ) {
    if end < start, let last = run["end"] {
      faults.append(last.fault("end \(end) is before start \(start)", advice: "swap them"))
    }
    if end - start >= Self.mostMonths, let last = run["end"] {
      faults.append(
        last.fault("more than \(Self.mostMonths / 12) years", advice: "end it earlier"))
    }
    if let month = world?["as_of"]?.month, month != start, let first = run["start"] {
      faults.append(
        first.fault(
          "the run starts in \(start), and the world is described as of \(month)",
          advice: "start it then, or give the world of \(start) with world.as_of: \(start)"))
    }
  }
}
