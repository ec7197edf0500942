import CVMHeapGraph
import CVMReport

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
}
