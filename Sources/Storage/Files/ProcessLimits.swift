import Glibc

/// What the system lets this process have, as `ulimit` sets it. Where there is too little of it, what fails
/// first may be a library that ends the process, so it is looked at before anything is done.
public enum ProcessLimits {
  /// Files open at the same time: the tables of a result are written side by side.
  static let leastFiles = 32
  /// The program with its libraries, threads and facts [bytes].
  static let leastMemory = 384 << 20

  /// Why nothing can be done under the limits of this process, and what to do; nil where they are wide
  /// enough.
  public static var fault: String? { fault(files: files, memory: memory) }

  /// The most files that may be open at the same time; nil for any number. So for the others.
  static var files: Int? { soft(Int32(RLIMIT_NOFILE.rawValue)) }
  /// The most memory, in addresses [bytes].
  static var memory: Int? { soft(Int32(RLIMIT_AS.rawValue)) }
  /// Whether files may not be of any size.
  static var limitsFiles: Bool { fileSize != nil }
  /// The largest file that may be written [bytes].
  private static var fileSize: Int? { soft(Int32(RLIMIT_FSIZE.rawValue)) }

  static func fault(files: Int?, memory: Int?) -> String? {
    if let files, files < leastFiles {
      return "this shell allows \(files) open files (ulimit -n), and \(leastFiles) are needed: "
        + "ulimit -n \(2 * leastFiles)"
    }
    if let memory, memory < leastMemory {
      return
        "this shell allows \(memory >> 10) KB of memory (ulimit -v), and \(leastMemory >> 10) are "
        + "needed: ulimit -v unlimited, or another machine"
    }
    return nil
  }

  /// Lets writing beyond the largest file fail, which can be told, where the system would end the process.
  public static func tellOfLargeFiles() { signal(SIGXFSZ, SIG_IGN) }

  /// What the system said, and which limit is behind it.
  static func words(for code: Int32) -> String {
    let words = String(cString: strerror(code))
    switch code {
    case EFBIG:
      let limit = fileSize.map { "\($0) bytes" } ?? "what its disk takes"
      return "\(words): this shell allows files of at most \(limit) (ulimit -f): raise it"
    case EMFILE:
      return
        "\(words): this shell allows \(files.map { "\($0)" } ?? "no more") (ulimit -n): raise it"
    case ENOMEM: return "\(words): raise the limit (ulimit -v), or record fewer metrics"
    default: return words
    }
  }

  private static func soft(_ resource: Int32) -> Int? {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur != rlim_t.max else { return nil }
    return Int(clamping: limit.rlim_cur)
  }
}
