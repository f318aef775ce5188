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
      trial.play { mechanism, _, before, after in
        changed[mechanism, default: []].formUnion(trial.map.differences(before, after))
      }
    }
    return changed
  }()

  @Test func `the parts that are watched are those of the world`() throws {
    let watched = Set(try Trial.all().flatMap(\.map.parts))
    let declared = try ["World", "EconomyState"].flatMap { name in
      try modelSource("State/\(name).swift").split(separator: "\n").prefix { !$0.contains("init(") }
    }.compactMap { $0.firstMatch(of: /^  var (\w+)/).map { String($0.1) } }
    // An inquiry is written for whoever asks, and read by no mechanism.
    // Derived metrics are written by a phase of their own, and read by first passages as any metric is.
    let apart: Set = ["regime", "month", "step", "economy", "inquiry", "series", "derived"]
    #expect(watched == Set(declared).subtracting(apart))
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
    let headers = Dictionary(uniqueKeysWithValues: try Self.names.map { ($0, try Header(of: $0)) })
    var count = 0
    for trial in try Trial.all() where trial.replicate.regime > 0 {
      let other = trial.end()
      trial.play { mechanism, step, before, after in
        guard let header = headers[mechanism], step % 6 == 5 else { return }
        for part in trial.map.parts where !header.mayRead(part) {
          let found = trial.differences(
            from: after, after: mechanism, step, amid: before, with: part, of: other)
          #expect(found.isEmpty, "\(mechanism) reads \(part): \(found)")
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
    let state = try modelSource("State/LabState.swift")
    let sections = state.split(separator: "// Written by ``")
    let section = sections.first { $0.hasPrefix("\(name)``") } ?? ""
    let fields = section.split(separator: "\n").compactMap {
      $0.firstMatch(of: /^  var (\w+)/).map { String($0.1) }
    }
    let text = try modelSource("Mechanisms/\(name).swift")
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
}

/// The text of a file of the model.
private func modelSource(_ path: String) throws -> String {
  var root = URL(filePath: #filePath)
  for _ in 0..<3 { root.deleteLastPathComponent() }
  return try String(
    contentsOf: root.appending(path: "Sources/PolicyModel/\(path)"), encoding: .utf8)
}

/// One run of one regime of a scenario, phase by phase.
private struct Trial {
  let model: PolicyModel
  let replicate: Replicate
  let draw: ParameterDraw
  let map: MemoryMap

  /// Several regimes of two scenarios that have, between them, everything.
  static func all() throws -> [Trial] {
    var sketch = EconomyConservationTests.sketch
    sketch.end = "2023-09"
    sketch.regimes.removeFirst()
    sketch.regimes[2].set["energy_limit.leader_megawatts"] = "100"
    return try [
      sketch.scenario(), ScenarioFixture.scenario(EconomyFixture.everything),
    ].flatMap { scenario in
      let model = scenario.modelRecordingAll
      let draw = model.parameterSpace.draw(from: scenario.design.uniforms(replicate: 1))
      let runs = model.regimes.indices.map {
        Replicate(number: 1, realisation: 1, regime: $0, seed: scenario.design.seed)
      }
      let map = MemoryMap(
        of: model.initialState(of: runs[0], under: draw), steps: model.timeline.stepCount)
      return runs.map { Trial(model: model, replicate: $0, draw: draw, map: map) }
    }
  }

  /// What mechanisms are called by their types.
  private func type(of phase: Phase<World>) -> String? {
    StepOrder.mechanisms.first { $0.name == phase.name }.map { String(describing: $0) }
  }

  func play(
    _ observe: (_ mechanism: String, _ step: Int, borrowing World, borrowing World) -> Void
  ) {
    var world = model.initialState(of: replicate, under: draw)
    for step in 0..<model.timeline.stepCount {
      for phase in model.phases {
        let before = world.snapshot()
        phase.advance(&world, StepContext(step: step, replicate: replicate))
        if let mechanism = type(of: phase) { observe(mechanism, step, before, world) }
      }
    }
  }

  /// The world at the end of another run, in which nothing is as in this one.
  func end() -> World {
    let other = Replicate(
      number: 0, realisation: 0, regime: replicate.regime, seed: replicate.seed + 1)
    var world = model.initialState(of: other, under: draw)
    for step in 0..<model.timeline.stepCount {
      for phase in model.phases {
        phase.advance(&world, StepContext(step: step, replicate: other))
      }
    }
    return world
  }

  /// What is different after a phase that has found a part of the world as it is in another one.
  func differences(
    from after: borrowing World, after mechanism: String, _ step: Int,
    amid before: borrowing World, with part: String, of other: borrowing World
  ) -> Set<String> {
    var bytes = before.memory.bytes
    let others = other.memory.bytes
    for range in map.ranges where MemoryMap.part(range.name) == part {
      bytes.replaceSubrange(range.bytes, with: others[range.bytes])
    }
    var world = World(
      StatePlan(model.blueprint), opening: bytes, parameters: before.parameters,
      shocks: before.shocks, regime: before.regime)
    (world.month, world.step) = (before.month, before.step)
    for figures in Figures.all {
      if figures.name == part { figures.copy(other, &world) } else { figures.copy(before, &world) }
    }
    let phase = model.phases.first { type(of: $0) == mechanism }
    phase?.advance(&world, StepContext(step: step, replicate: replicate))
    // Rows of clearing have bytes between their values, which hold what happens to be there; what the rounds
    // come to is in what they sell.
    return map.differences(after, world).filter {
      ![part, "clearing"].contains(MemoryMap.part($0))
    }
  }
}

/// Where the parts of a world lie in its memory.
private struct MemoryMap {
  /// In their order: bytes, and whose they are, as `part.field` or `part`.
  private(set) var ranges: [(name: String, bytes: Range<Int>)] = []

  /// Takes a world before its first month.
  init(of world: borrowing World, steps: Int) {
    let bytes = world.memory.bytes
    var names: [String?] = Array(repeating: nil, count: bytes.count)
    var (end, gap) = (0, "")
    for (name, change) in Self.columns(steps: steps) {
      if let change {
        var changed = world.snapshot()
        change(&changed)
        let other = changed.memory.bytes
        let places = bytes.indices.filter { bytes[$0] != other[$0] }
        for place in places { names[place] = name }
        for place in end..<max(end, places.first ?? end) { names[place] = gap }
        end = max(end, (places.last ?? -1) + 1)
      }
      gap = Self.part(name)
    }
    for (place, name) in names.enumerated() {
      let owner = name ?? ranges.last?.name ?? ""
      if let last = ranges.last, last.name == owner {
        ranges[ranges.count - 1].bytes = last.bytes.lowerBound..<(place + 1)
      } else {
        ranges.append((owner, place..<(place + 1)))
      }
    }
  }

  static func part(_ name: String) -> String { String(name.prefix { $0 != "." }) }

  /// The names of all parts, those without columns too.
  var parts: [String] {
    Set(ranges.map { Self.part($0.name) } + Figures.all.map(\.name)).sorted()
  }

  /// What is different in two worlds.
  func differences(_ first: borrowing World, _ second: borrowing World) -> Set<String> {
    let (mine, others) = (first.memory.bytes, second.memory.bytes)
    var found = Set(ranges.filter { mine[$0.bytes] != others[$0.bytes] }.map(\.name))
    if found.remove("labs") != nil {
      for lab in first.economy.labs.indices {
        found.formUnion(fields("labs", first.economy.labs[lab], second.economy.labs[lab]))
      }
    }
    for figures in Figures.all {
      found.formUnion(fields(figures.name, figures.value(first), figures.value(second)))
    }
    return found
  }

  private func fields(_ name: String, _ first: Any, _ second: Any) -> [String] {
    guard !isSame(first, second) else { return [] }
    let (mine, others) = (Mirror(reflecting: first), Mirror(reflecting: second))
    guard mine.displayStyle == .struct else { return [name] }
    return zip(mine.children, others.children).filter { !isSame($0.value, $1.value) }
      .map { "\(name).\($0.0.label ?? "")" }
  }
}

extension MemoryMap {
  private typealias Column = (name: String, change: ((inout World) -> Void)?)

  /// Columns in the order of memory, each with what changes every byte of it: those that some file tells
  /// apart, and the first of each part, or the last of one before what is private. All between two of them
  /// is of the part before.
  private static func columns(steps: Int) -> [Column] {
    [
      ("prices", { $0.prices.flip() }), ("ledger", nil),
      ("licenses", { $0.economy.licenses.exports.flip() }),
      ("indices", { $0.economy.indices.prices.flip() }),
      ("offers", { $0.economy.offers.h100e.flip() }),
      ("supply.dies", { $0.economy.supply.dies.flip() }),
      ("supply", { $0.economy.supply.stacks.flip() }), ("shelf", nil),
      ("domestic", { $0.economy.domestic.dies.flip() }),
      ("purses", { $0.economy.purses.plan.flip() }),
      ("purses.spent", { $0.economy.purses.spent.flip() }),
      ("purses.resold", { $0.economy.purses.resold.flip() }),
      ("purses", { $0.economy.purses.logLuck.flip() }), ("clearing", nil),
      ("sales", { $0.economy.sales.sold.flip() }),
      ("sales.unmet", { $0.economy.sales.unmet.flip() }),
      ("sales.bought", { $0.economy.sales.bought.flip() }),
      ("sales.unsold", { $0.economy.sales.unsold.flip() }),
      ("sales.madeCumulative", { $0.economy.sales.madeCumulative.flip() }),
      ("remote.rented", { $0.economy.remote.rented.flip() }),
      ("grey", { $0.economy.grey.paidByMarket.flip() }),
      ("fleets", { $0.economy.fleets.transitCells.flip() }),
      ("power", { $0.economy.power.factor.flip() }), ("labs", { $0.economy.labs.flip() }),
      ("frontier", nil),
      ("frontier.efficiencies", { recordEverything(in: &$0, steps: steps) }),
      ("frontier.largestCost", { noteCosts(in: &$0) }),
      ("balance", { $0.economy.balance.places.flip() }), ("passages", { $0.passages.flip() }),
    ]
  }

  private static func recordEverything(in world: inout World, steps: Int) {
    for step in 0..<steps {
      for lab in world.economy.labs.indices {
        world.economy.frontier.record(unlikely, of: lab, at: step)
      }
    }
  }

  private static func noteCosts(in world: inout World) {
    for place in world.economy.balance.places.indices {
      world.economy.frontier.note(cost: unlikely, flop: unlikely, of: place, at: 1)
    }
  }

  /// A number none of whose bytes is zero.
  private static let unlikely = Double(bitPattern: 0x4141_4141_4141_4141)
}

/// What is no column of a part, or a part without columns.
private struct Figures {
  let name: String
  let value: (borrowing World) -> Any
  let copy: (borrowing World, inout World) -> Void

  static var all: [Figures] {
    [
      .init(name: "access", value: { $0.access }, copy: { $1.access = $0.access }),
      .init(
        name: "throughput", value: { $0.throughput }, copy: { $1.throughput = $0.throughput }),
      .init(name: "runs", value: { $0.runs }, copy: { $1.runs = $0.runs }),
      .init(name: "usage", value: { $0.usage }, copy: { $1.usage = $0.usage }),
      .init(
        name: "terms", value: { $0.economy.terms }, copy: { $1.economy.terms = $0.economy.terms }),
      .init(
        name: "offers", value: { $0.economy.offers.figures },
        copy: { $1.economy.offers.figures = $0.economy.offers.figures }),
      .init(
        name: "reactions", value: { $0.economy.reactions },
        copy: { $1.economy.reactions = $0.economy.reactions }),
      .init(
        name: "modelAccess", value: { $0.economy.modelAccess },
        copy: { $1.economy.modelAccess = $0.economy.modelAccess }),
      .init(
        name: "domestic", value: { $0.economy.domestic.figures },
        copy: { $1.economy.domestic.figures = $0.economy.domestic.figures }),
      .init(
        name: "clearing", value: { $0.economy.clearing.figures },
        copy: { $1.economy.clearing.figures = $0.economy.clearing.figures }),
      .init(
        name: "sales", value: { $0.economy.sales.figures },
        copy: { $1.economy.sales.figures = $0.economy.sales.figures }),
      .init(
        name: "remote", value: { $0.economy.remote.figures },
        copy: { $1.economy.remote.figures = $0.economy.remote.figures }),
      .init(
        name: "grey", value: { $0.economy.grey.figures },
        copy: { $1.economy.grey.figures = $0.economy.grey.figures }),
      .init(
        name: "fleets", value: { $0.economy.fleets.figures },
        copy: { $1.economy.fleets.figures = $0.economy.fleets.figures }),
      .init(
        name: "frontier", value: { $0.economy.frontier.figures },
        copy: { $1.economy.frontier.figures = $0.economy.frontier.figures }),
    ]
  }
}

extension Cells {
  /// Changes every byte of every value.
  fileprivate mutating func flip() {
    for place in indices {
      withUnsafeMutableBytes(of: &self[place]) { bytes in
        for byte in bytes.indices { bytes[byte] ^= 0xFF }
      }
    }
  }
}

/// Whether two values are the same, whatever they are.
private func isSame(_ first: Any, _ second: Any) -> Bool {
  // What is not known yet is not a number, and stays so.
  if let first = first as? Double, let second = second as? Double {
    return first.bitPattern == second.bitPattern
  }
  if let first = first as? any Equatable { return first.isSame(as: second) }
  let (mine, others) = (Mirror(reflecting: first).children, Mirror(reflecting: second).children)
  return mine.count == others.count && zip(mine, others).allSatisfy { isSame($0.value, $1.value) }
}

extension Equatable {
  fileprivate func isSame(as other: Any) -> Bool { other as? Self == self }
}
