import Foundation
import Testing

/// `chokepoint verify`: what it ends with, and where its cases come from.
@Suite struct VerifyTests {
  private static func published(_ hours: Double, _ more: String = "") -> String {
    """
    published:
      citation: A report
      figures:
        - {id: published-hours, entity: training, metric: chip_hours, published: \(hours)\(more)}
    headline:
    """
  }

  private func verify(_ published: String, _ arguments: String...) async throws -> Outcome {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder, replacing: "headline:", with: published)
      return try await call(builtCommand, ["verify", file] + arguments)
    }
  }

  @Test func `a wrong figure exits 1, an explained one does not`() async throws {
    let met = try await verify(Self.published(2_664_000))
    #expect(met.status == 0 && met.errors.isEmpty, "\(met.errors)")
    #expect(met.output.hasPrefix("2 of 2 published figures in 1 case are met.\n"))
    let planted = try await verify(Self.published(2_664_001))
    #expect(planted.status == 1 && planted.output.contains("MISSED"))
    #expect(planted.errors.contains("1 published figure is missed, and nothing explains why"))
    let explained = try await verify(
      Self.published(2_664_001, ", expected: miss, reason: It is off by one"))
    #expect(explained.status == 0)
    #expect(explained.output.contains("is missed, as expected: It is off by one"))
    let inVain = try await verify(Self.published(2_664_000, ", expected: miss, reason: Once"))
    #expect(inVain.status == 0)
    #expect(inVain.output.contains("is met, although a miss was expected: Once"))
    let contradiction = try await verify(Self.published(1, ", contradiction: It says 2 elsewhere"))
    #expect(contradiction.status == 0)
  }

  @Test func `a page and JSON`() async throws {
    let page = try await verify(Self.published(2_664_000), "--markdown")
    #expect(page.status == 0 && page.output.hasPrefix("# Published cases\n"))
    let json = try await verify(Self.published(1), "--json")
    #expect(json.status == 1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["verdicts"] as? [String: Int]) == ["missed": 1, "met": 1])
    #expect(try await verify(Self.published(1), "--json", "--markdown").status == 64)
  }

  @Test func `faults exit 65, and what is no case is left out`() async throws {
    #expect(try await verify(Self.published(1, ", regime: nosuch")).status == 65)
    try await withFolder { folder in
      let file = try SmallScenario.write(
        to: folder, named: "none.yaml", replacing: "published: 2664000", with: "source: Ours")
      let none = try await chokepoint("verify", file)
      #expect(none.status == 64 && none.errors.contains("has nothing published"), "\(none.errors)")
      _ = try SmallScenario.write(to: folder, named: "case.yaml")
      let both = try await chokepoint("verify", folder.path)
      #expect(both.status == 0 && both.errors.contains("none.yaml has nothing published"))
      #expect(both.output.hasPrefix("1 of 1 published figures in 1 case is met."))
    }
  }

  /// Of the shipped ones those that take a moment; `make verify` has all.
  @Test func `shipped cases of rules and ledgers are met, or say why not`() async throws {
    let outcome = try await chokepoint(
      "verify", "scenarios/published/bis-chip-rules.yaml",
      "scenarios/published/deepseek-v3-r1.yaml",
      "scenarios/published/ifp-export-arithmetic-2026.yaml")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("rule-2026.b30a"))
  }

  @Test func `without cases it says where they are`() async throws {
    try await withFolder { folder in
      let outcome = try await chokepoint("verify", in: folder)
      #expect(outcome.status == 64 && outcome.errors.contains("scenarios/published"))
    }
  }
}
