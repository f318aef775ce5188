import Testing

/// The description of the model, held to the sources that it describes.
@Suite struct ModelDocumentTests {
  /// The headings of the numbered sections, by number.
  private func headings() throws -> [Substring: Substring] {
    let text = try #require(Repository.text(of: "docs/ODD.md")).text
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("##") }
    let numbered = lines.compactMap { line in
      line.firstMatch(of: /^\#+ (\d+(\.\d+)?)\.?\s/).map { ($0.1, line) }
    }
    return Dictionary(uniqueKeysWithValues: numbered)
  }

  @Test func `a reference leads to the section about its file`() throws {
    let headings = try headings()
    var count = 0
    for file in try ["Sources", "Tests"].flatMap({ try Repository.swiftFiles(under: $0) }) {
      for (place, line) in file.lines(with: "docs/ODD.md") {
        guard let found = line.firstMatch(of: /docs\/ODD\.md (\d+(\.\d+)?)/) else { continue }
        count += 1
        let heading = headings[found.1]
        #expect(heading != nil, "\(place): docs/ODD.md has no section \(found.1)")
        let name = file.path.split(separator: "/").last ?? ""
        guard file.path.hasPrefix("Sources/PolicyModel/"), let heading else { continue }
        #expect(heading.contains("/\(name)`"), "\(place): section \(found.1) is about \(heading)")
      }
    }
    #expect(count > 20)
  }

  /// Paths are written from the floor or from the room that a page is about.
  @Test(arguments: ["docs/ODD.md", "CONTRIBUTING.md"])
  func `every source that a page names is there`(page: String) throws {
    let paths = try Repository.swiftFiles(under: "Sources").map(\.path)
    let text = try #require(Repository.text(of: page)).text
    let named = Set(text.matches(of: /`((?:[A-Za-z]+\/)+[A-Za-z+]+\.swift)`/).map(\.1))
    #expect(named.count > 10)
    for name in named where !name.hasPrefix("Tests/") {
      #expect(paths.contains { $0.hasSuffix("/\(name)") }, "\(page) names \(name)")
    }
  }

  @Test func `the page names the version of the program`() throws {
    let page = try #require(Repository.text(of: "docs/ODD.md")).text
    let told = page.firstMatch(of: /This page describes version (\S+) as/)?.1
    let version = try #require(
      Repository.text(of: "Sources/Storage/Results/RunInput.swift")
    ).text
    let current = try #require(version.firstMatch(of: /static let current = "([^"]+)"/)?.1)
    #expect(told == current)
  }

  /// What `explain` says of where a mechanism is described.
  @Test func `the program knows the section of every mechanism`() throws {
    let headings = try headings()
    let table = try #require(Repository.text(of: "Sources/PolicyModel/ModelSections.swift")).text
    let sections = table.matches(of: /"(\w+)": "([\d.]+)"/).map { ($0.1, $0.2) }
    let known = Dictionary(uniqueKeysWithValues: sections)
    var count = 0
    for file in try Repository.swiftFiles(under: "Sources/PolicyModel/Mechanisms") {
      guard let name = file.text.firstMatch(of: /static let name = "(\w+)"/)?.1 else { continue }
      count += 1
      let section = known[name].flatMap { headings[$0] }
      let fileName = file.path.split(separator: "/").last ?? ""
      #expect(section?.contains("/\(fileName)`") == true, "ModelSections: \(name)")
    }
    #expect(count == known.count && count > 20)
  }

  @Test func `every mechanism has its section`() throws {
    let headings = try headings().values
    let order = try #require(Repository.text(of: "Sources/PolicyModel/Mechanisms/StepOrder.swift"))
    let names = order.text.matches(of: /(\w+)\.self,/).map(\.1)
    #expect(names.count > 20)
    for name in names {
      #expect(headings.contains { $0.contains("/\(name).swift`") }, "no section about \(name)")
    }
  }
}
