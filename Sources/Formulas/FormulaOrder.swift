/// In which order formulas that read each other are computed.
public enum FormulaOrder {
  /// The places of formulas, each after those that it reads; or a circle of places, in which each reads the
  /// next and the last the first.
  ///
  /// - Parameter reads: by place, the places that it reads.
  public static func sorted(reads: [[Int]]) -> Result<[Int], Circle> {
    var order: [Int] = []
    var isDone = Array(repeating: false, count: reads.count)
    for first in reads.indices where !isDone[first] {
      // Without recursion: a chain of a thousand estimates is no reason to run out of stack.
      var path = [(place: first, next: 0)]
      var isOnPath = [first: 0]
      while let (place, next) = path.last {
        guard next < reads[place].count else {
          path.removeLast()
          isOnPath[place] = nil
          isDone[place] = true
          order.append(place)
          continue
        }
        path[path.count - 1].next += 1
        let other = reads[place][next]
        if let beginning = isOnPath[other] {
          return .failure(Circle(places: path[beginning...].map(\.place)))
        }
        if !isDone[other] {
          isOnPath[other] = path.count
          path.append((other, 0))
        }
      }
    }
    return .success(order)
  }

  /// Formulas that read each other.
  public struct Circle: Error, Hashable, Sendable {
    /// Their places: each reads the next, and the last the first.
    public let places: [Int]

    /// Names a circle.
    public init(places: [Int]) { self.places = places }
  }
}
