import Scenarios

extension BatchPlan {
  /// A line for each shard, what it all comes to, and how to go on.
  public func text(in folder: BatchFolder) -> String {
    var table = TextTable(
      header: ["shard", "blocks", "replicates", "plan", "file"], rightAligned: [1, 2])
    let hash = String(hash.prefix(12))
    for shard in 0..<shards {
      table.append([
        "\(shard)/\(shards)", NumberWords.grouped(Double(blockCount(in: shard))),
        NumberWords.grouped(Double(replicates(in: shard))), hash,
        folder.path(of: shard, of: shards),
      ])
    }
    let inputs = experiments.map { experiment in
      let footprint = RunFootprint(of: experiment.points[0], threads: 1)
      let points = experiment.isSweep ? "\(experiment.points.count) points, each " : ""
      return "  \(experiment.input.scenario.name): input \(experiment.input.hash.prefix(12)), "
        + "\(points)\(footprint.words)\n"
    }
    let place = ShellWord.quoted(folder.path)
    return """
      \(table.text)

      Scenarios (memory is that of one shard on one thread)
      \(inputs.joined())
      Next: chokepoint run --shard 0/\(shards) --output \(place), and so on for every shard; \
      then chokepoint merge \(place)

      """
  }
}
