import Glibc
import Synchronization

/// Signals that ask the program to end while files are being put in place.
///
/// They are heard at once and obeyed as soon as nothing temporary is left behind: whoever writes
/// looks at ``isAskedFor`` between files and gives up cleanly. At any other time they end the
/// program as they always do.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM]

  /// The signal that came, or 0. A handler may do no more than write to such a place.
  private static let pending = Atomic<Int32>(0)

  /// Whether somebody wants the program to end.
  static var isAskedFor: Bool { pending.load(ordering: .relaxed) != 0 }

  /// Does something that must not be left half done, then obeys a signal that came meanwhile.
  static func deferred<Result>(
    _ body: () async throws(FileError) -> Result
  ) async throws(FileError) -> Result {
    let earlier = listen()
    defer { obey(earlier) }
    return try await body()
  }

  /// The same for what waits for nothing.
  static func deferred<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let earlier = listen()
    defer { obey(earlier) }
    return try body()
  }

  private typealias Handler = @convention(c) (Int32) -> Void

  private static func listen() -> [Handler?] {
    // Made before a handler can run: a static is set up by its first reader.
    _ = pending.load(ordering: .relaxed)
    return signals.map { number in
      signal(number) { Interruption.pending.store($0, ordering: .relaxed) }
    }
  }

  private static func obey(_ earlier: [Handler?]) {
    for (number, handler) in zip(signals, earlier) { signal(number, handler) }
    if isAskedFor { raise(pending.load(ordering: .relaxed)) }
  }
}
