import Documents
import CFacts
public import PolicyModel

/// A world that ships inside the program: the `world` section of a scenario, to be used under the
/// name of its file.
struct BuiltInWorld: Sendable {
  /// What scenarios call it.
  let name: String
  /// A document that holds its `world` section, its sources written out.
  let document: SourceDocument

  /// The worlds of this build that are written out.
  static let whole: [BuiltInWorld] = [chokepoint_world_2022()].map(built)

  /// Those that say what was different about one of them when less was known: `make calibrate` writes them.
  static let vintages: [BuiltInWorld] = [chokepoint_world_2022_at_2024_12()].map(built)

  /// The worlds of this build.
  static var all: [BuiltInWorld] { whole + vintages }

  private static func built(_ file: chokepoint_data_file) -> BuiltInWorld {
    do {
      return try BuiltInWorld(
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    } catch {
      // The files are part of the program; a test reads them, so that this cannot ship.
      preconditionFailure("built-in world:\n\(error)")
    }
  }

  /// The world of this name.
  static func named(_ name: String) -> BuiltInWorld? {
    // Vintages are read over the others, which must be found without them.
    whole.first { $0.name == name } ?? vintages.first { $0.name == name }
  }

  /// Reads a world; throws what is wrong with its form. What it refers to is checked where it is
  /// used.
  init(bytes: [UInt8]) throws(ScenarioFaults) {
    var document = try SourceDocument(facts: bytes, named: "world")
    let isVintage = document.root["world"]?["use"] != nil
    let checked = try document.checked(against: isVintage ? Self.vintageFile : Self.file)
    guard let name = checked["name"]?.text, var world = document.root["world"],
      case .mapping(let entries) = world.content
    else { throw ScenarioFaults(document.faults) }
    self.name = name
    // A scenario that uses it is known by it, written out in full too.
    let called = SourceEntry(
      key: WorldSchema.name, keyLocation: world.location,
      value: SourceNode(content: .scalar(name, isPlain: true), location: world.location))
    world.content = .mapping(entries + [called])
    let entry = SourceEntry(key: "world", keyLocation: world.location, value: world)
    document.root = SourceNode(content: .mapping([entry]), location: document.root.location)
    self.document = document.usingBuiltInWorld()
    guard self.document.faults.isEmpty else { throw ScenarioFaults(self.document.faults) }
  }

  /// The `world` section with its form checked, which its reading has made sure of.
  var contents: DocumentNode? { document.check(against: Self.section).document?["world"] }

  /// A document that holds a `world` section.
  static let section = Schema.mapping([.required("world", WorldSchema.expanded, "The section.")])

  private static let file = file(WorldSchema.fields)
  private static let vintageFile = file(WorldSchema.changes)

  private static func file(_ world: [Field]) -> Schema {
    .mapping([
      .required("name", .identifier, "What scenarios call it."),
      .required("sources", SourceSchema.table, "Where the values come from."),
      .required("world", .mapping(world), "The world section."),
    ])
  }
}

extension SourceDocument {
  /// The document with the built-in world that its `world` uses laid under it; the same document
  /// when it uses none. After a fault nothing more can be said of the world, which is left refused.
  func usingBuiltInWorld() -> SourceDocument {
    guard case .mapping(let entries) = root.content,
      let place = entries.firstIndex(where: { $0.key == "world" }),
      case .mapping(let world) = entries[place].value.content,
      let use = world.first(where: { $0.key == "use" })
    else { return self }
    guard case .scalar(let name, _) = use.value.content, let base = BuiltInWorld.named(name) else {
      return refusing(use.value, at: place, of: entries)
    }
    var document = self
    var changed = entries
    changed[place].value.content = .mapping(world.filter { $0.key != "use" })
    document.root.content = .mapping(changed)
    return document.overlaid(on: base.document, following: BuiltInWorld.section)
  }

  private func refusing(
    _ name: SourceNode, at place: Int, of entries: [SourceEntry]
  ) -> SourceDocument {
    let known = BuiltInWorld.all.map(\.name)
    var document = self
    var entries = entries
    entries[place].value.content = .refused
    document.root.content = .mapping(entries)
    guard name.shape != nil else { return document }
    var word: String?
    if case .scalar(let text, _) = name.content { word = text }
    document.faults.append(
      Fault(
        at: name.location, path: "world.use",
        word.map { "unknown world \(quoted($0))" } ?? "found \(name.inWords)",
        suggestion: word.flatMap { likelyWords(for: $0, among: known) },
        advice: "built in: \(known.joined(separator: ", "))"))
    return document
  }
}

/// What there is to know of a built-in world: its places, and what it gives the parameters of its own
/// owners and labs.
public struct BuiltInWorldValues: Sendable {
  /// What scenarios call the world.
  public let world: String
  /// The parameters, owners before labs, each by id; those that the world leaves alone are not there.
  public let values: [(declaration: ParameterDeclaration, value: BuiltInValue)]

  /// The jurisdictions of the world, in the order of its file.
  public let places: [Place]

  /// A jurisdiction.
  public struct Place: Hashable, Sendable {
    /// Its code in scenarios.
    public let code: String
    /// What people call it.
    public let name: String
  }

  /// The worlds of this build that are written out: of the others nothing is told twice.
  public static var all: [BuiltInWorldValues] { BuiltInWorld.whole.map { BuiltInWorldValues($0) } }

  private init(_ world: BuiltInWorld) {
    self.world = world.name
    let section = world.contents
    places = (section?["jurisdictions"]?.items ?? []).compactMap { place in
      guard let code = place["id"]?.text, let name = place["name"]?.text else { return nil }
      return Place(code: code, name: name)
    }
    func given(
      _ list: String, _ key: String, _ declare: (String, String?) -> ParameterDeclaration,
      where holds: (DocumentNode) -> Bool = { _ in true }
    ) -> [(declaration: ParameterDeclaration, value: BuiltInValue)] {
      (section?[list]?.itemsByID ?? []).filter(holds).compactMap { record in
        guard let id = record["id"]?.text, let form = record[key]?.distribution else { return nil }
        return (declare(id, record["name"]?.text), BuiltInValue(form))
      }
    }
    values =
      given("owners", "spending_factor", Owner.spendingFactorParameter(ofOwner:named:))
      + given("labs", "fleet_share", Developer.fleetShareParameter(ofLab:named:)) {
        !FleetUse.isDated($0)
      }
      + given("labs", "fleet_share_factor", Developer.fleetFactorParameter(ofLab:named:)) {
        FleetUse.isDated($0)
      }
  }
}
