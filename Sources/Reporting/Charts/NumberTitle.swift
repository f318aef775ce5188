import PolicyModel
import Scenarios
import Studies

/// What charts and sentences call an uncertain number: what it means, since its name is made for files.
struct NumberTitle {
  /// Its definition, without the full stop.
  let words: String
  /// The subject that it belongs to, with what it is; of an estimate its title alone.
  private let whole: String

  /// Lines of labels beside an axis are so long, and so many.
  private static let (width, mostLines) = (34, 3)

  init(_ declaration: ParameterDeclaration, _ group: ParameterGroup) {
    let definition = declaration.definition
    let sentence = definition.hasSuffix(".") ? String(definition.dropLast()) : definition
    let mark = "Estimate: "
    guard !sentence.hasPrefix(mark) else {
      words = String(sentence.dropFirst(mark.count))
      whole = words
      return
    }
    words = sentence
    whole = "\(group.title.capitalisedFirst): \(Self.continued(sentence))"
  }

  /// Within a sentence: `share of unspent money that is spent later`.
  var inSentence: String { Self.continued(words) }

  /// For an axis, whose labels are broken at line ends.
  var label: String {
    let lines = ChartNames.lines(whole, width: Self.width)
    guard lines.count > Self.mostLines else { return lines.joined(separator: "\n") }
    return lines.prefix(Self.mostLines).joined(separator: "\n") + " …"
  }

  /// The same as it goes on after other words: names and symbols keep their capitals.
  private static func continued(_ sentence: String) -> String {
    let second = sentence.dropFirst().first
    guard second?.isLowercase == true || second == " " else { return sentence }
    return sentence.prefix(1).lowercased() + sentence.dropFirst()
  }
}

extension Scenario {
  /// What charts call an uncertain number of it.
  func label(ofNumber name: String) -> String {
    let parameter = blueprint.parameters.parameters.first { $0.declaration.name == name }
    return parameter.map {
      NumberTitle($0.declaration, ParameterGroup(ofParameter: name, in: blueprint.world)).label
    } ?? name
  }
}
