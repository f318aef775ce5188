import Glibc

/// The bytes of the file at `path`, of which no more are read than are allowed, whatever its size is said to
/// be: files of the system claim none and never end.
///
/// Only a regular file is read: a pipe would block and a device may never end. `what` names the
/// kind of file in messages, which stand at `location` and `documentPath`.
func fileBytes(
  _ path: String, what: String, limit: Int, at location: SourceLocation, documentPath: String = ""
) throws(ScenarioFaults) -> [UInt8] {
  func fault(_ problem: String, _ advice: String) -> ScenarioFaults {
    ScenarioFaults([Fault(at: location, path: documentPath, problem, advice: advice)])
  }
  let name = quoted(path, limit: 4_096)
  func unreadable(_ code: Int32) -> String {
    "the \(what) \(name) cannot be read: \(String(cString: strerror(code)))"
  }
  let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard file >= 0 else {
    switch errno {
    case ENOENT, ENOTDIR:
      throw fault("there is no \(what) \(name)", "check the name and the folder")
    case EMFILE:
      throw fault("the \(what) \(name) cannot be read: too many files are open", "raise ulimit -n")
    case ENXIO: throw fault("\(name) is not an ordinary file", "give the name of a \(what)")
    case EACCES, EPERM:
      throw fault("the \(what) \(name) may not be read by you", "check its permissions")
    default: throw fault(unreadable(errno), "check the path")
    }
  }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0 else { throw fault(unreadable(errno), "check the path") }
  switch status.st_mode & S_IFMT {
  case S_IFREG: break
  case S_IFDIR: throw fault("\(name) is a folder", "give the name of a \(what)")
  default: throw fault("\(name) is not an ordinary file", "give the name of a \(what)")
  }
  guard status.st_size <= limit else {
    throw fault(
      "the \(what) \(name) has \(status.st_size) bytes", "at most \(limit) bytes are allowed")
  }
  guard let bytes = bytes(of: file, upTo: limit + 1) else {
    let code = errno
    // What the kernel makes up when it is asked claims no bytes, and gives some of it in its own portions alone.
    throw status.st_size == 0
      ? fault(
        "\(name) is not an ordinary file: the system makes up what is in it",
        "give the name of a \(what)")
      : fault(unreadable(code), "check the disk that it is on")
  }
  guard bytes.count <= limit else {
    throw fault(
      "the \(what) \(name) has more than \(limit) bytes", "at most \(limit) bytes are allowed")
  }
  return bytes
}

/// What an open file holds, up to a number of bytes; nil where it cannot be read.
private func bytes(of file: Int32, upTo limit: Int) -> [UInt8]? {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while bytes.count < limit {
    let count = read(file, &chunk, min(chunk.count, limit - bytes.count))
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { return nil }
    guard count > 0 else { break }
    bytes += chunk[..<count]
  }
  return bytes
}

/// The path of a file that another names, relative to that one. Nothing of it is folded: what `..` after a
/// link leads to is for the system to say.
package func fileBeside(_ file: String, named name: String) -> String {
  guard let end = file.lastIndex(of: "/") else { return name }
  return file[...end] + name
}

/// Whether two paths lead to one file that is there.
package func isSameFile(_ one: String, _ other: String) -> Bool {
  var (first, second) = (stat(), stat())
  guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
  return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}
