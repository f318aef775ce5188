@testable import Documents
import Foundation
import Testing

@Suite struct DocumentSchemaTests {
  static let text = jsonSchema(
    of: DocumentFixture.schema, title: "A test", id: "https://example.org/test.json")

  private func member(_ path: String...) throws -> [String: Any] {
    var object = try #require(
      JSONSerialization.jsonObject(with: Data(Self.text.utf8)) as? [String: Any])
    for key in path { object = try #require(object[key] as? [String: Any], "\(path)") }
    return object
  }

  @Test func hasItsHead() throws {
    let root = try member()
    #expect(root["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(root["$id"] as? String == "https://example.org/test.json")
    #expect(root["type"] as? String == "object")
    #expect(root["additionalProperties"] as? Bool == false)
    #expect(root["required"] as? [String] == ["run"])
  }

  @Test func saysTypesAndLimits() throws {
    let replicates = try member("properties", "run", "properties", "replicates")
    #expect(replicates["type"] as? String == "integer")
    #expect(replicates["maximum"] as? Int == 1_000_000)
    let seed = try member("properties", "run", "properties", "seed")
    #expect(seed["minimum"] as? Int == 0)
    #expect(seed["maximum"] == nil)
    let rate = try member("properties", "bandwidth_gb_s")
    #expect(rate["description"] as? String == "A rate. [GB/s]")
    let price = try #require(try member("properties", "price_usd")["oneOf"] as? [[String: Any]])
    #expect(price.first?["exclusiveMinimum"] as? Int == 0)
    #expect(price.last?["$ref"] as? String == "#/$defs/distribution")
    let regimes = try member("properties", "regimes")
    #expect(regimes["minItems"] as? Int == 1)
  }

  @Test func definesEveryLaw() throws {
    let forms = try #require(try member("$defs", "distribution")["oneOf"] as? [[String: Any]])
    let keys = forms.compactMap { ($0["required"] as? [String])?.first }
    #expect(
      keys == [
        "value", "ci90", "normal", "lognormal", "uniform", "triangular", "pert", "beta", "discrete",
        "mixture", "empirical",
      ])
    #expect(forms.allSatisfy { $0["additionalProperties"] as? Bool == false })
  }

  @Test func findsTheSchemaAtAPath() {
    let schema = DocumentFixture.schema
    guard case .choice(let words)? = schema[["run", "design"]] else {
      Issue.record("no choice there")
      return
    }
    #expect(words == ["mc", "lhs", "sobol"])
    #expect(schema[["run", "nothing"]] == nil)
    #expect(schema[["mechanisms", "rental", "noise"]] != nil)
    #expect(schema[["regimes", "any-id", "rules"]] != nil)
    #expect(schema[["offset", "deeper"]] == nil)
  }
}
