/// The tokens of a source, for highlighting and dumps.
///
/// Whether `/` begins a regular expression is a guess from the previous token.
public func scanTokens(_ source: SourceFile) -> [Token] {
  var scanner = TokenScanner(source.bytes)
  var tokens: [Token] = []
  while true {
    let token = scanner.next()
    if token.kind == .endOfFile { return tokens }
    tokens.append(token)
  }
}

/// Writes the tokens of a source, a token a line.
public enum TokenDump {
  /// Place, kind and text of each token.
  public static func text(of source: SourceFile) -> String {
    var output = ""
    var location = SourceLocation(line: 1, column: 1)
    var offset = 0
    for token in scanTokens(source) {
      let line = source.line(at: token.start)
      if line != location.line {
        location = SourceLocation(line: line, column: 1)
        offset = Int(source.range(ofLine: line).start)
      }
      // A line may be long: count on from the token before.
      location.column += source.bytes[offset..<Int(token.start)].count { $0 & 0xC0 != 0x80 }
      offset = Int(token.start)
      output += "\(location) \(token.kind)"
      if token.kind.text == nil { output += " " + Self.clipped(source.text(in: token.range)) }
      if token.isAfterNewline { output += " (new line)" }
      output += "\n"
    }
    return output
  }

  private static func clipped(_ text: String) -> String {
    let line = text.prefix(60).map { $0.isNewline ? "\\n" : String($0) }.joined()
    return text.count > 60 ? line + "..." : line
  }
}
