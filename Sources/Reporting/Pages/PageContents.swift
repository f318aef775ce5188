/// What a page says, as text and tables, apart from how it looks: `report.json` holds it, so that the page can
/// be made again, or joined with others', without the simulation.
package struct PageContents: Codable, Equatable, Sendable {
  /// The scenario's name.
  let name: String
  let title: String
  let question: String
  /// How large the run was, in one line.
  let size: String
  /// The version of the program and the hash of the input.
  let version: String
  let inputHash: String
  /// What it comes to, a sentence each.
  let answer: [String]
  /// What words of it mean.
  let words: [PageWord]
  /// The regimes: name on charts, what it is.
  let regimes: PageTable
  /// Key figures; none for a run without any.
  let keyFigures: [PageTable]
  /// What words of the figures mean, where they need it.
  let definitions: PageTable?
  /// What to know before reading the figures.
  let caveats: [String]
  /// The charts that stand on the page, by name.
  let charts: [PageChart]
  /// All else that is drawn, by name.
  let otherCharts: [PageChart]
  /// Series to choose from; nil for a world without.
  let explorer: Explorer?
  /// What the result rests on.
  let basis: [String]
  /// The chart of the uncertain numbers that matter most; nil where that is not known.
  let leadingChart: PageChart?
  /// The uncertain numbers that matter most; nil where that is not known.
  let leading: PageTable?
  /// All uncertain numbers, a table for each subject.
  let priors: [PageTable]
  /// How sure it is.
  let precision: [String]
  /// What is left out.
  let omissions: [String]
  /// Rules by date, a table for each set of rules that a regime has.
  let rules: [PageTable]
  /// Files beside the page.
  let files: PageTable
  /// The commands that give the same again.
  let commands: [String]
}

extension PageContents {
  /// All charts that stand on the page.
  var drawnCharts: [PageChart] { charts + [leadingChart].compactMap(\.self) }

  /// What a page says of a sweep in place of one result.
  struct OfSweep {
    let size: String
    let answer: [String]
    let keyFigures: [PageTable]
  }
}

/// A word of a page, and what it means.
package struct PageWord: Codable, Equatable, Sendable {
  let word: String
  let meaning: String
}

/// A table of a page.
package struct PageTable: Codable, Equatable, Sendable {
  let caption: String
  let header: [String]
  /// Places of columns that hold numbers.
  let numbers: [Int]
  var rows: [[String]]

  init(_ caption: String, header: [String], numbers: [Int] = [], rows: [[String]]) {
    (self.caption, self.header, self.numbers, self.rows) = (caption, header, numbers, rows)
  }

  /// All that it says.
  var texts: [String] { [caption] + header + rows.joined() }
}

/// A chart as a page tells of it.
package struct PageChart: Codable, Equatable, Sendable {
  /// Its name in `charts/`.
  let name: String
  let subject: String
  let finding: String
  /// What its bands and lines are.
  let notes: [String]
}

/// Series of which a reader of the page chooses one, with numbers of four digits.
package struct Explorer: Codable, Equatable, Sendable {
  /// What charts call the regimes.
  let regimes: [String]
  /// By regime: the colour and the dashes of its lines, as in the charts.
  let colours: [String]
  let dashes: [[Double]]
  /// The places of regimes that are switched off at first, where there are more than lines can show.
  let away: [Int]
  /// The last days of the months.
  let days: [String]
  let series: [Series]

  /// One metric of one entity.
  struct Series: Codable, Equatable {
    let metric: String
    let of: String
    let unit: String
    /// `Median` or `Mean`.
    let typical: String
    /// By regime and month: what stands for all draws, and the ends of the band of 90% of them; nil where there
    /// is no value.
    let values: [[[Double?]]]
    /// The same of differences from the first regime, of the others in order.
    let differences: [[[Double?]]]
  }
}
