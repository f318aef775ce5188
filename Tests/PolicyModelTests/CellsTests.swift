import Testing

@testable import PolicyModel

@Suite struct CellsTests {
  /// Columns of several types, as a state has them.
  private struct Columns: ~Copyable {
    var flags: Cells<Bool>
    var fleets: Cells<FleetVector>
    var numbers: Cells<Double>
    var rows: Rows<Int>

    init(in arena: inout Arena) {
      flags = arena.cells([true, false, true])
      fleets = arena.cells(2, of: .zero)
      numbers = arena.cells(3, of: 7)
      rows = arena.rows(upTo: 2)
    }
  }

  private static func arena() -> Arena { Arena { _ = Columns(in: &$0) } }

  @Test func `columns hold what they were given, and nothing of each other`() {
    var arena = Self.arena()
    var columns = Columns(in: &arena)
    columns.numbers[2] += 1
    columns.flags[1] = true
    columns.fleets[0].lanes[7] = 3
    columns.rows.append(11)
    columns.rows.append(12)
    #expect(columns.numbers.reduce([]) { $0 + [$1] } == [7, 7, 8])
    #expect(columns.flags.reduce(true) { $0 && $1 })
    #expect(columns.fleets[0].value == 3 && columns.fleets[1] == .zero)
    #expect(columns.rows.indices.map { columns.rows[$0] } == [11, 12])
    columns.rows.removeAll()
    columns.numbers.clear(to: 0)
    #expect(columns.rows.count == 0 && columns.numbers.reduce(0, +) == 0)
    #expect(columns.flags.reduce(true) { $0 && $1 })
  }

  @Test func `a copy holds the same and is nobody else's`() {
    var arena = Self.arena()
    var columns = Columns(in: &arena)
    columns.numbers[0] = 1
    columns.rows.append(5)
    var copying = Arena(copying: arena.memory)
    var copy = Columns(in: &copying)
    copy.numbers[1] = 2
    columns.rows.append(6)
    #expect(copy.numbers.reduce([]) { $0 + [$1] } == [1, 2, 7])
    #expect(columns.numbers.reduce([]) { $0 + [$1] } == [1, 7, 7])
    #expect(copy.rows.count == 1 && copy.rows[0] == 5 && columns.rows.count == 2)
    var fromBytes = Arena(copying: arena.memory.bytes)
    let opened = Columns(in: &fromBytes)
    #expect(opened.numbers[0] == 1 && opened.rows.count == 2)
  }

  @Test func `memory is there for as long as a column, and no longer`() {
    weak var memory: Memory?
    do {
      var kept = Self.kept(&memory)
      kept[0] += 1
      #expect(kept[0] == 8 && memory != nil)
    }
    #expect(memory == nil)
  }

  private static func kept(_ memory: inout Memory?) -> Cells<Double> {
    var arena = Arena { _ = $0.cells(1) }
    memory = arena.memory
    return arena.cells(1, of: 7)
  }

  @Test(arguments: [-1, 3]) func `a cell that is not there stops the process`(place: Int) async {
    await #expect(processExitsWith: .failure) { [place] in
      var arena = Arena { _ = $0.cells(3) }
      let cells = arena.cells(3)
      _ = cells[place]
    }
  }

  @Test func `a row that is not there stops the process`() async {
    await #expect(processExitsWith: .failure) {
      var arena = Arena { _ = $0.rows(upTo: 3) as Rows<Int> }
      var rows: Rows<Int> = arena.rows(upTo: 3)
      rows.append(1)
      _ = rows[1]
    }
    await #expect(processExitsWith: .failure) {
      var arena = Arena { _ = $0.rows(upTo: 1) as Rows<Int> }
      var rows: Rows<Int> = arena.rows(upTo: 1)
      for _ in 0..<2 { rows.append(1) }
    }
  }

  @Test func `a state that is larger than its memory stops the process`() async {
    await #expect(processExitsWith: .failure) {
      var arena = Arena { _ = $0.cells(3) }
      _ = arena.cells(4)
    }
  }
}
