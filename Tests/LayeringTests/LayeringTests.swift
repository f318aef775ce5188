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
    let manifest = dependencies(inManifest: try #require(Repository.text(of: "Package.swift")).text)
    #expect(Set(manifest.keys) == Set(house.map(\.name)))
    for floor in house {
      #expect(manifest[floor.name] == floor.targets.union(floor.packages), "\(floor.name)")
    }
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
