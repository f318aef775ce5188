/// Faults while they are found: of each file the first are kept and the others counted, so that a file of a
/// hundred thousand faults takes no more memory than one of a thousand.
struct FaultList {
  /// So many of a file are kept, more than are told: those of earlier lines may be found later.
  private static let mostKept = 1000

  /// How many were found.
  private(set) var count = 0
  private var kept: [Fault] = []
  private var keptOfFile: [String: Int] = [:]
  private var unkept: [String: Int] = [:]

  /// Whether nothing was found.
  var isEmpty: Bool { count == 0 }

  /// What is kept, and for each file how many more there are.
  var faults: [Fault] {
    kept + unkept.sorted { $0.key < $1.key }.map { Fault(more: $0.value, in: $0.key) }
  }

  /// Whether one more of a file would be counted and not kept, so that nobody need find words for it.
  func isFull(of file: String) -> Bool { keptOfFile[file, default: 0] >= Self.mostKept }

  /// Counts one more of a file that is full.
  mutating func count(in file: String) {
    count += 1
    unkept[file, default: 0] += 1
  }

  /// Takes in one more.
  mutating func append(_ fault: Fault) {
    let file = fault.location.file
    count += max(1, fault.more)
    guard fault.more == 0, !isFull(of: file) else {
      unkept[file, default: 0] += max(1, fault.more)
      return
    }
    keptOfFile[file, default: 0] += 1
    kept.append(fault)
  }

  static func += (list: inout FaultList, faults: [Fault]) {
    for fault in faults { list.append(fault) }
  }
}
