/// What was typed in a session, in order.
struct SessionHistory {
  struct Entry: Equatable {
    /// The number of a statement; nil for a command.
    let number: Int?
    let text: String
  }

  private(set) var entries: [Entry]

  init(_ entries: [Entry] = []) { self.entries = entries }

  mutating func add(_ text: String, number: Int?) { entries.append(Entry(number: number, text: text)) }

  /// The statement with a number.
  func statement(_ number: Int) -> Entry? { entries.last { $0.number == number } }

  /// The last statement.
  var lastStatement: Entry? { entries.last { $0.number != nil } }
}
