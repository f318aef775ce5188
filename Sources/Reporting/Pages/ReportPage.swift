import Storage

/// A page as one file that needs no other and asks nothing of the net.
struct ReportPage {
  let contents: PageContents
  /// The files of the charts on the page, by name.
  let charts: [String: [UInt8]]

  /// The file.
  var bytes: [UInt8] {
    let page = Markup.element("html", ["lang": "en"], [head, body])
    return Array("<!DOCTYPE html>\n\(page.html)".utf8)
  }

  /// What runs in the page: Vega, where the build has it, then the page's own program.
  private var programs: [String] { [PageParts.vega, PageParts.program].compactMap(\.self) }

  /// Only these programs run, nothing else does, and nothing is fetched.
  private var policy: String {
    let hashes = programs.map { "'sha256-\(SHA256.base64(Array($0.utf8)))'" }
    return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
      + hashes.joined(separator: " ")
  }

  private var head: Markup {
    .element(
      "head",
      [
        .void("meta", ["charset": "utf-8"]),
        .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .void("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
        .void("meta", ["name": "generator", "content": "Chokepoint \(contents.version)"]),
        .element("title", text: contents.title), .own("style", PageParts.style),
      ])
  }

  private var body: Markup {
    let parts: [Markup] = [
      .element("a", ["class": "skip", "href": "#answer"], text: "To the answer"), header,
      .element("main", ["id": "main"], PageSections(contents).all), footer,
    ]
    return .element("body", parts + data + programs.map { .own("script", $0) })
  }

  private var header: Markup {
    let links = PageSections.titles(of: contents).map { id, title in
      Markup.element("a", ["href": "#\(id)"], text: title)
    }
    return .element(
      "header",
      [
        .element("p", ["class": "kind"], text: "Chokepoint: simulated, given the stated priors"),
        .element("h1", text: contents.title),
        .element("p", ["class": "question"], text: contents.question),
        .element("p", ["class": "size"], text: contents.size),
        .element("nav", ["aria-label": "Parts of this page"], links),
      ])
  }

  private var footer: Markup {
    let source =
      "Made by Chokepoint \(contents.version) from input \(contents.inputHash). The page is one file: it can "
      + "be sent, and needs no internet connection."
    let charts =
      PageParts.vega == nil
      ? "Charts are left out: this build of Chokepoint has no Vega runtime. The same charts are in charts/, and "
        + "the tables here are whole."
      : "Charts by Vega, Vega-Lite and Vega-Embed (copyright University of Washington Interactive Data Lab and "
        + "contributors, BSD 3-clause license)."
    return .element("footer", [.element("p", text: source), .element("p", text: charts)])
  }

  /// What the program of the page reads: charts by name, and series to choose from.
  private var data: [Markup] {
    guard PageParts.vega != nil else { return [] }
    let drawn = contents.drawnCharts.compactMap { chart in
      charts[chart.name].map { Markup.json(id: "data-\(chart.name)", $0) }
    }
    let explorer = contents.explorer.map {
      Markup.json(id: "explorer-data", JSONText.compactBytes(of: $0))
    }
    return drawn + [explorer].compactMap(\.self)
  }
}
