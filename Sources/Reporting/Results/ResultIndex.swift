import PolicyModel
import Quantities
import Scenarios
public import Storage
public import Studies

/// `index.csv`: what is in the folders of a batch, and at the points of a sweep.
public enum ResultIndex {
  /// Writes the index of several experiments into the folder above theirs.
  ///
  /// - Parameter experiments: each with its folder's name.
  public static func write(
    _ experiments: [(experiment: Experiment, folder: String)], to folder: String
  ) throws(FileError) {
    try FileSystem.replace("\(folder)/index.csv", CSV.bytes(of: table(of: experiments)))
  }

  /// A row for each scenario, or for each point of its sweep.
  static func table(of experiments: [(experiment: Experiment, folder: String)]) -> Table {
    var table = Table(
      name: "index", description: "What was run, and where its results are: scenarios and points.",
      fields: fields)
    for (experiment, folder) in experiments {
      for scenario in experiment.points {
        let point = scenario.point
        let settings = point?.settings.map { "\($0.path)=\($0.value)" } ?? []
        table.append([
          .text(scenario.name), .text(folder), point.map { .text($0.id) } ?? .missing,
          point?.title.map { .text($0) } ?? .missing,
          settings.isEmpty ? .missing : .text(settings.joined(separator: "; ")),
          .text(scenario.about.title), .text(scenario.about.question),
          .text(scenario.blueprint.regimes.map(\.id).joined(separator: " ")),
          .integer(scenario.run.replicates), .text(scenario.run.start.firstDay.description),
          .text(scenario.run.end.lastDay.description),
        ])
      }
    }
    return table
  }

  private static let fields: [TableField] = [
    TableField("scenario", .string, "The scenario's name."),
    TableField("folder", .string, "Its folder beside this file; . for this one."),
    TableField("point", .string, "The point of its sweep; empty without one."),
    TableField("point_title", .string, "What the point is."),
    TableField("settings", .string, "What is set at the point."),
    TableField("title", .string, "The scenario's title."),
    TableField("question", .string, "What it asks."),
    TableField("regimes", .string, "Its regimes by id, the reference first."),
    TableField("replicates", .integer, "How many replicates there are."),
    TableField("first_day", .date, "The first simulated day."),
    TableField("last_day", .date, "The last simulated day."),
  ]
}
