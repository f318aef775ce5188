package import Analysis
package import Simulation

/// What a shard holds of each scenario: blocks, and the counts of all of them.
extension ShardFile {
  /// A block that is done, by its scenario and its own number.
  package struct Done: Hashable {
    package let scenario: Int
    package let block: Int

    package init(scenario: Int, block: Int) { (self.scenario, self.block) = (scenario, block) }
  }

  /// The blocks that are done, in order.
  ///
  /// - Parameter most: how many there can be; more are a fault.
  package func blocks(atMost most: Int) throws(FileError) -> [Done] {
    try done("SELECT scenario, block FROM blocks ORDER BY scenario, block", [], most)
  }

  /// The blocks of a scenario that are done, in order.
  package func blocks(of scenario: Int, atMost most: Int) throws(FileError) -> [Int] {
    try done(
      "SELECT scenario, block FROM blocks WHERE scenario = ? ORDER BY block", [scenario], most
    ).map(\.block)
  }

  private func done(
    _ sql: String, _ values: [any DatabaseValue], _ most: Int
  ) throws(FileError) -> [Done] {
    try rows(sql, values, atMost: most) { row throws(DatabaseError) in
      Done(scenario: try row[0], block: try row[1])
    }
  }

  /// Adds blocks of a scenario.
  package func add(_ records: [BlockRecord], to scenario: Int, _ layout: CellLayout)
    throws(FileError)
  {
    for record in records {
      let numbers = record.numbers.littleEndianBytes
      let failures = record.failures.map {
        Failure(
          replicate: $0.replicate, regime: $0.regime, cell: layout.cell(of: $0), value: $0.value)
      }
      let digest = Self.digest(of: numbers, failures, scenario, record.block.index)
      try allowing(bytes: 2 * numbers.count) { () throws(FileError) in
        try write { database throws(DatabaseError) in
          try database.prepare("INSERT INTO blocks VALUES (?, ?, ?, ?)")
            .run(scenario, record.block.index, numbers, digest)
          let insertion = try database.prepare("INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?)")
          for failure in failures {
            try insertion.run(
              scenario, record.block.index, failure.replicate, failure.regime, failure.cell,
              failure.value)
          }
        }
      }
    }
  }

  /// Puts the counts of a scenario in the place of those before, piece by piece.
  package func replaceCounts(of scenario: Int, by collector: EnsembleCollector)
    async throws(FileError)
  {
    for piece in 0..<collector.countPieces {
      let counts = await collector.counts(ofPiece: piece)
      try allowing(bytes: 2 * counts.count) { () throws(FileError) in
        try write { database throws(DatabaseError) in
          try database.prepare("INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?)")
            .run(scenario, piece, counts, Self.digest(of: counts, scenario, piece))
        }
      }
    }
  }

  /// What a block came to.
  ///
  /// - Parameter collector: what it is read for, which says how much there is of it.
  package func record(
    of block: Block, in scenario: Int, _ layout: CellLayout, for collector: EnsembleCollector
  ) throws(FileError) -> BlockRecord {
    try record(
      of: block, in: scenario, layout, regimes: collector.plan.regimes.count,
      numbers: collector.numberCount(of: block))
  }

  /// What a block came to.
  ///
  /// - Parameters:
  ///   - regimes: how many there are.
  ///   - numbers: how many there are of the block, at most.
  package func record(
    of block: Block, in scenario: Int, _ layout: CellLayout, regimes: Int, numbers most: Int
  ) throws(FileError) -> BlockRecord {
    let place: [any DatabaseValue] = [scenario, block.index]
    // What is there of a block never changes, so that both are of the same moment.
    let failures = try rows(
      """
      SELECT replicate, regime, cell, value FROM failures WHERE scenario = ? AND block = ?
      ORDER BY replicate, regime
      """, place, atMost: block.replicates.count * regimes
    ) { row throws(DatabaseError) in
      Failure(replicate: try row[0], regime: try row[1], cell: try row[2], value: try row[3])
    }
    let found = try bytes(
      "SELECT numbers, sha256 FROM blocks WHERE scenario = ? AND block = ?", place,
      atMost: MemoryLayout<Double>.stride * most)
    guard let (numbers, digest) = found else {
      throw FileError("\(path) holds no block \(block.index)")
    }
    guard digest == Self.digest(of: numbers, failures, scenario, block.index),
      numbers.count % MemoryLayout<Double>.stride == 0
    else { throw damaged }
    return BlockRecord(
      block: block, numbers: [Double](littleEndianBytes: numbers),
      failures: try failures.map { failure throws(FileError) in
        guard (0..<layout.cellCount).contains(failure.cell) else { throw damaged }
        let place = layout.place(of: failure.cell)
        return ReplicateFailure(
          replicate: failure.replicate, regime: failure.regime, step: place.step,
          column: place.column, value: failure.value)
      })
  }

  /// A piece of the counts of all its blocks of a scenario.
  package func counts(
    of scenario: Int, piece: Int, for collector: EnsembleCollector
  ) throws(FileError) -> [UInt8] {
    let found = try bytes(
      "SELECT counts, sha256 FROM counts WHERE scenario = ? AND piece = ?", [scenario, piece],
      atMost: collector.mostBytesOfPiece)
    guard let (counts, digest) = found, digest == Self.digest(of: counts, scenario, piece) else {
      throw damaged
    }
    return counts
  }

  /// The bytes of a row, and the digest beside them; nil where there is no such row.
  private func bytes(
    _ sql: String, _ values: [any DatabaseValue], atMost most: Int
  ) throws(FileError) -> (bytes: [UInt8], digest: String)? {
    try allowing(bytes: most) { () throws(FileError) in
      try rows(sql, values, atMost: 1) { row throws(DatabaseError) in
        (try row[0] as [UInt8], try row[1] as String)
      }.first
    }
  }

  /// A run that failed, as a row has it.
  private struct Failure {
    let replicate: Int
    let regime: Int
    let cell: Int
    let value: String
  }

  /// The digest of a block: of its numbers, of its failures, and of which block it is.
  private static func digest(
    of numbers: [UInt8], _ failures: [Failure], _ scenario: Int, _ block: Int
  ) -> String {
    var digest = SHA256()
    digest.update(Array("\(scenario) \(block) \(numbers.count)\n".utf8))
    digest.update(numbers)
    for failure in failures {
      let words = "\(failure.replicate) \(failure.regime) \(failure.cell) \(failure.value)\n"
      digest.update(Array(words.utf8))
    }
    return digest.hex()
  }

  /// The digest of a piece of counts, and of which piece it is.
  private static func digest(of counts: [UInt8], _ scenario: Int, _ piece: Int) -> String {
    var digest = SHA256()
    digest.update(Array("\(scenario) \(piece)\n".utf8))
    digest.update(counts)
    return digest.hex()
  }
}

extension CellLayout {
  /// The cell that a failed value was to go to.
  fileprivate func cell(of failure: ReplicateFailure) -> Int {
    let columns = failure.step == nil ? outcomeColumns : stepColumns
    let place = columns.firstIndex(of: failure.column) ?? 0
    return failure.step.map { cell(step: $0, column: place) } ?? cell(outcome: place)
  }
}
