import Stochastics
import Testing

@testable import Analysis

/// The tree of questions.
@Suite struct DecisionTreeTests {
  private func tree(
    _ columns: [[Double]], _ classes: [Int], depth: Int = 3, leastDraws: Int = 1,
    largestChance: Double = 0.05
  ) -> DecisionTree {
    DecisionTree(
      columns: columns, classes: classes, among: Array(classes.indices),
      size: DecisionTree.Size(
        depth: depth, leastDraws: leastDraws, largestChance: largestChance))
  }

  @Test("Planted questions are asked, and their leaves count by hand")
  func planted() throws {
    var data = TestData(seed: 3)
    let columns = (0..<8).map { _ in data.uniforms(400) }
    let classes = (0..<400).map { columns[2][$0] <= 0.4 ? 0 : columns[5][$0] <= 0.7 ? 1 : 2 }
    let tree = tree(columns, classes)
    let leaves = tree.root.leaves
    #expect(leaves.count == 3)
    #expect(leaves.map { leaf in leaf.limits.map(\.number) } == [[2], [2, 5], [2, 5]])
    #expect(
      leaves.map(\.counts)
        == (0...2).map { place in
          (0...2).map { $0 == place ? classes.count { $0 == place } : 0 }
        })
    for row in classes.indices { #expect(tree.leaf { columns[$0][row] } == classes[row]) }
    guard case .split(2, let value, _, _) = tree.root else { Issue.record("not asked"); return }
    #expect(abs(value - 0.4) < 0.01)
  }

  @Test("The first question is the purest of all, by trying each")
  func purest() throws {
    var data = TestData(seed: 4)
    let columns = (0..<3).map { _ in data.ties(60, below: 12) }
    let classes = data.ties(60, below: 3).map { Int($0) }
    guard case .split(let number, let value, _, _) = tree(columns, classes, largestChance: 1).root
    else { Issue.record("no question"); return }
    func impurity(_ number: Int, _ value: Double) -> Double {
      [true, false].reduce(0) { sum, isLow in
        let rows = classes.indices.filter { (columns[number][$0] <= value) == isLow }
        guard !rows.isEmpty else { return .infinity }
        return sum
          + (0...2).reduce(Double(rows.count)) { rest, place in
            let share = Double(rows.count { classes[$0] == place }) / Double(rows.count)
            return rest - Double(rows.count) * share * share
          }
      }
    }
    let all = (0...2).flatMap { number in (0..<11).map { impurity(number, Double($0) + 0.5) } }
    let least = try #require(all.min())
    #expect(abs(impurity(number, value) - least) < 1e-9)
  }

  @Test("Nothing is asked where chance would sort as well, in nearly all of many trials")
  func noSignal() {
    var asked = 0
    for seed in 0..<20 {
      var data = TestData(seed: UInt64(300 + seed))
      let columns = (0..<10).map { _ in data.uniforms(200) }
      let classes = data.uniforms(200).map { $0 < 0.5 ? 0 : 1 }
      asked += tree(columns, classes, leastDraws: 10).root.leafCount > 1 ? 1 : 0
    }
    #expect(asked <= 2, "\(asked) of 20")
  }

  @Test("No leaf is smaller than it may be, nor deeper")
  func limits() {
    var data = TestData(seed: 6)
    let columns = (0..<4).map { _ in data.uniforms(300) }
    let classes = (0..<300).map { Int(columns[0][$0] * 8) % 2 }
    let tree = tree(columns, classes, depth: 3, leastDraws: 15, largestChance: 1)
    #expect(tree.root.leaves.allSatisfy { $0.limits.count <= 3 })
    #expect(tree.root.leaves.allSatisfy { $0.counts.reduce(0, +) >= 15 })
    #expect(tree.root.leaves.reduce(0) { $0 + $1.counts.reduce(0, +) } == 300)
  }
}
