import Glibc
import Synchronization

/// Signals that ask the program to end (SIGINT, SIGTERM).
///
/// They are heard at once and obeyed when nothing is left half done: long work ends after the block
/// under way and keeps what it has, and whoever writes files gives up cleanly. A second signal ends the
/// program as it always would.
public enum Interruption {
  private static let signals = [SIGINT, SIGTERM]

  /// The signal that came, or 0. A handler may do no more than write to such a place.
  private static let pending = Atomic<Int32>(0)
  /// Whether long work is under way, which looks by itself for signals.
  private static let isWorking = Atomic<Bool>(false)

  /// Whether somebody wants the program to end.
  package static var isAskedFor: Bool { pending.load(ordering: .relaxed) != 0 }

  /// Does long work that looks for ``isAskedFor`` and ends by itself.
  public static func heeded<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    isWorking.store(true, ordering: .relaxed)
    let earlier = listen { number in
      guard Interruption.pending.exchange(number, ordering: .relaxed) == 0 else {
        signal(number, SIG_DFL)
        raise(number)
        return
      }
      let told: StaticString = "\nending after the block under way; once more to end at once\n"
      _ = write(STDERR_FILENO, told.utf8Start, told.utf8CodeUnitCount)
    }
    defer {
      stopListening(earlier)
      isWorking.store(false, ordering: .relaxed)
    }
    return try await body()
  }

  /// Does something that must not be left half done, then obeys a signal that came meanwhile.
  static func deferred<Result>(
    _ body: () async throws -> Result
  ) async throws -> Result {
    guard !isWorking.load(ordering: .relaxed) else { return try await body() }
    let earlier = listen { Interruption.pending.store($0, ordering: .relaxed) }
    defer { obey(earlier) }
    return try await body()
  }

  /// The same for what waits for nothing.
  static func deferred<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    guard !isWorking.load(ordering: .relaxed) else { return try body() }
    let earlier = listen { Interruption.pending.store($0, ordering: .relaxed) }
    defer { obey(earlier) }
    return try body()
  }

  private typealias Handler = @convention(c) (Int32) -> Void

  private static func listen(_ handler: @escaping Handler) -> [Handler?] {
    // Made before a handler can run: a static is set up by its first reader.
    _ = pending.load(ordering: .relaxed)
    return signals.map { signal($0, handler) }
  }

  private static func stopListening(_ earlier: [Handler?]) {
    for (number, handler) in zip(signals, earlier) { signal(number, handler) }
  }

  private static func obey(_ earlier: [Handler?]) {
    stopListening(earlier)
    guard isAskedFor else { return }
    let number = pending.load(ordering: .relaxed)
    // What began on the thread that heard the signal may end on another, where it is blocked: it would wait
    // there, and the program go on.
    var heard = sigset_t()
    sigemptyset(&heard)
    sigaddset(&heard, number)
    pthread_sigmask(SIG_UNBLOCK, &heard, nil)
    raise(number)
  }
}
