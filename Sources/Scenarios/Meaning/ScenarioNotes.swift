public import Documents

extension [Scenario] {
  /// What a reader of all of them, such as the points of a sweep, should know and need not change, each thing
  /// told once: which numbers were read of which files.
  public var notes: [Note] {
    var told: Set<Note> = []
    return flatMap(\.notes).filter { told.insert($0).inserted }
  }
}

extension Scenario {
  fileprivate var notes: [Note] {
    let laws = document.laws + forms.values + regimeForms.joined().map(\.form)
    return sweepNotes + laws.flatMap(\.notes).sorted { $0.location < $1.location }
  }
}

extension DocumentNode {
  /// The laws of everything in it.
  fileprivate var laws: [DistributionForm] {
    switch content {
    case .mapping(let entries): entries.flatMap(\.value.laws)
    case .list(let items): items.flatMap(\.laws)
    case .distribution(let form): [form]
    default: []
    }
  }
}
