import CVMHeapGraph

/// Writes results for programs: one object, or one for each row.
public struct JSONRenderer: Sendable {
  /// The version of the form, which changes only when a reader could be misled.
  public static let version = 1
  public var isASCII: Bool

  public init(isASCII: Bool = false) { self.isASCII = isASCII }

  /// The result as one object on one line.
  public func render(_ result: AnalysisResult) -> String {
    var writer = JSONWriter(isASCII: isASCII)
    writer.report(result.name) { writer in
      for fact in result.facts { writer.member(fact.key, fact.value) }
      if result.isPartial { writer.member("partial", true) }
      switch result.body {
      case .table(let table):
        writer.member("totalRows", table.totalRowCount)
        writer.list("rows") { writer in for row in table.rows { writer.row(row, table.columns) } }
      case .tree(let tree):
        writer.list("lines") { writer in for line in tree.lines { writer.line(line) } }
      case .text(let text):
        writer.list("text") { writer in for line in text { writer.string(line) } }
      }
    }
    return writer.text
  }

  /// Each row as an object on a line of its own.
  public func renderLines(_ result: AnalysisResult) -> String {
    var writer = JSONWriter(isASCII: isASCII)
    switch result.body {
    case .table(let table):
      for row in table.rows {
        writer.row(row, table.columns)
        writer.newline()
      }
    case .tree(let tree):
      for line in tree.lines {
        writer.line(line)
        writer.newline()
      }
    case .text(let text):
      for line in text {
        writer.object { $0.member("text", line) }
        writer.newline()
      }
    }
    return writer.text
  }
}

extension JSONWriter {
  /// Writes `{"v":1,"cmd":NAME,...}` and ends the line.
  public mutating func report(_ command: String, _ body: (inout JSONWriter) -> Void) {
    object { writer in
      writer.member("v", JSONRenderer.version)
      writer.member("cmd", command)
      body(&writer)
    }
    newline()
  }

  /// Writes a cell: sizes in bytes, shares of 1, ids as numbers (`"i7"` for the machine's own).
  public mutating func cell(_ cell: ResultCell) {
    switch cell {
    case .none: null()
    case .text(let text): string(text)
    case .count(let count), .bytes(let count): integer(count)
    case .share(let value), .seconds(let value): number((value * 10_000).rounded() / 10_000)
    case .delta(let change): integer(change)
    case .flag(let flag): boolean(flag)
    case .object(let id): self.id(id)
    }
  }

  mutating func id(_ id: NodeID?) {
    switch id {
    case .none: null()
    case .some(let id) where id.isInternal: string("i\(id.number)")
    case .some(let id): integer(id.number)
    }
  }

  mutating func member(_ name: String, _ value: ResultCell) {
    key(name)
    cell(value)
  }

  mutating func member(_ name: String, id value: NodeID?) {
    key(name)
    id(value)
  }

  fileprivate mutating func row(_ row: [ResultCell], _ columns: [ResultTable.Column]) {
    object { writer in
      for (column, cell) in zip(columns, row) { writer.member(column.key, cell) }
    }
  }

  fileprivate mutating func line(_ line: ResultTree.Line) {
    object { writer in
      writer.member("depth", line.depth)
      if !line.link.isEmpty { writer.member("link", line.link) }
      writer.member("label", line.label)
      if let identity = line.identity { writer.member("identity", identity) }
      if line.isRepeated { writer.member("repeated", true) }
      for fact in line.values { writer.member(fact.key, fact.value) }
    }
  }
}
