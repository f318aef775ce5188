import Testing

/// The pages of the documents lead to each other.
@Suite struct PageLinkTests {
  @Test func `a link leads to a file and a heading that are there`() throws {
    let files = try Repository.keptFiles().filter { Repository.text(of: $0) != nil }
    let pages = files.filter { $0.hasSuffix(".md") }.compactMap(Repository.text).map(Page.init)
    #expect(pages.flatMap(\.links).count > 40)
    for link in brokenLinks(in: pages, files: Set(files)) { Issue.record("\(link)") }
  }

  @Test func `a link that leads nowhere is found`() {
    let readme = TextFile(
      path: "README.md",
      text: """
        # The house, in short
        ## `Cellar/`
        ## `Cellar/`
        [here](#the-house-in-short), [wine](docs/wine.md#red-1), [folder](docs/), [out](https://x.y)
        [lost](docs/beer.md) and [old](docs/wine.md#white), but `[code](nowhere)`
        ```
        [block](nowhere)
        ```
        [twice](#cellar-1), [thrice](#cellar-2)
        """)
    let wine = TextFile(
      path: "docs/wine.md", text: "# Red\n## Red\n[up](../README.md) [no](README.md)")
    #expect(
      brokenLinks(in: [readme, wine].map(Page.init), files: [readme.path, wine.path]) == [
        "README.md: docs/beer.md", "README.md: docs/wine.md#white", "README.md: #cellar-2",
        "docs/wine.md: README.md",
      ])
  }
}
