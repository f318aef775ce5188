import Storage

/// One chart of a result: a file in `charts/`.
package struct Chart {
  /// Its name, of which its file's is made: words joined by `-`, from names of metrics and literals alone.
  let name: String
  /// What it says, in one line.
  let finding: String
  /// What its bands and lines are.
  let notes: [String]
  /// What it is of, for lists of charts.
  let subject: String
  let picture: VegaLite

  /// A chart.
  ///
  /// - Parameter notes: what the bands and lines are.
  init(
    _ name: String, of subject: String, finding: String, notes: [String], columns: Int,
    panels: [ChartPanel]
  ) {
    (self.name, self.subject, self.finding, self.notes) = (name, subject, finding, notes)
    // What panels, their spaces and names at their ends leave room for.
    let width = panels.prefix(columns).map { $0.width / 6 + 14 }.reduce(0, +)
    picture = VegaLite(
      ChartTitle(
        text: ChartNames.lines(finding, width: max(50, width)),
        subtitle: notes.flatMap { ChartNames.lines($0, width: max(60, width * 5 / 4)) }),
      columns: columns, panels: panels)
  }

  /// The path of its file below the folder of the result.
  var path: String { "\(ResultFolder.charts)/\(name)\(ResultFolder.chartEnding)" }

  /// What the files of charts are.
  static let mediaType = "application/vnd.vegalite.v6+json"

  /// Its file.
  var bytes: [UInt8] { JSONText.compactBytes(of: picture) }
}
