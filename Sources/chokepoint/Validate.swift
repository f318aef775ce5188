import ArgumentParser
import Scenarios

/// `chokepoint validate FILE…`
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Report every error in scenario files.")

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @OptionGroup var options: ScenarioOptions

  @Flag(help: "List the points of their sweeps, with the settings of each.")
  var points = false

  @Flag(help: "Take warnings for errors.")
  var strict = false

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one scenario file") }
  }

  func run() throws {
    var isFaulty = false
    for file in files {
      do {
        let points = try options.points(file)
        // A file without a sweep is its own only point.
        let scenario = try points.first { $0.point == nil } ?? options.scenario(file)
        let warnings = points.warnings
        options.tellWarnings(warnings)
        if strict, !warnings.isEmpty {
          let count = warnings.count
          printError(
            "\(shown(file)): \(count) warning\(count == 1 ? "" : "s"), with --strict an error")
          isFaulty = true
          continue
        }
        try printResult("\(shown(file)): valid: \(scenario.sizeInWords)\n")
        try options.tellNotesAlone(of: points)
        if self.points { try printResult(points.compactMap(\.point).map(line(of:)).joined()) }
      } catch let code as ExitCode where code == .badScenario {
        isFaulty = true
      }
    }
    if isFaulty { throw ExitCode.badScenario }
  }

  private func line(of point: SweepPoint) -> String {
    let settings = point.settings.map { "\($0.path)=\($0.value)" }.joined(separator: "  ")
    return "  \(point.id)\(point.title.map { "  (\($0))" } ?? "")  \(settings)\n"
  }
}
