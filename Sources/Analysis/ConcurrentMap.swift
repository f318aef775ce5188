/// Applies a pure function to every item, several at the same time; results keep their order.
public func concurrentMap<Item: Sendable, Result: Sendable>(
  _ items: some Collection<Item> & Sendable, threads: Int,
  _ transform: @escaping @Sendable (Item) -> Result
) async -> [Result] {
  let items = Array(items)
  // A few chunks for each thread: large enough to cost little, small enough to end together.
  let size = max(1, items.count / max(1, threads * 8))
  let starts = Array(stride(from: 0, to: items.count, by: size))
  return await withTaskGroup(of: (Int, [Result]).self) { group in
    var next = 0
    func startNext() {
      guard next < starts.count else { return }
      let start = starts[next]
      next += 1
      group.addTask {
        (start, items[start..<min(start + size, items.count)].map(transform))
      }
    }
    for _ in 0..<max(1, threads) { startNext() }
    var chunks: [(Int, [Result])] = []
    for await chunk in group {
      chunks.append(chunk)
      startNext()
    }
    return chunks.sorted { $0.0 < $1.0 }.flatMap(\.1)
  }
}
