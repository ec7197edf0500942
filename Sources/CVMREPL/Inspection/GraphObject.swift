import CVMHeapGraph
import CVMReport

/// `:show` for an object of a heap from a file: what the graph knows of it.
struct GraphObject {
  private let node: Int
  private let graph: HeapGraph

  init(_ node: Int, of graph: HeapGraph) {
    self.node = node
    self.graph = graph
  }

  func answer(_ call: CommandCall, _ options: RenderOptions) -> CommandAnswer {
    let table = call.arranged(self.table)
    return CommandAnswer(
      text: { text(table, options) },
      json: {
        JSONWriter.text(isASCII: options.isASCII) { writer in
          writer.report("show") { writer in
            if let id = graph.id(of: node) { writer.member("id", id.number) }
            writer.member("class", graph.className(of: node))
            if let text = graph.text(of: node) { writer.member("text", text) }
            writer.member("shallow", graph.shallowSizes[node])
            writer.list("slots") { writer in
              for row in table.rows {
                writer.object { writer in
                  for (column, cell) in zip(table.columns, row) {
                    writer.key(column.key)
                    writer.cell(cell)
                  }
                }
              }
            }
            if table.totalRowCount > table.rows.count { writer.member("more", true) }
          }
        }
      }, rows: { table })
  }

  private var table: ResultTable {
    let rows = graph.edges(of: node).map { edge -> [ResultCell] in
      let target = graph.target(ofEdge: edge)
      return [
        .text(graph.slotName(edge)), .text(graph.literal(target, limit: 200)), .text(graph.shortClassName(of: target)),
        graph.id(of: target).map(ResultCell.object) ?? .none,
      ]
    }
    return ResultTable(
      columns: [
        .init("slot", .left, isFlexible: true), .init("value", .left, isFlexible: true),
        .init("class", .left, isFlexible: true), .init("id", .left),
      ], rows: rows)
  }

  private func text(_ table: ResultTable, _ options: RenderOptions) -> String {
    func cut(_ text: String, _ width: Int) -> String {
      TextLayout.ellipsized(TextLayout.printable(text, isASCII: options.isASCII), to: width, isASCII: options.isASCII)
    }
    if let text = graph.text(of: node) {
      let head = "\(graph.label(of: node))  \(ByteCount.text(graph.shallowSizes[node]))"
      let body = TextLayout.wrapped(TextLayout.printable(text, isASCII: options.isASCII), to: options.width)
      return ([cut(head, options.width)] + body).map { $0 + "\n" }.joined()
    }
    var lines = [
      cut("\(graph.label(of: node))  \(graph.preview(of: node, limit: options.width))", options.width)
    ]
    let names = table.rows.map { row -> String in
      if case .text(let name) = row[0] { return cut(name, 30) }
      return ""
    }
    let width = names.map(displayWidth).max() ?? 0
    for (row, name) in zip(table.rows, names) {
      let head = "  " + TextLayout.padded(name, to: width) + "  "
      guard case .text(let value) = row[1] else { continue }
      var text = value
      if case .object(let id) = row[3], let target = graph.node(withID: id), graph.text(of: target) == nil {
        let preview = graph.preview(of: target, limit: max(options.width - displayWidth(head) - value.count - 2, 10))
        text += "  " + preview
      }
      lines.append(head + cut(text, options.width - displayWidth(head)))
    }
    if table.totalRowCount > table.rows.count {
      lines.append("  ... \(Numbers.grouped(UInt64(table.totalRowCount - table.rows.count))) more: --all")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension HeapGraph {
  /// What a property of an object refers to; a number is an element.
  func slot(_ name: String, of node: Int) -> Int? {
    let index = UInt32(name)
    let edge = edges(of: node).first { edge in
      switch edgeKind(edge) {
      case .property: string(edgeNames[edge]) == name
      case .element: edgeNames[edge] == index
      default: false
      }
    }
    return edge.map(target(ofEdge:))
  }
}
