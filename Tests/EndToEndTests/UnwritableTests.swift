import Foundation
import Testing

/// Places where nothing can be written: exit 73, and earlier results stay whole.
@Suite struct UnwritableTests {
  @Test(arguments: ["/dev/null/x", "/proc/chokepoint"])
  func `a folder that cannot be made`(output: String) async throws {
    let outcome = try await chokepoint("run", "scenarios/deepseek-r1.yaml", "--output", output)
    #expect(outcome.status == 73)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("chokepoint: cannot make the folder \(output): "))
  }

  @Test func `a file where the folder should be`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let outcome = try await chokepoint("run", file, "--output", file)
      #expect(outcome.status == 73)
      #expect(outcome.output == "")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == SmallScenario.text)
    }
  }

  @Test(arguments: [
    "metrics", "schema", "rules", "describe scenarios/deepseek-r1.yaml",
    "validate scenarios/deepseek-r1.yaml",
  ])
  func `an answer that cannot be printed is no success`(command: String) async throws {
    // The device is a disk that is always full.
    let outcome = try await call(
      URL(filePath: "/bin/sh"), ["-c", "'\(builtCommand.path)' \(command) >/dev/full"])
    #expect(outcome.status == 73)
    #expect(
      outcome.errors == "chokepoint: cannot write to standard output: No space left on device\n")
  }

  /// Permissions do not bind root, so a small disk of its own is the only honest test.
  private static let skipped: Comment = "run it where a tmpfs can be mounted, such as as root"

  @Test(.enabled(skipped) { await mountingIsAllowed() })
  func `a full disk`() async throws {
    try await withDisk(kilobytes: 240) { disk in
      let output = disk.appending(path: "results")
      let file = try SmallScenario.write(to: disk)
      let first = try await chokepoint(
        "run", file, "--quiet", "--no-report", "--output", output.path)
      #expect(first.status == 0)
      let before = try Results(in: output)

      let outcome = try await chokepoint(
        "run", file, "--replicates", "200", "--force", "--no-report", "--output", output.path)
      #expect(outcome.status == 73)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("No space left on device"))
      #expect(try Results(in: output) == before, "nothing lost and nothing left behind")
    }
  }

  @Test(.enabled(skipped) { await mountingIsAllowed() })
  func `a disk that can only be read`() async throws {
    try await withDisk(kilobytes: 4000) { disk in
      let output = disk.appending(path: "results")
      let file = try SmallScenario.write(to: disk)
      let first = try await chokepoint("run", file, "--quiet", "--output", output.path)
      #expect(first.status == 0)
      let before = try Results(in: output)

      try await mount("-o", "remount,ro", disk.path)
      let outcome = try await chokepoint("run", file, "--force", "--output", output.path)
      #expect(outcome.status == 73)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("Read-only file system"))
      #expect(try Results(in: output) == before)
    }
  }
}

/// Lends a disk of its own, of that size.
func withDisk(kilobytes: Int, _ body: (URL) async throws -> Void) async throws {
  try await withFolder { folder in
    let disk = folder.appending(path: "disk")
    try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
    try await mount("-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", disk.path)
    let result: Result<Void, any Error>
    do { result = .success(try await body(disk)) } catch { result = .failure(error) }
    let unmounted = try await call(URL(filePath: "/usr/bin/env"), ["umount", disk.path])
    #expect(unmounted.status == 0, "\(unmounted.errors)")
    try result.get()
  }
}

private struct NotMounted: Error {
  let reason: String
}

private func mount(_ arguments: String...) async throws {
  let outcome = try await call(URL(filePath: "/usr/bin/env"), ["mount"] + arguments)
  guard outcome.status == 0 else { throw NotMounted(reason: outcome.errors) }
}

func mountingIsAllowed() async -> Bool {
  do {
    try await withDisk(kilobytes: 64) { _ in }
    return true
  } catch {
    return false
  }
}
