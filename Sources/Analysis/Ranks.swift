/// Values by their order alone, which any rising curve leaves as it is.
enum Ranks {
  /// The ranks of values, equal ones sharing theirs, with mean 0 and mean square 1; nil where all are equal.
  static func standardised(_ values: [Double]) -> [Double]? {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
      for place in first..<end { ranks[order[place]] = Double(first + end - 1) / 2 }
      first = end
    }
    let mean = Double(values.count - 1) / 2
    let square = ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    guard square > 0 else { return nil }
    let deviation = square.squareRoot()
    return ranks.map { ($0 - mean) / deviation }
  }
}
