import Glibc

/// A hold on something that one process at a time may work on; the system lets go of it when the process
/// ends, however it ends.
struct FileLock {
  private let path: String
  private let descriptor: Int32

  /// Takes hold.
  ///
  /// Fails when another process has it.
  ///
  /// - Parameter target: what is worked on; a file with `.lock` after its name stands for it.
  init(on target: String) throws(FileError) {
    path = "\(target).lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError("write", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw FileError("another process is at work on \(target): wait for it, or end it first")
    }
  }

  /// Lets go.
  func end() {
    FileSystem.remove(path)
    close(descriptor)
  }

  /// Lets go of what could not be worked on, and leaves its file.
  func abandon() { close(descriptor) }
}
