import CVMHeapGraph
import CVMReport
import CVMTerminal

/// Long answers are shown a screen at a time: tables by rows, other texts by lines.
extension Session {
  /// What is asked below a part of an answer, as long as the screen is wide.
  private func ask(_ figures: String, _ askForMore: (String) -> LineEditor.MoreAnswer) -> LineEditor.MoreAnswer {
    console.flush()
    let questions = ["\(figures) -- Enter more, a all, /find, q ", "\(figures) -- Enter, a, /, q ", "-- more -- "]
    let room = TerminalSize.current().columns
    return askForMore(questions.first { displayWidth($0) < room } ?? "-- ")
  }

  private var goesByPages: Bool {
    options.isInteractive && options.usesPager && !options.isPlain && console.isStandard
  }

  /// How many lines fit above the next prompt, where a person sees page after page.
  var linesPerPage: Int? { goesByPages && askForMore != nil ? max(2, TerminalSize.current().rows - 1) : nil }

  // MARK: Texts

  /// Shows a text to a person: with `$PAGER` if there is one, else page by page, when it is longer than the screen.
  func page(_ text: String) {
    guard goesByPages, Pager.isNeeded(for: text) else { return console.write(text) }
    console.flush()
    if Pager.isChosen {
      let isShown = Pager.show(text)
      console.terminalWasLent()
      if !isShown { console.write(text) }
    } else if let askForMore {
      showPages(text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(), askForMore)
    } else {
      console.write(text)
    }
  }

  private func showPages(_ lines: ArraySlice<Substring>, _ askForMore: (String) -> LineEditor.MoreAnswer) {
    var next = 0
    while true {
      let end = pageEnd(lines, from: next)
      write(lines[next..<end])
      next = end
      guard next < lines.count else { return }
      let figures = "-- \(Numbers.grouped(UInt64(next))) of \(Numbers.grouped(UInt64(lines.count))) lines"
      asking: while true {
        switch ask(figures, askForMore) {
        case .more: break asking
        case .all: return write(lines[next...])
        case .quit: return console.write(figures + "\n")
        case .find(let text):
          if let found = lines[next...].firstIndex(where: { $0.lowercased().contains(text.lowercased()) }) {
            if found > next { console.write("...\n") }
            next = found
            break asking
          }
          console.write("No line below has `\(TextLayout.printable(text))`.\n")
        }
      }
    }
  }

  /// Where the page ends that begins with a line: the last row of the screen is for the question.
  private func pageEnd(_ lines: ArraySlice<Substring>, from start: Int) -> Int {
    let size = TerminalSize.current()
    var room = max(1, size.rows - 1)
    var end = start
    while end < lines.count {
      room -= max(1, (Self.visibleWidth(lines[end]) + size.columns - 1) / size.columns)
      if room < 0, end > start { break }
      end += 1
    }
    return end
  }

  /// The columns of a line without what chooses colours.
  private static func visibleWidth(_ line: Substring) -> Int {
    let parts = line.split(separator: "\u{1b}", omittingEmptySubsequences: false)
    return parts.enumerated().reduce(0) { width, part in
      width + displayWidth(part.offset == 0 ? part.element : part.element.drop { $0 != "m" }.dropFirst())
    }
  }

  private func write(_ lines: ArraySlice<Substring>) {
    if !lines.isEmpty { console.write(lines.joined(separator: "\n") + "\n") }
  }

  // MARK: Tables

  /// Whether a person is asked how much more of a cut table to show: then its last line, which says so, makes room.
  func canOfferMore(of call: CommandCall, _ text: String, _ table: ResultTable) -> Bool {
    askForMore != nil && goesByPages && !call.has("top") && !call.has("all")
      && table.totalRowCount > table.rows.count && Self.lastLine(text).hasPrefix("-- \(table.rows.count) of ")
  }

  private static func lastLine(_ text: String) -> Substring {
    text.split(separator: "\n").last ?? ""
  }

  /// Shows a cut table, and more of it as long as the person wants.
  func showParts(
    _ text: String, of command: any Command.Type, _ call: CommandCall, _ first: ResultTable
  ) throws(CommandError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(2)
    // What the screen has no room for comes with the next part.
    let surplus = min(max(0, lines.count - (TerminalSize.current().rows - 1)), first.rows.count - 1)
    lines.removeLast(surplus)
    write(lines)
    try offerMore(of: command, call, first, shown: first.rows.count - surplus)
  }

  private func offerMore(
    of command: any Command.Type, _ call: CommandCall, _ first: ResultTable, shown start: Int
  ) throws(CommandError) {
    guard let askForMore else { return }
    let total = first.totalRowCount
    var shown = start
    var whole: ResultTable?
    func all() throws(CommandError) -> ResultTable {
      if let whole { return whole }
      let table = try command.run(call.withAllRows, in: self).rows?() ?? first
      whole = table
      lastTable = table
      return table
    }
    while shown < total {
      let figures = "-- \(Numbers.grouped(UInt64(shown))) of \(Numbers.grouped(UInt64(total)))"
      switch ask(figures, askForMore) {
      case .more:
        let table = try all()
        let page = max(1, min(first.rows.count, TerminalSize.current().rows - 2))
        console.write(rendered(Array(table.rows.indices.dropFirst(shown).prefix(page)), of: table))
        shown += page
      case .all:
        let table = try all()
        console.write(rendered(Array(table.rows.indices.dropFirst(shown)), of: table))
        return
      case .find(let text):
        let table = try all()
        let wanted = text.lowercased()
        let found = table.rows.indices.filter { row in
          table.rows[row].contains { $0.plainText.lowercased().contains(wanted) }
        }
        if found.isEmpty {
          console.write("No row has `\(TextLayout.printable(text))`.\n")
        } else {
          page(rendered(found, of: table))
        }
      case .quit:
        console.write(figures + " rows (--all)\n")
        return
      }
    }
  }

  private func rendered(_ rows: [Int], of table: ResultTable) -> String {
    var part = table
    part.rows = rows.map { table.rows[$0] }
    part.totalRowCount = rows.count
    part.numbers = rows.map { $0 + 1 }
    return TerminalRenderer(options: options.rendering).render(AnalysisResult(name: "", body: .table(part)))
  }
}

extension ResultCell {
  /// What a person may look for in a cell.
  fileprivate var plainText: String {
    switch self {
    case .none: ""
    case .text(let text): text
    case .count(let number), .bytes(let number): "\(number)"
    case .share(let number), .seconds(let number): "\(number)"
    case .delta(let number): "\(number)"
    case .flag(let flag): flag ? "yes" : "no"
    case .object(let id): id.description
    }
  }
}
