/// Writes the tokens of a source, a token a line.
public enum TokenDump {
  /// The text: kind, place, the text itself.
  ///
  /// Without a parser `/` is a division and a template ends at its first substitution wherever only the grammar could
  /// tell, so a simple rule on the previous token decides.
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

/// Reads tokens without a parser, for dumps and prompts.
struct TokenScanner {
  var lexer: Lexer
  /// The brackets that are open, `${` as `templateHead`.
  private(set) var open: [Token] = []
  private(set) var previous: Token?
  /// For each open parenthesis, whether an expression cannot precede what follows it: `if (x) /re/`.
  private var startsStatement: [Bool] = []
  private var closedStatementHead = false
  /// The tokens are a guess from here on: only the grammar could tell a division from a regular expression.
  private(set) var isUncertain = false

  init(_ bytes: [UInt8]) {
    lexer = Lexer(bytes)
  }

  mutating func next() -> Token {
    var token = lexer.next()
    switch token.kind {
    case .slash, .slashEqual:
      if regExpCanFollow { lexer.rescanRegExp(&token) }
    case .rightBrace:
      if open.last?.kind == .templateHead {
        open.removeLast()
        startsStatement.removeLast()
        lexer.rescanTemplateContinuation(&token)
      }
    default: break
    }
    note(token)
    return token
  }

  private mutating func note(_ token: Token) {
    var closesHead = false
    switch token.kind {
    case .leftParen, .leftBracket, .leftBrace, .templateHead, .templateMiddle:
      var opening = token
      if token.kind == .templateMiddle { opening.kind = .templateHead }
      open.append(opening)
      startsStatement.append(token.kind == .leftParen && isStatementHead)
    case .rightParen, .rightBracket, .rightBrace:
      if !open.isEmpty {
        open.removeLast()
        closesHead = startsStatement.removeLast()
      }
    default: break
    }
    closedStatementHead = closesHead
    if token.kind != .endOfFile { previous = token }
  }

  private var isStatementHead: Bool {
    switch previous?.kind {
    case .if, .while, .for, .with: true
    default: false
    }
  }

  private var regExpCanFollow: Bool {
    mutating get {
      guard let previous else { return true }
      switch previous.kind {
      case .identifier, .escapedKeyword, .privateName, .number, .bigInt, .string, .regExp, .template, .templateTail,
        .rightBracket, .this, .super, .null, .true, .false, .plusPlus, .minusMinus:
        return false
      case .rightParen: return closedStatementHead
      case .rightBrace:
        isUncertain = true
        return true
      default: return true
      }
    }
  }
}
