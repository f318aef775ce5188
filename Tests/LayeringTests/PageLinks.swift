import Foundation

/// The links and headings of a page in Markdown, as GitHub reads them.
struct Page {
  let path: String
  /// What stands in brackets behind a text in square ones: paths, anchors, addresses.
  let links: [String]
  /// What `#...` may name.
  let anchors: Set<String>

  init(_ file: TextFile) {
    path = file.path
    let prose = Page.withoutBlocks(file.text)
    // Code in a line is no link; as the text of a link it may go as well.
    let bare = prose.replacing(/`[^`\n]*`/, with: "")
    links = bare.matches(of: /\]\(([^()\s]+)\)/).map { String($0.1) }
    anchors = Page.anchors(of: prose)
  }

  /// The text without blocks of code.
  private static func withoutBlocks(_ text: String) -> String {
    var isInBlock = false
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      guard line.trimmingPrefix(while: \.isWhitespace).hasPrefix("```") else { return !isInBlock }
      isInBlock.toggle()
      return false
    }
    return lines.joined(separator: "\n")
  }

  private static func anchors(of text: String) -> Set<String> {
    var seen: [String: Int] = [:]
    return Set(
      text.split(separator: "\n").compactMap { line -> String? in
        guard let title = line.wholeMatch(of: /#{1,6} +(.*)/)?.1 else { return nil }
        // Of a link in a heading its text counts.
        let words = title.replacing(/\]\([^)]*\)/, with: "").lowercased()
        let slug = String(
          words.compactMap { character -> Character? in
            if character == " " { return "-" }
            let isKept = character.isLetter || character.isNumber || "-_".contains(character)
            return isKept ? character : nil
          })
        let count = seen[slug, default: 0]
        seen[slug] = count + 1
        return count == 0 ? slug : "\(slug)-\(count)"
      })
  }
}

/// The links among the pages that lead nowhere, each as `page: link`.
///
/// - Parameter files: every path that there is, from the root.
func brokenLinks(in pages: [Page], files: Set<String>) -> [String] {
  let anchors = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, $0.anchors) })
  let folders = Set(
    files.flatMap { path in
      path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
    })
  return pages.flatMap { page in
    page.links.filter { link in
      if link.contains("://") || link.hasPrefix("mailto:") { return false }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let path = parts[0].isEmpty ? page.path : resolved(parts[0], from: page.path)
      guard files.contains(path) || folders.contains(path) else { return true }
      return parts.count == 2 && anchors[path]?.contains(String(parts[1])) != true
    }.map { "\(page.path): \($0)" }
  }
}

/// A relative path, from the root.
private func resolved(_ path: Substring, from page: String) -> String {
  var folders = page.split(separator: "/").dropLast()
  for part in path.split(separator: "/") where part != "." {
    if part == ".." { _ = folders.popLast() } else { folders.append(part) }
  }
  return folders.joined(separator: "/")
}
