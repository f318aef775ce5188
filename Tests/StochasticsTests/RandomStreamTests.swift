import Stochastics
import Testing

@Suite("Addressed streams")
struct RandomStreamTests {
  /// Random123's `kat_vectors`, the three lines "philox4x32 10". All are reached through the public
  /// interface, so they hold the cipher, the layout of the address and the block count at once.
  struct KnownAnswer: Sendable, CustomTestStringConvertible {
    let seed: UInt64
    let address: StreamAddress
    let block: Int
    let words: [UInt32]
    let testDescription: String
  }

  static let knownAnswers = [
    KnownAnswer(
      seed: 0,
      address: StreamAddress(replicate: 0, mechanism: .parameters),
      block: 0,
      words: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
      testDescription: "zeros"),
    KnownAnswer(
      seed: .max,
      address: StreamAddress(
        replicate: .max, mechanism: MechanismID(rawValue: .max), agent: AgentID(rawValue: .max),
        month: .max, draw: .max),
      block: 0xffff,
      words: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
      testDescription: "ones"),
    KnownAnswer(
      seed: 0x299f_31d0_a409_3822,
      address: StreamAddress(
        replicate: 0x243f_6a88, mechanism: MechanismID(rawValue: 0x1319),
        agent: AgentID(rawValue: 0x85a3_08d3), month: 0x8a2e, draw: 0x0370),
      block: 0x7344,
      words: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
      testDescription: "digits of pi"),
  ]

  @Test("Random123's known answers", arguments: knownAnswers)
  func knownAnswer(_ known: KnownAnswer) {
    var stream = RandomStream(seed: known.seed, at: known.address)
    for _ in 0..<(4 * known.block) { _ = stream.bits() }
    #expect([stream.bits(), stream.bits(), stream.bits(), stream.bits()] == known.words)
  }

  @Test("A stream stops the process after its 65,536th block, rather than alias the next draw")
  func lastBlock() async {
    await #expect(processExitsWith: .success) {
      var stream = RandomStream(seed: 1, at: StreamAddress(replicate: 0, mechanism: .parameters))
      for _ in 0..<(4 * 65_536) { _ = stream.bits() }
    }
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 1, at: StreamAddress(replicate: 0, mechanism: .parameters))
      for _ in 0..<(4 * 65_536 + 1) { _ = stream.bits() }
    }
  }

  @Test("Each field and each half of the seed changes the numbers, at both ends of its range")
  func everyFieldCounts() {
    let base = StreamAddress(
      replicate: 5, mechanism: MechanismID(rawValue: 5), agent: AgentID(rawValue: 5), month: 5,
      draw: 5)
    var seen: Set<[UInt32]> = []
    var count = 0
    func visit(_ seed: UInt64, _ address: StreamAddress) {
      var stream = RandomStream(seed: seed, at: address)
      seen.insert([stream.bits(), stream.bits(), stream.bits(), stream.bits()])
      count += 1
    }
    visit(5, base)
    for bit in 0..<64 { visit(5 ^ (1 << UInt64(bit)), base) }
    for bit in 0..<32 {
      var address = base
      address.replicate ^= 1 << UInt32(bit)
      visit(5, address)
      address = base
      address.agent = AgentID(rawValue: 5 ^ (1 << UInt32(bit)))
      visit(5, address)
    }
    for bit in 0..<16 {
      var address = base
      address.mechanism = MechanismID(rawValue: 5 ^ (1 << UInt16(bit)))
      visit(5, address)
      address = base
      address.month ^= 1 << UInt16(bit)
      visit(5, address)
      address = base
      address.draw ^= 1 << UInt16(bit)
      visit(5, address)
    }
    #expect(seen.count == count)
  }

  @Test("A stream's numbers don't depend on what was drawn before or in between")
  func order() {
    func address(_ replicate: UInt32) -> StreamAddress {
      StreamAddress(replicate: replicate, mechanism: MechanismID(rawValue: 7), month: 3)
    }
    var first = RandomStream(seed: 9, at: address(1))
    var second = RandomStream(seed: 9, at: address(2))
    let inTurn = (0..<20).map { _ in [first.uniform(), second.normal()] }
    var again = RandomStream(seed: 9, at: address(2))
    let normals = (0..<20).map { _ in again.normal() }
    var lastly = RandomStream(seed: 9, at: address(1))
    let uniforms = (0..<20).map { _ in lastly.uniform() }
    #expect(inTurn.map { $0[0] } == uniforms)
    #expect(inTurn.map { $0[1] } == normals)
  }

  @Test("A uniform is (k + 1/2) / 2^52, from the top bits of two words")
  func uniform() {
    let address = StreamAddress(replicate: 0, mechanism: .parameters)
    var words = RandomStream(seed: 0, at: address)
    var uniforms = RandomStream(seed: 0, at: address)
    for _ in 0..<1000 {
      let (high, low) = (UInt64(words.bits()), UInt64(words.bits()))
      let uniform = uniforms.uniform()
      #expect(uniform == (Double(high << 20 | low >> 12) + 0.5) * 0x1p-52)
      #expect(uniform > 0 && uniform < 1)
    }
  }

  /// Values of 32-bit FNV-1a from the test suite of Fowler, Noll and Vo's reference code.
  @Test("Agent ids are FNV-1a, and never the id of no agent")
  func agentIDs() {
    #expect(AgentID(of: "") == AgentID(rawValue: 0x811c_9dc5))
    #expect(AgentID(of: "a") == AgentID(rawValue: 0xe40c_292c))
    #expect(AgentID(of: "foobar") == AgentID(rawValue: 0xbf9c_f968))
    // Found by search: these seven letters hash to 0, which stands for no agent.
    #expect(AgentID(of: "akhnp9x") == AgentID(rawValue: .max))
  }
}
