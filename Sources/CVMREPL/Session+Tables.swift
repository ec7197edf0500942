import CVMHeapGraph
import CVMReport
import CVMTerminal

/// `row 3`: what a row of the table that was shown last is about.
struct RowArgument {
  let number: Int

  /// Nil when a text is something else.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, words[0] == "row", let number = Int(words[1]) else { return nil }
    self.number = number
  }

  enum Subject {
    case object(NodeID)
    /// All objects of a class.
    case className(String)
    /// A variable.
    case name(String)
  }

  /// Words of which `row 3` is one.
  static func joined(_ words: [String]) -> [String] {
    var result: [String] = []
    for word in words {
      if result.last == "row", Int(word) != nil { result[result.count - 1] += " " + word } else { result.append(word) }
    }
    return result
  }
}

extension Session {
  func subject(of row: RowArgument) throws(CommandError) -> RowArgument.Subject {
    guard let table = lastTable else { throw .notFound("No table with numbered rows was shown yet.") }
    guard row.number >= 1, row.number <= table.rows.count else {
      throw .notFound("The last table has \(Numbers.counted(UInt64(table.rows.count), "row")).")
    }
    let cells = table.rows[row.number - 1]
    for case .object(let id) in cells { return .object(id) }
    for (column, cell) in zip(table.columns, cells) {
      guard case .text(let text) = cell else { continue }
      if column.key == "class" { return .className(text) }
      if column.key == "name" { return .name(text) }
    }
    throw .notFound("Row \(row.number) of the last table is about no object.")
  }

  // MARK: Page by page

  /// Whether a person is asked how much more of a cut table to show: then its last line, which says so, makes room.
  func canOfferMore(of call: CommandCall, _ text: String, _ table: ResultTable) -> Bool {
    askForMore != nil && !call.has("top") && !call.has("all") && table.totalRowCount > table.rows.count
      && Self.lastLine(text).hasPrefix("-- \(table.rows.count) of ")
  }

  static func lastLine(_ text: String) -> Substring {
    text.split(separator: "\n").last ?? ""
  }

  /// Shows more of a table as long as the person wants.
  func offerMore(of command: any Command.Type, _ call: CommandCall, _ first: ResultTable) throws(CommandError) {
    guard let askForMore else { return }
    let total = first.totalRowCount
    var shown = first.rows.count
    let page = shown
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
      console.flush()
      switch askForMore(figures + " -- Enter more, a all, /find, q ") {
      case .more:
        let table = try all()
        write(rows: Array(table.rows.indices.dropFirst(shown).prefix(page)), of: table)
        shown += page
      case .all:
        let table = try all()
        write(rows: Array(table.rows.indices.dropFirst(shown)), of: table)
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
          write(rows: found, of: table)
        }
      case .quit:
        console.write(figures + " rows (--all)\n")
        return
      }
    }
  }

  private func write(rows: [Int], of table: ResultTable) {
    var part = table
    part.rows = rows.map { table.rows[$0] }
    part.totalRowCount = rows.count
    part.numbers = rows.map { $0 + 1 }
    page(TerminalRenderer(options: options.rendering).render(AnalysisResult(name: "", body: .table(part))))
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
