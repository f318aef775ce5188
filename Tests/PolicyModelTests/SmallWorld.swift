import PolicyModel
import Quantities
import Simulation
import Stochastics

/// A world in a few lines: labs, runs, the rules of each regime, and numbers.
///
/// Every parameter is a constant unless a test gives it a law, so that one replicate tells all.
struct SmallWorld {
  var start = "2024-10"
  var months = 12
  var chips = TestChips.all
  var labs = [LabSketch(id: "lab")]
  var runs: [RunSketch] = []
  /// The regimes, the reference first: ids with their rules.
  var regimes: [(id: String, rules: [Rule])] = [("reference", [])]
  /// Constants that differ from `Self.constants`.
  var constants: [String: Double] = [:]
  /// Uncertainties.
  var laws: [String: Distribution] = [:]
  /// By regime, what it sets.
  var overrides: [String: [String: Distribution]] = [:]
  var switchedOff: Set<String> = []

  struct LabSketch {
    var id: String
    var jurisdiction = "CN"
    var headquarters = "CN"
    var fleet: [(chip: String, count: Double)] = []
  }

  struct RunSketch {
    var id: String
    var lab = 0
    var start = "2024-10-01"
    var after: Int?
    var usesClusterOf: Int?
    var documented = "h800"
    var candidates = ["h100", "h800", "h20"]
    var bought: String?
    var chips = 1000.0
    var parallelism = Parallelism.coDesigned
    var format = NumberFormat.bf16
    var data = 0.0
    var stages: [StageSketch]
  }

  struct StageSketch {
    var id: String
    var stage = Stage.pretraining
    var hours: Double?
    var flop: Double?
    /// What differs from the run's.
    var documented: String?
    var candidates: [String]?
    var isOwned = false
    var active: Double?
    var tokens: Double?
  }

  /// What parameters are unless a test says otherwise: round numbers, as sources print them.
  static let constants: [String: Double] = [
    "throughput.mfu": 0.375,
    "throughput.exposed_communication_co_designed": 0.02,
    "throughput.exposed_communication_tensor_parallel": 0.15,
    "throughput.exposed_communication_unknown": 0.05,
    "throughput.decode_intensity_flop_per_byte": 20,
    "throughput.decode_peak_share": 0.6,
    "throughput.rollout_share_of_rl": 0.7,
    "throughput.interruption_loss": 0.08,
    "research_overhead.experiments_per_final_run": 4,
    "research_overhead.failed_per_final_run": 0.1,
    "ledger.server_overhead": 0.6,
    "ledger.interconnect_share": 0.19,
    "ledger.price_performance_growth_oom_per_year": 0.14,
    "ledger.server_power_multiplier": 2.03,
    "ledger.power_utilisation": 0.75,
    "ledger.pue": 1.25,
    "ledger.energy_price_usd_per_kwh": 0.0806,
    "ledger.staff_share": 0.39,
    "ledger.development_per_final_run": 2.5,
  ]
}

extension SmallWorld {
  /// The model; a word that the world does not know stops the test.
  func model() throws -> PolicyModel {
    let table = try table()
    let plan = WorldPlan(
      chips: chips.map(\.chip), referenceChip: chip("h100"),
      labs: labs.map { lab in
        Lab(
          id: lab.id, jurisdiction: lab.jurisdiction, headquarters: lab.headquarters,
          fleet: lab.fleet.map { FleetHolding(chip: chip($0.chip), count: Chips($0.count)) })
      }, runs: try runs.map { try scripted($0, table) })
    return PolicyModel(
      Blueprint(
        world: plan, regimes: regimes.map { Regime(id: $0.id, rules: RuleBook($0.rules)) },
        parameters: table, start: try month(start), monthCount: months,
        switchedOff: switchedOff))
  }

  /// Runs it; one replicate says all there is to say of a world without uncertainties.
  func results(
    replicates: Int = 1, design: Design.Kind = .mc, threads: Int = 1
  ) async throws -> Readings {
    let model = try model()
    let design = try Design(
      design, replicates: replicates, seed: 20_250_120,
      parameters: model.parameterSpace.uncertainties.map(\.name))
    let ensemble = try await Engine(model: UnderTest.model(model), design: design)
      .runKeepingAll(threads: threads)
    return Readings(model: model, ensemble: ensemble)
  }

  /// The chip's place; the first for an id that is nobody's.
  func chip(_ id: String) -> ChipIndex {
    ChipIndex(position: chips.firstIndex { $0.id == id } ?? 0)
  }

  private func month(_ text: String) throws -> Month {
    guard let month = Month(iso: text) else { throw CommandLineFault(text) }
    return month
  }

  struct CommandLineFault: Error {
    let word: String
    init(_ word: String) { self.word = word }
  }
}

extension SmallWorld {
  /// Parameters in a fixed order: declared ones, those of runs, then prices of chips.
  private func table() throws -> ParameterTable {
    // As in every world of scripted runs: mechanisms of the economy have nothing to do in it.
    let declared = Catalogue.mechanisms.filter { $0.scope != .economy }.flatMap(\.parameters)
    let own = runs.flatMap { run in
      [declaration("runs.\(run.id).data_usd")]
        + run.stages.map { declaration("runs.\(run.id).\($0.id)") }
    }
    let known = Set((declared + own).map(\.name))
    let added = Set(constants.keys).union(laws.keys).subtracting(known).sorted()
    let parameters = try (declared + own + added.map(declaration)).map { declaration in
      Parameter(
        declaration: declaration, law: try law(of: declaration.name), published: nil,
        source: nil, confidence: nil)
    }
    return ParameterTable(
      parameters: parameters,
      overrides: regimes.map { regime in
        (overrides[regime.id] ?? [:]).mapValues { ParameterTable.Override($0) }
      })
  }

  private func declaration(_ name: String) -> ParameterDeclaration {
    ParameterDeclaration(name: name, unit: "1", range: 0...1e30, definition: "Of a test.")
  }

  private func law(of name: String) throws -> Distribution {
    if let law = laws[name] { return law }
    guard let value = constants[name] ?? Self.constants[name] ?? sketched(name) else {
      throw CommandLineFault(name)
    }
    return try .constant(value)
  }

  private func sketched(_ name: String) -> Double? {
    for run in runs {
      if name == "runs.\(run.id).data_usd" { return run.data }
      for stage in run.stages where name == "runs.\(run.id).\(stage.id)" {
        return stage.hours ?? stage.flop
      }
    }
    return nil
  }

  private func scripted(_ run: RunSketch, _ table: ParameterTable) throws -> ScriptedRun {
    guard let day = Day(iso: run.start) else { throw CommandLineFault(run.start) }
    return ScriptedRun(
      id: run.id, lab: run.lab, start: day, after: run.after, usesClusterOf: run.usesClusterOf,
      parallelism: run.parallelism, format: run.format,
      dataCost: table.index(of: "runs.\(run.id).data_usd"),
      stages: run.stages.map { stage in
        let work = table.index(of: "runs.\(run.id).\(stage.id)")
        return StagePlan(
          id: stage.id, stage: stage.stage,
          work: stage.flop == nil ? .documentedChipHours(work) : .flop(work),
          chips: ChipChoice(
            documented: chip(stage.documented ?? run.documented),
            candidates: (stage.candidates ?? run.candidates).map { chip($0) },
            count: Chips(run.chips), isAlreadyOwned: stage.isOwned,
            bought: run.bought.flatMap { Day(iso: $0) }),
          activeParameters: stage.active, tokens: stage.tokens)
      })
  }
}

/// What a model recorded, by the names of things.
struct Readings {
  let model: PolicyModel
  let ensemble: EnsembleResult

  private func regime(_ id: String?) -> Int {
    id.flatMap { ensemble.regimes.firstIndex(of: $0) } ?? 0
  }

  /// An outcome in every replicate; empty when nothing of that name is recorded.
  func outcomes(_ entity: String, _ metric: String, _ regime: String? = nil) -> [Double] {
    let place = ensemble.layout.outcomeColumns.firstIndex {
      $0.entity == entity && $0.metric.name == metric
    }
    guard let place else { return [] }
    return ensemble.values(
      regime: self.regime(regime), cell: ensemble.layout.cell(outcome: place))
  }

  /// An outcome in the first replicate; nil when there is none.
  func outcome(_ entity: String, _ metric: String, _ regime: String? = nil) -> Double? {
    outcomes(entity, metric, regime).first.flatMap { $0.isNaN ? nil : $0 }
  }

  /// A monthly metric in the first replicate.
  func monthly(_ entity: String, _ metric: String, _ regime: String? = nil) -> [Double] {
    let place = ensemble.layout.stepColumns.firstIndex {
      $0.entity == entity && $0.metric.name == metric
    }
    guard let place else { return [] }
    return (0..<ensemble.layout.stepCount).compactMap { step in
      ensemble.values(
        regime: self.regime(regime), cell: ensemble.layout.cell(step: step, column: place)
      ).first
    }
  }

  /// The dollars of a run or lab under a view, in the first replicate.
  func cost(_ entity: String, _ view: String, _ regime: String? = nil) -> Double? {
    outcome(entity, "cost_\(view)_usd", regime)
  }

  /// The bits of everything recorded of an entity and of its stages, with the names.
  func everything(of entity: String, _ regime: String? = nil) -> [String: [UInt64]] {
    let layout = ensemble.layout
    var found: [String: [UInt64]] = [:]
    for cell in 0..<layout.cellCount {
      let (step, column) = layout.place(of: cell)
      guard column.entity == entity || column.entity.hasPrefix("\(entity).") else { continue }
      let name = "\(column.entity) \(column.metric.name) \(step ?? -1)"
      found[name] = ensemble.values(regime: self.regime(regime), cell: cell).map(\.bitPattern)
    }
    return found
  }
}
