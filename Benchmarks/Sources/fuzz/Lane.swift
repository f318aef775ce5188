import Foundation

/// Every n-th input, read by one worker after another: each until it dies.
struct Lane {
  /// What a worker tells, or dies of.
  enum Event {
    case accepted
    case broke(number: Int, reason: String)
  }

  private let kind: InputKind
  private let seed: UInt64
  private let numbers: Range<Int>
  private let stride: Int
  private var worker: Process
  private var lines: PipedLines
  /// The input that is being read.
  private var current: Int?

  /// The first of its numbers that has not been read.
  private(set) var next: Int
  /// How many have been read.
  private(set) var readCount = 0
  /// Whether all have been read.
  private(set) var isDone = false

  /// Begins with the first of some numbers.
  init(_ kind: InputKind, seed: UInt64, _ numbers: Range<Int>, every stride: Int) throws {
    (self.kind, self.seed, self.numbers, self.stride) = (kind, seed, numbers, stride)
    next = numbers.lowerBound
    (worker, lines) = try Self.worker(kind, seed: seed, numbers, every: stride)
  }

  private static func worker(
    _ kind: InputKind, seed: UInt64, _ numbers: Range<Int>, every stride: Int
  ) throws -> (Process, PipedLines) {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [
      "--worker", "--kind", kind.rawValue, "--seed", "\(seed)", "--from", "\(numbers.lowerBound)",
      "--inputs", "\(numbers.count)", "--every", "\(stride)",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    // The end of the pipe is seen where the worker alone holds the other side.
    try pipe.fileHandleForWriting.close()
    return (process, PipedLines(of: pipe))
  }

  /// Waits until a worker has something to tell, for a second at most.
  static func wait(for lanes: [Lane]) {
    var waited = lanes.filter { !$0.isDone }.map {
      pollfd(fd: $0.lines.descriptor, events: Int16(POLLIN), revents: 0)
    }
    poll(&waited, nfds_t(waited.count), 1_000)
  }

  /// What has been told since; begins a new worker behind what the last one died of.
  mutating func events() throws -> [Event] {
    guard !isDone, lines.hasMore else { return [] }
    var events: [Event] = []
    for line in lines.read() {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      switch (words.first, current) {
      case ("at", _):
        passCurrent()
        current = words.last.flatMap { Int($0) }
      case ("accepted", _): events.append(.accepted)
      case ("wrong", let number?):
        events.append(.broke(number: number, reason: words.last ?? ""))
      default: break
      }
    }
    guard lines.areOver else { return events }
    worker.waitUntilExit()
    removeFiles()
    let number = current ?? next
    current = number
    passCurrent()
    guard worker.terminationStatus != 0 else {
      isDone = true
      return events
    }
    let how = worker.terminationReason == .uncaughtSignal ? "signal" : "code"
    events.append(
      .broke(number: number, reason: "the program ended with \(how) \(worker.terminationStatus)"))
    isDone = next >= numbers.upperBound
    if !isDone {
      (worker, lines) = try Self.worker(
        kind, seed: seed, next..<numbers.upperBound, every: stride)
    }
    return events
  }

  private mutating func passCurrent() {
    guard let number = current else { return }
    (current, next, readCount) = (nil, number + stride, readCount + 1)
  }

  /// Ends a worker that is not done.
  func end() {
    guard !isDone else { return }
    kill(worker.processIdentifier, SIGKILL)
    worker.waitUntilExit()
    removeFiles()
  }

  private func removeFiles() {
    try? FileManager.default.removeItem(at: trialFolder(ofProcess: worker.processIdentifier))
  }
}

/// The folder in which a worker puts what it reads.
func trialFolder(ofProcess process: pid_t = getpid()) -> URL {
  FileManager.default.temporaryDirectory.appending(path: "chokepoint-fuzz-\(process)")
}

/// The lines that come through a pipe.
private struct PipedLines {
  let descriptor: Int32
  // Open for as long as something may come.
  private let pipe: Pipe
  private var begun: [UInt8] = []
  /// Whether the other side was closed.
  private(set) var areOver = false

  init(of pipe: Pipe) {
    self.pipe = pipe
    descriptor = pipe.fileHandleForReading.fileDescriptor
  }

  /// Whether there is something to read, its end included.
  var hasMore: Bool {
    var waited = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
    return poll(&waited, 1, 0) > 0
  }

  /// The lines that have come whole; at the end what is left, too.
  mutating func read() -> [String] {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = Foundation.read(descriptor, &chunk, chunk.count)
    areOver = count <= 0
    begun += chunk[..<max(0, count)]
    guard let last = begun.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let whole = begun[..<last]
    begun.removeSubrange(...last)
    return whole.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}
