import Foundation
import Testing

/// Charts and pages as files: drawn and read by the programs of others.
@Suite struct ChartFileTests {
  /// A result in a folder of its own, with what can only be hostile in every text that a file may have.
  private func withHostileResult<R>(_ body: (URL) async throws -> R) async throws -> R {
    try await withFolder { folder in
      let text = SmallScenario.text
        .replacing("A small training", with: "</script><script>alert(1)</script>")
        .replacing("{id: free}", with: "{id: free, title: '\"]; datum.x {signal} <img src=x>'}")
      let file = folder.appending(path: "hostile.yaml")
      try Data(text.utf8).write(to: file)
      let output = folder.appending(path: "results")
      let outcome = try await chokepoint("run", file.path, "--output", output.path, "--quiet")
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try await body(output)
    }
  }

  private func charts(in results: URL) throws -> [String] {
    let folder = results.appending(path: "charts")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".vl.json") }.sorted().map { folder.appending(path: $0).path }
  }

  @Test func `vl-convert draws every chart, and Altair reads it`() async throws {
    try await withHostileResult { results in
      let charts = try charts(in: results)
      #expect(charts.count >= 2)
      let script = packageRoot.appending(path: "tools/check-charts.py").path
      let outcome = try await python([script] + charts, in: results)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.hasSuffix("\(charts.count) charts checked, 0 faults\n"))
    }
  }

  @Test func `images are drawn beside the charts, and nothing else is`() async throws {
    try await withHostileResult { results in
      let charts = try charts(in: results)
      let venv = packageRoot.appending(path: ".build-venv/bin").path
      let outcome = try await call(
        URL(filePath: "/usr/bin/env"),
        [
          "PATH=\(venv):/usr/bin:/bin", builtCommand.path, "charts", results.path, "--format",
          "png,svg,pdf",
        ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let images = outcome.output.split(separator: "\n")
      #expect(images.count == 3 * charts.count)
      for image in images {
        let bytes = try Data(contentsOf: URL(filePath: String(image)))
        let begin =
          image.hasSuffix(".png")
          ? [0x89, 0x50] : image.hasSuffix(".pdf") ? [0x25, 0x50] : [0x3C, 0x73]
        #expect(Array(bytes.prefix(2)) == begin.map { UInt8($0) }, "\(image)")
        if image.hasSuffix(".svg") {
          let text = String(decoding: bytes, as: UTF8.self)
          #expect(!text.contains("<script") && !text.contains("<img"), "\(image)")
        }
      }
    }
  }

  @Test func `without vl-convert the command says how to get it`() async throws {
    try await withHostileResult { results in
      let outcome = try await call(
        URL(filePath: "/usr/bin/env"), ["PATH=/nowhere", builtCommand.path, "charts", results.path])
      #expect(outcome.status == 69)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains("pip install vl-convert-python"))
      let empty = try await chokepoint("charts", packageRoot.path)
      #expect(empty.status == 73 && empty.errors.contains("holds no charts"))
      let format = try await chokepoint("charts", results.path, "--format", "gif")
      #expect(format.status == 64 && format.errors.contains("gif is not svg, png or pdf"))
    }
  }

  @Test func `the page holds no markup of the scenario, and nothing that it would fetch`()
    async throws
  {
    try await withHostileResult { results in
      let whole = try String(
        contentsOf: results.appending(path: "report.html"), encoding: .utf8)
      // The page's own programs stand last, and hold all sorts of words.
      let end = try #require(whole.firstRange(of: "<script>"))
      let page = String(whole[..<end.lowerBound])
      for word in [
        "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;", "Content-Security-Policy",
      ] {
        let isThere = page.contains(word)
        #expect(isThere, "\(word)")
      }
      for word in ["<img", "<script>alert", "src=\"http", "href=\"http", "@import", "url(http"] {
        let isThere = page.contains(word)
        #expect(!isThere, "\(word)")
      }
    }
  }

  @Test func `a page is made again from what stands beside it`() async throws {
    try await withHostileResult { results in
      let page = results.appending(path: "report.html")
      let written = try Data(contentsOf: page)
      try FileManager.default.removeItem(at: page)
      let outcome = try await chokepoint("report", results.path)
      #expect(outcome.status == 0 && outcome.output == "\(page.path)\n", "\(outcome.errors)")
      #expect(try Data(contentsOf: page) == written)
      let batch = results.deletingLastPathComponent()
      let index = try await chokepoint("report", batch.path)
      #expect(index.status == 0, "\(index.errors)")
      let text = try String(contentsOf: batch.appending(path: "report.html"), encoding: .utf8)
      #expect(text.contains("href=\"results/report.html\"") && !text.contains("<script"))
      let nothing = try await chokepoint("report", packageRoot.path)
      #expect(nothing.status == 73 && nothing.errors.contains("name the folder of the results"))
      try Data("{}".utf8).write(to: results.appending(path: "report.json"))
      let damaged = try await chokepoint("report", results.path)
      #expect(damaged.status == 73 && damaged.errors.contains("is damaged"))
    }
  }

  @Test func `a run leaves the page out when told, and an old one goes`() async throws {
    try await withHostileResult { results in
      let file = results.deletingLastPathComponent().appending(path: "hostile.yaml").path
      let outcome = try await chokepoint(
        "run", file, "--output", results.path, "--no-report", "--quiet")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: results.appending(path: "report.html").path))
      #expect(FileManager.default.fileExists(atPath: results.appending(path: "report.json").path))
    }
  }
}
