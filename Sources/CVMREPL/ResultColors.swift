import CVMTerminal

/// Colours of results, where a terminal shows them.
enum ResultColors {
  /// A line of a value in the colours of code.
  static func value(_ line: String, _ options: SessionOptions) -> String {
    guard options.usesColor else { return line }
    let text = line.drop { $0 == " " }
    // Frames of a stack trace, and what is left out, are no code.
    if text.hasPrefix("at ") || text.hasPrefix("... ") { return note(line, options) }
    let bytes = Array(line.utf8)
    let code = SyntaxHighlighter().highlight(line, 0).spans.filter { !$0.style.parameters.isEmpty }
    let descriptions = descriptions(bytes, outsideOf: code.filter { $0.style == .string }.map(\.range))
    let spans = code.filter { span in !descriptions.contains { $0.range.overlaps(span.range) } } + descriptions
    var result: [UInt8] = []
    var position = 0
    for span in spans.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where span.range.lowerBound >= position && span.range.upperBound <= bytes.count {
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

  // MARK: What stands for a value

  private static let openings = [
    "[Getter", "[Setter", "[Function", "[GeneratorFunction", "[AsyncFunction", "[AsyncGeneratorFunction", "[class ",
    "[Circular ", "[Array]", "[Object]", "<items unknown>",
  ].map { Array($0.utf8) }

  /// `[Getter]`, `[Function: f]`, `[class A]`, `<2 empty items>`, and dates.
  private static func descriptions(_ bytes: [UInt8], outsideOf strings: [Range<Int>]) -> [StyledSpan] {
    var found: [StyledSpan] = []
    var index = 0
    while index < bytes.count {
      if let string = strings.first(where: { $0.contains(index) }) {
        index = string.upperBound
      } else if let end = dateEnd(bytes, index) {
        found.append(StyledSpan(index..<end, .keyword))
        index = end
      } else if let end = descriptionEnd(bytes, index) {
        found.append(StyledSpan(index..<end, .builtIn))
        index = end
      } else {
        index += 1
      }
    }
    return found
  }

  private static func descriptionEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: "[") || bytes[start] == UInt8(ascii: "<") else { return nil }
    let rest = bytes[start...]
    if openings.contains(where: rest.starts(with:)) {
      let close = bytes[start] == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: ">")
      return rest.firstIndex(of: close).map { $0 + 1 }
    }
    // `<2 empty items>`
    let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
    guard bytes[start] == UInt8(ascii: "<"), !digits.isEmpty,
      bytes[digits.endIndex...].starts(with: " empty item".utf8)
    else { return nil }
    return rest.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
  }

  private static let dateForm = Array("0000-00-00T00:00:00.000Z".utf8)

  private static func dateEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    let end = start + dateForm.count
    guard end <= bytes.count, bytes[end - 1] == UInt8(ascii: "Z") else { return nil }
    for (form, byte) in zip(dateForm, bytes[start..<end]) {
      guard form == 0x30 ? (0x30...0x39).contains(byte) : form == byte else { return nil }
    }
    return end
  }
}
