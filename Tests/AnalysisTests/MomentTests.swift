import Analysis
import Simulation
import Testing

@Suite struct MomentTests {
  @Test(arguments: [2, 3, 1023, 1024, 1025, 5000])
  func agreeWithTwoPasses(count: Int) {
    var data = TestData(seed: 3)
    let values = data.uniforms(count).map { 1e6 + $0 }
    let moments = Moments(of: values)
    #expect(moments.count == count)
    #expect(abs(moments.mean - Reference.mean(values)) < 1e-8)
    #expect(abs(moments.variance / Reference.variance(values) - 1) < 1e-8)
    #expect(moments.standardDeviation == moments.variance.squareRoot())
  }

  @Test func fewValues() {
    #expect(Moments(of: []) == Moments())
    #expect(Moments(of: []).variance == 0 && Moments(of: []).mean == 0)
    let one = Moments(of: [4.5])
    #expect(one.count == 1 && one.mean == 4.5 && one.variance == 0)
  }

  @Test func aConstantDoesNotVary() {
    let moments = Moments(of: Array(repeating: 0.1, count: 5000))
    #expect(moments.mean == 0.1 && moments.variance == 0)
  }

  /// The same bits, whoever computed which block.
  @Test func blocksFoldToTheSameBits() {
    var data = TestData(seed: 4)
    let values = data.uniforms(4 * Block.size + 77)
    let blocks = stride(from: 0, to: values.count, by: Block.size).map {
      Moments(of: Array(values[$0..<min($0 + Block.size, values.count)]))
    }
    var folded = Moments()
    for block in blocks { folded.combine(block) }
    #expect(folded == Moments(of: values))
    // Plain summation rounds otherwise: the law is about blocks, not about luck.
    var plain = Moments()
    for value in values { plain.add(value) }
    #expect(plain != folded)
    #expect(abs(plain.mean - folded.mean) < 1e-12)
  }

  @Test func anEmptyBlockChangesNothing() {
    var moments = Moments(of: [1, 2, 4])
    moments.combine(Moments())
    #expect(moments == Moments(of: [1, 2, 4]))
    var fresh = Moments()
    fresh.combine(moments)
    #expect(fresh == moments)
  }
}
