/// Whether more of a metric is taken to be better, which decides ranks and regrets and nothing else.
public enum Preference: String, CaseIterable, Sendable {
  /// More is better.
  case high
  /// Less is better.
  case low
}

extension Preference {
  /// The rank of each value in one replicate, 1 for the best; equal ones share the better rank. NaN where a
  /// value is missing, which leaves the others' ranks as if it were not there.
  public func ranks(of values: [Double]) -> [Double] {
    values.map { value in
      value.isNaN ? .nan : Double(1 + values.count { isBetter($0, than: value) })
    }
  }

  /// What each choice forgoes in one replicate against the best one (Savage 1951): 0 for the best. NaN where
  /// a value is missing.
  public func regrets(of values: [Double]) -> [Double] {
    let present = values.filter { !$0.isNaN }
    guard let best = self == .high ? present.max() : present.min() else { return values }
    return values.map { abs(best - $0) }
  }

  private func isBetter(_ value: Double, than other: Double) -> Bool {
    self == .high ? value > other : value < other
  }
}
