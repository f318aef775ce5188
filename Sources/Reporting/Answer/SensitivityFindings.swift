import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
import Studies
import Wording

/// What a sensitivity study says first.
extension SensitivityAnswer {
  /// The figure in words: of what, when, under which regime.
  var figureInWords: String {
    question.figure.words(of: column, in: month, scenario)
  }

  /// The answer, one sentence each.
  var sentences: [String] {
    [
      valueSentence, subjects.flatMap { leadingSentence(of: $0) },
      numbers.flatMap { leadingSentence(of: $0) }, restSentence, interactionSentence,
      screeningSentence,
    ].compactMap(\.self)
  }

  private var noun: String { question.figure.against == nil ? "The figure" : "The difference" }

  private var valueSentence: String? {
    (subjects ?? numbers).map { indices in
      let (mean, deviation) = (indices.sobol.mean, indices.sobol.variance.squareRoot())
      let scale = FigureScale(unit: column.metric.unit, largest: max(abs(mean), deviation))
      return "\(noun) is \(scale.amount(mean)) in the mean, with a standard deviation of "
        + "\(scale.figure(deviation))."
    }
  }

  private func leadingSentence(of indices: SensitivityIndices) -> String {
    let isOfSubjects = indices.parts[0].factor.isOfSubjects
    let leading = indices.parts.filter {
      $0.factor.isNamed && $0.indices.total.interval.lowerBound > 0.005
    }.prefix(3)
    guard let first = leading.first else {
      let what = isOfSubjects ? "subject" : "number that was looked at"
      return "No single \(what) explains more of its variance than the error of this estimate."
    }
    let begin = isOfSubjects ? "Its variance rests on" : "By number, it rests on"
    let rest = leading.dropFirst().map { part in
      "\(part.factor.title) (\(Self.share(part.indices.first)), \(Self.share(part.indices.total)))"
    }
    let then = rest.isEmpty ? "" : ", then \(rest.joined(separator: " and "))"
    return "\(begin) \(first.factor.title) (\(Self.share(first.indices.first)) alone, "
      + "\(Self.share(first.indices.total)) with interactions)\(then)."
  }

  private var restSentence: String? {
    guard let parts = (subjects ?? numbers)?.parts,
      let chance = parts.last.map({ Self.share($0.indices.total) })
    else { return nil }
    let happens = "hance inside the runs explains \(chance), with interactions"
    guard let others = numbers?.parts.first(where: { $0.factor.isOfOthers }) else {
      return "C\(happens)."
    }
    let count = NumberWords.counted(others.factor.count, "uncertain number")
    return "The other \(count) together explain \(Self.share(others.indices.total)); c\(happens)."
  }

  private var interactionSentence: String? {
    (subjects ?? numbers).map { indices in
      let sum = indices.sobol.sumOfFirst
      let whose = indices.parts[0].factor.isOfSubjects ? "Subject by subject" : "One by one"
      let one =
        "\(whose), all parts add up to \(Self.share(sum)) of the variance "
        + "(\(Self.range(sum)))"
      return sum.interval.upperBound >= 1
        ? "\(one): there is no interaction beyond the error of this estimate."
        : "\(one); interactions make up the rest."
    }
  }

  private var screeningSentence: String? {
    guard numbers == nil, let screening else { return nil }
    let leading = screening.prefix(3).compactMap { number in
      number.effect.map {
        "\(number.uncertainty.name) (\(figure($0.size.value * MorrisDesign.step)))"
      }
    }
    return
      "By half of their range of probabilities, these numbers move it most, in the mean: "
      + "\(leading.joined(separator: ", "))."
  }

  func figure(_ value: Double) -> String {
    NumberWords.figure(value, unit: column.metric.unit)
  }

  static func share(_ estimate: BootstrapEstimate) -> String { share(estimate.value) }

  private static func share(_ value: Double) -> String {
    let text = NumberWords.percent(value)
    return text == "-0%" ? "0%" : text
  }

  static func range(_ estimate: BootstrapEstimate) -> String {
    "\(share(estimate.interval.lowerBound)) to \(share(estimate.interval.upperBound))"
  }
}
