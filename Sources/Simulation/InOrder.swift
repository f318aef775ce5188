/// Computes pieces of work, several at the same time, and hands over what they come to, in order.
///
/// - Parameters:
///   - threads: how many are computed at the same time, at least 1.
///   - work: computes one piece.
///   - receive: called once for each piece, in order, never twice at the same time.
public func compute<Pieces: RandomAccessCollection, Result: Sendable>(
  _ pieces: Pieces, threads: Int, by work: @escaping @Sendable (Pieces.Element) -> Result,
  receive: (Result) async throws -> Void
) async throws where Pieces.Element: Sendable {
  precondition(threads > 0, "at least one thread, got \(threads)")
  // A slow piece must not let finished ones pile up behind it without bound.
  let mostAhead = 2 * threads
  var waiting: [Int: Result] = [:]
  var (started, running, taken) = (0, 0, 0)
  try await withThrowingTaskGroup(of: (place: Int, result: Result).self) { group in
    func startNext() {
      while running < threads, started < min(pieces.count, taken + mostAhead) {
        let (place, piece) = (started, pieces[pieces.index(pieces.startIndex, offsetBy: started)])
        group.addTask { (place, work(piece)) }
        (started, running) = (started + 1, running + 1)
      }
    }
    startNext()
    while taken < pieces.count, let done = try await group.next() {
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
