import Foundation

/// Watches workers, and keeps what they died of.
struct Parent {
  private let kind: InputKind
  private let seed: UInt64
  private let keep: URL

  init(_ kind: InputKind, seed: UInt64, keep: String) {
    (self.kind, self.seed, self.keep) = (kind, seed, URL(filePath: keep))
  }

  /// Has inputs read, and says whether all went well.
  func watch(_ numbers: Range<Int>) async throws -> Bool {
    say("fuzz: \(kind) \(numbers.lowerBound) to \(numbers.upperBound - 1) of seed \(seed)")
    let begin = ContinuousClock.now
    var (next, broken, accepted) = (numbers.lowerBound, 0, 0)
    while next < numbers.upperBound {
      let end = try await read(next..<numbers.upperBound, since: begin, &accepted, &broken)
      next = end.last + 1
      guard let death = end.death else { break }
      broken += 1
      try await keepInput(end.last, "the program ended with \(death)")
    }
    let seconds = (ContinuousClock.now - begin).components.seconds
    say(
      "fuzz: \(numbers.count) \(kind) in \(seconds) s, \(accepted) accepted, \(broken) broke it")
    return broken == 0
  }

  /// One worker's life: up to which input it came, and what it died of.
  private func read(
    _ numbers: Range<Int>, since begin: ContinuousClock.Instant, _ accepted: inout Int,
    _ broken: inout Int
  ) async throws -> (last: Int, death: String?) {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [
      "--worker", "--kind", kind.rawValue, "--seed", "\(seed)", "--from", "\(numbers.lowerBound)",
      "--inputs", "\(numbers.count)",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    var (last, told) = (numbers.lowerBound, ContinuousClock.now)
    // The end of the pipe is seen where the worker alone holds the other side.
    try pipe.fileHandleForWriting.close()
    var lines = PipedLines(of: pipe)
    while let line = lines.next() {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      switch words.first {
      case "at": last = words.last.flatMap { Int($0) } ?? last
      case "accepted": accepted += 1
      case "wrong":
        broken += 1
        try await keepInput(last, words.last ?? "")
      default: break
      }
      if ContinuousClock.now - told > .seconds(10) {
        told = .now
        let rate = Double(last - numbers.lowerBound) / (told - begin).inSeconds
        say("fuzz: at \(last), \(Int(rate)) a second, \(accepted) accepted, \(broken) broke it")
      }
    }
    process.waitUntilExit()
    guard process.terminationStatus != 0 else { return (numbers.upperBound - 1, nil) }
    let isSignal = process.terminationReason == .uncaughtSignal
    return (last, "\(isSignal ? "signal" : "code") \(process.terminationStatus)")
  }

  /// Whoever looks at a file that this goes to sees how far it is.
  private func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  private func keepInput(_ number: Int, _ reason: String) async throws {
    try FileManager.default.createDirectory(at: keep, withIntermediateDirectories: true)
    let path = keep.appending(path: "\(kind)-\(seed)-\(number)\(kind.ending)")
    try Data(try await kind.spoiler(seed: seed).input(number)).write(to: path)
    say("fuzz: input \(number): \(reason); kept as \(path.path); look at it again by")
    say("      fuzz --kind \(kind) --seed \(seed) --from \(number) --inputs 1")
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

/// The lines that come through a pipe.
private struct PipedLines {
  private let descriptor: Int32
  private var waiting: [UInt8] = []
  private var place = 0

  init(of pipe: Pipe) { descriptor = pipe.fileHandleForReading.fileDescriptor }

  /// The next line; nil at the end.
  mutating func next() -> String? {
    var line: [UInt8] = []
    while let byte = nextByte() {
      guard byte != UInt8(ascii: "\n") else { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  private mutating func nextByte() -> UInt8? {
    if place == waiting.count {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return nil }
      (waiting, place) = (Array(chunk[..<count]), 0)
    }
    defer { place += 1 }
    return waiting[place]
  }
}
