import CVMText

/// A row of a line of the text.
struct ScreenPlace: Equatable {
  var line = 0
  var row = 0
}

/// Candidates that are shown below the text.
struct CompletionList {
  var candidates: [EditorSupport.Candidate]
  var showsKinds: Bool
  /// The first row that is shown of a list that is too long.
  var firstRow = 0
}

extension LineEditor {
  // MARK: Frames

  func paint() {
    painter.paint(makeFrame(), columns: size.columns)
    flush()
  }

  private func makeFrame() -> Frame {
    let place = document.place(of: cursor)
    let below = overlayRows()
    let room = max(1, size.rows - below.count)
    let current = layOutCursorLine(place)
    let matches = document.matchingBrackets(at: place).map { [$0.0, $0.1] } ?? []
    var frame = Frame()
    let cursorPlace = ScreenPlace(line: place.line, row: current.cursorRow)
    var lines = viewport(room, cursorPlace, current.rows, matches)
    var head: [FrameRow] = []
    if search != nil, top != ScreenPlace(), room > 1 {
      // The first line, which shows what is looked for, is out of sight.
      head = searchRow()
      lines = viewport(room - 1, cursorPlace, current.rows, matches)
    }
    frame.rows = head + lines.rows
    frame.cursorRow = head.count + lines.cursorRow
    frame.cursorColumn = current.cursorColumn
    addRightPrompt(&frame)
    frame.rows += below
    return frame
  }

  /// The part of the text that fits into the screen and holds the cursor.
  private func viewport(
    _ room: Int, _ cursorPlace: ScreenPlace, _ current: [FrameRow], _ matches: [TextDocument.Place]
  ) -> (rows: [FrameRow], cursorRow: Int) {
    func rows(_ line: Int) -> [FrameRow] { line == cursorPlace.line ? current : self.rows(ofLine: line, matches) }
    func isBefore(_ a: ScreenPlace, _ b: ScreenPlace) -> Bool { a.line < b.line || (a.line == b.line && a.row < b.row) }
    func above(_ place: ScreenPlace, _ count: Int) -> ScreenPlace {
      var place = place
      var count = count
      while count > place.row, place.line > 0 {
        count -= place.row + 1
        place.line -= 1
        place.row = rows(place.line).count - 1
      }
      place.row = max(0, place.row - count)
      return place
    }
    top.line = min(top.line, document.lines.count - 1)
    top.row = min(top.row, rows(top.line).count - 1)
    let highest = above(cursorPlace, room - 1)
    if isBefore(top, highest) { top = highest }
    if isBefore(cursorPlace, top) { top = cursorPlace }
    // No empty space below while there is text above.
    let last = document.lines.count - 1
    let lowest = above(ScreenPlace(line: last, row: rows(last).count - 1), room - 1)
    if isBefore(lowest, top) { top = lowest }
    var shown: [FrameRow] = []
    var cursorRow = 0
    var place = top
    while shown.count < room, place.line <= last {
      for (number, row) in rows(place.line).enumerated().dropFirst(place.row) where shown.count < room {
        if place.line == cursorPlace.line, number == cursorPlace.row { cursorRow = shown.count }
        shown.append(row)
      }
      place = ScreenPlace(line: place.line + 1, row: 0)
    }
    return (shown, cursorRow)
  }

  // MARK: Lines

  private func rows(ofLine line: Int, _ matches: [TextDocument.Place]) -> [FrameRow] {
    let isDecorated = problems[line] != nil || matches.contains { $0.line == line }
    if !isDecorated, let known = document.lines[line].rows { return known }
    var builder = RowBuilder(columns: size.columns, usesColor: usesColor)
    putPrompt(&builder, line)
    putText(&builder, line, matches, cursorColumn: nil)
    let rows = builder.finish()
    if !isDecorated { document.setRows(rows, ofLine: line) }
    return rows
  }

  private func layOutCursorLine(
    _ place: TextDocument.Place
  ) -> (rows: [FrameRow], cursorRow: Int, cursorColumn: Int) {
    var builder = RowBuilder(columns: size.columns, usesColor: usesColor)
    putPrompt(&builder, place.line)
    let matches = document.matchingBrackets(at: place).map { [$0.0, $0.1] } ?? []
    let position = putText(&builder, place.line, matches, cursorColumn: place.column) ?? builder.position
    if place.line == document.lines.count - 1 { putSuggestion(&builder) }
    let rows = builder.finish(keepingRow: position.row)
    return (rows, position.row, position.column)
  }

  private func putPrompt(_ builder: inout RowBuilder, _ line: Int) {
    defer { builder.beginText() }
    if line > 0 {
      builder.put(continuationPrompt, .continuationPrompt)
    } else if let search {
      putSearch(search, &builder)
    } else {
      builder.put(prompt, .prompt)
    }
  }

  private func putSearch(_ search: HistorySearch, _ builder: inout RowBuilder) {
    builder.put(search.hasFailed ? "(no match)" : "(search)", search.hasFailed ? .problem : .prompt)
    builder.put("'\(search.pattern)': ", TextStyle.plain)
  }

  /// What is looked for, in a row of its own.
  private func searchRow() -> [FrameRow] {
    guard let search else { return [] }
    var builder = RowBuilder(columns: size.columns, usesColor: usesColor)
    putSearch(search, &builder)
    builder.put("...", .note)
    return Array(builder.finish().prefix(1))
  }

  /// Puts the text of a line; where the cursor is if it is on a character.
  @discardableResult
  private func putText(
    _ builder: inout RowBuilder, _ line: Int, _ matches: [TextDocument.Place], cursorColumn: Int?
  ) -> (row: Int, column: Int)? {
    let source = document.lines[line]
    let wrong = problems[line]
    var spans = source.spans[...]
    var byte = 0
    var column = 0
    var position: (row: Int, column: Int)?
    for character in source.text {
      while let first = spans.first, first.range.upperBound <= byte { spans.removeFirst() }
      var appearance = Appearance.plain
      if let first = spans.first, first.range.contains(byte) { appearance.style = first.style }
      appearance.isMatch = matches.contains(TextDocument.Place(line: line, column: column))
      appearance.isWrong = wrong?.contains(byte) ?? false
      let count = character.unicodeScalars.count
      if let cursorColumn, position == nil, cursorColumn < column + count {
        builder.makeRoom(for: character)
        position = builder.position
      }
      builder.put(character, appearance)
      byte += character.utf8.count
      column += count
    }
    return position
  }

  private func putSuggestion(_ builder: inout RowBuilder) {
    let rest = suggestedRest()
    guard !rest.isEmpty, usesColor else { return }
    let line = rest.prefix { !$0.isNewline }
    builder.put(line, .suggestion)
    if line.endIndex < rest.endIndex { builder.put(" ...", .suggestion) }
  }

  private func addRightPrompt(_ frame: inout Frame) {
    guard !rightPrompt.isEmpty, top == ScreenPlace(), search == nil, !frame.rows.isEmpty else { return }
    let width = displayWidth(rightPrompt)
    let gap = size.columns - 1 - width - frame.rows[0].width
    guard gap >= 2 else { return }
    var builder = RowBuilder(columns: size.columns, usesColor: usesColor)
    builder.put(String(repeating: " ", count: gap), TextStyle.plain)
    builder.put(rightPrompt, .note)
    for row in builder.finish() {
      frame.rows[0].text += row.text
      frame.rows[0].width += row.width
      frame.rows[0].cells += row.cells
    }
  }

  // MARK: Below the text

  private func overlayRows() -> [FrameRow] {
    if let list = completionList { return rows(of: list) }
    guard !note.isEmpty else { return [] }
    var builder = RowBuilder(columns: size.columns, usesColor: usesColor)
    builder.putClipped(note, .note)
    return builder.finish()
  }

  /// The rows that the list may take.
  private var listRoom: Int { max(1, size.rows / 2) }

  private func rows(of list: CompletionList) -> [FrameRow] {
    let grid = CompletionGrid(list, columns: size.columns)
    var builder = RowBuilder(columns: size.columns, usesColor: usesColor)
    let isWhole = grid.rowCount <= listRoom
    let shown = isWhole ? grid.rowCount : max(1, listRoom - 1)
    let first = min(list.firstRow, max(0, grid.rowCount - 1))
    let end = min(grid.rowCount, first + shown)
    for row in first..<end {
      grid.putRow(row, &builder)
      builder.endRow()
    }
    if !isWhole {
      let more = end < grid.rowCount ? "Tab for more" : "end of the list"
      builder.putClipped("-- \(list.candidates.count) possibilities, \(more) --", .note)
      builder.endRow()
    }
    return builder.rows
  }

  /// Shows the next part of a list that is too long.
  func pageCompletionList() {
    guard var list = completionList else { return }
    let rowCount = CompletionGrid(list, columns: size.columns).rowCount
    guard rowCount > listRoom else { return }
    list.firstRow += max(1, listRoom - 1)
    if list.firstRow >= rowCount { list.firstRow = 0 }
    completionList = list
    isDirty = true
  }

  func closeCompletionList() {
    guard completionList != nil else { return }
    completionList = nil
    isDirty = true
  }

  func clearNote() {
    guard !note.isEmpty else { return }
    note = ""
    isDirty = true
  }

  // MARK: Other occasions

  /// Shows the whole text without anything that only helps to type it, and goes below it.
  func paintFinal() {
    problems = [:]
    var lines = document.lines.indices.map { rows(ofLine: $0, []) }
    if outcome == .interrupted, let last = lines.indices.last { lines[last] = interruptedRows(last) }
    let rowCount = lines.reduce(0) { $0 + $1.count }
    if rowCount == lines.count, rowCount <= size.rows, top == ScreenPlace() {
      let rows = lines.map { $0[0] }
      painter.paint(Frame(rows: rows, cursorRow: rows.count - 1, cursorColumn: 0), columns: size.columns)
    } else {
      // Rows of one line are written as one, so that they are copied and wrapped as one.
      painter.erase()
      painter.emit(lines.map { Self.joined($0, size.columns) }.joined(separator: "\r\n") + "\r\n")
    }
    painter.leave()
  }

  private func interruptedRows(_ line: Int) -> [FrameRow] {
    var builder = RowBuilder(columns: size.columns, usesColor: usesColor)
    putPrompt(&builder, line)
    putText(&builder, line, [], cursorColumn: nil)
    builder.put("^C", .note)
    return builder.finish()
  }

  private static func joined(_ rows: [FrameRow], _ columns: Int) -> String {
    var text = ""
    for (index, row) in rows.enumerated() {
      text += row.text
      if index < rows.count - 1, row.width < columns { text += "\r\n" }
    }
    return text
  }

  func resized() {
    size = TerminalSize.current(output)
    painter.eraseRewrapped(columns: size.columns)
    document.forgetRows()
    isDirty = true
  }

  func showMessages() {
    let texts = messages.take()
    guard !texts.isEmpty else { return }
    painter.erase()
    for text in texts {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      painter.emit((lines.last?.isEmpty == true ? lines.dropLast() : lines).joined(separator: "\r\n") + "\r\n")
    }
    isDirty = true
  }

  func clearScreen() {
    painter.emit("\u{1b}[H\u{1b}[2J")
    painter.reset()
    isDirty = true
  }

  /// Gives the terminal away for a while: to the shell, or to another program. The text stays above, or comes back
  /// where it is now.
  func leaveTerminal(keepsText: Bool = true, during body: () -> Void) {
    observe()
    completionList = nil
    if keepsText {
      paint()
      painter.leave()
    } else {
      painter.erase()
    }
    painter.emit("\u{1b}[?2004l")
    flush()
    edit.setRaw(false)
    Terminal.lend(body)
    edit.setRaw(true)
    size = TerminalSize.current(output)
    document.forgetRows()
    painter.reset()
    painter.emit("\u{1b}[?2004h")
    isDirty = true
  }
}

/// Candidates in columns.
private struct CompletionGrid {
  let list: CompletionList
  let cellWidth: Int
  let kindWidth: Int
  let nameWidth: Int
  let perRow: Int
  let rowCount: Int

  init(_ list: CompletionList, columns: Int) {
    self.list = list
    let names = list.candidates.lazy.map { displayWidth($0.text) }.max() ?? 0
    nameWidth = min(names, max(8, columns / 2))
    let kinds = list.showsKinds ? list.candidates.lazy.map { displayWidth($0.kind) }.max() ?? 0 : 0
    // Long descriptions take a row each.
    let room = max(8, columns - nameWidth - 4)
    kindWidth = min(kinds, room)
    cellWidth = nameWidth + (kinds > 0 ? kindWidth + 1 : 0) + 2
    perRow = max(1, (columns - 1) / cellWidth)
    rowCount = (list.candidates.count + perRow - 1) / perRow
  }

  /// Names go down the columns.
  func putRow(_ row: Int, _ builder: inout RowBuilder) {
    for index in stride(from: row, to: list.candidates.count, by: rowCount) {
      let candidate = list.candidates[index]
      let isLast = index + rowCount >= list.candidates.count
      builder.putClipped(candidate.text, .plain)
      var used = displayWidth(candidate.text)
      if list.showsKinds, !candidate.kind.isEmpty {
        let gap = max(1, nameWidth - used + 1)
        let kind = candidate.kind.count <= kindWidth ? candidate.kind : candidate.kind.prefix(kindWidth - 3) + "..."
        builder.putClipped(String(repeating: " ", count: gap) + kind, .note)
        used += gap + displayWidth(kind)
      }
      if !isLast { builder.putClipped(String(repeating: " ", count: max(1, cellWidth - used)), .plain) }
    }
  }
}
