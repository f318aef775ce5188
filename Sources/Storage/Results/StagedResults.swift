import Glibc
import Simulation

/// Files that wait beside their places until all of them are on the disk.
package struct StagedResults {
  private let folder: ResultFolder
  private var files: [Writing] = []

  init(_ folder: ResultFolder) { self.folder = folder }

  /// A file as the data package describes it.
  package struct File {
    package let name: String
    package let byteCount: Int
    package let sha256: String
  }

  private struct Writing {
    let name: String
    let temporary: String
    let output: OutputFile
    var digest = SHA256()
    var byteCount = 0
    var isOpen = true
  }

  /// Adds bytes to the end of a file, which is begun if it is not there.
  package mutating func append(_ bytes: [UInt8], to name: String) throws(FileError) {
    try append(bytes, at: place(of: name))
  }

  /// Adds bytes to the end of a file piece by piece: while one is written, others are made. Whoever is
  /// told to end gives up between pieces, of which there may be many.
  ///
  /// - Parameter threads: how many pieces are made at the same time.
  package mutating func append(
    _ pieces: some RandomAccessCollection<@Sendable () -> [UInt8]>, to name: String, threads: Int
  ) async throws(FileError) {
    let place = try place(of: name)
    var failure: FileError?
    do {
      try await compute(pieces, threads: threads, by: { $0() }) { bytes in
        do throws(FileError) {
          try requireTime()
          try append(bytes, at: place)
        } catch {
          failure = error
          throw error
        }
      }
    } catch {
      guard let failure else { preconditionFailure("nothing but writing can fail: \(error)") }
      throw failure
    }
  }

  private mutating func place(of name: String) throws(FileError) -> Int {
    if let place = files.firstIndex(where: { $0.name == name }) { return place }
    let temporary = folder.temporary(for: name)
    files.append(Writing(name: name, temporary: temporary, output: try OutputFile(temporary)))
    return files.count - 1
  }

  private mutating func append(_ bytes: [UInt8], at place: Int) throws(FileError) {
    try files[place].output.append(bytes)
    files[place].digest.update(bytes)
    files[place].byteCount += bytes.count
  }

  /// Whether a file was begun.
  package func has(_ name: String) -> Bool { files.contains { $0.name == name } }

  /// Ends a file that was begun.
  package mutating func finish(_ name: String) throws(FileError) -> File {
    let place = try place(of: name)
    files[place].isOpen = false
    try files[place].output.close()
    return File(
      name: name, byteCount: files[place].byteCount, sha256: files[place].digest.hex())
  }

  /// Writes a whole file.
  package mutating func add(_ name: String, _ bytes: [UInt8]) throws(FileError) -> File {
    try append(bytes, to: name)
    return try finish(name)
  }

  private func requireTime() throws(FileError) {
    guard Interruption.isAskedFor else { return }
    throw .interrupted(folder.path)
  }

  /// Puts the files in their places; the last one last. What an earlier result had beside them goes: it would
  /// look like part of this one.
  func commit() throws(FileError) {
    let hasCharts = files.contains { $0.name.hasPrefix("\(ResultFolder.charts)/") }
    if hasCharts { try FileSystem.makeFolder(folder.place(of: ResultFolder.charts)) }
    let listed = folder.listedFiles
    // The page is this program's, and is listed nowhere.
    let obsolete = (listed.isEmpty ? [] : listed + [ResultFolder.page]).filter { !has($0) }
    // A folder without its last file is known to be incomplete, should the machine stop right here.
    if let last = files.last { FileSystem.remove(folder.place(of: last.name)) }
    for name in obsolete { FileSystem.remove(folder.place(of: name)) }
    if !hasCharts, !listed.isEmpty {
      FileSystem.removeEmptyFolder(folder.place(of: ResultFolder.charts))
    }
    for file in files { try FileSystem.move(file.temporary, to: folder.place(of: file.name)) }
  }

  /// Leaves no trace of what is not in its place.
  func discard() {
    for file in files {
      if file.isOpen { file.output.abandon() }
      FileSystem.remove(file.temporary)
    }
  }
}
