@testable import Batches
@testable import Storage
@testable import Studies
import FoundationEssentials
import Glibc
import Testing

@testable import Reporting

/// Plans and manifests of strangers: a sentence with the file and what to do, whatever stands in them.
@Suite struct DamagedPlanTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    try FileSystem.makeFolder(path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  /// JSON that is none of ours, whatever it is of.
  private static let foreign: [[UInt8]] =
    [
      "", "{", "null", "3", "[]", "{}", "\"x\"", "{\"shards\": \"many\"}", "\u{FEFF}{}", "{\"a\":",
      String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
    ].map { Array($0.utf8) } + [
      [0xFF, 0xFE, 0x7B], [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D],
    ]

  @Test func `a plan is taken for one only where planning comes to it again`() throws {
    try inFolder { path in
      let folder = BatchFolder(path)
      let scenario = try SmallRun.scenario()
      let plan = BatchPlan([PlannedExperiment(Experiment(scenario), folder: "small")], shards: 3)
      try folder.lay(plan, force: false)
      let file = "\(path)/shards/plan.json"
      let whole = String(decoding: try FileSystem.read(file), as: UTF8.self)
      #expect(try folder.plan().shards == 3)
      let changed = [
        ("\"shards\" : 3", "\"shards\" : 1000000000000000000"),
        ("\"shards\" : 3", "\"shards\" : 0"), ("\"shards\" : 3", "\"shards\" : -3"),
        ("\"shards\" : 3", "\"shards\" : 3.5"), ("\"shards\" : 3", "\"shards\" : 1e400"),
        ("\"shards\" : 3", "\"shards\" : null"),
        ("\"shards\" : 3", "\"shards\" : 3, \"shards\" : 4"),
        ("\"points\" : 1", "\"points\" : -1"), ("\"blocks\" : 1", "\"blocks\" : 9"),
        ("\"folder\" : \"small\"", "\"folder\" : \"../elsewhere\""),
        ("\"name\" : \"small\"", "\"name\" : \"other\""),
        ("\"file\" : \"scenario-0.yaml\"", "\"file\" : \"../../../etc/hostname\""),
        ("\"file\" : \"scenario-0.yaml\"", "\"file\" : \"scenario-1.yaml\""),
        ("\"scenarios\" : [", "\"more\" : {}, \"scenarios\" : ["),
        ("chokepoint", "\u{202E}"),
      ].map { whole.replacing($0.0, with: $0.1) }
      #expect(!changed.contains(whole))
      for bytes in changed.map({ Array($0.utf8) }) + Self.foreign {
        try FileSystem.replace(file, bytes)
        let told = #expect(throws: FileError.self, "\(bytes.prefix(400))") { try folder.plan() }
        let words = told?.description ?? ""
        #expect(words.contains("is damaged"), "\(words)")
        #expect(!words.contains("\n") && words.count < 600, "\(words)")
        let other = #expect(throws: FileError.self) { try folder.lay(plan, force: false) }
        #expect(other?.description.contains("--force to throw its shards away") == true)
      }
      try FileSystem.replace(
        file, Array(whole.replacing("\"version\" : \"", with: "\"version\" : \"\\u001b[2J\\n").utf8)
      )
      let version = #expect(throws: FileError.self) { try folder.plan() }
      #expect(version?.description.contains("by version \\u{001B}[2J\\n0.") == true)
      FileSystem.remove(file)
      #expect(mkfifo(file, 0o600) == 0)
      let pipe = #expect(throws: FileError.self) { try folder.plan() }
      #expect(pipe?.description.contains("plan.json is no ordinary file") == true)
      FileSystem.remove(file)
      #expect(truncate(atPath: file, to: 1 << 40))
      let huge = #expect(throws: FileError.self) { try folder.plan() }
      #expect(huge?.description.contains("has more than 16777216 bytes") == true)
    }
  }

  /// A file of zeros that takes no room.
  private func truncate(atPath path: String, to size: Int) -> Bool {
    guard (try? FileSystem.write([], to: path)) != nil else { return false }
    return Glibc.truncate(path, size) == 0
  }

  @Test func `a manifest that is none says what to do`() throws {
    try inFolder { path in
      let folder = ResultFolder(path)
      let file = folder.place(of: "manifest.json")
      let texts = [
        "{\"input_sha256\": 3}", "{\"input_sha256\": null}", "{\"input_sha256\": [\"one\"]}",
        "{\"input_sha256\": \"two\", \"input_sha256\": \"one\"}", "{\"other\": \"one\"}",
      ]
      for bytes in texts.map({ Array($0.utf8) }) + Self.foreign {
        try FileSystem.replace(file, bytes)
        let told = #expect(throws: FileError.self) {
          try folder.claim(inputHash: "one", force: false)
        }
        #expect(
          told?.description.contains("manifest.json is damaged, or is not this program's") == true,
          "\(told?.description ?? "")")
        #expect(told?.description.contains("give another --output, or --force") == true)
        #expect(!folder.holdsResults && !folder.holdsResults(ofInput: "one"))
      }
      #expect(truncate(atPath: file, to: 1 << 40))
      let huge = #expect(throws: FileError.self) {
        try folder.claim(inputHash: "one", force: false)
      }
      #expect(huge?.description.contains("has more than 4194304 bytes") == true)
    }
  }

  /// Whose results are written over says which files go: tables, charts and their images, and none of another's.
  @Test func `a description of data has no more removed than tables and charts`() throws {
    try inFolder { path in
      let folder = ResultFolder(path)
      let names = [
        "a.csv", "notes.txt", ".hidden", "../a.csv", "b.csv/../c.csv", "..", "charts/x.vl.json",
        "charts/../y.vl.json", "other/z.vl.json", "charts/notes.txt", "report.html",
      ]
      let resources = names.map { "{\"path\": \"\($0)\"}" }.joined(separator: ",")
      try FileSystem.replace(
        folder.place(of: "manifest.json"), Array("{\"program\": \"chokepoint\"}".utf8))
      try FileSystem.replace(
        folder.place(of: "datapackage.json"), Array("{\"resources\": [\(resources)]}".utf8))
      let images = ["svg", "png", "pdf"].map { "charts/x.\($0)" }
      #expect(folder.listedFiles == ["a.csv", "charts/x.vl.json"] + images)
    }
  }
}
