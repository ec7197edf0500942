import CVMTerminal

/// Colours of results, where a terminal shows them.
enum ResultColors {
  /// A line of a value in the colours of code.
  static func value(_ line: String, _ options: SessionOptions) -> String {
    guard options.usesColor else { return line }
    let bytes = Array(line.utf8)
    var result: [UInt8] = []
    var position = 0
    for span in SyntaxHighlighter().highlight(line, 0).spans where span.range.lowerBound >= position {
      guard span.range.upperBound <= bytes.count, !span.style.parameters.isEmpty else { continue }
      result += bytes[position..<span.range.lowerBound]
      result += Array("\u{1B}[\(span.style.parameters)m".utf8) + bytes[span.range] + Array("\u{1B}[0m".utf8)
      position = span.range.upperBound
    }
    return String(decoding: result + bytes[position...], as: UTF8.self)
  }

  /// What stands beside a value.
  static func note(_ text: String, _ options: SessionOptions) -> String {
    guard options.usesColor, !text.isEmpty else { return text }
    return "\u{1B}[\(TextStyle.note.parameters)m\(text)\u{1B}[0m"
  }
}
