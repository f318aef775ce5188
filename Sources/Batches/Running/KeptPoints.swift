import PolicyModel
import Simulation
import Stochastics
public import Storage
public import Studies
import Wording

/// A shard of a study that has computed its part, while other shards have not.
public struct PartComputed: Error, CustomStringConvertible, Sendable {
  /// The part of the study.
  let stage: String
  /// Whether that is its last part.
  let isLastStage: Bool
  let shard: ShardNumber
  /// Blocks that the shard has of it.
  let blocks: Int
  /// Blocks that no shard has.
  let missing: Int

  /// What is done, and what to do next.
  public var description: String {
    let own = NumberWords.counted(blocks, "block")
    let done = "shard \(shard): its \(own) of \(stage) \(blocks == 1 ? "is" : "are") done"
    let next =
      isLastStage
      ? "call it without --shard to write the results" : "call every shard again"
    return missing == 0
      ? "\(done), and all others: \(next)"
      : "\(done); other shards have \(missing) left: when they are done, \(next)"
  }
}

/// Computes the points of a study block by block and keeps what it computed, so that a study that was ended or
/// killed goes on from there, and several processes or machines can share it.
///
/// What is kept has the form of shards (``ShardFile``): the study's own in a hidden file, which goes when the answer is
/// written, those of shards in `shards/` beside it. A stage that depends on an earlier one begins when every block of that
/// is there.
public struct KeptPoints: PointEvaluator {
  private let folder: ResultFolder
  private let input: String
  private let shard: ShardNumber?
  private let threads: Int
  private let checkpoints: Checkpoints

  /// Keeps the points of a study.
  ///
  /// - Parameters:
  ///   - folder: where its answer goes.
  ///   - inputHash: of everything that the points depend on.
  ///   - shard: the part to be computed; nil for all that no shard has.
  public init(
    in folder: ResultFolder, inputHash: String, shard: ShardNumber?, threads: Int,
    checkpoints: Checkpoints
  ) {
    (self.folder, input, self.shard) = (folder, inputHash, shard)
    (self.threads, self.checkpoints) = (threads, checkpoints)
  }

  private var shardsPath: String { folder.place(of: "shards") }
  private static let prefix = "study-"
  private static let ending = ".sqlite"
  private static let remedy = "remove it, give another --output, or --force to begin again"

  private func path(of shard: ShardNumber) -> String {
    "\(shardsPath)/\(Self.prefix)\(shard.index)-of-\(shard.count)\(Self.ending)"
  }

  private var ownPath: String { shard.map(path) ?? folder.place(of: ".unfinished.sqlite") }

  private func identity(of shard: ShardNumber?) -> ShardFile.Identity? {
    (shard ?? ShardNumber(0, of: 1)).map {
      ShardFile.Identity(plan: input, shard: $0, build: .current)
    }
  }

  /// The shards that have left a file.
  private var shardsThere: [ShardNumber] {
    FileSystem.names(in: shardsPath).compactMap { name in
      guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.ending) else { return nil }
      let parts = name.dropFirst(Self.prefix.count).dropLast(Self.ending.count)
        .split(separator: "-")
      guard parts.count == 3, parts[1] == "of", let index = Int(parts[0]),
        let count = Int(parts[2])
      else { return nil }
      return ShardNumber(index, of: count)
    }.sorted { ($0.count, $0.index) < ($1.count, $1.index) }
  }

  /// Forgets what a study that is answered had left in its hidden file; shards stay.
  public func forget() {
    guard shard == nil else { return }
    Self.remove(ownPath)
  }

  /// Throws away what other studies have left here.
  public func discardOthers() {
    let shards = shardsThere.map { (path: path(of: $0), identity: identity(of: $0)) }
    for (path, identity) in shards + [(path: ownPath, identity: identity(of: shard))] {
      guard FileSystem.exists(path), let identity, !Self.isOf(identity, path) else { continue }
      Self.remove(path)
    }
  }

  private static func isOf(_ identity: ShardFile.Identity, _ path: String) -> Bool {
    guard let file = try? ShardFile(reading: path) else { return false }
    defer { file.end() }
    return (try? file.require(identity, allowingOtherMachines: false)) != nil
  }

  private static func remove(_ path: String) {
    for ending in ["", "-journal", ".lock"] { FileSystem.remove(path + ending) }
  }
}

extension KeptPoints {
  /// What the figure comes to at every point.
  ///
  /// Throws ``Interrupted`` when told to end, ``PartComputed`` where blocks are left to other shards, and
  /// ``FileError``.
  public func values(
    of query: PointQuery, progress: (_ done: Int) -> Void
  ) async throws -> PointValues {
    let blocks = Block.blocks(of: query.engine.design.replicates)
    var part = StagePart(of: query, blocks)
    try takeOver(into: &part)
    progress(part.points)
    let missing = blocks.filter { !part.has($0) && isOwn($0) }
    if !missing.isEmpty { try await compute(missing, of: query, into: &part, progress) }
    if let shard, !part.isWhole || query.isLastStage {
      throw PartComputed(
        stage: query.title, isLastStage: query.isLastStage, shard: shard,
        blocks: blocks.count { $0.index % shard.count == shard.index },
        missing: blocks.count { !part.has($0) })
    }
    return part.values
  }

  private func isOwn(_ block: Block) -> Bool {
    shard.map { block.index % $0.count == $0.index } ?? true
  }

  /// Takes over what is kept, here and in shards.
  private func takeOver(into part: inout StagePart) throws(FileError) {
    // Opened to be written, so that it is whole again if this was killed in the midst.
    if FileSystem.exists(ownPath) {
      let file = try openOwn()
      defer { file.end() }
      try part.takeOver(from: file)
    }
    for other in shardsThere where other != shard && !FileSystem.isEmpty(path(of: other)) {
      guard let identity = identity(of: other) else { continue }
      let file = try ShardFile(reading: path(of: other))
      defer { file.end() }
      try file.require(identity, allowingOtherMachines: false, remedy: Self.remedy)
      try part.takeOver(from: file)
    }
  }

  private func compute(
    _ blocks: [Block], of query: PointQuery, into part: inout StagePart, _ progress: (Int) -> Void
  ) async throws {
    var file: ShardFile?
    defer { file?.end() }
    if shard != nil { try FileSystem.makeFolder(shardsPath) }
    let clock = ContinuousClock()
    var last = clock.now
    try await query.engine.run(blocks, threads: threads) { slice in
      part.fold(slice)
      progress(part.points)
      guard slice.slice.isLastOfBlock else { return }
      let isEnd = slice.slice.block == blocks.last
      let isLeftHalfDone = Interruption.isAskedFor && !(isEnd && query.isLastStage)
      // What comes to its end soon is never put on the disk, unless others are to find it.
      guard
        isLeftHalfDone || isEnd && shard != nil
          || clock.now - last >= .seconds(checkpoints.seconds)
      else { return }
      let open = if let file { file } else { try openOwn() }
      file = open
      try await part.keep(in: open)
      last = clock.now
      guard isLeftHalfDone else { return }
      throw Interrupted(done: part.blocksDone, blocks: part.blockCount)
    }
  }

  private func openOwn() throws(FileError) -> ShardFile {
    guard let identity = identity(of: shard) else { preconditionFailure("0 is one of 1") }
    return try ShardFile(
      ownPath, for: identity,
      remedy: Self.remedy)
  }
}
