import CVMText

/// What a terminal shows that understands the sequences which the line editor writes, and notes all others.
public struct TerminalScreen: Sendable {
  /// A place of the screen.
  public struct Cell: Equatable, Sendable {
    /// The character; empty on the right half of a wide one.
    public var text = " "
    /// The parameters that chose its look, such as `1;34`.
    public var style = ""
  }

  struct Row: Equatable, Sendable {
    var cells: [Cell]
    /// The text goes on in the next row.
    var isWrapped = false
  }

  public private(set) var columns: Int
  public private(set) var rows: Int
  public private(set) var cursorColumn = 0
  public private(set) var cursorRow = 0
  /// Sequences that no editor should write.
  public private(set) var unknown: [String] = []
  /// What scrolled off the top.
  public private(set) var scrollback: [String] = []
  public private(set) var bellCount = 0
  /// Bracketed paste is asked for.
  public private(set) var bracketsPastes = false
  public private(set) var showsCursor = true
  /// How often everything was cleared.
  public private(set) var clearCount = 0
  /// More of a picture is to come.
  public private(set) var isUpdating = false
  private var grid: [Row]
  private var style = ""
  private var isWrapPending = false
  private var buffer: [UInt8] = []

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    grid = Array(repeating: Row(cells: Array(repeating: Cell(), count: columns)), count: rows)
  }

  // MARK: What is seen

  private static func text(_ row: Row) -> String {
    var text = row.cells.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The rows from the top to the last that is not empty, without blanks at their ends.
  public var lines: [String] {
    var lines = grid.map(Self.text)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The row with the cursor.
  public var cursorLine: String { Self.text(grid[cursorRow]) }

  public func line(_ row: Int) -> String { Self.text(grid[row]) }

  /// The style of the first character of a text that is on the screen.
  public func style(of text: String) -> String? {
    for row in grid.reversed() {
      let characters = row.cells.map(\.text)
      let wanted = text.map(String.init)
      for start in 0..<max(0, characters.count - wanted.count + 1)
      where Array(characters[start..<start + wanted.count]) == wanted {
        return row.cells[start].style
      }
    }
    return nil
  }

  public func cell(_ row: Int, _ column: Int) -> Cell { grid[row].cells[column] }

  /// All cells, to compare screens with their colours.
  public var picture: [[Cell]] { grid.map(\.cells) }

  // MARK: What is written

  public mutating func write(_ bytes: some Sequence<UInt8>) {
    buffer += bytes
    var index = 0
    while index < buffer.count, let next = take(index) { index = next }
    buffer.removeFirst(index)
  }

  /// Reads what begins at an offset; the offset behind it, or nil if more must come.
  private mutating func take(_ index: Int) -> Int? {
    let byte = buffer[index]
    switch byte {
    case 0x0D: moveTo(column: 0)
    case 0x0A: lineFeed()
    case 0x08: moveTo(column: max(0, cursorColumn - 1))
    case 0x07: bellCount += 1
    case 0x1B: return takeSequence(index)
    case 0..<0x20, 0x7F: unknown.append("control \(byte)")
    default: return takeCharacter(index)
    }
    return index + 1
  }

  private mutating func moveTo(column: Int) {
    cursorColumn = min(max(0, column), columns - 1)
    isWrapPending = false
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if cursorRow < rows - 1 {
      cursorRow += 1
    } else {
      scrollback.append(Self.text(grid.removeFirst()))
      grid.append(Row(cells: Array(repeating: Cell(), count: columns)))
    }
  }

  private mutating func takeCharacter(_ index: Int) -> Int? {
    let first = buffer[index]
    let count = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard index + count <= buffer.count else { return nil }
    let text = String(decoding: buffer[index..<index + count], as: UTF8.self)
    put(text)
    return index + count
  }

  private mutating func put(_ text: String) {
    // A character that joins the one before, as combining marks, joiners and the second half of a flag do.
    if cursorColumn > 0 || isWrapPending {
      var place = isWrapPending ? cursorColumn : cursorColumn - 1
      while place > 0, grid[cursorRow].cells[place].text.isEmpty { place -= 1 }
      let joined = grid[cursorRow].cells[place].text + text
      let isMark = text.unicodeScalars.allSatisfy(\.properties.isGraphemeExtend)
      if joined.count == 1, isMark || grid[cursorRow].cells[place].text != " " {
        grid[cursorRow].cells[place].text = joined
        if displayWidth(joined) == 2, place == cursorColumn - 1, cursorColumn < columns {
          grid[cursorRow].cells[cursorColumn].text = ""
          cursorColumn = min(cursorColumn + 1, columns - 1)
          isWrapPending = place + 2 >= columns
        }
        return
      }
    }
    let width = max(1, displayWidth(text))
    if isWrapPending || cursorColumn + width > columns {
      grid[cursorRow].isWrapped = true
      moveTo(column: 0)
      lineFeed()
    }
    grid[cursorRow].cells[cursorColumn] = Cell(text: text, style: style)
    if width == 2, cursorColumn + 1 < columns { grid[cursorRow].cells[cursorColumn + 1] = Cell(text: "", style: style) }
    cursorColumn += width
    if cursorColumn >= columns {
      cursorColumn = columns - 1
      isWrapPending = true
    }
  }

  private mutating func takeSequence(_ index: Int) -> Int? {
    guard index + 1 < buffer.count else { return nil }
    guard buffer[index + 1] == 0x5B else {
      unknown.append("ESC \(buffer[index + 1])")
      return index + 2
    }
    var end = index + 2
    while end < buffer.count, !(0x40...0x7E).contains(buffer[end]) { end += 1 }
    guard end < buffer.count else { return nil }
    obey(buffer[end], String(decoding: buffer[index + 2..<end], as: UTF8.self))
    return end + 1
  }

  private mutating func obey(_ final: UInt8, _ parameters: String) {
    let count = max(1, Int(parameters) ?? 1)
    switch (Character(Unicode.Scalar(final)), parameters) {
    case ("A", _):
      cursorRow = max(0, cursorRow - count)
      isWrapPending = false
    case ("B", _):
      cursorRow = min(rows - 1, cursorRow + count)
      isWrapPending = false
    case ("C", _): moveTo(column: cursorColumn + count)
    case ("G", _): moveTo(column: count - 1)
    case ("H", ""):
      cursorRow = 0
      moveTo(column: 0)
    case ("J", "2"):
      clearCount += 1
      for row in 0..<rows { clear(row, 0) }
    case ("J", ""):
      // As tmux does, which takes this for clearing the screen.
      if cursorRow == 0, cursorColumn == 0 { scrollback += lines.filter { !$0.isEmpty } }
      clear(cursorRow, cursorColumn)
      for row in cursorRow + 1..<max(rows, cursorRow + 1) { clear(row, 0) }
    case ("K", ""): clear(cursorRow, cursorColumn)
    case ("m", "0"), ("m", ""): style = ""
    case ("m", _): style = style.isEmpty ? parameters : "\(style);\(parameters)"
    case ("h", "?2004"): bracketsPastes = true
    case ("l", "?2004"): bracketsPastes = false
    case ("h", "?25"): showsCursor = true
    case ("l", "?25"): showsCursor = false
    case ("h", "?2026"): isUpdating = true
    case ("l", "?2026"): isUpdating = false
    default: unknown.append("CSI \(parameters)\(Character(Unicode.Scalar(final)))")
    }
  }

  private mutating func clear(_ row: Int, _ start: Int) {
    for column in start..<columns { grid[row].cells[column] = Cell() }
    grid[row].isWrapped = false
  }

  // MARK: Another size

  /// Gives the screen another size and wraps its lines again, as most terminals do.
  public mutating func resize(columns: Int, rows: Int) {
    var wrapped: [Row] = []
    var cursor = (row: 0, column: 0)
    var index = 0
    let lastUsed = max(grid.lastIndex { !$0.cells.allSatisfy { $0 == Cell() } } ?? 0, cursorRow)
    while index <= lastUsed {
      var cells: [Cell] = []
      var cursorOffset: Int?
      while true {
        if index == cursorRow { cursorOffset = cells.count + cursorColumn }
        cells += grid[index].cells
        index += 1
        if index > lastUsed || !grid[index - 1].isWrapped { break }
      }
      while cells.last == Cell(), cells.count > (cursorOffset ?? 0) { cells.removeLast() }
      append(cells, cursorOffset, columns, to: &wrapped, &cursor)
    }
    while wrapped.count > rows, cursor.row < wrapped.count - 1, wrapped.last?.cells.allSatisfy({ $0 == Cell() }) == true
    {
      wrapped.removeLast()
    }
    let excess = max(0, wrapped.count - rows)
    scrollback += wrapped.prefix(excess).map(Self.text)
    grid = Array(wrapped.dropFirst(excess))
    while grid.count < rows { grid.append(Row(cells: Array(repeating: Cell(), count: columns))) }
    self.columns = columns
    self.rows = rows
    cursorRow = max(0, cursor.row - excess)
    moveTo(column: cursor.column)
  }

  private func append(
    _ cells: [Cell], _ cursorOffset: Int?, _ columns: Int, to rows: inout [Row], _ cursor: inout (row: Int, column: Int)
  ) {
    var row = Row(cells: [])
    for (offset, cell) in cells.enumerated() {
      let isWide = offset + 1 < cells.count && cells[offset + 1].text.isEmpty
      if row.cells.count + (isWide ? 2 : 1) > columns {
        row.isWrapped = true
        rows.append(Self.padded(row, columns))
        row = Row(cells: [])
      }
      if offset == cursorOffset { cursor = (rows.count, row.cells.count) }
      row.cells.append(cell)
    }
    if let cursorOffset, cursorOffset >= cells.count { cursor = (rows.count, min(row.cells.count, columns - 1)) }
    rows.append(Self.padded(row, columns))
  }

  private static func padded(_ row: Row, _ columns: Int) -> Row {
    var row = row
    while row.cells.count < columns { row.cells.append(Cell()) }
    return row
  }
}
