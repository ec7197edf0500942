/// Decides at a prompt whether what was typed can run, needs another line, or is wrong.
///
/// Lines are read once: brackets, templates and comments are followed line by line, and the parser is asked only where
/// they leave the question open. Large texts are parsed for early errors only each time that they have doubled.
public struct InputCompleteness {
  /// What the text lacks.
  public enum Reason: Sendable, Equatable {
    case bracket
    case template
    case blockComment
    case string
    /// The right operand of an operator.
    case operand
    /// The rest of a statement: `if (x)`, `do {}`, `x =>`.
    case statement
  }

  public struct OpenDelimiter: Sendable, Equatable {
    /// `(`, `[`, `{` or `${`.
    public let text: String
    public let range: SourceRange
  }

  public enum Verdict: Sendable, Equatable {
    case complete
    /// The next line may well begin with `indentation` spaces.
    case incomplete(Reason, open: [OpenDelimiter], indentation: Int)
    case wrong(Diagnostic)
  }

  private let options: ParseOptions
  private var scanner = TokenScanner()
  private var lastVerdict = Verdict.complete
  private var lastParsedCount = 0
  private var wasInToken = false

  public init(options: ParseOptions = ParseOptions()) {
    self.options = options
  }

  /// The verdict on a text of any number of lines.
  public static func check(_ text: String, options: ParseOptions = ParseOptions()) -> Verdict {
    var completeness = InputCompleteness(options: options)
    return completeness.append(text)
  }

  /// The lines so far.
  public var bytes: [UInt8] { scanner.lexer.cursor.bytes }

  /// Adds a line, or several, and gives the verdict on all lines so far.
  public mutating func append(_ line: String) -> Verdict {
    var more = Array(line.utf8)
    if more.last != 0x0A { more.append(0x0A) }
    let sawToken: Bool
    if bytes.isEmpty {
      scanner = TokenScanner(more)
      sawToken = scanner.feed([])
    } else {
      sawToken = scanner.feed(more)
    }
    // A comment or blank line changes nothing, unless it closes something.
    if sawToken || lastVerdict == .complete || scanner.mode != .code || wasInToken { lastVerdict = verdict() }
    wasInToken = scanner.mode != .code
    return lastVerdict
  }

  // MARK: Verdicts

  private mutating func verdict() -> Verdict {
    if scanner.isWrong || scanner.isUncertain { return parsedVerdict() }
    guard let reason = lexicalReason else { return parsedVerdict() }
    if isEarlyErrorSearchDue, case .wrong(let diagnostic) = parsedVerdict() { return .wrong(diagnostic) }
    return incomplete(reason)
  }

  /// What is missing, as far as tokens tell.
  private var lexicalReason: Reason? {
    switch scanner.mode {
    case .template: .template
    case .blockComment: .blockComment
    case .string: .string
    case .code: !scanner.open.isEmpty ? .bracket : endsInOperator ? .operand : nil
    }
  }

  private var endsInOperator: Bool {
    guard let kind = scanner.previous?.kind else { return false }
    return kind.precedence > 0 || kind.assignmentOperator != nil || kind == .comma || kind == .dot
      || kind == .questionDot || kind == .question
  }

  private static let smallText = 2_000

  private var isEarlyErrorSearchDue: Bool {
    bytes.count <= Self.smallText || bytes.count >= 2 * lastParsedCount
  }

  private mutating func parsedVerdict() -> Verdict {
    lastParsedCount = bytes.count
    let outcome = parseWithOutcome(SourceFile(name: "input", bytes: bytes), options: options)
    if outcome.stoppedAtEnd { return incomplete(lexicalReason ?? .statement) }
    if let first = outcome.result.diagnostics.first { return .wrong(first) }
    return .complete
  }

  private static let indentationWidth = 2

  private func incomplete(_ reason: Reason) -> Verdict {
    let open = scanner.open.map { token in
      OpenDelimiter(text: token.kind == .templateHead ? "${" : token.kind.text ?? "", range: token.range)
    }
    let isCode = scanner.mode == .code
    let levels = open.count + (isCode && reason != .bracket ? 1 : 0)
    return .incomplete(reason, open: open, indentation: isCode ? levels * Self.indentationWidth : 0)
  }
}
