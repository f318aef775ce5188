import FoundationEssentials
import Scenarios
import Studies
import Testing

@testable import Reporting
@testable import Storage

/// Pages, as text.
@Suite struct PageTests {
  private static let hostile = #"</script><!-- & "quoted" 'single' \u003c/h1> ]]>"#

  @Test func `text is text wherever it stands`() {
    let escaped =
      #"&lt;/script&gt;&lt;!-- &amp; &quot;quoted&quot; &#39;single&#39; \u003c/h1&gt; ]]&gt;"#
    #expect(Markup.text(Self.hostile).html == escaped)
    #expect(
      Markup.element("p", ["class": Self.hostile], text: Self.hostile).html
        == "<p class=\"\(escaped)\">\(escaped)</p>\n")
    #expect(Markup.text("a\u{202E}b").html == #"a\u{202E}b"#)
  }

  @Test func `nothing in data can end its element`() throws {
    let markup = Markup.json(id: "x", JSONText.compactBytes(of: [Self.hostile])).html
    #expect(markup.firstRange(of: "</script>")?.upperBound == markup.index(before: markup.endIndex))
    #expect(!markup.contains("<!--"))
    let begin = try #require(markup.firstIndex(of: ">"))
    let end = try #require(markup.lastIndex(of: "<"))
    let data = Data(markup[markup.index(after: begin)..<end].utf8)
    #expect(try JSONDecoder().decode([String].self, from: data) == [Self.hostile])
  }

  /// The page of a result, and what it says.
  private func page(_ result: RunResult) -> (contents: PageContents, html: String) {
    let charts = result.charts
    let contents = result.pageContents(
      RunInput(result.scenario), charts: charts, files: [("trajectories.csv", "Months.")])
    let bytes = Dictionary(uniqueKeysWithValues: charts.map { ($0.name, $0.bytes) })
    let page = ReportPage(contents: contents, charts: bytes).bytes
    return (contents, String(decoding: page, as: UTF8.self))
  }

  @Test func `a page answers what a reader asks`() async throws {
    let (contents, html) = page(try await ChartTests.economy())
    for part in [
      "answer", "charts", "explore", "basis", "precision", "omissions", "rules", "files",
    ] {
      #expect(html.contains("<section id=\"\(part)\""), "\(part)")
      #expect(html.contains("href=\"#\(part)\""), "\(part)")
    }
    #expect(!contents.answer.isEmpty && !contents.keyFigures.isEmpty && contents.explorer != nil)
    let priors = contents.priors.flatMap(\.rows)
    #expect(priors.count > 50 && contents.priors.count > 5)
    #expect(Set(priors.map { $0[3] }).count == priors.count)
    // In each subject judgements come first.
    #expect(contents.priors.allSatisfy { $0.rows.isEmpty || $0.rows[0][2].hasPrefix("judgement") })
    #expect(contents.words.contains { $0.word == "H100e" })
    #expect(!contents.words.contains { $0.word == "Effective FLOP" } || html.contains("ffective"))
    #expect(html.contains("<dt>H100e</dt>"))
    #expect(contents.rules.contains { $0.rows.contains { $0.contains("US") } })
    #expect(contents.charts.count + contents.otherCharts.count > 8)
    // Each element that is opened is closed, in order.
    var open: [Substring] = []
    let body = html.replacing(
      /<script.*?<\/script>|<style.*?<\/style>/.dotMatchesNewlines(), with: "")
    for tag in body.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) where !["meta", "input"].contains(tag.2)
    {
      if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
    }
    #expect(open.isEmpty)
  }

  @Test func `documented runs have their definitions of cost`() async throws {
    let (contents, html) = page(try await SmallRun.result())
    #expect(contents.definitions?.rows.count == 9)
    #expect(html.contains("id=\"data-cost-by-view\"") == (PageParts.vega != nil))
  }

  @Test func `what a page says is kept whole`() async throws {
    let contents = page(try await ChartTests.economy()).contents
    let bytes = JSONText.compactBytes(of: contents)
    #expect(try JSONDecoder().decode(PageContents.self, from: Data(bytes)) == contents)
  }

  @Test func `series to choose from have a value for each month and regime`() async throws {
    let explorer = try #require(page(try await ChartTests.economy()).contents.explorer)
    #expect(explorer.days.first == "2022-10-31" && explorer.days.last == "2023-04-30")
    for series in explorer.series {
      #expect(series.values.count == 2 && series.differences.count == 1)
      let months = (series.values + series.differences).map(\.count)
      #expect(months.allSatisfy { $0 == explorer.days.count }, "\(series.metric)")
    }
  }
}
