/// What was typed and what was answered, for transcripts.
struct SessionLog {
  struct Entry {
    /// The number of a statement; nil for a command.
    let number: Int?
    let text: String
    var output: String
  }

  private(set) var entries: [Entry] = []
  /// Entries that were given up for room.
  private(set) var forgottenCount = 0
  private var byteCount = 0
  private static let byteLimit = 8 << 20

  mutating func add(_ number: Int?, _ text: String, _ output: String) {
    entries.append(Entry(number: number, text: text, output: output))
    byteCount += text.utf8.count + output.utf8.count
    while byteCount > Self.byteLimit, entries.count > 1 {
      let oldest = entries.removeFirst()
      byteCount -= oldest.text.utf8.count + oldest.output.utf8.count
      forgottenCount += 1
    }
  }
}

extension String {
  /// Without the sequences that choose colours.
  var withoutColors: String {
    guard contains("\u{1B}") else { return self }
    let parts = split(separator: "\u{1B}", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      index == 0 ? String(part) : String(part.drop { $0 != "m" }.dropFirst())
    }.joined()
  }
}
