import PolicyModel
import Scenarios
import Simulation

/// The data dictionary as pages of the documents: `docs/metrics.md` and `docs/parameters.md`.
///
/// Law: a page follows from what the mechanisms declare and from the data files alone, so that a page
/// that is kept can be held to what the program would write.
public enum DictionaryPages {
  /// Every metric, by what it is recorded of.
  public static var metrics: String {
    let entries = Catalogue.metricsInDisplayOrder
    let kinds = entries.map(\.entity).reduce(into: [String]()) { kinds, kind in
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    let sections = kinds.map { kind in
      let rows = entries.filter { $0.entity == kind }
      let words = rows.first?.entityInWords ?? kind
      let lines = rows.map { entry in
        line([
          "`\(entry.metric.name)`", MetricWords(of: entry.metric).title, entry.metric.unit,
          entry.isMonthly ? entry.isHeadline ? "monthly, headline" : "monthly" : "once",
          entry.metric.definition,
        ])
      }
      return "## \(kind)\n\nRecorded of \(words).\n\n"
        + header(["metric", "title", "unit", "recorded", "definition"]) + lines.joined()
    }
    return aboutMetrics + sections.map { "\n" + $0 }.joined()
  }

  /// Every parameter with its built-in value, by mechanism; then those of worlds, chips and runs.
  public static var parameters: String {
    let mechanisms = Catalogue.mechanisms.filter { !$0.parameters.isEmpty }
    let own = mechanisms.map { mechanism in
      let rows = mechanism.parameters.map {
        row($0, BuiltInFacts.current.builtInValue(of: $0.name))
      }
      let scope = mechanism.canBeSwitchedOff ? "" : " It cannot be switched off."
      return "## \(mechanism.name)\n\nActs in \(mechanism.scope.inWords).\(scope)\n\n" + table(rows)
    }
    let worlds = BuiltInWorldValues.all.map { world in
      "## World \(world.world)\n\nWhat the world gives its owners and labs.\n\n"
        + table(world.values.map { row($0.declaration, $0.value) })
    }
    let entities =
      "## Chips, runs, owners and labs\n\nThere for every one of them, under its id; most scenarios "
      + "leave them alone.\n\n" + table(Catalogue.parametersOfEntities.map { row($0, nil) })
    return aboutParameters + (own + worlds + [entities]).map { "\n" + $0 }.joined()
  }

  private static let aboutMetrics = """
    # Metrics

    Made by `make docs` from what the mechanisms declare: do not edit. `chokepoint metrics --csv` has the
    same as data. A scenario with an economy records the metrics marked *headline* unless its `metrics:`
    names others, or `all`. *Monthly* values are those at the end of a month; metrics recorded *once*
    are outcomes of a run. Each entry of `thresholds:` adds an event, `ID_first_month`, in
    months_since_start. Metrics stand in the order in which answers show them, where a scenario's `metrics:`
    has none, and *title* is what they are called there. Entries of the ledger are in `ledger.csv`, by stage, category and view. *H100e* are
    chips in units of one H100: their peak in BF16 over its. The *leader* and the *follower* are the two
    jurisdictions that a scenario holds to each other: the US and China, unless it says otherwise.

    """

  private static let aboutParameters = """
    # Parameters

    Made by `make docs` from what the mechanisms declare and from `parameters.yaml` and the built-in
    worlds in `Sources/Scenarios/Facts/`: do not edit. `chokepoint metrics --parameters --csv` has the same
    as data. **(J)** marks a judgement: an informed choice where no measurement was found. The forms of
    values are those of scenario files: `ci90` is a lognormal through its 5% and 95% points, `min` and
    `max` cut a law, and `published` is the point value where it is not the median. *Allowed* is what a scenario may set; a law is cut to it. A regime sets any
    of them under `set:`, a scenario under `uncertainties:` or with `--set`.

    """

  private static func table(_ rows: [String]) -> String {
    header(["parameter", "unit", "value", "allowed", "meaning", "source"]) + rows.joined()
  }

  private static func row(_ declaration: ParameterDeclaration, _ value: BuiltInValue?) -> String {
    let source = value?.source ?? ""
    // Most sources say themselves where judgement begins.
    let mark = value?.isJudgement == true && !source.contains("(J)") ? " (J)" : ""
    let published = value?.published.map { "; published: \($0)" } ?? ""
    return line([
      "`\(declaration.name)`", declaration.unit, (value?.law ?? "") + published,
      declaration.rangeInWords, declaration.definition, source + mark,
    ])
  }

  /// The first two lines of a table.
  static func header(_ names: [String]) -> String {
    line(names) + line(names.map { _ in "---" })
  }

  /// A line of a table.
  static func line(_ cells: [String]) -> String {
    // A bar would end the cell.
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }
}

extension MechanismScope {
  fileprivate var inWords: String {
    switch self {
    case .always: "every world"
    case .scriptedRuns: "worlds with scripted runs"
    case .economy: "worlds with an economy"
    }
  }
}
