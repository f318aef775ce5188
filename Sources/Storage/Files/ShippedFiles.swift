/// Where what comes with the program stands.
public enum ShippedFiles {
  /// The folder of the published cases: of the checkout that one stands in, or beside the program where its
  /// packages put it; nil where there is none.
  public static var publishedCases: String? {
    let cases = "scenarios/published"
    let program = try? FileSystem.wholePath("/proc/self/exe")
    let folder = program.map { $0.split(separator: "/").dropLast(2).joined(separator: "/") }
    let installed = folder.map { ["/\($0)/\(cases)", "/\($0)/share/chokepoint/\(cases)"] } ?? []
    return ([cases] + installed).first { FileSystem.isFolder($0) }
  }
}
