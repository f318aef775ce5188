import Glibc

/// Tells how far a run is: on a terminal a line that is kept up to date, elsewhere one a minute.
struct Progress {
  private let total: Int
  private let started = ContinuousClock.now
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var lastTold = ContinuousClock.now
  private var hasLine = false
  /// What was done when this began: nobody waited for it.
  private var doneBefore: Int?

  init(total: Int) { self.total = total }

  /// Tells that so many replicates are done, unless something was told a moment ago.
  mutating func tell(done: Int) {
    // Of what has not begun nobody knows how long it takes.
    let before = doneBefore ?? done
    doneBefore = before
    guard done > before else { return }
    let left =
      (ContinuousClock.now - started) * (Double(total - done) / Double(done - before))
    let text = "\(done) of \(total) replicates, about \(left.components.seconds + 1) s left"
    tell(text)
  }

  /// Tells how far it is in words, unless something was told a moment ago.
  mutating func tell(_ text: String) {
    let now = ContinuousClock.now
    guard now - lastTold >= (isTerminal ? .milliseconds(100) : .seconds(60)) else { return }
    lastTold = now
    if isTerminal { writeError("\r\u{1B}[K\(text)") } else { printError(text) }
    hasLine = isTerminal
  }

  /// Clears the line.
  func finish() {
    if hasLine { writeError("\r\u{1B}[K") }
  }
}
