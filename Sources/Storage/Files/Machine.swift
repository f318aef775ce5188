import Glibc

/// The machine that the program runs on.
public enum Machine {
  /// The memory of this machine, or of the part of it that this process may use.
  public static var memoryBytes: Double {
    let physical = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    let limit = try? FileSystem.read("/sys/fs/cgroup/memory.max")
    let text = limit.map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\n").first
    return text.flatMap { Double($0) }.map { min($0, physical) } ?? physical
  }
}
