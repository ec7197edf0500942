import CVMHeapGraph

/// Lays out a table in lines that are never longer than the terminal is wide.
struct TerminalTable {
  private static let gap = 2
  private static let narrowest = 6
  let options: RenderOptions

  /// The heading line and a line for each row; columns that can't fit are left out, from the right.
  func lines(_ table: ResultTable) -> (lines: [String], omittedColumns: [String]) {
    var columns = table.columns
    var cells = table.rows.map { row in row.map(options.text) }
    if table.isNumbered {
      columns.insert(ResultTable.Column("#", title: "#"), at: 0)
      for index in cells.indices {
        cells[index].insert(Numbers.grouped(UInt64(table.numbers?[index] ?? index + 1)), at: 0)
      }
    }
    var widths = columns.indices.map { column in
      cells.reduce(displayWidth(columns[column].title)) { max($0, column < $1.count ? displayWidth($1[column]) : 0) }
    }
    let margin = table.isNumbered ? 1 : 0
    fit(&widths, columns, available: options.width - margin)
    let omitted = columns[widths.count...].map(\.title)
    let heading = line(columns.map(\.title), widths, columns, isHeading: true)
    let indent = String(repeating: " ", count: margin)
    return (
      ([heading] + cells.map { line($0, widths, columns, isHeading: false) }).map { indent + $0 }, Array(omitted)
    )
  }

  /// Narrows the flexible columns, then the other texts, and at last drops columns.
  private func fit(_ widths: inout [Int], _ columns: [ResultTable.Column], available: Int) {
    func total() -> Int { widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }
    while total() > available {
      let shrinkable = widths.indices.filter { columns[$0].isFlexible && widths[$0] > Self.narrowest }
      if let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) {
        let others = shrinkable.filter { $0 != widest }.map { widths[$0] }.max() ?? Self.narrowest
        let step = max(1, min(widths[widest] - max(others, Self.narrowest), total() - available))
        widths[widest] -= step
      } else if widths.count > 1 {
        widths.removeLast()
      } else {
        widths[0] = available
      }
    }
  }

  private func line(
    _ cells: [String], _ widths: [Int], _ columns: [ResultTable.Column], isHeading: Bool
  ) -> String {
    var line = ""
    for (column, width) in widths.enumerated() {
      let text = options.cut(column < cells.count ? cells[column] : "", to: width)
      line += TextLayout.padded(text, to: width, alignRight: columns[column].alignment == .right)
      if column + 1 < widths.count { line += String(repeating: " ", count: Self.gap) }
    }
    return TextLayout.withoutTrailingSpaces(line)
  }
}
