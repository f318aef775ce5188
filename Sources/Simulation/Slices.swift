/// Computes slices, several at the same time, and hands over what they come to, in order.
///
/// - Parameters:
///   - threads: how many are computed at the same time, at least 1.
///   - work: computes one slice.
///   - receive: called once for each slice, in order, never twice at the same time.
public func compute<Result: Sendable>(
  _ slices: [Slice], threads: Int, by work: @escaping @Sendable (Slice) -> Result,
  receive: (Result) async throws -> Void
) async throws {
  precondition(threads > 0, "at least one thread, got \(threads)")
  // A slow slice must not let finished ones pile up behind it without bound.
  let mostAhead = 2 * threads
  var waiting: [Int: Result] = [:]
  var (started, running, taken) = (0, 0, 0)
  try await withThrowingTaskGroup(of: (place: Int, result: Result).self) { group in
    func startNext() {
      while running < threads, started < min(slices.count, taken + mostAhead) {
        let (place, slice) = (started, slices[started])
        group.addTask { (place, work(slice)) }
        (started, running) = (started + 1, running + 1)
      }
    }
    startNext()
    while taken < slices.count, let done = try await group.next() {
      running -= 1
      waiting[done.place] = done.result
      startNext()
      while let next = waiting.removeValue(forKey: taken) {
        taken += 1
        try await receive(next)
      }
      startNext()
    }
  }
}
