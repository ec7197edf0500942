import CVMSyntax
import CVMTerminal

/// Tells the editor whether a text is complete, how its lines are indented, and what is wrong with it.
final class SyntaxAdvice {
  /// The text that was read last, so that only what is new must be read.
  private var known = ""
  private var reader = InputCompleteness(options: .prompt)
  private var verdict = InputCompleteness.Verdict.complete
  private static let indentationWidth = 2
  private let isCommand: (String) -> Bool

  /// Advice on statements and on the lines that are commands.
  init(isCommand: @escaping (String) -> Bool = CommandLineText.isCommand) { self.isCommand = isCommand }

  func completeness(of text: String) -> EditorSupport.Completeness {
    if let parts = InputParts(text, isCommand: isCommand) {
      return parts.isIncomplete ? .incomplete(indentation: 0) : .complete
    }
    if CommandLineText.isCommand(text) || text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }) {
      return .complete
    }
    if InputLine.questioned(CommandCall.trimmed(text[...])[...]) != nil { return .complete }
    guard case .incomplete = check(text) else { return .complete }
    return .incomplete(indentation: 0)
  }

  /// The blanks at the beginning of a line after a text.
  func indentation(after text: String) -> Int {
    if let last = InputParts(text, isCommand: isCommand)?.parts.last {
      return last.isCommand ? 0 : indentation(after: last.text)
    }
    if isCommand(text) { return 0 }
    switch check(text) {
    case .complete: return 0
    case .wrong: return Self.leadingBlanks(ofLastLineIn: text)
    case .incomplete(let reason, let open, let indentation):
      // Text inside of a template or comment is as its writer wants it.
      if indentation == 0 { return 0 }
      let starts = open.map { Self.lineStart(text, Int($0.range.start)) }
      // Brackets that were opened in one line are one step.
      let levels = Set(starts).count + (reason == .bracket ? 0 : 1)
      return levels * Self.indentationWidth
    }
  }

  private func check(_ text: String) -> InputCompleteness.Verdict {
    if text == known { return verdict }
    // The lines before must have ended where they seem to.
    if !known.isEmpty, text.utf8.count > known.utf8.count, text.utf8.starts(with: known.utf8),
      text.utf8[text.utf8.index(text.startIndex, offsetBy: known.utf8.count)] == 0x0A
    {
      verdict = reader.append(String(decoding: text.utf8.dropFirst(known.utf8.count + 1), as: UTF8.self))
    } else {
      reader = InputCompleteness(options: .prompt)
      verdict = reader.append(text)
    }
    known = text
    return verdict
  }

  private static func lineStart(_ text: String, _ offset: Int) -> Int {
    text.utf8.prefix(offset).lastIndex(of: 0x0A).map { text.utf8.distance(from: text.startIndex, to: $0) + 1 } ?? 0
  }

  private static func leadingBlanks(ofLastLineIn text: String) -> Int {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    return line.prefix { $0 == " " }.count
  }

  // MARK: Problems

  /// What can't become right by typing at the cursor.
  func problem(in text: String, cursor: Int) -> Range<Int>? {
    if let parts = InputParts(text, isCommand: isCommand)?.parts {
      guard let part = parts.last(where: { $0.range.lowerBound <= cursor }) else { return nil }
      let start = part.range.lowerBound
      return problem(in: part.text, cursor: min(cursor, part.range.upperBound) - start)
        .map { $0.lowerBound + start..<$0.upperBound + start }
    }
    if CommandLineText.isCommand(text) { return CommandProblem.find(in: text, cursor: cursor) }
    if isCommand(text) || InputLine.questioned(text[...]) != nil { return nil }
    var bytes = Array(text.utf8.prefix(cursor))
    // The token at the cursor may become another one.
    if let last = scanTokens(SourceFile(name: "input", bytes: bytes)).last,
      Int(last.end) == bytes.count || last.kind == .invalid,
      !Self.isFinal(last.kind)
    {
      bytes.removeLast(bytes.count - min(Int(last.start), bytes.count))
    }
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }) { return nil }
    guard
      case .wrong(let diagnostic) = InputCompleteness.check(
        String(decoding: bytes, as: UTF8.self), options: .prompt)
    else {
      return nil
    }
    let start = min(Int(diagnostic.range.start), bytes.count)
    let end = min(max(Int(diagnostic.range.end), start + 1), bytes.count)
    return start < end ? start..<end : nil
  }

  private static func isFinal(_ kind: TokenKind) -> Bool {
    switch kind {
    case .rightParen, .rightBracket, .rightBrace, .semicolon, .comma: true
    default: false
    }
  }
}
