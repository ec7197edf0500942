/// Writes diagnostics for people: place and message, the line, and a caret under the text that is meant.
public struct DiagnosticRenderer: Sendable {
  /// How many columns a line of output may take.
  public var width: Int

  public init(width: Int = 80) {
    self.width = width
  }

  /// The text of a diagnostic with its notes; every line ends in a newline.
  public func render(_ diagnostic: Diagnostic, in source: SourceFile) -> String {
    let name = diagnostic.severity == .error ? "SyntaxError" : "Warning"
    var text = render(name, diagnostic.message, diagnostic.range, in: source)
    for note in diagnostic.notes { text += render("note", note.message, note.range, in: source) }
    return text
  }

  /// The texts of several diagnostics, one after the other.
  public func render(_ diagnostics: [Diagnostic], in source: SourceFile) -> String {
    diagnostics.map { render($0, in: source) }.joined()
  }

  private func render(_ name: String, _ message: String, _ range: SourceRange, in source: SourceFile) -> String {
    let location = source.location(at: range.start)
    return "\(source.name):\(location): \(name): \(escaped(message))\n" + snippet(range, in: source)
  }

  /// Messages quote the source, which may hold anything.
  private func escaped(_ message: String) -> String {
    DisplayText.cells(Array(message.utf8)[...]).map(\.text).joined()
  }

  // MARK: - The line and the caret

  private static let margin = 2
  private static let ellipsis = "..."
  /// The most bytes that are looked at on each side of the place: enough to fill any line.
  private static let reach = 1_000

  /// The line on which a range begins, and carets under the range; two lines of text.
  public func snippet(_ range: SourceRange, in source: SourceFile) -> String {
    let line = source.range(ofLine: source.line(at: range.start))
    let place = min(max(Int(range.start), Int(line.start)), Int(line.end))
    let cells = visibleCells(around: place, line: line, in: source)
    let caret = cells.firstIndex { $0.offset >= place } ?? cells.count
    let last = cells.firstIndex { $0.offset >= Int(range.end) } ?? cells.count
    let window = window(cells, around: caret)
    let margin = String(repeating: " ", count: Self.margin)
    let leading = window.lowerBound > 0 || (cells.first.map { $0.offset > Int(line.start) } ?? false)
    let trailing = window.upperBound < cells.count || (cells.last.map { $0.offset + 4 < Int(line.end) } ?? false)
    var text = leading ? Self.ellipsis : ""
    var column = text.utf8.count
    var marked = 0
    for index in window {
      text += cells[index].text
      if index < caret { column += cells[index].width }
      if index >= caret, index < last { marked += cells[index].width }
    }
    if trailing { text += Self.ellipsis }
    let carets = String(repeating: " ", count: column) + String(repeating: "^", count: max(1, marked))
    return "\(margin)\(text)\n\(margin)\(carets)\n"
  }

  /// The cells near a place; a line may have millions.
  private func visibleCells(around place: Int, line: SourceRange, in source: SourceFile) -> [DisplayCell] {
    var start = max(Int(line.start), place - Self.reach)
    let end = min(Int(line.end), place + Self.reach)
    while start > Int(line.start), source.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return DisplayText.cells(source.bytes[start..<max(start, end)])
  }

  /// Which cells fit in the width, the caret among them, with some text on its left.
  private func window(_ cells: [DisplayCell], around caret: Int) -> Range<Int> {
    let room = max(20, width - Self.margin)
    if cells.reduce(0, { $0 + $1.width }) <= room { return 0..<cells.count }
    let inner = room - 2 * Self.ellipsis.utf8.count
    var start = min(caret, cells.count)
    var used = 0
    while start > 0, used + cells[start - 1].width <= inner * 2 / 3 {
      start -= 1
      used += cells[start].width
    }
    var end = min(caret, cells.count)
    while end < cells.count, used + cells[end].width <= inner {
      used += cells[end].width
      end += 1
    }
    while start > 0, used + cells[start - 1].width <= inner {
      start -= 1
      used += cells[start].width
    }
    return start..<end
  }
}
