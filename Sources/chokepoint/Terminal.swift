import Glibc

/// What standard output is.
enum Terminal {
  /// How many characters a line may have where somebody reads along: as many as the terminal holds, from 80 to 120.
  /// Nil where output goes elsewhere.
  static var width: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return min(120, max(80, Int(size.ws_col)))
  }
}
