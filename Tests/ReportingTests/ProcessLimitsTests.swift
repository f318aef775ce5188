import Testing

@testable import Storage

/// What is said where the system allows too little.
@Suite struct ProcessLimitsTests {
  @Test(
    arguments: [
      (6, nil, "allows 6 open files (ulimit -n), and 32 are needed"),
      (31, nil, "allows 31 open files"), (0, 1 << 40, "allows 0 open files"),
      (nil, 256_000_000, "allows 250000 KB of memory (ulimit -v)"),
      (1024, 0, "allows 0 KB of memory"),
    ] as [(Int?, Int?, String)]) func tooLittle(files: Int?, memory: Int?, words: String)
  {
    #expect(ProcessLimits.fault(files: files, memory: memory)?.contains(words) == true)
  }

  @Test func enough() {
    #expect(ProcessLimits.fault(files: nil, memory: nil) == nil)
    #expect(ProcessLimits.fault(files: 32, memory: 384 << 20) == nil)
    #expect(ProcessLimits.fault == nil)
  }

  @Test(arguments: [(Int32(27), "ulimit -f"), (24, "ulimit -n"), (12, "ulimit -v")])
  func whatFailsLaterNamesItsLimit(code: Int32, option: String) {
    #expect(FileError("write", "a.csv", code: code).description.contains("(\(option))"))
    #expect(!FileError("write", "a.csv", code: 28).description.contains("ulimit"))
  }
}
