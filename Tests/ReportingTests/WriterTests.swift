@testable import Storage
@testable import Studies
import FoundationEssentials
import Scenarios
import Testing

@testable import Reporting

@Suite struct WriterTests {
  private func write(
    _ result: RunResult
  ) async throws -> (names: [String], files: [String: [UInt8]]) {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = ResultFolder(path)
    try folder.claim(inputHash: RunInput(result.scenario).hash, force: false)
    let names = try await result.write(
      RunInput(result.scenario),
      to: folder, RunCircumstances(threads: 1, started: "2025-01-01T00:00:00Z", seconds: 1.5))
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) where name != "charts" {
      files[name] = try FileSystem.read(folder.place(of: name))
    }
    return (names, files)
  }

  @Test func allFilesOfAResultAndNoOther() async throws {
    let (names, files) = try await write(SmallRun.result())
    #expect(
      names.filter { !$0.hasPrefix("charts/") } == [
        "report.html", "summary.csv", "trajectories.csv", "comparison.csv", "runs.csv",
        "ledger.csv", "parameters.csv", "headline.csv", "claims.csv", "scenario.yaml",
        "report.json", "datapackage.json",
        "manifest.json",
      ])
    #expect(Set(files.keys) == Set(names))
  }

  @Test func theDataPackageKnowsTheFiles() async throws {
    struct Package: Decodable {
      struct Resource: Decodable {
        let path: String
        let bytes: Int
        let hash: String
      }
      let name: String
      let resources: [Resource]
    }
    let (names, files) = try await write(SmallRun.result())
    let json = try #require(files["datapackage.json"])
    let package = try JSONDecoder().decode(Package.self, from: Data(json))
    #expect(package.name == "small")
    #expect(
      package.resources.map(\.path)
        == names.filter { !["datapackage.json", "manifest.json", "report.html"].contains($0) })
    for resource in package.resources {
      let bytes = try #require(files[resource.path])
      #expect(resource.bytes == bytes.count)
      #expect(resource.hash == "sha256:\(SHA256.hex(bytes))")
    }
  }

  @Test func theManifestTellsHowItCameAbout() async throws {
    let result = try await SmallRun.result()
    let json = try #require(try await write(result).files["manifest.json"])
    let text = String(decoding: json, as: UTF8.self)
    #expect(JSONText.string("input_sha256", in: text) == RunInput(result.scenario).hash)
    #expect(JSONText.string("scenario", in: text) == "small")
    #expect(JSONText.string("started", in: text) == "2025-01-01T00:00:00Z")
  }

  @Test func whatQuantilesAreMadeOfIsNamed() async throws {
    let names = ["datapackage.json", "manifest.json"]
    let exact = try await write(SmallRun.result()).files
    let binned = try await write(
      SmallRun.result(
        SmallRun.yaml().replacing("run: {start", with: "run: {exact_values: 0, start"))
    ).files
    for name in names {
      let bound = "quantiles from bins, off by at most 0.39% of themselves"
      #expect(String(decoding: binned[name] ?? [], as: UTF8.self).contains(bound))
      #expect(!String(decoding: exact[name] ?? [], as: UTF8.self).contains(bound))
    }
    let text = String(decoding: exact["manifest.json"] ?? [], as: UTF8.self)
    #expect(JSONText.string("quantiles", in: text) == "exact")
  }

  /// The scenario that is kept beside results gives the same results.
  @Test func theEffectiveScenarioGivesTheSameBytes() async throws {
    let first = try await write(SmallRun.result()).files
    let yaml = String(decoding: try #require(first["scenario.yaml"]), as: UTF8.self)
    let second = try await write(SmallRun.result(yaml)).files
    for (name, bytes) in first where name != "manifest.json" {
      #expect(second[name] == bytes, "\(name)")
    }
  }

  @Test func theHashFollowsTheInput() throws {
    let hash = try RunInput(SmallRun.scenario()).hash
    #expect(hash == (try RunInput(SmallRun.scenario())).hash)
    #expect(hash != (try RunInput(SmallRun.scenario(SmallRun.yaml(replicates: 65)))).hash)
    #expect(hash.count == 64)
  }
}
