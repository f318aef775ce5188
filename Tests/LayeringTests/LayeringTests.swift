import Testing

/// The floors of the house: who may import whom.
@Suite struct LayeringTests {
  @Test(arguments: house.map(\.name))
  func `a floor imports what the table allows it, and all of that`(name: String) throws {
    let floor = try #require(house.first { $0.name == name })
    var unused = floor.imports
    let files = try Repository.swiftFiles(under: "Sources/\(name)")
    for (place, line) in files.flatMap({ $0.lines(with: "import") }) {
      guard let module = moduleImported(by: line) else { continue }
      unused.remove(module)
      #expect(floor.imports.contains(module), "\(place): \(name) must not import \(module)")
    }
    #expect(unused.isEmpty, "\(name) may import \(unused.sorted()) but does not")
  }

  @Test func `every source folder is a floor`() throws {
    #expect(try Repository.folders(in: "Sources") == Set(house.map(\.name)))
  }

  @Test func `imports point down only`() {
    var below: Set<String> = []
    for floor in house {
      #expect(floor.targets.isSubset(of: below), "\(floor.name) imports what is not below it")
      below.insert(floor.name)
    }
  }

  @Test func `the manifest says what the table says`() throws {
    var manifest = dependencies(
      inManifest: try #require(Repository.text(of: "Package.swift")).text)
    #expect(manifest.removeValue(forKey: "TestSupport") == [])
    #expect(Set(manifest.keys) == Set(house.map(\.name)))
    for floor in house {
      #expect(manifest[floor.name] == floor.targets.union(floor.packages), "\(floor.name)")
    }
  }

  /// What a test target imports without saying so is there in most builds, and missing in some.
  @Test func `tests depend on what they import`() throws {
    let manifest = dependencies(
      inManifest: try #require(Repository.text(of: "Package.swift")).text, ofTests: true)
    let modules = Set(house.map(\.name)).union(["TestSupport"])
    #expect(manifest.count > 9)
    for (target, declared) in manifest {
      for (place, line) in try Repository.swiftFiles(under: "Tests/\(target)").flatMap({
        $0.lines(with: "import")
      }) {
        guard let module = moduleImported(by: line), modules.contains(module) else { continue }
        #expect(declared.contains(module), "\(place): \(target) does not depend on \(module)")
      }
    }
  }

  @Test(arguments: house.filter { !$0.rooms.isEmpty }.map(\.name))
  func `rooms know what stands below them alone`(name: String) throws {
    let floor = try #require(house.first { $0.name == name })
    let files = try Repository.swiftFiles(under: "Sources/\(name)").map { RoomFile($0, of: name) }
    #expect(Set(files.map(\.room)) == Set(floor.rooms), "\(name)")
    for trespass in trespasses(in: files, rooms: floor.rooms) { Issue.record("\(trespass)") }
  }

  @Test func `a circle between rooms is found`() {
    let low = TextFile(
      path: "Sources/House/Cellar/Wine.swift",
      text: "public struct Wine {\n  // For Guest.\n  let drinker: Guest\n}\n")
    let high = TextFile(
      path: "Sources/House/Parlour/Guest.swift",
      text: "struct Guest {\n  let glass: Wine\n  let says = \"Wine\"\n}\n")
    let files = [low, high].map { RoomFile($0, of: "House") }
    #expect(
      trespasses(in: files, rooms: ["Cellar", "Parlour"]).map(\.place)
        == ["Sources/House/Cellar/Wine.swift:3"])
    #expect(trespasses(in: [files[1]], rooms: ["Cellar", "Parlour"]).isEmpty)
  }

  @Test(arguments: [
    ("import Yams", "Yams"),
    ("  @_exported public import Foundation", "Foundation"),
    ("@testable import Scenarios // for a test", "Scenarios"),
    ("internal import struct Foundation.Data", "Foundation"),
    ("@preconcurrency import\tGlibc", "Glibc"),
  ])
  func `an import is seen whatever its dress`(line: String, module: String) {
    #expect(moduleImported(by: line) == module)
  }

  @Test(arguments: ["/// import Yams", "let text = \"import Yams\"", "importantThing()"])
  func `what is no import is not taken for one`(line: String) {
    #expect(moduleImported(by: line) == nil)
  }
}
