import Glibc
import Wording

/// Something that could not be read or written.
public struct FileError: Error, CustomStringConvertible, Sendable {
  /// What was tried, with the path, and what the system said.
  public let description: String
  /// Whether it is because the program was told to end.
  public let isInterruption: Bool

  init(_ attempt: String, _ path: String, code: Int32 = errno) {
    self.init("cannot \(attempt) \(path): \(ProcessLimits.words(for: code))")
  }

  /// Something in a line, whatever the names and the foreign words in it are.
  package init(_ description: String, isInterruption: Bool = false) {
    self.description = InvisibleCharacters.escaped(description, as: .name)
    self.isInterruption = isInterruption
  }

  /// Several at once, a line for each.
  package init(all errors: [FileError]) {
    description = errors.map(\.description).joined(separator: "\n")
    isInterruption = false
  }

  /// Writing that ended since the program was told to.
  static func interrupted(_ path: String) -> FileError {
    FileError(
      "interrupted while writing \(path); nothing in it was changed", isInterruption: true)
  }
}

/// Standard output, which carries results and nothing else.
public enum StandardOutput {
  /// Writes all of a text, or says why that cannot be: a full disk must not look like an answer.
  public static func write(_ text: String) throws(FileError) {
    try write(text, to: STDOUT_FILENO)
  }

  /// The same to an open file that stands for it.
  static func write(_ text: String, to file: Int32) throws(FileError) {
    let shown = InvisibleCharacters.escaped(text)
    try FileSystem.append(Array(shown.utf8), to: file, "to standard output")
  }
}

/// The few things that results need of the file system, with the system's own words when they fail.
package enum FileSystem {
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes a folder and those above it, where missing.
  package static func makeFolder(_ path: String) throws(FileError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/\(part)"
      guard mkdir(made, 0o777) != 0, errno != EEXIST else { continue }
      throw FileError("make the folder", made)
    }
    guard isFolder(path) else { throw FileError("write into", path, code: ENOTDIR) }
  }

  package static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

  /// Whether there is a file that is no pipe, device or folder.
  package static func isFile(_ path: String) -> Bool { kind(of: path) == S_IFREG }

  /// Whether a file is there and has nothing in it: one that somebody has just begun.
  package static func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size == 0
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// The path of what is there, from the root and without links.
  package static func wholePath(_ path: String) throws(FileError) -> String {
    guard let whole = realpath(path, nil) else { throw FileError("find", path) }
    defer { free(whole) }
    return String(cString: whole)
  }

  /// Writes a file and waits until it is on the disk.
  static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let file = try OutputFile(path)
    do throws(FileError) { try file.append(bytes) } catch {
      file.abandon()
      throw error
    }
    try file.close()
  }

  /// Writes all bytes to an open file.
  ///
  /// - Parameter name: what the file is called when it cannot be written.
  static func append(
    _ bytes: [UInt8], to file: Int32, _ name: String
  ) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(file, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      guard count > 0 || errno == EINTR else { throw FileError("write", name) }
      written += max(0, count)
    }
  }

  /// All of a file. What may be a stranger's has a limit, whatever its size is said to be: a pipe would block,
  /// and a device may never end.
  package static func read(_ path: String, upTo limit: Int = .max) throws(FileError) -> [UInt8] {
    guard !exists(path) || isFile(path) else { throw FileError("\(path) is no ordinary file") }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw FileError("read", path) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      guard count > 0 else {
        if count == 0 { return bytes }
        throw FileError("read", path)
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw FileError("\(path) has more than \(limit) bytes: it is not what this program wrote")
      }
    }
  }

  /// Puts a file in the place of another, in one step.
  static func move(_ source: String, to target: String) throws(FileError) {
    guard rename(source, target) == 0 else { throw FileError("put in place", target) }
  }

  /// Removes a file, if it is there.
  package static func remove(_ path: String) { unlink(path) }

  /// Writes a file whole, in the place of what is there.
  package static func replace(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let temporary = "\(path).\(getpid())"
    do throws(FileError) {
      try write(bytes, to: temporary)
      try move(temporary, to: path)
    } catch {
      remove(temporary)
      throw error
    }
  }

  /// Removes a folder, if it is there and nothing is in it.
  static func removeEmptyFolder(_ path: String) { rmdir(path) }

  /// Removes a folder with the files in it, which hold no folders.
  package static func removeFolder(_ path: String) throws(FileError) {
    guard exists(path) else { return }
    for name in names(in: path) { remove("\(path)/\(name)") }
    guard rmdir(path) == 0 else { throw FileError("remove", path) }
  }

  /// What is in a folder; nothing where it cannot be read.
  package static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

/// A new file that is being written.
struct OutputFile {
  private let path: String
  private let descriptor: Int32

  /// Makes the file, or empties it.
  init(_ path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError("write", path) }
  }

  /// Adds bytes at its end.
  func append(_ bytes: [UInt8]) throws(FileError) {
    try FileSystem.append(bytes, to: descriptor, path)
  }

  /// Waits until all of it is on the disk.
  func close() throws(FileError) {
    let isSafe = fsync(descriptor) == 0
    let code = errno
    guard Glibc.close(descriptor) == 0, isSafe else { throw FileError("write", path, code: code) }
  }

  /// Leaves it as it is.
  func abandon() { Glibc.close(descriptor) }
}
