/// The parameters that come with every scripted run, declared where names can be made of ids.
extension ScriptedRun {
  /// What the training data of a run cost.
  public static func dataParameter(ofRun id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "runs.\(id).data_usd", unit: "usd", range: 0...1e12,
      definition: "What the training data of \(id) cost.")
  }
}

extension StagePlan {
  /// The work of a stage.
  ///
  /// - Parameter key: `chip_hours` or `flop`, which is its unit too.
  public static func workParameter(
    _ key: String, ofStage stage: String, ofRun run: String
  ) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "runs.\(run).\(stage).\(key)", unit: key, range: 0...1e35,
      definition: "The work of stage \(stage) of \(run).")
  }
}
