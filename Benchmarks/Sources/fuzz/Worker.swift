import Foundation

/// Reads inputs one after another, within bounds; what goes beyond them ends the process.
struct Worker {
  /// Seconds of processor time that an input may take.
  private static let seconds: rlim_t = 10
  /// What a process may have in memory at its peak, in bytes: about all inputs so far.
  private static let peak = 500 << 20
  /// What it may map besides: code, stacks and room that is never touched.
  private static let mapped: rlim_t = 2 << 30

  private let spoiler: any Spoiler

  init(_ spoiler: any Spoiler) { self.spoiler = spoiler }

  /// Reads inputs, and tells the parent of each.
  func read(_ numbers: StrideTo<Int>) async throws {
    var memory = rlimit(rlim_cur: Self.mapped, rlim_max: Self.mapped)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
    for number in numbers {
      tell("at \(number)")
      allowTime()
      let input = try await spoiler.input(number)
      switch try await spoiler.read(number, input) {
      case .accepted: tell("accepted")
      case .refused: break
      case .wrong(let reason): tell("wrong \(reason.replacing("\n", with: " "))")
      }
      guard Self.peakOfMemory < Self.peak else {
        tell("wrong a peak of \(Self.peakOfMemory >> 20) MB of memory")
        exit(9)
      }
    }
  }

  /// What the process dies of must not take along what it has told.
  private func tell(_ line: String) {
    print(line)
    fflush(nil)
  }

  /// Moves the end of the time that is allowed.
  private func allowTime() {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let used = rlim_t(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    var time = rlimit(rlim_cur: used + Self.seconds + 1, rlim_max: rlim_t.max)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &time)
  }

  /// The peak of this program alone: what the system counts as a process's has in it that of the parent,
  /// whose copy it was before it began.
  private static var peakOfMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = peak?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
    return (kilobytes ?? 0) << 10
  }
}
