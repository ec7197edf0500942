/// Reads the tokens of a growing text without a parser, for dumps and prompts.
struct TokenScanner {
  /// What the end of the text is in the middle of.
  enum Mode: Hashable {
    case code
    case template
    case blockComment
    case string(quote: UInt8)
  }

  private(set) var lexer: Lexer
  private(set) var mode = Mode.code
  /// The brackets that are open, `${` as `templateHead`.
  private(set) var open: [Token] = []
  private(set) var previous: Token?
  /// A closing bracket does not fit, or some text is no token.
  private(set) var isWrong = false
  /// The tokens are a guess: only the grammar could tell a division from a regular expression.
  private(set) var isUncertain = false
  /// For each open bracket, whether it is the parenthesis of `if (x)` and its like, after which a statement begins.
  private var isStatementHead: [Bool] = []
  private var closedStatementHead = false

  init(_ bytes: [UInt8] = []) {
    lexer = Lexer(bytes)
  }

  /// Reads on through more text; says whether there was a token in it.
  mutating func feed(_ more: some Sequence<UInt8>) -> Bool {
    lexer.cursor.append(more)
    var sawToken = false
    while true {
      if mode != .code, !finishOpenToken() { return true }
      let token = next()
      if token.kind == .endOfFile { return sawToken }
      sawToken = true
    }
  }

  /// The next token; one that the text ends within is invalid, and changes the mode.
  mutating func next() -> Token {
    lexer.clearUnfinished()
    var token = lexer.next()
    switch token.kind {
    case .slash, .slashEqual:
      if regExpCanFollow() { lexer.rescanRegExp(&token) }
    case .rightBrace:
      if open.last?.kind == .templateHead { lexer.rescanTemplateContinuation(&token) }
    default: break
    }
    note(token)
    return token
  }

  private mutating func note(_ token: Token) {
    var closesHead = false
    switch token.kind {
    case .leftParen, .leftBracket, .leftBrace, .templateHead: push(token)
    case .templateMiddle:
      pop(.templateHead)
      push(token)
    case .templateTail: pop(.templateHead)
    case .rightParen: closesHead = pop(.leftParen)
    case .rightBracket: pop(.leftBracket)
    case .rightBrace: pop(.leftBrace)
    case .invalid: noteInvalid(token)
    default: break
    }
    closedStatementHead = closesHead
    if token.kind != .endOfFile { previous = token }
  }

  private mutating func push(_ token: Token) {
    var opening = token
    if token.kind == .templateMiddle { opening.kind = .templateHead }
    open.append(opening)
    isStatementHead.append(token.kind == .leftParen && previousBeginsHead)
  }

  @discardableResult
  private mutating func pop(_ kind: TokenKind) -> Bool {
    guard open.last?.kind == kind else {
      isWrong = true
      return false
    }
    open.removeLast()
    return isStatementHead.removeLast()
  }

  private mutating func noteInvalid(_ token: Token) {
    switch lexer.unfinished {
    case .template:
      if lexer.cursor.bytes[Int(token.start)] == 0x7D { pop(.templateHead) }
      mode = .template
    case .blockComment: mode = .blockComment
    case .stringContinuation: mode = .string(quote: lexer.cursor.bytes[Int(token.start)])
    case nil: isWrong = true
    }
  }

  private var previousBeginsHead: Bool {
    switch previous?.kind {
    case .if, .while, .for, .with: true
    default: false
    }
  }

  private mutating func regExpCanFollow() -> Bool {
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

  // MARK: Line by line

  /// What the tokens of a line depend on.
  struct Carry: Hashable {
    var mode = Mode.code
    var open: [TokenKind] = []
    var isStatementHead: [Bool] = []
    var previous: TokenKind?
    var closedStatementHead = false
  }

  var carry: Carry {
    Carry(
      mode: mode, open: open.map(\.kind), isStatementHead: isStatementHead, previous: previous?.kind,
      closedStatementHead: closedStatementHead)
  }

  init(_ bytes: [UInt8], after carry: Carry) {
    lexer = Lexer(bytes)
    mode = carry.mode
    open = carry.open.map(Self.token)
    isStatementHead = carry.isStatementHead
    previous = carry.previous.map(Self.token)
    closedStatementHead = carry.closedStatementHead
  }

  private static func token(_ kind: TokenKind) -> Token {
    var token = Token()
    token.kind = kind
    return token
  }

  /// Reads on in what an earlier line left open; says whether it ends here.
  mutating func finishCarried() -> Bool { mode == .code || finishOpenToken() }

  // MARK: Tokens that earlier text left open

  /// Looks for the end of the open token in the text that is new; says whether it is there.
  private mutating func finishOpenToken() -> Bool {
    switch mode {
    case .code: return true
    case .blockComment: return finishComment()
    case .template: return finishTemplate()
    case .string(let quote): return finishString(quote)
    }
  }

  private mutating func finishComment() -> Bool {
    while !lexer.cursor.isAtEnd {
      if lexer.cursor.current == 0x2A, lexer.cursor.peek(1) == 0x2F {
        lexer.cursor.position += 2
        mode = .code
        return true
      }
      lexer.cursor.position += 1
    }
    return false
  }

  private mutating func finishTemplate() -> Bool {
    while !lexer.cursor.isAtEnd {
      let start = lexer.cursor.position
      let byte = lexer.cursor.current
      if byte == 0x5C, start + 1 >= lexer.cursor.end { return false }
      lexer.cursor.position += byte == 0x5C ? 2 : 1
      if byte == 0x60 { return endTemplate(.template, from: start) }
      if byte == 0x24, lexer.cursor.skip(0x7B) { return endTemplate(.templateHead, from: start) }
    }
    return false
  }

  private mutating func endTemplate(_ kind: TokenKind, from start: Int) -> Bool {
    mode = .code
    var token = Token()
    token.kind = kind
    token.start = UInt32(truncatingIfNeeded: start)
    token.end = UInt32(truncatingIfNeeded: lexer.cursor.position)
    note(token)
    return true
  }

  private mutating func finishString(_ quote: UInt8) -> Bool {
    while !lexer.cursor.isAtEnd {
      let byte = lexer.cursor.current
      if byte == 0x5C, lexer.cursor.position + 1 >= lexer.cursor.end { return false }
      lexer.cursor.position += byte == 0x5C ? 2 : 1
      if byte == quote || byte == 0x0A {
        if byte == 0x0A { isWrong = true }
        mode = .code
        previous?.kind = .string
        return true
      }
    }
    return false
  }
}
