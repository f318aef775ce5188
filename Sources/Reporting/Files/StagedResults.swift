import Analysis
import Glibc

/// Files that wait beside their places until all of them are on the disk.
struct StagedResults {
  private let folder: ResultFolder
  private var staged: [(from: String, to: String)] = []

  init(_ folder: ResultFolder) { self.folder = folder }

  /// A file as the data package describes it.
  struct File {
    let name: String
    let byteCount: Int
    let sha256: String
  }

  /// Writes a file beside its place.
  ///
  /// - Parameters:
  ///   - bytes: how it begins.
  ///   - pieces: what follows, made when it is written, as many at the same time as there are threads.
  mutating func add(
    _ name: String, _ bytes: [UInt8], _ pieces: [@Sendable () -> [UInt8]] = [], threads: Int = 1
  ) async throws(FileError) -> File {
    try requireTime()
    let temporary = folder.place(of: ".\(name).\(getpid())")
    staged.append((temporary, folder.place(of: name)))
    let file = try OutputFile(temporary)
    do throws(FileError) {
      var digest = SHA256()
      var count = 0
      func append(_ bytes: [UInt8]) throws(FileError) {
        try file.append(bytes)
        digest.update(bytes)
        count += bytes.count
      }
      try append(bytes)
      let atATime = 4 * threads
      for first in stride(from: 0, to: pieces.count, by: atATime) {
        try requireTime()
        let next = pieces[first..<min(first + atATime, pieces.count)]
        for piece in await concurrentMap(next, threads: threads, { $0() }) { try append(piece) }
      }
      try file.close()
      return File(name: name, byteCount: count, sha256: digest.hex())
    } catch {
      file.abandon()
      throw error
    }
  }

  private func requireTime() throws(FileError) {
    guard Interruption.isAskedFor else { return }
    throw FileError("interrupted while writing \(folder.path); nothing in it was changed")
  }

  /// Puts the files in their places; the last one last.
  ///
  /// - Parameter obsolete: files of an earlier result that this one does not have.
  func commit(obsolete: [String]) throws(FileError) {
    try requireTime()
    // A folder without its last file is known to be incomplete, should the machine stop right here.
    if let last = staged.last { FileSystem.remove(last.to) }
    for name in obsolete { FileSystem.remove(folder.place(of: name)) }
    for file in staged { try FileSystem.move(file.from, to: file.to) }
  }

  /// Leaves no trace of what is not in its place.
  func discard() {
    for file in staged { FileSystem.remove(file.from) }
  }
}
