import CVMHeapGraph

/// Writes the rows of a result as comma-separated values with a heading (RFC 4180, with line feeds).
public enum CSVRenderer {
  /// The rows of a table, the lines of a tree or a text.
  public static func render(_ result: AnalysisResult) -> String {
    switch result.body {
    case .table(let table):
      return ([table.columns.map(\.key)] + table.rows.map { $0.map(plain) }).map(line).joined()
    case .tree(let tree):
      let keys = tree.lines.first?.values.map(\.key) ?? []
      let rows = tree.lines.map { treeLine in
        ["\(treeLine.depth)", treeLine.link, treeLine.label]
          + keys.map { key in treeLine.values.first { $0.key == key }.map { plain($0.value) } ?? "" }
      }
      return ([["depth", "link", "label"] + keys] + rows).map(line).joined()
    case .text(let text): return ([["text"]] + text.map { [$0] }).map(line).joined()
    }
  }

  private static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\n" }

  private static func quoted(_ field: String) -> String {
    let special = field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard special || field.hasPrefix(" ") || field.hasSuffix(" ") else { return field }
    return "\"" + String(field.flatMap { $0 == "\"" ? "\"\"" : String($0) }) + "\""
  }

  private static func plain(_ cell: ResultCell) -> String {
    switch cell {
    case .none: ""
    case .text(let text): text
    case .count(let count), .bytes(let count): String(count)
    case .share(let value), .seconds(let value): Numbers.plain(value)
    case .delta(let change): String(change)
    case .flag(let flag): flag ? "true" : "false"
    case .object(let id): id.isInternal ? "i\(id.number)" : String(id.number)
    }
  }
}

extension Numbers {
  /// A number for programs, with at most four decimals.
  static func plain(_ value: Double) -> String { JSONWriter.text { $0.number((value * 10_000).rounded() / 10_000) } }
}
