import Foundation
import Testing

@testable import Documents

/// What a file from a stranger may hold, and what it may be.
@Suite struct StrangersFileTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    mkdir(path, 0o777)
    defer { for name in ["", "/real", "/real/deep"].reversed() { rmdir(path + name) } }
    try body(path)
  }

  private func put(_ text: String, at path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    _ = text.withCString { write(file, $0, strlen($0)) }
    close(file)
  }

  private func problem(_ path: String, limit: Int = 1_000) -> String? {
    do {
      _ = try fileBytes(path, what: "file", limit: limit, at: .start(of: "f"))
      return nil
    } catch {
      return error.faults.first?.problem
    }
  }

  /// The system says that these have no bytes.
  @Test(arguments: ["/proc/self/smaps", "/proc/kallsyms", "/proc/self/maps"])
  func noMoreIsReadThanIsAllowed(path: String) {
    #expect(problem(path)?.contains("has more than 1000 bytes") == true)
  }

  /// The kernel gives the first in whole entries alone, and nothing of the second where nothing is mapped.
  @Test(arguments: ["/proc/self/pagemap", "/proc/self/mem"])
  func whatTheSystemMakesUpIsToldAsSuch(path: String) {
    #expect(
      problem(path) == "\"\(path)\" is not an ordinary file: the system makes up what is in it")
  }

  @Test func whatCannotBeOpenedIsToldInTheSystemsWords() throws {
    try inFolder { path in
      symlink("\(path)/link", "\(path)/link")
      defer { unlink("\(path)/link") }
      #expect(
        problem("\(path)/link")
          == "the file \"\(path)/link\" cannot be read: Too many levels of symbolic links")
      let long = "\(path)/\(String(repeating: "x", count: 300))"
      #expect(problem(long)?.hasSuffix("cannot be read: File name too long") == true)
    }
  }

  @Test(arguments: ["/dev/zero", "/dev/null", "/dev/tty"])
  func devicesAreNotRead(path: String) { #expect(problem(path) != nil) }

  @Test func aPipeIsNotWaitedFor() throws {
    try inFolder { path in
      mkfifo("\(path)/pipe", 0o666)
      defer { unlink("\(path)/pipe") }
      #expect(problem("\(path)/pipe")?.contains("is not an ordinary file") == true)
    }
  }

  @Test func aFileOfTheLimitIsRead() throws {
    try inFolder { path in
      put("1234", at: "\(path)/f")
      defer { unlink("\(path)/f") }
      #expect(problem("\(path)/f", limit: 4) == nil)
      #expect(problem("\(path)/f", limit: 3)?.contains("has 4 bytes") == true)
      #expect(problem(path)?.contains("is a folder") == true)
      #expect(problem("\(path)/f/g")?.hasPrefix("there is no file") == true)
    }
  }

  /// `..` after a link leads to the folder above what the link leads to.
  @Test func aboveALinkIsWhatTheSystemSays() throws {
    try inFolder { path in
      mkdir("\(path)/real", 0o777)
      mkdir("\(path)/real/deep", 0o777)
      symlink("\(path)/real/deep", "\(path)/link")
      put("of the system", at: "\(path)/real/f")
      put("folded", at: "\(path)/f")
      defer { for name in ["real/f", "f", "link"] { unlink("\(path)/\(name)") } }
      let beside = fileBeside("\(path)/scenario.yaml", named: "link/../f")
      let bytes = try fileBytes(beside, what: "file", limit: 99, at: .start(of: "f"))
      #expect(String(decoding: bytes, as: UTF8.self) == "of the system")
      #expect(isSameFile(beside, "\(path)/real/f"))
      #expect(!isSameFile(beside, "\(path)/f"))
    }
  }

  @Test(arguments: [
    "\\e", "\\a", "\\b", "\\r", "\\x9b", "\\x7f", "\\u202e", "\\u2066", "\\u200f",
    "\\u2028", "\\ufeff",
  ])
  func invisibleCharactersAreRefusedInTexts(escape: String) throws {
    for text in ["title: \"a\(escape)b\"", "\"a\(escape)b\": 1", "[{title: \"a\(escape)\"}]"] {
      let faults = try SourceDocument(text: text, file: "f").faults
      #expect(faults.contains { $0.problem.contains("the invisible character") }, "\(text)")
    }
  }

  /// A number that was refused before any schema saw it leaves no law with too few numbers, which would end the
  /// program where it is drawn from; and it is told once.
  @Test(arguments: [
    "{normal: {mean: 1, sd: X}}", "{normal: {mean: X, sd: 1}}",
    "{lognormal: {median: 1, sigma: X}}", "{beta: {mean: X, sd: 0.1}}", "{ci90: [X, 3]}",
    "{triangular: [1, 2, X]}", "{discrete: {values: [1, X], weights: [1, 1]}}",
    "{discrete: {values: [1, 2], weights: [1, X]}}",
    "{mixture: [{weight: X, of: 1}, {weight: 1, of: 2}]}",
    "{mixture: [{weight: 1, of: X}, {weight: 1, of: 2}]}",
    "{mixture: [{weight: 1, of: {normal: {mean: 1, sd: X}}}, {weight: 1, of: 2}]}",
    "{empirical: X}", "{empirical: {file: X, column: usd}}", "{value: X}",
  ])
  func aRefusedNumberMakesNoLaw(law: String) throws {
    let text = "a: \(law.replacing("X", with: "\"\\e\""))"
    let schema = Schema.mapping([.required("a", .quantity(.any, unit: "chips"), "A number.")])
    let (document, faults) = try SourceDocument(text: text, file: "f").check(against: schema)
    #expect(document?["a"]?.distribution == nil)
    #expect(faults.count == 1, "\(faults)")
    #expect(faults.allSatisfy { $0.problem.contains("the invisible character") })
  }

  @Test(arguments: ["\u{202E}", "\u{2066}", "\u{200E}"]) func marksOfDirectionAreRefusedRaw(
    mark: String
  ) throws {
    for text in ["title: a\(mark)b", "title: ab # a\(mark)b", "a\(mark)b: 1"] {
      let error = #expect(throws: ScenarioFaults.self) { try SourceDocument(text: text, file: "f") }
      #expect(error?.faults.first?.problem.hasSuffix("is not allowed") == true)
    }
  }

  @Test(arguments: ["a\\tb", "a\\nb", "Zürich", "中国", "👩\u{200D}🔬"])
  func whatIsVisibleIsAllowed(text: String) throws {
    #expect(try SourceDocument(text: "title: \"\(text)\"", file: "f").faults.isEmpty)
  }

  @Test(arguments: ["nan", "na", "none", "null", "true", "false", "inf"])
  func namesThatTablesReadAsValuesAreRefused(name: String) throws {
    let (_, faults) = try SourceDocument(text: "id: \"\(name)\"", file: "f").check(
      against: .mapping([.required("id", .identifier, "An id.")]))
    #expect(faults.contains { $0.problem.contains("programs that read tables") })
  }
}
