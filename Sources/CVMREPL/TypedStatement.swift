import CVMReport
import CVMSyntax

/// The statement that a person has just typed, which still stands on the screen above the cursor.
struct TypedStatement {
  /// The columns of the prompt in front of each line.
  let promptWidth: Int
  /// Lines that programs had printed before.
  let printedLines: Int

  /// A line of carets that stand below a range of the statement; nil when the range is not just above.
  func carets(under range: SourceRange, in file: SourceFile, _ session: Session) -> String? {
    guard file.name == "[\(session.statementNumber)]", session.printedLines == printedLines else { return nil }
    let line = file.range(ofLine: file.line(at: range.start))
    let rest = file.text(in: SourceRange(start: line.end, end: UInt32(clamping: file.bytes.count)))
    guard rest.allSatisfy(\.isWhitespace) else { return nil }
    let text = file.text(in: line)
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard isPlain, promptWidth + displayWidth(text) < session.options.width else { return nil }
    let start = max(range.start, line.start)
    let before = displayWidth(file.text(in: SourceRange(start: line.start, end: start)))
    let marked = displayWidth(file.text(in: SourceRange(start: start, end: max(min(range.end, line.end), start))))
    return String(repeating: " ", count: promptWidth + before) + String(repeating: "^", count: max(marked, 1))
  }
}

extension Session {
  /// Evaluates what a person typed behind a prompt.
  func evaluateTyped(_ bytes: [UInt8], promptWidth: Int) -> ExitStatus {
    if options.isInteractive {
      typedStatement = TypedStatement(promptWidth: promptWidth, printedLines: printedLines)
    }
    defer { typedStatement = nil }
    return evaluate(bytes: bytes)
  }
}
