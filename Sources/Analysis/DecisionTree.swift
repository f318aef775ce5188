import Stochastics

/// A tree of yes-or-no questions that sorts draws into classes (CART: Breiman, Friedman, Olshen and Stone 1984).
///
/// At each node the number and the value are asked about that leave the least Gini impurity. A node is split only where
/// chance is unlikely to make as good a split: by Pearson's chi-squared, multiplied by how many splits there are to choose
/// from.
public struct DecisionTree: Sendable {
  /// A node with what is below it.
  public indirect enum Node: Sendable {
    /// Draws that are not split any further: by class how many.
    case leaf(counts: [Int])
    /// A question: the draws in which the number is no larger than the value, and the others.
    case split(number: Int, value: Double, low: Node, high: Node)
  }

  /// Limits of a tree.
  public struct Size: Hashable, Sendable {
    /// The most questions one after the other.
    public let depth: Int
    /// The fewest draws of a leaf.
    public let leastDraws: Int
    /// The largest probability that chance makes a split as good; 1 for no such limit.
    public let largestChance: Double

    /// States the limits.
    public init(depth: Int = 3, leastDraws: Int, largestChance: Double = 0.05) {
      (self.depth, self.leastDraws) = (depth, leastDraws)
      self.largestChance = largestChance
    }
  }

  /// The first node.
  public let root: Node

  /// Grows a tree.
  ///
  /// - Parameters:
  ///   - columns: for each number its values, draw by draw.
  ///   - classes: the class of each draw, from 0.
  ///   - rows: the draws that it is grown on.
  public init(columns: [[Double]], classes: [Int], among rows: [Int], size: Size) {
    let grower = TreeGrower(
      columns: columns, classes: classes, classCount: (classes.max() ?? 0) + 1, size: size)
    root = grower.node(rows, depth: 0)
  }

  /// The leaf that a draw falls into, counted from the left.
  public func leaf(of values: (Int) -> Double) -> Int {
    var (node, place) = (root, 0)
    while case .split(let number, let value, let low, let high) = node {
      if values(number) <= value {
        node = low
      } else {
        place += low.leafCount
        node = high
      }
    }
    return place
  }
}

extension DecisionTree.Node {
  /// How many leaves are below it.
  public var leafCount: Int {
    switch self {
    case .leaf: 1
    case .split(_, _, let low, let high): low.leafCount + high.leafCount
    }
  }

  /// The leaves from the left, each with the limits that lead to it: of a number from below, the value itself is out.
  public var leaves: [(limits: [DrawBox.Limit], counts: [Int])] {
    switch self {
    case .leaf(let counts): return [([], counts)]
    case .split(let number, let value, let low, let high):
      func below(_ node: Self, _ end: DrawBox.End) -> [(limits: [DrawBox.Limit], counts: [Int])] {
        let limit = DrawBox.Limit(number: number, end: end, value: value)
        return node.leaves.map { ([limit] + $0.limits, $0.counts) }
      }
      return below(low, .upper) + below(high, .lower)
    }
  }
}

/// Grows a tree, node by node.
private struct TreeGrower {
  let columns: [[Double]]
  let classes: [Int]
  let classCount: Int
  let size: DecisionTree.Size

  private struct Split {
    let number: Int
    let value: Double
    /// The squares of class counts over the counts of both sides: the larger, the purer.
    let purity: Double
    let low: [Int]
    let high: [Int]
  }

  func node(_ rows: [Int], depth: Int) -> DecisionTree.Node {
    let counts = tally(rows)
    guard depth < size.depth, counts.count(where: { $0 > 0 }) > 1,
      let split = bestSplit(of: rows, counts)
    else { return .leaf(counts: counts) }
    let column = columns[split.number]
    return .split(
      number: split.number, value: split.value,
      low: node(rows.filter { column[$0] <= split.value }, depth: depth + 1),
      high: node(rows.filter { column[$0] > split.value }, depth: depth + 1))
  }

  private func tally(_ rows: [Int]) -> [Int] {
    var counts = Array(repeating: 0, count: classCount)
    for row in rows { counts[classes[row]] += 1 }
    return counts
  }

  /// The purest split; nil where none leaves enough draws on both sides, or chance makes as good a one too easily.
  private func bestSplit(of rows: [Int], _ counts: [Int]) -> Split? {
    var best: Split?
    var tried = 0
    for (number, column) in columns.enumerated() {
      let sorted = rows.sorted { (column[$0], $0) < (column[$1], $1) }
      var low = Array(repeating: 0, count: classCount)
      for place in sorted.indices.dropLast() {
        low[classes[sorted[place]]] += 1
        let (value, next) = (column[sorted[place]], column[sorted[place + 1]])
        let (left, right) = (place + 1, sorted.count - place - 1)
        guard value < next, left >= size.leastDraws, right >= size.leastDraws else { continue }
        tried += 1
        let high = zip(counts, low).map { $0 - $1 }
        let purity = squares(low) / Double(left) + squares(high) / Double(right)
        if best.map({ purity > $0.purity }) ?? true {
          let middle = value + (next - value) / 2
          best = Split(
            number: number, value: middle < next ? middle : value, purity: purity, low: low,
            high: high)
        }
      }
    }
    guard let best, best.purity > purity(ofWhole: counts) else { return nil }
    let isSound =
      size.largestChance >= 1 || chance(of: best, counts) * Double(tried) <= size.largestChance
    return isSound ? best : nil
  }

  private func squares(_ counts: [Int]) -> Double {
    counts.reduce(0) { $0 + Double($1 * $1) }
  }

  private func purity(ofWhole counts: [Int]) -> Double {
    squares(counts) / Double(counts.reduce(0, +))
  }

  /// How likely one split that is no better than chance sorts the classes at least as well.
  private func chance(of split: Split, _ counts: [Int]) -> Double {
    let count = Double(counts.reduce(0, +))
    let present = counts.indices.filter { counts[$0] > 0 }
    let sum = [split.low, split.high].reduce(0.0) { sum, side in
      let share = Double(side.reduce(0, +)) / count
      return present.reduce(sum) { sum, place in
        let expected = Double(counts[place]) * share
        let difference = Double(side[place]) - expected
        return sum + difference * difference / expected
      }
    }
    return TailProbability.chiSquared(atLeast: sum, freedom: present.count - 1)
  }
}
