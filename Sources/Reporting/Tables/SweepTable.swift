import Scenarios
import Studies

extension Experiment {
  /// What is set at each point of the sweep.
  var sweep: Table {
    var table = Table(
      name: "sweep", description: "What is set at each point of the sweep.",
      fields: [
        TableField("scenario", .string, "The scenario's name."),
        TableField("point", .string, "The point's id."),
        TableField("key", .string, "A path of the scenario file, or a parameter's name."),
        TableField("value", .string, "Its value at the point, as YAML."),
      ])
    for scenario in points {
      guard let point = scenario.point else { continue }
      for setting in point.settings {
        table.append([
          .text(scenario.name), .text(point.id), .text(setting.path), .text(setting.value),
        ])
      }
    }
    return table
  }
}
