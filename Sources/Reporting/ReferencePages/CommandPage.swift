/// What the commands say of themselves, as a page of the documents: `docs/commands.md`.
public enum CommandPage {
  /// The page: contents, the help of the whole program, then that of each command.
  public static func text(
    overview: String, commands: [(name: String, abstract: String, help: String)]
  ) -> String {
    let contents = commands.map { "- [`\($0.name)`](#\($0.name)): \($0.abstract)\n" }.joined()
    let sections = commands.map { "\n## \($0.name)\n\n\(block($0.help))" }.joined()
    return about + contents + "\n## The program\n\n" + block(overview) + sections
  }

  private static let about = """
    # Commands

    Made by `make docs` from the program's own help: do not edit. `chokepoint help COMMAND` prints the
    same on a terminal. Results go to standard output, everything else to standard error.
    [Exit codes](scaling.md#exit-codes) and [result files](results.md) have their own pages.


    """

  private static func block(_ help: String) -> String {
    // Help ends in an empty line for some commands and not for others.
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    let end = lines.lastIndex { !$0.isEmpty } ?? lines.startIndex
    return "```text\n" + lines[...end].joined(separator: "\n") + "\n```\n"
  }
}
