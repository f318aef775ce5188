import FoundationEssentials
import Glibc
import Storage

/// A program that is run to its end, with nothing on its standard input.
enum ChildProcess {
  /// What came of it.
  struct Outcome {
    enum Ending: Hashable {
      case exit(Int32), signal(Int32)
    }

    let ending: Ending
    /// What went to standard output.
    let output: String
    /// What went to standard error.
    let errors: String
  }

  /// Where a program is, by the folders of PATH, or of the system where there is none; nil where nobody may run
  /// it.
  static func path(of program: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return folders.split(separator: ":").lazy.map { "\($0)/\(program)" }
      .first { access($0, X_OK) == 0 && !FileSystem.isFolder($0) }
  }

  /// Runs a program from PATH, and waits for its end on this thread.
  ///
  /// - Parameters:
  ///   - hidden: variables of the environment that it is not to see.
  ///   - limit: bytes that it may write to each of its outputs; one that writes more is killed.
  static func run(
    _ program: String, _ arguments: [String], hiding hidden: Set<String> = [], limit: Int
  ) throws(ProcessError) -> Outcome {
    guard let path = path(of: program) else { throw .notFound(program) }
    let environment = ProcessInfo.processInfo.environment.filter { !hidden.contains($0.key) }
    let output = try Pipe()
    let errors = try Pipe()
    let id = try start(
      path, [program] + arguments, environment.map { "\($0)=\($1)" }, output.entrance,
      errors.entrance)
    let texts: [[UInt8]]
    do throws(ProcessError) {
      texts = try read([output.exit.number, errors.exit.number], limit: limit)
    } catch {
      kill(id, SIGKILL)
      _ = end(of: id)
      throw error
    }
    return Outcome(
      ending: end(of: id), output: String(decoding: texts[0], as: UTF8.self),
      errors: String(decoding: texts[1], as: UTF8.self))
  }

  /// Starts it; this process has let go of its outputs afterwards, so that they end when it does.
  private static func start(
    _ path: String, _ arguments: [String], _ environment: [String], _ output: consuming Descriptor,
    _ errors: consuming Descriptor
  ) throws(ProcessError) -> pid_t {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&files, output.number, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&files, errors.number, STDERR_FILENO)
    // Threads of Swift's tasks hear no signals, and a program would inherit that: Ctrl-C would not end it.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var id = pid_t()
    let code = withCStrings(arguments) { arguments in
      withCStrings(environment) { environment in
        posix_spawn(&id, path, &files, &attributes, arguments, environment)
      }
    }
    guard code == 0 else { throw .system(code) }
    return id
  }

  /// All that comes out of pipes until they end. They are read at the same time: a program that waits for room in
  /// one would never end the other.
  private static func read(_ exits: [Int32], limit: Int) throws(ProcessError) -> [[UInt8]] {
    var open = exits.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var texts: [[UInt8]] = exits.map { _ in [] }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while open.contains(where: { $0.fd >= 0 }) {
      guard poll(&open, nfds_t(open.count), -1) > 0 || errno == EINTR else { throw .system(errno) }
      for place in open.indices where open[place].revents != 0 {
        let count = Glibc.read(open[place].fd, &chunk, chunk.count)
        guard count >= 0 || errno == EINTR else { throw .system(errno) }
        // Negative ones are passed over.
        if count == 0 { open[place].fd = -1 }
        texts[place] += chunk[..<max(0, count)]
        guard texts[place].count <= limit else { throw .tooLong(limit: limit) }
      }
    }
    return texts
  }

  private static func end(of id: pid_t) -> Outcome.Ending {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    // The lowest seven bits hold the signal, the next byte the code (waitpid(2)).
    let signal = status & 0x7F
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }
}

/// Why a program was not run to its end.
enum ProcessError: Error, Hashable, CustomStringConvertible {
  case notFound(String)
  /// With what the system calls it, as `errno` does.
  case system(Int32)
  case tooLong(limit: Int)

  var description: String {
    switch self {
    case .notFound(let program): "\(program) is not on PATH"
    case .system(let code): String(cString: strerror(code))
    case .tooLong(let limit): "it wrote more than \(limit) bytes"
    }
  }
}

/// An open file, closed with its owner.
private struct Descriptor: ~Copyable {
  let number: Int32
  deinit { close(number) }
}

/// What goes in at its entrance comes out at its exit. Programs that are started get it only by being given it: an
/// entrance that one held without knowing would keep the pipe from ending.
private struct Pipe: ~Copyable {
  let exit: Descriptor
  let entrance: Descriptor

  init() throws(ProcessError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .system(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    exit = Descriptor(number: ends[0])
    entrance = Descriptor(number: ends[1])
  }
}

/// Lends texts as C takes a list of them, a null pointer at its end.
private func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = texts.map { strdup($0) } + [nil]
  defer { for copy in copies { free(copy) } }
  return body(copies)
}
