@testable import Storage
import FoundationEssentials
import Glibc
import Testing

@testable import Reporting

private struct TextFile {
  let name: String
  let text: String
}

extension ResultFolder {
  fileprivate func write(_ files: [TextFile], manifest: TextFile) async throws {
    try await write { staged in
      for file in files + [manifest] {
        _ = try staged.add(file.name, Array(file.text.utf8))
      }
    }
  }
}

@Suite struct ResultFolderTests {
  /// A folder of its own for each test, removed at the end of it.
  private func inFolder(_ body: (ResultFolder) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(ResultFolder("\(path)/a/b"))
  }

  private func contents(_ folder: ResultFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func text(_ name: String, in folder: ResultFolder) throws -> String {
    String(decoding: try FileSystem.read(folder.place(of: name)), as: UTF8.self)
  }

  private func file(_ name: String, _ text: String) -> TextFile {
    TextFile(name: name, text: text)
  }

  private func manifest(_ hash: String) -> TextFile {
    file("manifest.json", "{\"input_sha256\": \"\(hash)\", \"cells\": 3}")
  }

  @Test func claimingMakesTheFolderAndLeavesNothingInIt() async throws {
    try await inFolder { folder in
      try folder.claim(inputHash: "one", force: false)
      #expect(try contents(folder).isEmpty)
      try folder.claim(inputHash: "one", force: false)
    }
  }

  /// A scenario that somebody wrote by hand, above all.
  @Test(arguments: ["scenario.yaml", "comparison.csv", "datapackage.json"])
  func filesOfSomebodyElseAreNotOverwritten(name: String) async throws {
    try await inFolder { folder in
      try FileSystem.makeFolder(folder.path)
      try FileSystem.write(Array("mine".utf8), to: folder.place(of: name))
      let error = #expect(throws: FileError.self) {
        try folder.claim(inputHash: "one", force: false)
      }
      #expect(error?.description.hasPrefix("\(folder.place(of: name)) is there without") == true)
      try folder.claim(inputHash: "one", force: true)
    }
  }

  @Test func resultsOfAnotherInputAreNotOverwritten() async throws {
    try await inFolder { folder in
      try folder.claim(inputHash: "one", force: false)
      try await folder.write([file("trajectories.csv", "a\n")], manifest: manifest("one"))
      try folder.claim(inputHash: "one", force: false)
      let error = #expect(throws: FileError.self) {
        try folder.claim(inputHash: "two", force: false)
      }
      #expect(
        error?.description == "\(folder.path) holds results of another input; give another "
          + "--output, or --force to overwrite them")
      try folder.claim(inputHash: "two", force: true)
      #expect(try text("trajectories.csv", in: folder) == "a\n")
    }
  }

  @Test func resultsWithoutManifestAreSomebodysResults() async throws {
    try await inFolder { folder in
      try folder.claim(inputHash: "one", force: false)
      try FileSystem.write([], to: folder.place(of: "trajectories.csv"))
      #expect(throws: FileError.self) { try folder.claim(inputHash: "one", force: false) }
      try FileSystem.write(Array("not JSON".utf8), to: folder.place(of: "manifest.json"))
      #expect(throws: FileError.self) { try folder.claim(inputHash: "one", force: false) }
    }
  }

  @Test func otherFilesAreNobodysBusiness() async throws {
    try await inFolder { folder in
      try folder.claim(inputHash: "one", force: false)
      try FileSystem.write([1], to: folder.place(of: "notes.txt"))
      try folder.claim(inputHash: "two", force: false)
      try await folder.write([file("a.csv", "a")], manifest: manifest("two"))
      #expect(try contents(folder) == ["a.csv", "manifest.json", "notes.txt"])
    }
  }

  @Test func writingReplacesWholeFiles() async throws {
    try await inFolder { folder in
      try folder.claim(inputHash: "one", force: false)
      try await folder.write(
        [file("a.csv", "a long first"), file("b.csv", "")], manifest: manifest("1"))
      try await folder.write([file("a.csv", "short")], manifest: manifest("2"))
      #expect(try contents(folder) == ["a.csv", "b.csv", "manifest.json"])
      #expect(try text("a.csv", in: folder) == "short")
      #expect(try text("manifest.json", in: folder).contains("\"2\""))
    }
  }

  @Test func aWriteThatFailsLeavesTheOldFilesWhole() async throws {
    try await inFolder { folder in
      try folder.claim(inputHash: "one", force: false)
      try await folder.write([file("a.csv", "old")], manifest: manifest("1"))
      await #expect(throws: FileError.self) {
        try await folder.write(
          [file("a.csv", "new"), file("nowhere/b.csv", "new")], manifest: manifest("2"))
      }
      #expect(try contents(folder) == ["a.csv", "manifest.json"])
      #expect(try text("a.csv", in: folder) == "old")
      #expect(try text("manifest.json", in: folder).contains("\"1\""))
    }
  }

  /// A folder stands where a file should go: the result is known to be incomplete, since it has no
  /// manifest, and nothing temporary is left behind.
  @Test func aFileThatCannotBePutInPlaceLeavesNothingTemporary() async throws {
    try await inFolder { folder in
      try folder.claim(inputHash: "one", force: false)
      try FileSystem.makeFolder(folder.place(of: "b.csv"))
      await #expect(throws: FileError.self) {
        try await folder.write([file("a.csv", "a"), file("b.csv", "b")], manifest: manifest("1"))
      }
      #expect(try contents(folder) == ["a.csv", "b.csv"])
    }
  }

  @Test func whatKilledProcessesBeganIsRemoved() async throws {
    try await inFolder { folder in
      try FileSystem.makeFolder(folder.path)
      let ours = ".chokepoint-\(getpid())-a.csv"
      let others = [
        ".hidden", "a.2147483646", ".notes.2024", ".a.csv.2147483646", ".chokepoint-notes",
        ".chokepoint-x-1",
      ]
      for name in [".chokepoint-2147483646-a.csv", ours] + others {
        try FileSystem.write([], to: folder.place(of: name))
      }
      try folder.claim(inputHash: "one", force: false)
      #expect(try contents(folder) == ([ours] + others).sorted())
    }
  }

  @Test func nothingIsRemovedFromAFolderThatIsRefused() async throws {
    try await inFolder { folder in
      try FileSystem.makeFolder(folder.path)
      let there = [".chokepoint-2147483646-a.csv", "manifest.json"]
      for name in there { try FileSystem.write([], to: folder.place(of: name)) }
      #expect(throws: FileError.self) { try folder.claim(inputHash: "one", force: false) }
      #expect(try contents(folder) == there.sorted())
    }
  }

  /// Two runs of different inputs begin together in one new folder; whoever ends second is refused.
  @Test func theSecondOfTwoInputsIsRefusedWhenItEnds() async throws {
    try await inFolder { folder in
      let one = try folder.claim(inputHash: "one", force: false)
      let two = try folder.claim(inputHash: "two", force: false)
      let again = try folder.claim(inputHash: "one", force: false)
      let forced = try folder.claim(inputHash: "three", force: true)
      try await one.write([file("a.csv", "one")], manifest: manifest("one"))
      await #expect(throws: FileError.self) {
        try await two.write([file("a.csv", "two")], manifest: manifest("two"))
      }
      #expect(try contents(folder) == ["a.csv", "manifest.json"])
      #expect(try text("a.csv", in: folder) == "one")
      try await again.write([file("a.csv", "again")], manifest: manifest("one"))
      #expect(try text("a.csv", in: folder) == "again")
      try await forced.write([file("a.csv", "forced")], manifest: manifest("three"))
      #expect(try text("a.csv", in: folder) == "forced")
    }
  }

  /// A run of another input is refused before it computes; one of the same is not.
  @Test func whoIsAtWorkKeepsOtherInputsAway() async throws {
    try await inFolder { folder in
      let one = try folder.claim(inputHash: "one", force: false)
      let same = try folder.claim(inputHash: "one", force: false)
      let two = try folder.claim(inputHash: "two", force: false)
      try await one.write { _ in
        let refused = await #expect(throws: FileError.self) {
          try await two.write { _ in Issue.record("it was let in") }
        }
        #expect(
          refused?.description.hasPrefix("a run of another input is at work in \(folder.path)")
            == true)
        try await same.write { _ in }
        #expect(FileSystem.exists(folder.place(of: ".chokepoint-run.lock")))
      }
      #expect(try contents(folder) == [])
      try await two.write([file("a.csv", "two")], manifest: manifest("two"))
      #expect(try contents(folder) == ["a.csv", "manifest.json"])
    }
  }

  /// Killed between the first file and the last: the same input may go on, another may not.
  @Test func whatWasKilledWhileItWasPutInPlaceIsGoneOnWith() async throws {
    try await inFolder { folder in
      try FileSystem.makeFolder(folder.path)
      try FileSystem.write([], to: folder.place(of: "trajectories.csv"))
      try FileSystem.write(Array("one".utf8), to: folder.place(of: ".chokepoint-run.lock"))
      #expect(throws: FileError.self) { try folder.claim(inputHash: "two", force: false) }
      let one = try folder.claim(inputHash: "one", force: false)
      try await one.write([file("trajectories.csv", "a")], manifest: manifest("one"))
      #expect(try contents(folder) == ["manifest.json", "trajectories.csv"])
    }
  }

  @Test(arguments: [1, 2, 5]) func piecesFollowInTheirOrder(threads: Int) async throws {
    try await inFolder { folder in
      try FileSystem.makeFolder(folder.path)
      let pieces = (0..<50).map { number in { @Sendable in Array("\(number),".utf8) } }
      let file = try await folder.write { staged in
        try staged.append(Array("head,".utf8), to: "a.csv")
        try await staged.append(pieces, to: "a.csv", threads: threads)
        return try staged.finish("a.csv")
      }
      let expected = "head," + (0..<50).map { "\($0)," }.joined()
      #expect(try text("a.csv", in: folder) == expected)
      #expect(file.byteCount == expected.utf8.count)
      #expect(file.sha256 == SHA256.hex(Array(expected.utf8)))
    }
  }

  @Test func theSystemsWordsAreTold() throws {
    let full = #expect(throws: FileError.self) { try FileSystem.write([1], to: "/dev/full") }
    #expect(full?.description == "cannot write /dev/full: No space left on device")
    let missing = #expect(throws: FileError.self) { try FileSystem.read("/nowhere/at/all") }
    #expect(missing?.description == "cannot read /nowhere/at/all: No such file or directory")
    let file = #expect(throws: FileError.self) { try FileSystem.makeFolder("/dev/null/results") }
    #expect(file?.description.contains("Not a directory") == true)
    #expect(throws: FileError.self) {
      try ResultFolder("/dev/null").claim(inputHash: "one", force: true)
    }
  }

  /// Told to end in the midst of writing, the program ends so, leaving the old files whole and
  /// nothing temporary.
  @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedWriteLeavesNothing(number: Int32) async {
    let path: String =
      FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    await #expect(processExitsWith: .signal(number)) {
      [path = path as String, number = number as Int32] in
      let folder = ResultFolder(path)
      try folder.claim(inputHash: "one", force: false)
      let old = TextFile(name: "a.csv", text: "old")
      let manifest = TextFile(name: "manifest.json", text: "{}")
      try await folder.write([old], manifest: manifest)
      // Whoever runs the tests may have blocked signals.
      var unblocked = sigset_t()
      sigemptyset(&unblocked)
      sigaddset(&unblocked, number)
      pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
      try await Interruption.deferred { () async throws in
        raise(number)
        try await folder.write { staged in
          try await staged.append([{ @Sendable in Array("new".utf8) }], to: "a.csv", threads: 1)
          _ = try staged.finish("a.csv")
        }
      }
    }
    let names = try? FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(names == ["a.csv", "manifest.json"])
    let kept = (try? FileSystem.read("\(path)/a.csv")).map { String(decoding: $0, as: UTF8.self) }
    #expect(kept == "old")
  }

  @Test func whatIsWrittenReadsBack() async throws {
    try await inFolder { folder in
      try FileSystem.makeFolder(folder.path)
      let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try FileSystem.write(bytes, to: folder.place(of: "x"))
      #expect(try FileSystem.read(folder.place(of: "x")) == bytes)
      try FileSystem.makeFolder(folder.path + "/")
    }
  }
}

@Suite struct JSONTextTests {
  private struct Sample: Encodable {
    let zebra = 1.0
    let apple = ["b", "a"]
    let path = "a/b \"c\""
    let nothing: Int? = nil
    let dollars = 5_870_672.0
  }

  @Test func keysAreSorted() {
    #expect(
      String(decoding: JSONText.bytes(of: Sample()), as: UTF8.self) == """
        {
          "apple" : [
            "b",
            "a"
          ],
          "dollars" : 5870672,
          "path" : "a/b \\"c\\"",
          "zebra" : 1
        }

        """)
  }

  @Test func textUnderAKey() {
    let text = "{\"a\": \"x\", \"b\": 3, \"c\": {\"a\": \"y\"}}"
    #expect(JSONText.string("a", in: text) == "x")
    #expect(JSONText.string("b", in: text) == nil)
    #expect(JSONText.string("d", in: text) == nil)
    #expect(JSONText.string("a", in: "[1]") == nil)
    #expect(JSONText.string("a", in: "") == nil)
  }
}
