import Glibc

/// The folder of one scenario's results.
///
/// A file appears whole or not at all: everything is written beside its place and put there only
/// when all of it is on the disk, the manifest last. What is there from another input is never
/// overwritten unless told so, and that is found out before anything is computed.
public struct ResultFolder: Sendable {
  /// Where it is.
  public let path: String

  /// The folder at a path.
  public init(_ path: String) { self.path = path }

  private static let manifest = "manifest.json"

  /// A file to be written.
  struct File {
    let name: String
    let bytes: [UInt8]
  }

  /// Makes sure, before computing, that results can be written here.
  ///
  /// - Parameters:
  ///   - inputHash: of the scenario about to be run.
  ///   - force: overwrite results of another input.
  public func claim(inputHash: String, force: Bool) throws(FileError) {
    try FileSystem.makeFolder(path)
    try Interruption.deferred { () throws(FileError) in
      let probe = place(of: ".chokepoint-\(getpid())")
      try FileSystem.write([], to: probe)
      FileSystem.remove(probe)
    }
    guard !force, FileSystem.exists(place(of: "trajectories.csv")) else { return }
    guard FileSystem.exists(place(of: Self.manifest)) else {
      throw FileError(
        "\(path) holds results without \(Self.manifest), which were not written to the end; "
          + "give another --output, or --force to write them again")
    }
    guard try recordedHash() != inputHash else { return }
    throw FileError(
      "\(path) holds results of another input; give another --output, or --force to "
        + "overwrite them")
  }

  private func recordedHash() throws(FileError) -> String? {
    let text = String(decoding: try FileSystem.read(place(of: Self.manifest)), as: UTF8.self)
    return JSONText.string("input_sha256", in: text)
  }

  /// Puts files in their places, all of them or, when one cannot be written or the program is told
  /// to end, none.
  ///
  /// - Parameter obsolete: files of an earlier result that this one does not have.
  func write(_ files: [File], manifest: File, obsolete: [String] = []) throws(FileError) {
    try Interruption.deferred { () throws(FileError) in
      try stageAndMove(files, manifest: manifest, obsolete: obsolete)
    }
  }

  private func stageAndMove(
    _ files: [File], manifest: File, obsolete: [String]
  ) throws(FileError) {
    var staged: [(from: String, to: String)] = []
    do throws(FileError) {
      for file in files + [manifest] {
        guard !Interruption.isAskedFor else {
          throw FileError("interrupted while writing \(path); nothing in it was changed")
        }
        let temporary = place(of: ".\(file.name).\(getpid())")
        staged.append((temporary, place(of: file.name)))
        try FileSystem.write(file.bytes, to: temporary)
      }
      // A folder without manifest is known to be incomplete, should the machine stop right here.
      FileSystem.remove(place(of: manifest.name))
      for name in obsolete { FileSystem.remove(place(of: name)) }
      for file in staged { try FileSystem.move(file.from, to: file.to) }
    } catch {
      for file in staged { FileSystem.remove(file.from) }
      throw error
    }
  }

  /// The path of a file in the folder.
  public func place(of name: String) -> String { "\(path)/\(name)" }
}
