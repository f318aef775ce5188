/// Files that are read in turn, again and again: a bounded number of them stays open.
///
/// Blocks are dealt out to shards in turn, so that of all open shards the one that was read last is the one
/// whose turn comes latest: it makes room for another. (The one that was not read for longest is the next to be
/// read: with one shard more than may be open, every block would open one.)
package struct OpenFiles<File> {
  /// So many stay open: far fewer files than a process may have, and room for those of the results.
  static var usual: Int {
    max(1, min(64, (ProcessLimits.files ?? .max) - ProcessLimits.leastFiles + 8))
  }

  private let most: Int
  private let open: (Int) throws(FileError) -> File
  private let close: (File) -> Void
  private var files: [Int: File] = [:]
  private var last = 0

  /// None open yet.
  ///
  /// - Parameters:
  ///   - most: how many may be open at the same time.
  ///   - open: opens a file by its number.
  package init(
    most: Int = usual, open: @escaping (Int) throws(FileError) -> File,
    close: @escaping (File) -> Void
  ) {
    precondition(most > 0, "\(most) files at the same time")
    (self.most, self.open, self.close) = (most, open, close)
  }

  /// A file, opened if it is not open.
  package mutating func file(_ number: Int) throws(FileError) -> File {
    if let file = files[number] {
      last = number
      return file
    }
    if files.count == most, let file = files.removeValue(forKey: last) { close(file) }
    let file = try open(number)
    files[number] = file
    last = number
    return file
  }

  /// Closes all of them.
  package mutating func end() {
    for file in files.values { close(file) }
    files = [:]
  }
}
