import Glibc

/// A hold on something that one process at a time may work on; the system lets go of it when the process
/// ends, however it ends.
package struct FileLock {
  private let path: String
  private let descriptor: Int32

  /// Takes hold.
  ///
  /// Fails when another process has it.
  ///
  /// - Parameters:
  ///   - target: what is worked on; a file with `.lock` after its name stands for it.
  ///   - afterOpening: called before the file is held, for tests of what others do meanwhile.
  package init(on target: String, afterOpening: () -> Void = {}) throws(FileError) {
    path = "\(target).lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError("write", path) }
    afterOpening()
    // A lock on a file that its holder has just removed holds nothing.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isSame(descriptor, path) else {
      close(descriptor)
      throw FileError("another process is at work on \(target): wait for it, or end it first")
    }
  }

  /// Takes hold, after whoever has it now.
  ///
  /// - Parameter target: what is worked on; a file with `.lock` after its name stands for it.
  init(waitingOn target: String) throws(FileError) {
    path = "\(target).lock"
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw FileError("write", path) }
      while flock(file, LOCK_EX) != 0 {
        guard errno == EINTR else {
          close(file)
          throw FileError("lock", path)
        }
      }
      // A lock on a file that its holder has just removed holds nothing.
      if Self.isSame(file, path) {
        descriptor = file
        return
      }
      close(file)
    }
  }

  /// Takes hold together with all who say the same; the first to come says what it is.
  ///
  /// Fails when somebody has it who says something else.
  ///
  /// - Parameters:
  ///   - target: what is worked on; a file with `.lock` after its name stands for it.
  ///   - word: what is said, in ASCII.
  ///   - refusal: what to tell whoever says something else.
  init(sharing target: String, saying word: String, refusal: String) throws(FileError) {
    path = "\(target).lock"
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw FileError("write", path) }
      if flock(file, LOCK_EX | LOCK_NB) == 0, Self.isSame(file, path) {
        ftruncate(file, 0)
        _ = pwrite(file, word, word.utf8.count, 0)
      }
      // On the way from one kind of hold to the other somebody else may come first: what is said then counts.
      while flock(file, LOCK_SH) != 0 {
        guard errno == EINTR else {
          close(file)
          throw FileError("lock", path)
        }
      }
      // A lock on a file that its holder has just removed holds nothing.
      if Self.isSame(file, path) {
        guard Self.word(at: path) == word else {
          close(file)
          throw FileError(refusal)
        }
        descriptor = file
        return
      }
      close(file)
    }
  }

  /// What those who share something say, or said before they were killed; nil where nobody does.
  ///
  /// - Parameter target: what is worked on.
  static func word(sharing target: String) -> String? { word(at: "\(target).lock") }

  private static func word(at path: String) -> String? {
    (try? FileSystem.read(path, upTo: 1 << 10)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Lets go of what is shared; the last one removes the file.
  func endSharing() {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { end() } else { close(descriptor) }
  }

  /// Whether an open file is the one that is at a path now.
  private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (opened, there) = (stat(), stat())
    guard fstat(descriptor, &opened) == 0, stat(path, &there) == 0 else { return false }
    return opened.st_ino == there.st_ino && opened.st_dev == there.st_dev
  }

  /// Lets go. The file at the path may be another's by now, if somebody removed this one.
  package func end() {
    if Self.isSame(descriptor, path) { FileSystem.remove(path) }
    close(descriptor)
  }

  /// Lets go of what could not be worked on, and leaves its file.
  func abandon() { close(descriptor) }
}
