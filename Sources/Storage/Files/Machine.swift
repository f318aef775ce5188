import Glibc

/// The machine that the program runs on.
public enum Machine {
  /// The memory of this machine, or of the part of it that this process may use.
  public static var memoryBytes: Double {
    let physical = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    let limit = try? FileSystem.read("/sys/fs/cgroup/memory.max")
    let text = limit.map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\n").first
    let bounds = [text.flatMap { Double($0) }, ProcessLimits.memory.map { Double($0) }]
    return bounds.compactMap(\.self).reduce(physical, min)
  }
}

/// What decides the last digits of a result beside its input: glibc picks its exp and pow by the
/// processor, and compilers by their version.
package struct Build: Hashable, Sendable {
  /// The hash of the program's file.
  let program: String
  /// The class of the processor, by the instructions that glibc looks for.
  let machineClass: String

  /// The program that runs, where it runs.
  package static let current = Build(
    program: (try? FileSystem.read("/proc/self/exe")).map { SHA256.hex($0) } ?? "unknown",
    machineClass: machineClass(ofFlags: flags))

  private static var flags: Set<Substring> {
    let text = (try? FileSystem.read("/proc/cpuinfo")).map { String(decoding: $0, as: UTF8.self) }
    let line = text?.split(separator: "\n").first { $0.hasPrefix("flags") }
    return Set(line?.split(separator: " ") ?? [])
  }

  /// The levels of the x86-64 psABI, as far as they matter to floating-point numbers.
  static func machineClass(ofFlags flags: Set<Substring>) -> String {
    #if arch(x86_64)
      if flags.contains("avx512f") { return "x86-64-v4" }
      return flags.isSuperset(of: ["avx2", "fma"]) ? "x86-64-v3" : "x86-64-v2"
    #else
      return "arm64"
    #endif
  }
}
