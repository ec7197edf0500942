import CVMHeapGraph

/// Writes results as Markdown.
public struct MarkdownRenderer: Sendable {
  public var options: RenderOptions

  public init(options: RenderOptions = RenderOptions()) { self.options = options }

  /// Headings as paragraphs, tables as tables, trees as nested lists.
  public func render(_ result: AnalysisResult) -> String {
    var blocks = result.heading.map(escaped)
    switch result.body {
    case .table(let table): blocks.append(text(of: table))
    case .tree(let tree): blocks.append(tree.lines.map(item).joined(separator: "\n"))
    case .text(let text): blocks += text.map(escaped)
    }
    blocks += result.notes.map(escaped)
    if result.isPartial { blocks.append("*Interrupted: this is what was found until then.*") }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func text(of table: ResultTable) -> String {
    let rules = table.columns.map { $0.alignment == .right ? "---:" : ":---" }
    let rows = table.rows.map { $0.map { escaped(options.text($0)) } }
    return ([table.columns.map { escaped($0.title) }, rules] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private func item(_ line: ResultTree.Line) -> String {
    let parts =
      [line.link, line.label].filter { !$0.isEmpty }.map(escaped) + line.values.map { options.text($0.value) }
    return String(repeating: "  ", count: min(line.depth, 50)) + "- " + parts.joined(separator: " ")
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for character in options.text(text) {
      if "\\`*_{}[]<>#|~".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
