import Documents
public import PolicyModel
import Quantities
import Simulation
public import Stochastics

/// A whole validated scenario file: one experiment.
public struct Scenario: Sendable {
  /// Its name: the file's, without ending.
  public let name: String
  /// What it is for.
  public let about: About
  /// How much is computed.
  public let run: RunSettings
  /// World, regimes, parameters and months: what the model is made from.
  public let blueprint: Blueprint
  /// Every chip that it can name: the built-in ones as it changes them, and its own, by id.
  public let chips: [Chip]
  /// How uncertainties are correlated.
  public let correlations: [NamedCorrelation]
  /// The monthly metrics to record; nil for all.
  public let metrics: [String]?
  /// The tables to write; nil for all but that of single replicates.
  let outputs: [String]?
  /// What its answer is about; nil where the file leaves that to its metrics.
  public let focus: AnswerFocus?
  /// Figures to be computed at published point values.
  public let headline: Headline?
  /// Statements to be held to every view of cost.
  public let claims: [Claim]
  /// Observed values, compared with simulated ones.
  public let observations: [Observation]
  /// What a source has published, to be computed again; nil where the file has none.
  public let published: Published?
  /// The point of the file's sweep that this is; nil for the file without its sweep.
  public internal(set) var point: SweepPoint? = nil
  /// The points that the file has beside what is here; nil without a sweep, and at a point of one.
  var sweep: Sweep? = nil
  /// What is to be said of the files that its sweep names.
  var sweepNotes: [Note] = []
  /// The checked file, without its sweep.
  let document: DocumentNode
  /// The laws as they were written, by parameter name.
  let forms: WrittenLaws
  /// For each regime the laws it sets, as they were written.
  let regimeForms: [[(name: String, form: DistributionForm)]]
  /// What the copula is made of; nil without correlations.
  package let copula: GaussianCopula?

  /// What a scenario is for.
  public struct About: Hashable, Sendable {
    /// One line.
    public let title: String
    /// The question it answers.
    public let question: String
    /// Who wrote it.
    public let authors: [String]
    /// What a reader should know.
    public let notes: String?
  }
}

extension Scenario {
  /// The model that the engine runs.
  public var model: PolicyModel {
    PolicyModel(blueprint, correlations: copula, metrics: metrics.map { Set($0) })
  }

  /// The same world with every uncertainty at its published value, or at its median: one
  /// replicate of it is the headline.
  public var modelAtPointValues: PolicyModel {
    modelAtPointValues(recording: metrics.map { Set($0) })
  }

  /// The same, beside the model of the scenario, from which it takes what rules come to.
  package func modelAtPointValues(beside model: PolicyModel) -> PolicyModel {
    PolicyModel(
      blueprint.atPointValues, metrics: metrics.map { Set($0) }, rulesOf: model)
  }

  /// The same, recording other monthly metrics than the file says: all of them for nil.
  package func modelAtPointValues(recording metrics: Set<String>?) -> PolicyModel {
    PolicyModel(blueprint.atPointValues, metrics: metrics)
  }

  /// How many points its file has to be computed at; 0 for a file without a sweep, and at a point.
  public var pointCount: Int { sweep?.count ?? 0 }

  /// Whether there is no world in which anything could happen in time: nothing but estimates.
  public var isTimeless: Bool { blueprint.world.isEmpty }

  /// How large it is, in one line.
  public var sizeInWords: String {
    let world = blueprint.world
    let economy = world.economy
    let developers = world.labs.count { $0.developer != nil }
    let parts: [(count: Int, one: String)] =
      [(blueprint.regimes.count, "regime"), (world.runs.count, "run")]
      + (economy.isEmpty
        ? []
        : [
          (developers, "lab"), (economy.owners.count, "owner"), (economy.markets.count, "market"),
          (economy.suppliers.count, "supplier"),
          (world.chips.count { $0.responseTo == nil }, "chip"),
        ]) + [(blueprint.estimates.estimates.count, "estimate")]
      + (isTimeless ? [] : [(blueprint.monthCount, "month")])
    let uncertainties = blueprint.parameters.uncertainties.count
    let words =
      parts.filter { $0.count > 0 }.map { "\($0.count) \($0.one)\($0.count == 1 ? "" : "s")" }
      + [uncertainties == 1 ? "1 uncertainty" : "\(uncertainties) uncertainties"]
      + [run.replicates == 1 ? "1 replicate" : "\(run.replicates) replicates"]
      + (pointCount == 0 ? [] : ["a sweep of \(pointCount) point\(pointCount == 1 ? "" : "s")"])
    return words.joined(separator: ", ")
  }

  /// The parameter draws of the run.
  public var design: Design {
    do {
      return try Design(
        run.design, replicates: run.replicates, seed: run.seed,
        parameters: blueprint.parameters.uncertainties.map(\.name))
    } catch {
      preconditionFailure("a validated scenario has a valid design: \(error)")
    }
  }
}

extension Scenario {
  /// The model that the engine runs, recording other monthly metrics than the file says.
  public func model(recording metrics: Set<String>) -> PolicyModel {
    PolicyModel(blueprint, correlations: copula, metrics: metrics)
  }

  /// The model that the engine runs, recording everything there is.
  public var modelRecordingAll: PolicyModel { PolicyModel(blueprint, correlations: copula) }

  /// Whether a table of results is to be written, if there is anything in it.
  public func writes(_ table: String) -> Bool { OutputTables.includes(table, in: outputs) }

  /// Whether there is nothing to tell of costs: no scripted runs, and of labs in an economy they are recorded
  /// only with all metrics.
  public var recordsNoCosts: Bool { model.ledgerColumns.isEmpty }
}

extension Scenario {
  /// Whether its world is the one that was compared with what was observed, with or without changes.
  public var usesComparedWorld: Bool {
    document["world"]?[WorldSchema.name]?.text == BackcastRecord.world
  }
}
