import Documents
@testable import Studies
import FoundationEssentials
import Quantities
import Scenarios
import Storage
import Testing

@testable import Reporting

/// Charts of a few months, of worlds with and without an economy, with the worst names that a file can give.
@Suite struct ChartTests {
  /// What would be an expression, a signal, markup or an end of a script where a chart took it for one.
  private static let hostile = [
    #"</script><script>alert(1)</script>"#, "datum.p50", #"{"signal":"width"}"#, #"{"expr":"1+1"}"#,
    #"';alert(1)//"#, #"\"\\"#, "<img src=x onerror=alert(1)>", "$(date)", "__proto__",
  ]

  /// A world with an economy for half a year, whose titles and names are hostile.
  static func economy(_ names: [String] = hostile) async throws -> RunResult {
    let quoted = names.map { "'" + $0.replacing("'", with: "''") + "'" }
    let yaml = """
      about: {title: \(quoted[0]), question: \(quoted[1])}
      run: {start: 2022-10, end: 2023-04, replicates: 16, seed: 5}
      world:
        use: world-2022
        chips:
          - {id: h800, name: \(quoted[2])}
        labs:
          - {id: openai, name: \(quoted[6])}
        owners:
          - {id: cn-other, name: \(quoted[1])}
      regimes:
        - id: rule
          title: \(quoted[3])
          rules:
            - us_2022_10
            - {id: own, government: US, title: \(quoted[4]), announced: 2022-11-01, effective: 2022-11-01,
               destinations: [CN], requirement: [{when: {tpp: {at_least: 1600}}}], review: [{policy: deny}]}
        - {id: constructor, name: \(quoted[7]), title: \(quoted[5])}
      metrics: [stock_h100e, capability, lag_months, sold_chips, stock_legal_h100e, compute_ratio_stock_h100e,
        compute_ratio_stock_memory_bandwidth]
      thresholds:
        - {id: signal, entity: CN, metric: stock_h100e, at_least: 30000}
      """
    return try await RunResult(
      running: Scenario(SourceDocument(text: yaml, file: "hostile.yaml"), name: "hostile"),
      threads: 2)
  }

  @Test func `each chart has data, a name of its own, and a place in the data package`()
    async throws
  {
    let charts = try await Self.economy().charts
    let names = charts.map(\.name)
    for name in [
      "stock-h100e", "stock-h100e-by-regime", "stock-h100e-difference", "lag-months",
      "sold-chips-chips", "compute-ratios", "chips-by-channel", "first-passages", "rules",
    ] {
      #expect(names.contains(name), "\(name) of \(names)")
    }
    #expect(Set(names).count == names.count)
    for chart in charts {
      #expect(!chart.picture.panels.isEmpty && !chart.finding.isEmpty, "\(chart.name)")
      #expect(chart.picture.panels.allSatisfy { !$0.data.rows.isEmpty }, "\(chart.name)")
      let isPlain = chart.name.allSatisfy {
        $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
      }
      #expect(isPlain, "\(chart.name)")
    }
  }

  @Test func `runs have their costs by view`() async throws {
    let charts = try await SmallRun.result().charts
    let names = charts.map(\.name)
    #expect(names.contains("cost-by-view") && names.contains("run-days") && names.contains("rules"))
    let costs = try #require(charts.first { $0.name == "cost-by-view" })
    let json = String(decoding: costs.bytes, as: UTF8.self)
    #expect(json.contains(#""type":"log""#) && json.contains("fleet-chips"))
  }

  /// Keys whose value Vega would compute, load or follow.
  private static let active: Set = [
    "signal", "expr", "labelExpr", "test", "filter", "calculate", "url", "href", "field", "param",
    "update", "transform", "lookup", "usermeta",
  ]

  @Test func `what a scenario says is text or data, and nothing that is computed`() async throws {
    let charts = try await Self.economy().charts
    var shown = 0
    for chart in charts {
      let tree = try JSONDecoder().decode(Tree.self, from: Data(chart.bytes))
      tree.forEachText { path, text in
        guard Self.hostile.contains(where: { text.contains($0) }) else { return }
        shown += 1
        #expect(Self.active.isDisjoint(with: path), "\(chart.name): \(path)")
        // In a list of lines, or in a row: nowhere may one text stand where Vega-Lite takes an object too.
        let isText =
          path.contains("text") || path.contains("subtitle") || path.last == "description"
        let isData = path.contains("values") || path.contains("domain")
        #expect(isText || isData, "\(chart.name): \(path)")
      }
      tree.forEachKey { key in #expect(!Self.hostile.contains(key), "\(chart.name): \(key)") }
    }
    #expect(shown > 0)
  }

  @Test func `everything that is computed is a literal of the program`() async throws {
    let plain = (0..<Self.hostile.count).map { "Name \($0)" }
    func computed(_ result: RunResult) throws -> [String] {
      var texts: [String] = []
      for chart in result.charts {
        try JSONDecoder().decode(Tree.self, from: Data(chart.bytes)).forEachText { path, text in
          if path.last.map(Self.active.contains) == true { texts.append("\(path) \(text)") }
        }
      }
      return texts
    }
    let hostile = try computed(try await Self.economy())
    #expect(!hostile.isEmpty)
    #expect(try computed(try await Self.economy(plain)) == hostile)
  }

  @Test func `the same result gives the same bytes`() async throws {
    let (first, second) = (try await SmallRun.result(), try await SmallRun.result(threads: 3))
    #expect(first.charts.map(\.bytes) == second.charts.map(\.bytes))
  }

  @Test func `nothing is drawn of what is zero throughout`() async throws {
    let charts = try await Self.economy().charts
    for chart in charts where !chart.name.hasPrefix("first-passages") {
      for panel in chart.picture.panels where panel.data.fields.contains(.p95) {
        let isEmpty = panel.data.rows.allSatisfy { row in
          row.allSatisfy { if case .number(let number) = $0 { number == 0 } else { true } }
        }
        // One panel of several may be zero: a regime that lets nothing in is an answer.
        #expect(!isEmpty || chart.picture.panels.count > 1, "\(chart.name)")
      }
    }
  }
}

/// Any JSON.
private enum Tree: Decodable {
  case text(String)
  case list([Tree])
  case object([String: Tree])
  case other

  init(from decoder: any Decoder) throws {
    if let object = try? [String: Tree](from: decoder) {
      self = .object(object)
    } else if let list = try? [Tree](from: decoder) {
      self = .list(list)
    } else if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = .text(text)
    } else {
      self = .other
    }
  }

  func forEachText(_ path: [String] = [], _ body: ([String], String) -> Void) {
    switch self {
    case .text(let text): body(path, text)
    case .list(let items): for item in items { item.forEachText(path, body) }
    case .object(let object):
      for (key, value) in object.sorted(by: { $0.key < $1.key }) {
        value.forEachText(path + [key], body)
      }
    case .other: break
    }
  }

  func forEachKey(_ body: (String) -> Void) {
    switch self {
    case .list(let items): for item in items { item.forEachKey(body) }
    case .object(let object):
      for (key, value) in object {
        body(key)
        value.forEachKey(body)
      }
    case .text, .other: break
    }
  }
}
