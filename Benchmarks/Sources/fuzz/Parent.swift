import Foundation

/// Watches workers, which share the inputs between them, and keeps what they died of.
struct Parent {
  private let kind: InputKind
  private let seed: UInt64
  private let keep: URL
  private let workers: Int
  private let budget: Duration?

  private var accepted = 0
  private var broken = 0

  /// - Parameters:
  ///   - keep: the folder for inputs that broke the program.
  ///   - workers: how many processes read at the same time.
  ///   - budget: how long they may; nil for as long as it takes.
  init(_ kind: InputKind, seed: UInt64, keep: String, workers: Int, budget: Duration?) {
    (self.kind, self.seed, self.keep) = (kind, seed, URL(filePath: keep))
    (self.workers, self.budget) = (workers, budget)
  }

  /// Has inputs read, and says whether all went well, so far as time allowed.
  mutating func watch(_ numbers: Range<Int>) async throws -> Bool {
    let minutes = budget.map { ", for \($0.inMinutes) minutes at most" } ?? ""
    say(
      "fuzz: \(kind) \(numbers.lowerBound) to \(numbers.upperBound - 1) of seed \(seed), "
        + "\(workers) at a time\(minutes)")
    let begin = ContinuousClock.now
    var told = begin
    var lanes = try (0..<min(workers, numbers.count)).map { place in
      try Lane(kind, seed: seed, numbers.dropFirst(place), every: workers)
    }
    while lanes.contains(where: { !$0.isDone }), !isOver(since: begin) {
      Lane.wait(for: lanes)
      for place in lanes.indices {
        for event in try lanes[place].events() { try await take(event) }
      }
      guard told.duration(to: .now) > .seconds(10) else { continue }
      told = .now
      let read = lanes.reduce(0) { $0 + $1.readCount }
      let rate = Double(read) / begin.duration(to: told).inSeconds
      say(
        "fuzz: \(read) read, \(Int(rate)) a second, \(accepted) accepted, \(broken) broke it; "
          + "all below \(Self.reached(lanes))")
    }
    for lane in lanes { lane.end() }
    // What kept inputs are made from.
    try? FileManager.default.removeItem(at: trialFolder())
    let read = lanes.reduce(0) { $0 + $1.readCount }
    say(
      "fuzz: \(read) \(kind) in \(begin.duration(to: .now).components.seconds) s, "
        + "\(accepted) accepted, \(broken) broke it")
    if read < numbers.count {
      say(
        "fuzz: time is over; \(numbers.count - read) are left, from \(Self.reached(lanes)) on: "
          + "go on with --from \(Self.reached(lanes)) (FROM=\(Self.reached(lanes)) of make)")
    }
    return broken == 0
  }

  private func isOver(since begin: ContinuousClock.Instant) -> Bool {
    budget.map { begin.duration(to: .now) >= $0 } ?? false
  }

  /// The first number that has not been read; all below it have.
  private static func reached(_ lanes: [Lane]) -> Int { lanes.map(\.next).min() ?? 0 }

  private mutating func take(_ event: Lane.Event) async throws {
    switch event {
    case .accepted: accepted += 1
    case .broke(let number, let reason):
      broken += 1
      try await keepInput(number, reason)
    }
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

  fileprivate var inMinutes: Int64 { components.seconds / 60 }
}
