/// Bootstrap samples: which of some values stand in the place of all of them.
public enum Resample {
  /// The places of the values that a resample has, drawn with replacement from a stream of its own.
  ///
  /// - Parameters:
  ///   - number: of the resample, from 0.
  ///   - count: how many values there are, 1 to 65,536.
  public static func places(_ number: Int, of count: Int, seed: UInt64) -> [Int] {
    precondition((1...65_536).contains(count), "a resample of \(count) values")
    var stream = RandomStream(
      seed: seed, at: DesignDraw.resample.address(of: .none, at: UInt32(number)))
    return (0..<count).map { _ in min(count - 1, Int(stream.uniform() * Double(count))) }
  }
}
