import Glibc

/// A piece of work that is measured over and over.
struct Case {
  /// What it is, in the table.
  let name: String
  /// Does it, and returns a number that depends on all of it, so that none can be optimised away.
  let work: () async throws -> Double
}

/// What a case took in each round.
struct Measurement: Encodable {
  /// The case's name.
  let name: String
  /// CPU time of all threads, in seconds.
  private(set) var cpuSeconds: [Double] = []
  /// Time that went by, in seconds.
  private(set) var wallSeconds: [Double] = []

  /// Nothing measured yet.
  init(name: String) { self.name = name }

  /// Does the work once and takes its times.
  mutating func add(_ work: () async throws -> Double) async throws {
    let (cpu, wall) = (seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC))
    let result = try await work()
    cpuSeconds.append(seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu)
    wallSeconds.append(seconds(CLOCK_MONOTONIC) - wall)
    precondition(result.isFinite, "\(name) came to \(result)")
  }
}

/// Measures every case once in each round, after a round that is not counted: what else the machine
/// does meanwhile falls on all cases alike.
func measure(_ cases: [Case], rounds: Int) async throws -> [Measurement] {
  for one in cases { _ = try await one.work() }
  var measurements = cases.map { Measurement(name: $0.name) }
  for _ in 0..<rounds {
    for (place, one) in cases.enumerated() { try await measurements[place].add(one.work) }
  }
  return measurements
}

private func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The middle and the ends of some numbers.
struct Spread {
  let median: Double
  let least: Double
  let most: Double

  /// Of one number or more.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    least = sorted[0]
    most = sorted[sorted.count - 1]
  }
}
