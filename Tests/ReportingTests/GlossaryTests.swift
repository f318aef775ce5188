import PolicyModel
import Scenarios
import Studies
import Testing

@testable import Reporting
@testable import Wording

/// Words of results, and what charts call numbers.
@Suite struct GlossaryTests {
  @Test func `a page explains the words that it uses`() {
    #expect(
      Glossary.terms(usedIn: ["China's lag is 2 months", "0.5M H100e"]).map(\.word) == [
        "H100e", "Lag",
      ])
    #expect(Glossary.terms(usedIn: []).isEmpty)
  }

  @Test func `every word is there once, in one sentence`() {
    #expect(Set(Glossary.terms.map(\.word)).count == Glossary.terms.count)
    for term in Glossary.terms {
      #expect(term.meaning.hasSuffix(".") && !term.meaning.dropLast().contains(". "))
      #expect(Glossary.term(named: term.word.uppercased()) != nil)
    }
  }

  @Test func `charts call a number by what it means`() throws {
    let world = try SmallRun.scenario().blueprint.world
    func title(_ name: String, _ definition: String) -> NumberTitle {
      NumberTitle(
        ParameterDeclaration(name: name, unit: "1", range: 0...1, definition: definition),
        ParameterGroup(ofParameter: name, in: world))
    }
    let capacity = title("grey_market.capacity_per_month", "Capacity in the first month.")
    #expect(capacity.words == "Capacity in the first month")
    #expect(capacity.label == "Diverted chips: capacity in the\nfirst month")
    #expect(title("offers.x", "FLOP done for each byte.").inSentence == "FLOP done for each byte")
    #expect(title("estimates.x", "Estimate: firms that sell.").label == "firms that sell")
    let long = title("offers.x", String(repeating: "many words ", count: 20))
    #expect(long.label.split(separator: "\n").count == 3 && long.label.hasSuffix(" …"))
    #expect(ChartNames.distinct(["a", "b", "a"], by: ["x", "y", "z"]) == ["a\nx", "b", "a\nz"])
  }
}
