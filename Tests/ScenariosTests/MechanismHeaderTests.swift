import FoundationEssentials
@testable import PolicyModel
import Scenarios
@testable import Simulation
import Stochastics
import Testing

/// "Reads ..., writes ...", as the file of each mechanism begins, held to what the mechanism does.
@Suite struct MechanismHeaderTests {
  private static let names = StepOrder.mechanisms.map { String(describing: $0) }

  /// What every phase of some runs has changed, by mechanism.
  private static let changed: [String: Set<String>] = {
    var changed: [String: Set<String>] = [:]
    for trial in (try? Trial.all()) ?? [] {
      trial.play { mechanism, step, before, after in
        changed[mechanism, default: []].formUnion(WorldPart.differences(before, after))
      }
    }
    return changed
  }()

  @Test func `a world has the parts that are watched, and no other`() throws {
    let world = try #require(try Trial.all().first).begin()
    func labels(_ part: Any) -> [String] { Mirror(reflecting: part).children.compactMap(\.label) }
    let unwatched = ["parameters", "regime", "month", "step", "economy", "story"]
    let all = Set(labels(world) + labels(world.economy)).subtracting(unwatched)
    #expect(all == Set(WorldPart.all.map(\.name)))
  }

  @Test(arguments: names)
  func `a mechanism writes what its file says, and all of that`(name: String) throws {
    let header = try Header(of: name)
    let changed = Self.changed[name] ?? []
    for part in changed { #expect(header.mayWrite(part), "\(name) writes \(part)") }
    for part in header.writes {
      #expect(
        changed.contains { $0 == part || $0.hasPrefix("\(part).") }, "\(name) never wrote \(part)")
    }
  }

  /// Whatever it does not say that it reads is taken from another world: it must do the same.
  @Test func `a mechanism reads nothing that its file does not say`() throws {
    var count = 0
    for trial in try Trial.all() {
      let other = trial.end()
      let headers = Dictionary(
        uniqueKeysWithValues: try Self.names.map { ($0, try Header(of: $0)) })
      trial.play { mechanism, step, before, after in
        guard let header = headers[mechanism], step % 6 == 5 && trial.replicate.regime > 0 else {
          return
        }
        for part in WorldPart.all where !header.mayRead(part.name) {
          var (doctored, expected) = (before, after)
          part.copy(other, &doctored)
          part.copy(other, &expected)
          trial.advance(mechanism, &doctored, step)
          let found = WorldPart.differences(doctored, expected)
          #expect(found.isEmpty, "\(mechanism) reads \(part.name): \(found)")
          count += 1
        }
      }
    }
    #expect(count > 1000)
  }

  @Test(arguments: [
    (
      "/// Reads `a`, `b.c` and d; writes `e.f`\n/// and `g`. It writes `h`.", ["a", "b.c"],
      ["e.f", "g"]
    ),
    ("/// Reads and writes `a`.", [], ["a"]), ("/// Reads `a`; writes nothing.", ["a"], []),
  ])
  func `a header is understood`(text: String, reads: [String], writes: [String]) throws {
    let header = try #require(Header(text + "\nstruct", ofLab: []))
    #expect(header.reads == Set(reads) && header.writes == Set(writes))
  }
}

/// What the head of a mechanism's file says.
private struct Header {
  let reads: Set<String>?
  let writes: Set<String>
  /// Those of a lab's numbers that ``LabState`` says are the mechanism's.
  private let ofLab: Set<String>

  init(of name: String) throws {
    let folder = "Sources/PolicyModel"
    let state = try Self.text("\(folder)/Economy/LabState.swift")
    let sections = state.split(separator: "// Written by ``")
    let section = sections.first { $0.hasPrefix("\(name)``") } ?? ""
    let fields = section.split(separator: "\n").compactMap {
      $0.firstMatch(of: /^  var (\w+)/).map { String($0.1) }
    }
    let text = try Self.text("\(folder)/Mechanisms/\(name).swift")
    self = try #require(Header(text, ofLab: Set(fields)), "\(name) does not say what it reads")
  }

  /// Takes the sentence apart; nil where there is none.
  init?(_ text: String, ofLab fields: Set<String>) {
    let comment = text.split(separator: "\n").prefix { !$0.hasPrefix("struct") }
      .filter { $0.hasPrefix("///") }.map { $0.dropFirst(3) }.joined()
    guard let found = comment.firstMatch(of: /Reads (.*?)writes (.*?)\.(\s|$)/) else { return nil }
    func parts(_ words: Substring) -> Set<String> {
      Set(words.matches(of: /`([a-z][\w.]*)`/).map { String($0.1) })
    }
    let isOmniscient = found.1.contains("everything") || found.1.contains("any ")
    reads = isOmniscient ? nil : parts(found.1)
    writes = parts(found.2)
    ofLab = fields
  }

  func mayWrite(_ part: String) -> Bool {
    let (whole, field) = (part.prefix { $0 != "." }, part.drop { $0 != "." }.dropFirst())
    guard !writes.contains(part) else { return true }
    return whole == "labs"
      ? writes.contains("labs") && ofLab.contains(String(field)) : writes.contains(String(whole))
  }

  func mayRead(_ part: String) -> Bool {
    guard let reads else { return true }
    return reads.union(writes).contains { $0 == part || $0.hasPrefix("\(part).") }
  }

  private static func text(_ path: String) throws -> String {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}

/// One run of one regime of a scenario, phase by phase.
private struct Trial {
  let model: PolicyModel
  let replicate: Replicate
  let draw: ParameterDraw

  /// Every regime of two scenarios that have, between them, everything.
  static func all() throws -> [Trial] {
    var sketch = EconomyConservationTests.sketch
    sketch.end = "2023-09"
    sketch.regimes.removeFirst()
    sketch.regimes[2].set["energy_limit.leader_megawatts"] = "100"
    return try [
      sketch.scenario(),
      ScenarioFixture.scenario(EconomyFixture.everything),
    ].flatMap { scenario in
      let draw = scenario.model.parameterSpace.draw(from: scenario.design.uniforms(replicate: 1))
      return scenario.model.regimes.indices.map { regime in
        Trial(
          model: scenario.model,
          replicate: Replicate(number: 1, regime: regime, seed: scenario.design.seed), draw: draw)
      }
    }
  }

  func begin() -> World { model.initialState(of: replicate, under: draw) }

  /// What mechanisms are called by their types.
  private func type(of phase: Phase<World>) -> String? {
    StepOrder.mechanisms.first { $0.name == phase.name }.map { String(describing: $0) }
  }

  func play(_ observe: (_ mechanism: String, _ step: Int, World, World) -> Void) {
    var world = begin()
    for step in 0..<model.timeline.stepCount {
      for phase in model.phases {
        let before = world
        phase.advance(&world, StepContext(step: step, replicate: replicate))
        if let mechanism = type(of: phase) { observe(mechanism, step, before, world) }
      }
    }
  }

  /// The world at the end of another run, in which nothing is as in this one.
  func end() -> World {
    let other = Trial(
      model: model,
      replicate: Replicate(number: 0, regime: replicate.regime, seed: replicate.seed + 1),
      draw: draw)
    var world = other.begin()
    for step in 0..<model.timeline.stepCount {
      for phase in model.phases {
        phase.advance(&world, StepContext(step: step, replicate: other.replicate))
      }
    }
    return world
  }

  func advance(_ mechanism: String, _ world: inout World, _ step: Int) {
    let phase = model.phases.first { type(of: $0) == mechanism }
    phase?.advance(&world, StepContext(step: step, replicate: replicate))
  }
}

/// A part of the world that mechanisms read and write.
private struct WorldPart {
  let name: String
  let copy: (World, inout World) -> Void
  private let value: (World) -> Any

  private init<Value>(_ name: String, _ path: WritableKeyPath<World, Value>) {
    self.name = name
    copy = { $1[keyPath: path] = $0[keyPath: path] }
    value = { $0[keyPath: path] }
  }

  static var all: [WorldPart] {
    [
      .init("access", \.access), .init("prices", \.prices), .init("throughput", \.throughput),
      .init("runs", \.runs), .init("usage", \.usage), .init("ledger", \.ledger),
      .init("passages", \.passages), .init("terms", \.economy.terms),
      .init("licenses", \.economy.licenses), .init("reactions", \.economy.reactions),
      .init("offers", \.economy.offers), .init("supply", \.economy.supply),
      .init("shelf", \.economy.shelf), .init("domestic", \.economy.domestic),
      .init("purses", \.economy.purses), .init("clearing", \.economy.clearing),
      .init("sales", \.economy.sales), .init("remote", \.economy.remote),
      .init("grey", \.economy.grey), .init("fleets", \.economy.fleets),
      .init("power", \.economy.power), .init("labs", \.economy.labs),
      .init("frontier", \.economy.frontier), .init("balance", \.economy.balance),
    ]
  }

  /// What is different in two worlds, as `part.field`, or `part` where it has no fields.
  static func differences(_ first: World, _ second: World) -> Set<String> {
    Set(all.flatMap { part in part.differences(part.value(first), part.value(second)) })
  }

  private func differences(_ first: Any, _ second: Any) -> [String] {
    guard !isSame(first, second) else { return [] }
    let (mine, others) = (Mirror(reflecting: first), Mirror(reflecting: second))
    guard name == "labs" else { return fields(mine, others) }
    return zip(mine.children, others.children).flatMap {
      fields(Mirror(reflecting: $0.value), Mirror(reflecting: $1.value))
    }
  }

  private func fields(_ first: Mirror, _ second: Mirror) -> [String] {
    guard first.displayStyle == .struct else { return [name] }
    return zip(first.children, second.children).filter { !isSame($0.value, $1.value) }
      .map { "\(name).\($0.0.label ?? "")" }
  }
}

/// Whether two values are the same, whatever they are.
private func isSame(_ first: Any, _ second: Any) -> Bool {
  if let first = first as? any Equatable { return first.isSame(as: second) }
  let (mine, others) = (Mirror(reflecting: first).children, Mirror(reflecting: second).children)
  return mine.count == others.count && zip(mine, others).allSatisfy { isSame($0.value, $1.value) }
}

extension Equatable {
  fileprivate func isSame(as other: Any) -> Bool { other as? Self == self }
}
