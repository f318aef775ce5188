import Storage
import Studies
import Scenarios
import Simulation
import Wording

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
    let inputs = experiments.map { planned in
      let experiment = planned.experiment
      let footprint = experiment.footprint(threads: 1)
      let points = experiment.isSweep ? "\(experiment.points.count) points, the largest " : ""
      return "  \(planned.name): input \(planned.input.hash.prefix(12)), "
        + "\(points)\(footprint.words)\n"
    }
    let idle = (0..<shards).count { blockCount(in: $0) == 0 }
    let advice =
      idle == 0
      ? ""
      : "\n\(idle) of the shards have nothing to do: a block is \(Block.size) replicates, and there "
        + "are \(shards - idle) to deal out at most.\n"
    let place = ShellWord.quoted(folder.path)
    return """
      \(table.text)

      Scenarios (memory is that of one shard on one thread)
      \(inputs.joined())\(advice)
      Next: chokepoint run --shard 0/\(shards) --output \(place), and so on for every shard; \
      then chokepoint merge \(place)

      """
  }
}
