import Wording

/// The parts of a page, from above.
struct PageSections {
  private let contents: PageContents

  init(_ contents: PageContents) { self.contents = contents }

  /// What the parts are called, with their places in the page.
  static func titles(of contents: PageContents) -> [(id: String, title: String)] {
    let all: [(id: String, title: String, isThere: Bool)] = [
      ("answer", "Answer", true), ("charts", "Charts", !contents.charts.isEmpty),
      ("explore", "Explore", contents.explorer != nil), ("basis", "What it rests on", true),
      ("precision", "How sure it is", true), ("omissions", "What is left out", true),
      ("rules", "Rules", !contents.rules.isEmpty), ("files", "Data and how to repeat it", true),
    ]
    return all.filter(\.isThere).map { ($0.id, $0.title) }
  }

  /// All of them.
  var all: [Markup] {
    Self.titles(of: contents).map { id, title in
      let heading = Markup.element("h2", ["id": "\(id)-title"], text: title)
      return .element(
        "section", ["id": id, "aria-labelledby": "\(id)-title"], [heading] + part(id))
    }
  }

  private func part(_ id: String) -> [Markup] {
    switch id {
    case "answer": answer
    case "charts": charts
    case "explore": PageExplorer.markup
    case "basis":
      list(contents.basis) + [contents.leadingChart].compactMap(\.self).map(figure)
        + [contents.leading].compactMap(\.self).map { PageTableMarkup.table($0) } + priors
    case "precision": list(contents.precision)
    case "omissions": list(contents.omissions)
    case "rules": contents.rules.map { PageTableMarkup.table($0) }
    default: files
    }
  }

  private var answer: [Markup] {
    let sentences = contents.answer.map { Markup.element("p", text: $0) }
    let tables = contents.keyFigures + [contents.regimes, contents.definitions].compactMap(\.self)
    let caveats =
      contents.caveats.isEmpty
      ? [] : [Markup.element("h3", text: "Read with care")] + list(contents.caveats)
    return [.element("div", ["class": "findings"], sentences)] + words
      + tables.map { PageTableMarkup.table($0) } + caveats
  }

  /// Every uncertain number, folded by subject.
  private var priors: [Markup] {
    guard !contents.priors.isEmpty else { return [] }
    let heading = Markup.element("h3", text: "Every uncertain number, by subject")
    return [heading]
      + contents.priors.map { details($0.caption, [PageTableMarkup.table($0)]) }
  }

  /// What the words mean, folded: the line that is seen names them.
  private var words: [Markup] {
    guard !contents.words.isEmpty else { return [] }
    let names = contents.words.map(\.word).joined(separator: "; ")
    let list = contents.words.flatMap { word in
      [Markup.element("dt", text: word.word), .element("dd", text: word.meaning)]
    }
    return [
      .element(
        "details", ["id": "words"],
        [
          .element("summary", text: "What the words mean: \(names)"), .element("dl", list),
        ])
    ]
  }

  private var charts: [Markup] {
    let legend = Markup.element("legend", text: "Regimes shown in all charts")
    let switches = Markup.element(
      "fieldset", ["class": "switches needs-script", "id": "regimes"], [legend])
    let others = contents.otherCharts.map { chart in
      let link = Markup.element("a", ["href": "charts/\(chart.name).vl.json"], text: chart.subject)
      return Markup.element("li", [link])
    }
    let more = NumberWords.counted(others.count, "more chart") + " beside this page, in Vega-Lite"
    return [switches] + contents.charts.map(figure)
      + (others.isEmpty ? [] : [details(more, [.element("ul", others)])])
  }

  private func figure(_ chart: PageChart) -> Markup {
    let place: Attributes = [
      "class": "chart needs-script", "data-chart": chart.name, "role": "img",
      "aria-label": chart.finding,
    ]
    return .element(
      "figure", ["id": "chart-\(chart.name)"],
      [
        .element("h3", text: chart.finding),
        .element("figcaption", text: chart.notes.joined(separator: " ")),
        .element("div", place, []),
      ])
  }

  private var files: [Markup] {
    let code = Markup.element("code", text: contents.commands.joined(separator: "\n"))
    return [
      .element("p", text: "The same file, seed and version give the same bytes:"),
      .element("pre", ["tabindex": "0"], [code]),
      PageTableMarkup.table(contents.files, linksFirst: true),
    ]
  }

  private func list(_ sentences: [String]) -> [Markup] {
    sentences.isEmpty ? [] : [.element("ul", sentences.map { .element("li", text: $0) })]
  }

  private func details(_ summary: String, _ inside: [Markup]) -> Markup {
    .element("details", [.element("summary", text: summary)] + inside)
  }
}

/// The part of a page in which its reader chooses what to see.
enum PageExplorer {
  static let markup: [Markup] = [
    .element(
      "p", ["class": "without-script"],
      text: "Choosing series needs JavaScript; trajectories.csv has all of them."),
    .element(
      "div", ["class": "choices needs-script"],
      [
        choice("metric", "Metric"), choice("entity", "Of"), choice("reading", "Shown as"), month,
      ]),
    .element("div", ["class": "chart needs-script", "id": "explorer"], []),
    .element(
      "div", ["class": "table needs-script", "id": "explorer-table", "aria-live": "polite"], []),
  ]

  private static func choice(_ id: String, _ label: String) -> Markup {
    .element(
      "label", [.element("span", text: label), .element("select", ["id": id], [])])
  }

  private static let month = Markup.element(
    "label",
    [
      .element("span", text: "Month in the table"),
      .void("input", ["type": "range", "id": "month", "min": "0", "value": "0"]),
      .element("output", ["id": "month-name", "for": "month"], []),
    ])
}

/// Tables in boxes of their own, which scroll where a page is narrow.
enum PageTableMarkup {
  /// A table.
  ///
  /// - Parameter linksFirst: whether its first column are names of files beside the page.
  static func table(_ table: PageTable, linksFirst: Bool = false) -> Markup {
    func kind(_ place: Int) -> Attributes {
      table.numbers.contains(place) ? ["class": "number", "scope": "col"] : ["scope": "col"]
    }
    let head = table.header.enumerated().map { place, title in
      Markup.element("th", kind(place), text: title)
    }
    let rows = table.rows.map { row in
      Markup.element(
        "tr", row.enumerated().map { cell($1, at: $0, of: table, isLink: linksFirst && $0 == 0) })
    }
    let parts = [
      Markup.element("caption", text: table.caption),
      .element("thead", [.element("tr", head)]), .element("tbody", rows),
    ]
    // Where a page is too narrow for columns, rows become blocks, unless there are very many.
    let isWide = table.header.count > (table.numbers.isEmpty ? 3 : 2)
    let stacks = isWide && table.rows.count <= mostStacked
    return .element(
      "div",
      [
        "class": stacks ? "table stacks" : "table", "tabindex": "0", "role": "region",
        "aria-label": table.caption,
      ],
      [.element("table", parts)])
  }

  private static let mostStacked = 60

  private static func cell(
    _ text: String, at place: Int, of table: PageTable, isLink: Bool
  ) -> Markup {
    let inside = isLink ? Markup.element("a", ["href": text], text: text) : .text(text)
    if place == 0 {
      return .element(
        "th", ["scope": "row", "class": table.numbers.contains(0) ? "number" : ""], [inside])
    }
    let title = table.header[place]
    guard table.numbers.contains(place) else {
      return .element("td", ["data-title": title], [inside])
    }
    return .element("td", ["class": "number", "data-title": title], lines(of: text))
  }

  /// A figure with its band and what is said of it, each unbroken: `2.37 (1.73 to 3.42); less in 98%`.
  private static func lines(of text: String) -> [Markup] {
    let pieces = text.replacing(" (", with: "\n(").replacing("; ", with: ";\n").split(
      separator: "\n")
    guard pieces.count > 1 else { return [.text(text)] }
    return pieces.enumerated().flatMap { place, piece -> [Markup] in
      let line = Markup.element("span", ["class": "line"], text: String(piece))
      return place == 0 ? [line] : [.text(" "), line]
    }
  }
}
