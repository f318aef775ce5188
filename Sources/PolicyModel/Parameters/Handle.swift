/// A parameter of a mechanism: what it is called and means, and where its value stands.
///
/// Told once, as a property of the mechanism's ``Mechanism/Parameters``:
///
///     struct Parameters: ParameterHandles {
///       let enforcement = Handle("enforcement", "1", 0...1000, "Effort of enforcement; 1 is that of 2024.")
///     }
///
/// It is read as `world[parameters.enforcement]`. The text of its words is never copied.
struct Handle: Sendable {
  /// Where the value stands; nowhere for handles that only declare.
  let index: ParameterIndex
  private let words: Words

  /// What is declared: apart, since a mechanism is copied whenever it is called, and most of it was this.
  private final class Words: Sendable {
    let key, unit, definition: StaticString
    let range: ClosedRange<Double>

    init(
      _ key: StaticString, _ unit: StaticString, _ range: ClosedRange<Double>,
      _ definition: StaticString
    ) {
      (self.key, self.unit, self.range, self.definition) = (key, unit, range, definition)
    }
  }

  /// Declares a parameter by its key in the section of its mechanism, and finds its place if it is made
  /// for a scenario.
  init(
    _ key: StaticString, _ unit: StaticString, _ range: ClosedRange<Double>,
    _ definition: StaticString
  ) {
    words = Words(key, unit, range, definition)
    index = Self.scenario?.index(of: key) ?? ParameterIndex(position: -1)
  }

  /// What scenarios know it as.
  fileprivate func declaration(by mechanism: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "\(mechanism).\(words.key)", unit: "\(words.unit)", range: words.range,
      definition: "\(words.definition)")
  }

  /// Where handles find their places while those of a mechanism are made.
  @TaskLocal fileprivate static var scenario: Section?

  fileprivate struct Section: Sendable {
    let mechanism: String
    let table: ParameterTable

    func index(of key: StaticString) -> ParameterIndex { table.index(of: "\(mechanism).\(key)") }
  }
}

/// The parameters of a mechanism: nothing but handles, each with its declaration.
protocol ParameterHandles: Sendable {
  /// Makes the handles.
  init()
}

/// Of a mechanism that has none.
struct NoParameters: ParameterHandles {}

extension ParameterHandles {
  /// The handles in a scenario.
  init(of mechanism: String, in table: ParameterTable) {
    self = Handle.$scenario.withValue(.init(mechanism: mechanism, table: table)) { Self() }
  }

  /// What a mechanism of this name declares by them, in their order.
  static func declared(by mechanism: String) -> [ParameterDeclaration] {
    Mirror(reflecting: Self()).children.compactMap { child in
      (child.value as? Handle)?.declaration(by: mechanism)
    }
  }
}
