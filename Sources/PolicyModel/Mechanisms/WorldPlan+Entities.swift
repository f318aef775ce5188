/// Stages of all runs are one list: run by run, in order. A stage's entity is `run.stage`.
extension WorldPlan {
  /// What the entities of a kind are called in results.
  func names(of kind: EntityKind) -> [String] {
    switch kind {
    case .run: runs.map(\.id)
    case .lab: labs.map(\.id)
    case .stage: runs.flatMap { run in run.stages.map { "\(run.id).\($0.id)" } }
    case .developer: labs.filter { $0.developer != nil }.map(\.id)
    case .fleet: economy.owners.map { "fleet.\($0.id)" }
    case .jurisdiction: economy.jurisdictions.map(\.id)
    case .supplier: economy.suppliers.map(\.id)
    case .chip: economy.isEmpty ? [] : chips.map(\.id)
    case .world: economy.isEmpty ? [] : ["world"]
    }
  }

  /// What the entities of a kind are called in results, by the kind's name in ``Catalogue``.
  public func entityNames(ofKind kind: String) -> [String] {
    EntityKind(rawValue: kind).map { names(of: $0) } ?? []
  }

  /// The places of the entities of a kind to record: of jurisdictions, when nobody asked for
  /// anything in particular, those that have labs.
  func places(of kind: EntityKind, isSelective: Bool) -> [Int] {
    let all = Array(names(of: kind).indices)
    guard kind == .jurisdiction, isSelective else { return all }
    return all.filter { !developersByPlace[$0].isEmpty }
  }

  /// The run, and the place within it, of a stage.
  func place(ofStage stage: Int) -> (run: Int, stage: Int) {
    var remaining = stage
    for (place, run) in runs.enumerated() {
      if remaining < run.stages.count { return (place, remaining) }
      remaining -= run.stages.count
    }
    preconditionFailure("there is no stage \(stage)")
  }

  /// The plan of a stage.
  func stage(at stage: Int) -> StagePlan {
    let place = place(ofStage: stage)
    return runs[place.run].stages[place.stage]
  }
}

extension World {
  /// How far a stage is, or nil unless its run has begun.
  func startedStage(_ stage: Int, of plan: WorldPlan) -> StageProgress? {
    let place = plan.place(ofStage: stage)
    return runs[place.run].start == nil ? nil : runs[place.run].stages[place.stage]
  }

  /// How a stage went, or nil unless all of it was used.
  func finishedStage(_ stage: Int, of plan: WorldPlan) -> StageProgress? {
    startedStage(stage, of: plan).flatMap { $0.used == $0.total ? $0 : nil }
  }
}
