import Scenarios
import Testing

/// Of months beyond what budgets and plans are known for a run says so, once.
@Suite struct BeyondKnowledgeTests {
  /// Budgets are known to 2026 and plans of what is still made to 2030. A line that was closed in 2024 leaves nothing
  /// to be known of it.
  @Test(arguments: [("2026-12", []), ("2027-12", ["budgets"]), ("2031-06", ["budgets", "output"])])
  func `what is not known is told, and no more`(end: String, told: [String]) throws {
    let sketch = EconomySketch(end: end, replicates: 8, regimes: [.init(id: "free")])
    let sentence = try sketch.scenario().beyondKnowledge?.lowercased()
    #expect((sentence == nil) == told.isEmpty, "\(sentence ?? "")")
    for what in ["budgets", "output"] {
      #expect(sentence?.contains(what) ?? false == told.contains(what), "\(sentence ?? "")")
    }
  }
}
