@testable import Batches
import Testing

@testable import Reporting

@Suite struct ChildProcessTests {
  private func shell(
    _ script: String, hiding hidden: Set<String> = [], limit: Int = 10_000_000
  ) throws(ProcessError) -> ChildProcess.Outcome {
    try ChildProcess.run("sh", ["-c", script], hiding: hidden, limit: limit)
  }

  @Test func `arguments arrive as they are, and outputs come back apart`() throws {
    let outcome = try ChildProcess.run(
      "sh", ["-c", #"printf '%s|' "$@"; echo no >&2"#, "sh", "", "a b", "'é*"], limit: 100)
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output == "|a b|'é*|" && outcome.errors == "no\n")
  }

  /// Pipes hold 64 KiB: whoever reads one to its end before the other waits for ever.
  @Test func `much on both outputs, whichever is full first`() throws {
    let script = "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2"
    for script in [script, "(\(script)) 3>&1 1>&2 2>&3"] {
      let outcome = try shell(script)
      #expect(outcome.ending == .exit(0))
      #expect(outcome.output.utf8.count == 3_000_000 && outcome.errors.utf8.count == 3_000_000)
    }
  }

  @Test func `a program that writes on and on is ended`() throws {
    #expect(try shell("head -c 1000 /dev/zero", limit: 1000).output.utf8.count == 1000)
    for script in ["head -c 1001 /dev/zero", "yes", "yes >&2"] {
      #expect(throws: ProcessError.tooLong(limit: 1000)) { try shell(script, limit: 1000) }
    }
  }

  @Test func `it is told how a program ended`() throws {
    #expect(try shell("exit 3").ending == .exit(3))
    #expect(try shell("exit 255").ending == .exit(255))
    #expect(try shell("kill -KILL $$").ending == .signal(9))
  }

  /// Threads of tasks hear no SIGINT; programs that they start must, or Ctrl-C would leave them.
  @Test(arguments: ["INT", "TERM"]) func `a program hears signals`(signal: String) async throws {
    let outcome = try await Task.detached { try shell("kill -\(signal) $$; exit 7") }.value
    #expect(outcome.ending == .signal(signal == "INT" ? 2 : 15))
  }

  @Test func `a program that is not on PATH, or cannot be run, is named`() throws {
    #expect(throws: ProcessError.notFound("no-such-program")) {
      try ChildProcess.run("no-such-program", [], limit: 0)
    }
    #expect(ChildProcess.path(of: "no-such-program") == nil)
    #expect(ChildProcess.path(of: "..") == nil, "a folder")
    #expect(ChildProcess.path(of: "sh")?.hasSuffix("/sh") == true)
    // Longer than the system takes.
    let long = String(repeating: "x", count: 10_000_000)
    let error = try #require(throws: ProcessError.self) {
      try ChildProcess.run("sh", [long], limit: 0)
    }
    #expect(error.description == "Argument list too long")
  }

  @Test func `variables are handed on, but those to be hidden`() throws {
    #expect(try shell("echo ${PATH-none}").output != "none\n")
    #expect(try shell("echo ${HOME-none}", hiding: ["HOME", "NEVER_SET"]).output == "none\n")
  }

  @Test func `nothing is on its standard input`() throws {
    #expect(try shell("cat; echo end").output == "end\n")
  }
}
