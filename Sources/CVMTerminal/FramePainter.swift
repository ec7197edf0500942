import CLineEdit

/// Brings frames to the screen: writes the rows that differ from what is shown, with relative movements only.
struct FramePainter {
  private(set) var shown: [FrameRow] = []
  private var row = 0
  private var column = 0
  private(set) var output: [UInt8] = []

  mutating func emit(_ text: String) { output += text.utf8 }

  mutating func takeOutput() -> [UInt8] {
    defer { output.removeAll(keepingCapacity: true) }
    return output
  }

  /// Starts on an empty row.
  mutating func reset() {
    shown = []
    row = 0
    column = 0
  }

  mutating func paint(_ frame: Frame, columns: Int) {
    guard frame.rows != shown else { return moveCursorOnly(frame) }
    emit("\u{1b}[?2026h\u{1b}[?25l")
    for (index, next) in frame.rows.enumerated() where index >= shown.count || shown[index] != next {
      move(toRow: index)
      emit("\r")
      emit(next.text)
      if next.width < columns { emit("\u{1b}[K") }
    }
    if frame.rows.count < shown.count {
      move(toRow: frame.rows.count)
      emit("\r\u{1b}[J")
    }
    shown = frame.rows
    move(toRow: frame.cursorRow)
    emit("\r")
    if frame.cursorColumn > 0 { emit("\u{1b}[\(frame.cursorColumn)C") }
    column = frame.cursorColumn
    emit("\u{1b}[?25h\u{1b}[?2026l")
  }

  private mutating func moveCursorOnly(_ frame: Frame) {
    guard frame.cursorRow != row || frame.cursorColumn != column else { return }
    move(toRow: frame.cursorRow)
    emit("\r")
    if frame.cursorColumn > 0 { emit("\u{1b}[\(frame.cursorColumn)C") }
    column = frame.cursorColumn
  }

  /// Goes to the start of a row or above or below; rows that are not there yet are made.
  private mutating func move(toRow target: Int) {
    if target < row { emit("\u{1b}[\(row - target)A") }
    if target > row { emit(String(repeating: "\r\n", count: target - row)) }
    row = target
  }

  /// Goes below what is shown.
  mutating func leave() {
    if !shown.isEmpty {
      if row < shown.count - 1 { emit("\u{1b}[\(shown.count - 1 - row)B") }
      emit("\r\n")
    }
    reset()
  }

  /// Removes what is shown.
  mutating func erase() {
    if !shown.isEmpty {
      if row > 0 { emit("\u{1b}[\(row)A") }
      clear(severalRows: shown.count > 1)
    }
    reset()
  }

  /// Clears from the cursor's row on. From the first row of the screen on, one sequence would do the same, but there
  /// tmux keeps what it clears, so that it would stand in the scrollback twice.
  private mutating func clear(severalRows: Bool) {
    emit("\r\u{1b}[K")
    if severalRows { emit("\r\n\u{1b}[J\u{1b}[A") }
  }

  /// Removes what is shown after the terminal got another width and wrapped the rows again.
  mutating func eraseRewrapped(columns: Int) {
    guard !shown.isEmpty else { return }
    var up = 0
    for index in 0..<min(row, shown.count) { up += Self.rowCount(shown[index].cells, columns) }
    if row < shown.count {
      // The row of the cursor: the part up to the character under it.
      var width = 0
      let cells = shown[row].cells.prefix { cell in
        defer { width += Int(cell) }
        return width <= column
      }
      up += Self.rowCount(cells, columns) - 1
    }
    if up > 0 { emit("\u{1b}[\(up)A") }
    let isWrapped = shown.contains { Self.rowCount($0.cells, columns) > 1 }
    clear(severalRows: up > 0 || shown.count > 1 || isWrapped)
    reset()
  }

  private static func rowCount(_ cells: some Sequence<UInt8>, _ columns: Int) -> Int {
    var rows = 1
    var width = 0
    for cell in cells {
      if width + Int(cell) > columns {
        rows += 1
        width = 0
      }
      width += Int(cell)
    }
    return rows
  }
}
