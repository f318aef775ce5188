/// Numbers of shards, as schedulers take those of array tasks: `0,2-5`.
struct TaskNumbers: Hashable, Sendable, CustomStringConvertible {
  /// The numbers, each once, in order.
  let numbers: [Int]

  /// Takes numbers in any order.
  init(_ numbers: some Sequence<Int>) { self.numbers = Set(numbers).sorted() }

  /// Whether there are none.
  var isEmpty: Bool { numbers.isEmpty }

  /// As schedulers take them.
  var description: String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
