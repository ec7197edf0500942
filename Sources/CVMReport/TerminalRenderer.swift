import CVMHeapGraph

/// Writes results as text for people.
public struct TerminalRenderer: Sendable {
  public var options: RenderOptions

  public init(options: RenderOptions = RenderOptions()) { self.options = options }

  /// The whole result, ending with a line feed.
  public func render(_ result: AnalysisResult) -> String {
    var lines = result.heading.flatMap { wrapped($0) }
    let facts = text(of: result.facts)
    if lines.isEmpty, !facts.isEmpty { lines = wrapped(facts) }
    switch result.body {
    // Headings without rows say nothing that the sentences above don't.
    case .table(let table): if !table.rows.isEmpty || lines.isEmpty { lines += self.lines(of: table) }
    case .tree(let tree): lines += self.lines(of: tree)
    case .text(let text): lines += text.flatMap { wrapped($0) }
    }
    lines += result.notes.flatMap { wrapped($0) }
    if result.isPartial { lines.append("(interrupted: this is what was found until then)") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The lines of a table with its footer.
  public func lines(of table: ResultTable) -> [String] {
    let (lines, omitted) = TerminalTable(options: options).lines(table)
    var result = lines
    if table.totalRowCount > table.rows.count {
      result.append(
        "-- \(Numbers.grouped(UInt64(table.rows.count))) of \(Numbers.grouped(UInt64(table.totalRowCount))) rows (--all)"
      )
    }
    if !omitted.isEmpty { result += wrapped("-- not shown, too narrow: \(omitted.joined(separator: ", "))") }
    return result
  }

  /// The lines of a tree, with branches drawn.
  public func lines(of tree: ResultTree) -> [String] {
    let last = lastOfTheirParents(tree)
    let (stem, branch, corner) = options.isASCII ? (" |  ", " |- ", " `- ") : (" │  ", " ├─ ", " └─ ")
    let deepest = max(4, options.width / 2 / 4)
    var open: [Bool] = []
    var firsts: [String: ResultTree.Line] = [:]
    return tree.lines.enumerated().map { index, line in
      open.removeLast(max(0, open.count - max(0, line.depth - 1)))
      var prefix = ""
      if line.depth > deepest {
        prefix = " ..\(line.depth).. "
      } else if line.depth > 0 {
        prefix = open.map { $0 ? stem : "    " }.joined() + (last[index] ? corner : branch)
      }
      if line.depth > 0 { open.append(!last[index]) }
      let first = line.identity.flatMap { firsts[$0] }
      if let identity = line.identity, first == nil { firsts[identity] = line }
      return options.cut(prefix + text(of: line, first: first), to: options.width)
    }
  }

  /// The figures of the whole in a line, for results that have no sentences of their own.
  private func text(of facts: [AnalysisResult.Fact]) -> String {
    facts.compactMap { fact in
      if case .flag = fact.value { return nil }
      return fact.key + " " + options.text(fact.value)
    }.joined(separator: "   ")
  }

  private func text(of line: ResultTree.Line, first: ResultTree.Line?) -> String {
    let link = line.link.isEmpty ? "" : options.text(line.link) + " "
    if line.isRepeated {
      let reference = first.map { $0.link.isEmpty ? $0.label : $0.link } ?? "above"
      return link + options.text("\(line.label) (same object as \(reference))")
    }
    return link + options.text(line.label) + line.values.map { "  " + options.text($0.value) }.joined()
  }

  /// For each line whether no later line has the same parent.
  private func lastOfTheirParents(_ tree: ResultTree) -> [Bool] {
    var isLast = [Bool](repeating: true, count: tree.lines.count)
    var seen: [Bool] = []
    for index in tree.lines.indices.reversed() {
      let depth = tree.lines[index].depth
      if seen.count > depth {
        isLast[index] = !seen[depth]
        seen.removeLast(seen.count - depth - 1)
        seen[depth] = true
      } else {
        while seen.count < depth { seen.append(false) }
        seen.append(true)
      }
    }
    return isLast
  }

  private func wrapped(_ text: String) -> [String] { TextLayout.wrapped(options.text(text), to: options.width) }
}
