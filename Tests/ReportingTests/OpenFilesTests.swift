@testable import Storage
import Testing

@testable import Reporting

@Suite struct OpenFilesTests {
  private final class Counter {
    var (opened, open, most) = (0, Set<Int>(), 0)
  }

  /// Files in turn, as blocks take shards.
  private func reading(_ files: Int, turns: Int, most: Int) throws -> Counter {
    let counter = Counter()
    var kept = OpenFiles(most: most) { number throws(FileError) in
      counter.opened += 1
      #expect(counter.open.insert(number).inserted, "it is open already")
      counter.most = max(counter.most, counter.open.count)
      return number
    } close: {
      #expect(counter.open.remove($0) != nil, "it is closed already")
    }
    for turn in 0..<turns { #expect(try kept.file(turn % files) == turn % files) }
    kept.end()
    #expect(counter.open.isEmpty)
    return counter
  }

  @Test func eachIsOpenedOnceWhereThereIsRoom() throws {
    let counter = try reading(64, turns: 6400, most: 64)
    #expect(counter.opened == 64 && counter.most == 64)
  }

  @Test func whereThereIsNoneMostStayOpen() throws {
    let counter = try reading(80, turns: 8000, most: 64)
    #expect(counter.most == 64)
    #expect(counter.opened < 80 + 8000 / 4, "\(counter.opened)")
    #expect(try reading(3, turns: 9, most: 1).opened == 9)
  }

  @Test func aFileThatCannotBeOpenedIsToldAndTriedAgain() throws {
    var isThere = false
    var kept = OpenFiles(most: 1) { number throws(FileError) in
      guard isThere else { throw FileError("it is not there") }
      return number
    } close: { _ in
    }
    #expect(throws: FileError.self) { try kept.file(3) }
    isThere = true
    #expect(try kept.file(3) == 3)
  }
}
