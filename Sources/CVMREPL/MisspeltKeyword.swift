import CVMSyntax

/// A keyword that was probably meant where a text is wrong behind a name: `retrun 5`.
enum MisspeltKeyword {
  private static let keywords = [
    "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "else", "extends",
    "finally",
    "for", "function", "if", "instanceof", "let", "new", "return", "static", "switch", "throw", "try", "typeof", "var",
    "while", "yield",
  ]

  /// A line that names it; none where the error has another cause.
  static func suggestion(_ diagnostic: Diagnostic, in source: SourceFile) -> [String] {
    guard source.bytes.count < 10_000 else { return [] }
    let tokens = scanTokens(source).filter { $0.kind != .endOfFile }
    guard let wrong = tokens.firstIndex(where: { $0.range.start >= diagnostic.range.start }) else { return [] }
    let line = source.line(at: tokens[wrong].range.start)
    let first = tokens.first { source.line(at: $0.range.start) == line }
    for token in [wrong > 0 ? tokens[wrong - 1] : nil, first].compactMap({ $0 }) where token.kind == .identifier {
      let word = source.text(in: token.range)
      // Short names are near to many words.
      guard word.utf8.count > 2, let question = Suggestions.question(word, among: keywords) else { continue }
      return ["  " + question]
    }
    return []
  }
}
