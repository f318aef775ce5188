import Testing

/// The state of a world lies in one piece of memory, and a snapshot forgets nothing of it.
@Suite struct StateTests {
  /// What may be an array, and why.
  private static let exceptions = [
    "parameters": "never written",
    "runs": "scripted runs, a handful, whose stages are made when they begin",
    "usage": "what scripted runs used this month",
  ]

  private static let economy = "Sources/PolicyModel/State/EconomyState.swift"
  private static let world = "Sources/PolicyModel/State/World.swift"

  /// A property that is stored.
  struct Property: Equatable {
    let name: String
    let type: String
    var isArray: Bool { type.hasPrefix("[") || type.hasPrefix("Array") }
  }

  /// The properties stored in a struct, those of structs within it too.
  static func properties(in body: some StringProtocol) -> [Property] {
    let declaration =
      /^ *(?:(?:public|private|internal|fileprivate)(?:\(set\))? )*(?:var|let) ([\w, ]+?)(?:: ([^={]+?))?(?: = (.+))?$/
    return body.split(separator: "\n").flatMap { line -> [Property] in
      guard let found = String(line).firstMatch(of: declaration) else { return [] }
      let type = found.2 ?? found.3 ?? ""
      return found.1.split(separator: ", ").map { Property(name: String($0), type: String(type)) }
    }
  }

  /// What a struct declares at its head, which is all but its methods.
  static func head(of name: Substring, in text: String) -> Substring? {
    guard let start = text.firstRange(of: "struct \(name)") else { return nil }
    let rest = text[start.lowerBound...]
    let end = ["\n  init(", "\n    init(", "\n  mutating func", "\n  private init(", "\n}\n"]
      .compactMap { rest.firstRange(of: $0)?.lowerBound }.min()
    return rest[..<(end ?? rest.endIndex)]
  }

  /// The parts of the economy, each with the head of its struct.
  private func parts() throws -> [(name: String, head: Substring)] {
    let economy = try #require(Repository.text(of: Self.economy)).text
    let files = try Repository.swiftFiles(under: "Sources/PolicyModel")
    let head = try #require(Self.head(of: "EconomyState", in: economy))
    return try Self.properties(in: head).filter { !$0.type.hasPrefix("Cells<") }.map { part in
      let heads = files.compactMap { Self.head(of: part.type[...], in: $0.text) }
      return (part.name, try #require(heads.first, "\(part.type)"))
    }
  }

  @Test func `no part of the state keeps an array`() throws {
    let world = try #require(Repository.text(of: Self.world)).text
    let heads =
      try parts().filter { $0.name != "terms" } + [
        ("world", try #require(Self.head(of: "World", in: world)))
      ]
    #expect(heads.count > 15)
    for (name, head) in heads {
      let found = Self.properties(in: head)
      #expect(!found.isEmpty, "\(name)")
      for property in found where property.isArray && Self.exceptions[property.name] == nil {
        Issue.record("\(name).\(property.name) is an array: \(property.type)")
      }
    }
  }

  /// The compiler says it of columns; figures, and what is a value, have to be named.
  @Test func `a snapshot takes over what is no column`() throws {
    let economy = try #require(Repository.text(of: Self.economy)).text
    for (name, head) in try parts() {
      let figures = head.contains("var figures") ? "\(name).figures" : nil
      let isValue = !head.contains("~Copyable")
      guard let taken = figures ?? (isValue ? name : nil) else { continue }
      let isTaken = economy.contains("    \(taken) = other.\(taken)\n")
      #expect(isTaken, "\(taken) is forgotten")
    }
    let world = try #require(Repository.text(of: Self.world)).text
    let columns = ["prices", "ledger", "economy", "passages", "series", "derived", "regime"]
    let head = try #require(Self.head(of: "World", in: world))
    for line in head.split(separator: "\n") where line.contains(" var ") {
      for property in Self.properties(in: line) where !columns.contains(property.name) {
        let isTaken = world.contains("    copy.\(property.name) = \(property.name)\n")
        #expect(isTaken, "\(property.name) is forgotten")
      }
    }
  }

  @Test(arguments: [
    ("  private(set) var dies: [Double]", Property(name: "dies", type: "[Double]")),
    ("  var onSale = [Int]()", Property(name: "onSale", type: "[Int]()")),
    ("  let made = Array(repeating: 0, count: 3)", nil),
    ("  var packages: Cells<Double>", nil),
    ("  var total: Double { packages.reduce(0, +) }", nil),
  ])
  func `an array is seen whatever its dress`(line: String, array: Property?) {
    let arrays = Self.properties(in: line).filter(\.isArray)
    if line.contains("Array") { return #expect(arrays.count == 1) }
    #expect(arrays.first == array)
  }
}
