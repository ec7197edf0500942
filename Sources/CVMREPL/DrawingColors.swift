import CVMTerminal

/// Colours of drawings: arrows stand back, ids and values are as in results.
enum DrawingColors {
  static func text(_ line: String) -> String {
    var result = ""
    var rest = line[...]
    var before: Character = " "
    while let first = rest.first {
      let (piece, style) = piece(rest, first, after: before)
      result += style == .plain ? String(piece) : "\u{1B}[\(style.parameters)m\(piece)\u{1B}[0m"
      before = piece.last ?? first
      rest = rest[piece.endIndex...]
    }
    return result
  }

  private static let arrowSigns = Set("-+<>|`")

  /// What a text begins with, and how it looks.
  private static func piece(_ text: Substring, _ first: Character, after before: Character) -> (Substring, TextStyle) {
    if arrowSigns.contains(first) {
      let run = text.prefix(while: arrowSigns.contains)
      let next = text[run.endIndex...].first ?? " "
      // A sign alone may be a part of a value.
      let isAlone = before == " " && (next == " " || run.count > 1)
      return (run, isAlone ? .note : .plain)
    }
    if first == "'" || first == "\"", let end = text.dropFirst().firstIndex(of: first) {
      return (text[...end], .string)
    }
    if first == "#" {
      let id = text.prefix { $0 == "#" || $0 == "i" || $0.isNumber }
      return (id, id.last?.isNumber == true ? .function : .plain)
    }
    let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" || $0 == "." }
    guard !word.isEmpty else { return (text.prefix(1), .plain) }
    if first.isNumber { return (word, .number) }
    return (word, ["true", "false", "null", "undefined"].contains(word) ? .literal : .plain)
  }
}
