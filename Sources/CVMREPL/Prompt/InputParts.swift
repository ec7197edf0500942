import CVMSyntax

/// What a text consists of that has commands between its statements, as a pasted session has.
struct InputParts {
  struct Part: Equatable {
    var text: String
    /// Where it stands in the text, in UTF-8.
    var range: Range<Int>
    var isCommand: Bool
  }

  private(set) var parts: [Part] = []
  /// Whether the last statement lacks something.
  private(set) var isIncomplete = false

  /// Nil when the text is one command, or nothing but statements.
  init?(_ text: String, isCommand: (String) -> Bool) {
    guard text.utf8.contains(0x0A) else { return nil }
    let lines = Self.lines(text)
    guard lines.contains(where: { isCommand($0.text) }) else { return nil }
    split(lines, isCommand)
    guard parts.count > 1 || isIncomplete, parts.contains(where: \.isCommand),
      parts[0].isCommand || !Self.isProgram(text)
    else { return nil }
  }

  private typealias Line = (text: String, start: Int)

  private static func lines(_ text: String) -> [Line] {
    var lines: [Line] = []
    var start = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      lines.append((String(decoding: line, as: UTF8.self), start))
      start += line.count + 1
    }
    return lines
  }

  /// Whether all of it is one piece of program after all, such as `a ? b` and `: c`.
  private static func isProgram(_ text: String) -> Bool {
    !parse(SourceFile(name: "input", text: text), options: .prompt).hasErrors
  }

  private mutating func split(_ lines: [Line], _ isCommand: (String) -> Bool) {
    var completeness = InputCompleteness(options: .prompt)
    var first: Int?
    var index = 0
    while index < lines.count {
      defer { index += 1 }
      let line = lines[index].text
      if first == nil {
        if line.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
        if isCommand(line) {
          let last = Self.lastLine(ofCommandAt: index, lines)
          add(lines[index...last], isCommand: true)
          index = last
          continue
        }
        first = index
      } else if InputLine.isBreak(line) {
        first = nil
        completeness = InputCompleteness(options: .prompt)
        continue
      }
      let verdict = completeness.append(line)
      if case .incomplete = verdict, index + 1 < lines.count { continue }
      if index + 1 < lines.count, Self.continues(lines[index + 1].text) { continue }
      if case .incomplete = verdict { isIncomplete = true }
      add(lines[(first ?? index)...index], isCommand: false)
      first = nil
      completeness = InputCompleteness(options: .prompt)
    }
  }

  private mutating func add(_ lines: ArraySlice<Line>, isCommand: Bool) {
    let text = lines.map(\.text).joined(separator: "\n")
    let start = lines[lines.startIndex].start
    parts.append(Part(text: text, range: start..<start + text.utf8.count, isCommand: isCommand))
  }

  /// Where a command ends whose brackets reach over several lines.
  private static func lastLine(ofCommandAt first: Int, _ lines: [Line]) -> Int {
    var scanner = BracketScanner()
    for index in first..<min(lines.count, first + mostCommandLines) {
      for character in lines[index].text { scanner.take(character) }
      if scanner.isOutside { return index }
    }
    return first
  }

  private static let mostCommandLines = 200

  /// Whether no statement begins like this line, so that it belongs to what stands above.
  private static func continues(_ line: String) -> Bool {
    let text = line.drop(while: \.isWhitespace)
    if text.first == "." { return InputLine.dotCommand(text) == nil && text.dropFirst().first?.isNumber == false }
    if ["else", "catch", "finally"].contains(text.prefix(while: \.isLetter)) { return true }
    return ["?", "&&", "||", ",", "=", "*", "|", "%"].contains(where: text.hasPrefix)
  }
}
