@testable import Storage
import FoundationEssentials
import Testing

@testable import Reporting

@Suite struct FileLockTests {
  private func withTarget(_ body: (_ target: String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    try FileSystem.makeFolder(path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body("\(path)/shard.sqlite")
  }

  @Test func oneHoldsItAtATime() throws {
    try withTarget { target in
      let lock = try FileLock(on: target)
      let refused = #expect(throws: FileError.self) { try FileLock(on: target) }
      #expect(refused?.description.contains("another process is at work on \(target)") == true)
      lock.end()
      #expect(!FileSystem.exists("\(target).lock"))
      try FileLock(on: target).end()
    }
  }

  @Test func whoSaysTheSameSharesIt() throws {
    try withTarget { target in
      func share(_ word: String) throws(FileError) -> FileLock {
        try FileLock(sharing: target, saying: word, refusal: "others are at work")
      }
      #expect(FileLock.word(sharing: target) == nil)
      let (first, second) = (try share("one"), try share("one"))
      let refused = #expect(throws: FileError.self) { try share("two") }
      #expect(refused?.description == "others are at work")
      first.endSharing()
      #expect(throws: FileError.self) { try share("two") }
      #expect(FileLock.word(sharing: target) == "one")
      second.endSharing()
      #expect(!FileSystem.exists("\(target).lock"))
      // What was killed has let go, and left its word, which may be longer than the next.
      try share("a longer word").abandon()
      #expect(FileLock.word(sharing: target) == "a longer word")
      let last = try share("two")
      #expect(FileLock.word(sharing: target) == "two")
      last.endSharing()
      #expect(!FileSystem.exists("\(target).lock"))
    }
  }

  /// Its holder removes the file and lets go between the moments at which another opens it and takes hold: the
  /// hold is on nothing.
  @Test func aHoldOnAFileThatWasRemovedIsNone() throws {
    try withTarget { target in
      let first = try FileLock(on: target)
      let refused = #expect(throws: FileError.self) {
        try FileLock(on: target, afterOpening: { first.end() })
      }
      #expect(refused?.description.contains("another process is at work") == true)
      // Nor where somebody else has made a file and holds that by then.
      let second = try FileLock(on: target)
      var third: FileLock?
      #expect(throws: FileError.self) {
        try FileLock(
          on: target,
          afterOpening: {
            second.end()
            third = try? FileLock(on: target)
          })
      }
      #expect(third != nil)
      #expect(throws: FileError.self) { try FileLock(on: target) }
      third?.end()
    }
  }

  /// Somebody removed the file of a holder, and another made one: that is not the first one's to remove.
  @Test func theFileOfAnotherHolderIsLeft() throws {
    try withTarget { target in
      let first = try FileLock(on: target)
      FileSystem.remove("\(target).lock")
      let second = try FileLock(on: target)
      first.end()
      #expect(FileSystem.exists("\(target).lock"))
      #expect(throws: FileError.self) { try FileLock(on: target) }
      second.end()
      #expect(!FileSystem.exists("\(target).lock"))
    }
  }
}
