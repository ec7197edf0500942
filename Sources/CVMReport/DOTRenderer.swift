import CVMHeapGraph

/// Writes trees as graphs for Graphviz; lines with the same identity become one node.
public enum DOTRenderer {
  /// A `digraph`, or `nil` for results that are not trees.
  public static func render(_ result: AnalysisResult) -> String? {
    guard case .tree(let tree) = result.body else { return nil }
    var text = "digraph \(quoted(result.name)) {\n  node [shape=box, fontname=\"monospace\"];\n"
    var drawn: Set<String> = []
    var parents: [String] = []
    for (index, line) in tree.lines.enumerated() {
      let name = line.identity ?? "line\(index)"
      if drawn.insert(name).inserted { text += "  \(quoted(name)) [label=\(quoted(line.label))];\n" }
      parents.removeLast(max(0, parents.count - line.depth))
      if let parent = parents.last {
        text += "  \(quoted(parent)) -> \(quoted(name)) [label=\(quoted(line.link))];\n"
      } else if !line.link.isEmpty {
        let variable = "variable \(line.link)"
        text += "  \(quoted(variable)) [label=\(quoted(line.link)), shape=plaintext];\n"
        text += "  \(quoted(variable)) -> \(quoted(name));\n"
      }
      parents.append(name)
    }
    return text + "}\n"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in TextLayout.printable(text) {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "\""
  }
}
