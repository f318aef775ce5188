import Wording

/// A page of several results: what each asks and comes to, and where its own page is.
struct IndexPage {
  /// Each with the name of its folder, below that of the page.
  let results: [(folder: String, contents: PageContents)]

  /// The sentences of an answer that are repeated here.
  private static let mostSentences = 3

  /// The file.
  var bytes: [UInt8] {
    let head = Markup.element(
      "head",
      [
        .void("meta", ["charset": "utf-8"]),
        .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .void(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'",
          ]),
        .element("title", text: "Results of \(count)"), .own("style", PageParts.style),
      ])
    let body = Markup.element(
      "body",
      [
        header, .element("main", ["id": "main"], results.map(part)),
        .element(
          "footer", [.element("p", text: "Made by Chokepoint. Each result has a page of its own.")]),
      ])
    let page = Markup.element("html", ["lang": "en"], [head, body])
    return Array("<!DOCTYPE html>\n\(page.html)".utf8)
  }

  private var count: String { NumberWords.counted(results.count, "scenario") }

  private var header: Markup {
    let links = results.map { result in
      Markup.element("a", ["href": "#\(result.folder)"], text: result.contents.name)
    }
    return .element(
      "header",
      [
        .element("p", ["class": "kind"], text: "Chokepoint: simulated, given the stated priors"),
        .element("h1", text: "Results of \(count)"),
        .element("nav", ["aria-label": "Scenarios"], links),
      ])
  }

  private func part(of result: (folder: String, contents: PageContents)) -> Markup {
    let (folder, contents) = result
    let sentences = contents.answer.prefix(Self.mostSentences).map { Markup.element("p", text: $0) }
    let link = Markup.element(
      "a", ["href": "\(folder)/\(StoredPage.file)"], text: contents.title)
    let parts: [Markup] = [
      .element("h2", ["id": "\(folder)-title"], [link]),
      .element("p", ["class": "question"], text: contents.question),
      .element("p", ["class": "size"], text: contents.size),
    ]
    return .element(
      "section", ["id": folder, "aria-labelledby": "\(folder)-title"],
      parts + sentences + contents.keyFigures.map { PageTableMarkup.table($0) })
  }
}
