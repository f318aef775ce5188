import Analysis
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Storage
import Stochastics
import Studies
import Wording

/// What a page says of a result.
extension RunResult {
  /// The contents of its page.
  ///
  /// - Parameters:
  ///   - charts: all charts that stand beside it.
  ///   - files: data files beside it, with what they are.
  ///   - sweep: of a sweep, what is said of its points; this is then the result of the last of them.
  func pageContents(
    _ input: RunInput, charts: [Chart], files: [(path: String, description: String)],
    sweep: PageContents.OfSweep? = nil
  ) -> PageContents {
    let answer = answer
    let told = PageAnswer(answer, names: regimeNames)
    let leading = charts.first { $0.name == Self.leadingName }
    let others = charts.filter { $0.name != Self.leadingName }
    let shown = sweep == nil ? chartsOnPage(of: others) : others
    let about = input.scenario.about
    let sentences = sweep?.answer ?? told.sentences
    let keyFigures = sweep?.keyFigures ?? told.keyFigures
    return PageContents(
      name: scenario.name, title: about.title, question: about.question,
      size: (sweep.map { $0.size + ", " } ?? "")
        + "\(worlds), each under \(NumberWords.counted(statistics.regimes.count, "regime")); "
        + (scenario.isTimeless ? "" : "\(scenario.run.start) to \(scenario.run.end); ")
        + "seed \(scenario.run.seed)"
        + (scenario.isTimeless
          ? "" : "; rules known until \(BuiltInFacts.current.rulesKnownUntil)"),
      version: ProgramVersion.current, inputHash: input.hash,
      answer: sentences, words: words(in: sentences + keyFigures.flatMap(\.texts)),
      regimes: regimesTable(answer), keyFigures: keyFigures,
      definitions: costDefinitions,
      caveats: (sweep == nil ? answer.caveats : []) + [about.notes].compactMap(\.self),
      charts: shown.map(\.told),
      otherCharts: others.filter { chart in
        !shown.contains { $0.name == chart.name }
      }.map(\.told),
      explorer: sweep == nil ? explorer : nil, basis: basisWithLeading + basis,
      leadingChart: leading?.told, leading: leadingTable, priors: priorTables,
      precision: sureness(answer),
      omissions: omissions, rules: sweep == nil ? ruleTables : [],
      files: PageTable(
        "Files beside this page", header: ["File", "What it holds"],
        rows: files.map { [$0.path, $0.description.replacing("`", with: "")] }),
      commands: ["chokepoint run scenario.yaml --output again"])
  }

  /// The words of a page that are explained: those of texts, and those that every page has.
  private func words(in texts: [String]) -> [PageWord] {
    let always = ["regime", "prior", "draw"]
    return Glossary.terms(usedIn: texts + always + model.blueprint.regimes.compactMap(\.title)).map
    {
      PageWord(word: $0.word, meaning: $0.meaning)
    }
  }

  /// Charts for a page: those of the first metrics, and those that no metric has, but for what tells the figures of
  /// others once more.
  private func chartsOnPage(of charts: [Chart]) -> [Chart] {
    let series = metricSeries.prefix(Self.metricsOnPage).map(\.name)
    let wanted = Set(series + series.map { "\($0)-difference" })
    let ofMetrics = Set(
      metricSeries.flatMap { [$0.name, "\($0.name)-by-regime", "\($0.name)-difference"] })
    let hasRatio = series.contains { $0.hasPrefix("compute-ratio-") }
    return charts.filter { chart in
      let repeats =
        chart.name.hasSuffix("-exceedance") || hasRatio && chart.name == "compute-ratios"
      return wanted.contains(chart.name) || !ofMetrics.contains(chart.name) && !repeats
    }
  }

  /// Of how many metrics the charts stand on a page; the rest is for the explorer.
  private static let metricsOnPage = 4

  private func regimesTable(_ answer: Answer) -> PageTable {
    let isAlone = answer.regimes.count == 1
    return PageTable(
      isAlone ? "The regime" : "The regimes",
      header: ["Here", "What it is"] + (isAlone ? [] : ["Compared with"]) + ["In files"],
      rows: zip(answer.regimes, regimeNames).map { regime, name in
        let against = regime.against.flatMap { id in
          statistics.regimes.firstIndex(of: id).map { regimeNames[$0] }
        }
        let isReference = regime.id == statistics.regimes[0]
        let to =
          isReference
          ? "the reference" : [regimeNames[0], against].compactMap(\.self).joined(separator: ", ")
        return [name, regime.title]
          + (isAlone ? [] : [regime.equalsReference ? "\(to): gives the same" : to]) + [regime.id]
      })
  }

  /// What is counted under each definition of cost, where runs are told of.
  private var costDefinitions: PageTable? {
    guard !model.blueprint.world.runs.isEmpty, !scenario.recordsNoCosts else { return nil }
    return PageTable(
      "Definitions of cost, from the narrowest to the widest", header: ["Cost", "What is counted"],
      rows: CostView.all.map { [$0.id, $0.definition] })
  }

  /// On which assumptions the first figure rests most, in the names of the charts.
  private var basisWithLeading: [String] {
    let leading = basis { id in
      statistics.regimes.firstIndex(of: id).map { regimeNames[$0] } ?? id
    }
    return leading.map { ["\($0.sentence) To look closer: \($0.command)."] } ?? []
  }

  /// What the result rests on, in a few sentences.
  private var basis: [String] {
    let parameters = uncertainParameters
    let judged = parameters.filter { $0.confidence == .judgement || $0.source == nil }
    let off = model.blueprint.switchedOff.sorted()
    return [
      "\(NumberWords.counted(parameters.count, "number")) "
        + "\(parameters.count == 1 ? "is" : "are") uncertain and drawn anew in each simulated world; "
        + "\(NumberWords.grouped(Double(judged.count))) of them rest on judgement, not on a published figure. "
        + "Below each is listed with its source.",
      off.isEmpty
        ? "All mechanisms of the model act."
        : "Switched off: \(off.map { $0.replacing("_", with: " ") }.joined(separator: ", ")).",
    ]
      + (statistics.regimes.count == 1
        ? []
        : [
          "All regimes share the same draws (common random numbers), world by world, so that differences between "
            + "them are what the regimes make."
        ])
  }

  /// The numbers that the first figure of the answer goes with most.
  private var leadingTable: PageTable? {
    guard let drivers, !drivers.numbers.isEmpty else { return nil }
    return PageTable(
      "\(leadingSubject(drivers)) and the uncertain numbers that it goes with, the strongest first",
      header: ["What it means", "Correlation", Self.valueHeading, "Rests on", "In files"],
      numbers: [1, 2],
      rows: drivers.numbers.prefix(Self.mostLeading).map { number in
        let ends = [number.effect.interval.lowerBound, number.effect.interval.upperBound]
        var row = Self.row(of: number.parameter)
        row.insert(
          "\(NumberWords.signed(number.effect.partialCorrelation)) "
            + "(\(ends.map(NumberWords.signed).joined(separator: " to ")))", at: 1)
        return row
      })
  }

  private var uncertainParameters: [Parameter] {
    let names = Set(model.blueprint.parameters.uncertainties.map(\.name))
    return model.blueprint.parameters.parameters.filter { names.contains($0.declaration.name) }
  }

  /// A table of the uncertain numbers of each subject, subjects that the answer rests on first; in each judgements
  /// first.
  private var priorTables: [PageTable] {
    let all = Dictionary(grouping: uncertainParameters) { parameter in
      ParameterGroup(ofParameter: parameter.declaration.name, in: model.blueprint.world)
    }
    let leading = (drivers?.shares ?? []).map(\.group).filter { all[$0] != nil }
    let others = all.keys.filter { !leading.contains($0) }.sorted { $0.title < $1.title }
    return (leading + others).map { group in
      let parameters = all[group] ?? []
      return PageTable(
        "\(group.title.capitalisedFirst): \(NumberWords.counted(parameters.count, "number"))",
        header: ["What it means", Self.valueHeading, "Rests on", "In files"], numbers: [1],
        rows: parameters.sorted { Self.rank($0) < Self.rank($1) }.map(Self.row))
    }
  }

  private static let valueHeading = "Median (5% to 95%)"

  /// What a number means, its prior, on what that rests, and its name.
  private static func row(of parameter: Parameter) -> [String] {
    let declaration = parameter.declaration
    let quantiles = [0.5, 0.05, 0.95].map {
      NumberWords.significant(parameter.law.quantile($0), digits: 3)
    }
    let unit = declaration.unit == "1" ? "" : "; \(declaration.unit.replacing("_", with: " "))"
    return [
      declaration.definition, "\(quantiles[0]) (\(quantiles[1]) to \(quantiles[2]))\(unit)",
      "\((parameter.confidence ?? .judgement).rawValue): \(parameter.source ?? "no source given")",
      declaration.name,
    ]
  }

  private static func rank(_ parameter: Parameter) -> Int {
    switch parameter.confidence {
    case .judgement, nil: 0
    case .unverified: 1
    case .derived: 2
    case .published: 3
    }
  }

  private func sureness(_ answer: Answer) -> [String] {
    [
      "Bands hold 90% of the simulated worlds. They show what the uncertainty of the inputs does to a figure; "
        + "errors of the model itself come on top. More worlds do not narrow them.",
      answer.precision.sentence,
    ] + answer.trackRecord
  }

  /// What the model leaves out that a reader should know, whatever the scenario.
  private var omissions: [String] {
    let common = [
      "Rules here cannot exempt single firms, or depend on end users that they do not name; licenses that are "
        + "drawn are independent between chips and markets.",
      "Suppliers design parts for a rule only where the regime says so. They move capacity to what is ordered, with "
        + "delays; where chips are short prices rise for all buyers alike, and none outbids another.",
      "If governments react, they are as likely to do so in one month as in another. What a rule does to "
        + "alliances, or to trust, is left out.",
      "docs/ODD.md, section 8, lists every simplification, with the direction in which it would move results.",
    ]
    return (model.blueprint.world.economy.isEmpty ? Array(common.suffix(1)) : common)
  }
}

extension Chart {
  /// How a page tells of it.
  var told: PageChart { PageChart(name: name, subject: subject, finding: finding, notes: notes) }
}
