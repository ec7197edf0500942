/// Writes the tokens of a source, a token a line.
public enum TokenDump {
  /// Place, kind and text of each token; whether `/` begins a regular expression is a guess from the previous token.
  public static func text(of source: SourceFile) -> String {
    var scanner = TokenScanner(source.bytes)
    var output = ""
    while true {
      let token = scanner.next()
      if token.kind == .endOfFile { return output }
      let location = source.location(at: token.start)
      output += "\(location) \(token.kind)"
      if token.kind.text == nil { output += " " + Self.clipped(source.text(in: token.range)) }
      if token.isAfterNewline { output += " (new line)" }
      output += "\n"
    }
  }

  private static func clipped(_ text: String) -> String {
    let line = text.prefix(60).map { $0.isNewline ? "\\n" : String($0) }.joined()
    return text.count > 60 ? line + "..." : line
  }
}
