/// Thrown when a statement cannot be parsed further; the finding is already recorded.
struct SyntaxFailure: Error {}

/// What the code being parsed may do, which the functions around it decide.
struct FunctionContext {
  var isAsync = false
  var isGenerator = false
  var isFunction = false
  var allowsReturn = false
  var allowsSuperProperty = false
  var allowsSuperCall = false
  var allowsNewTarget = false
  /// Class field initializers and static blocks, and the arrow functions in them.
  var forbidsArguments = false
  /// Static blocks, where `await` is reserved although it is no operator.
  var forbidsAwait = false
  var isInParameters = false
  var facts: FunctionFacts = []
  var loopDepth = 0
  var switchDepth = 0
  /// Where this function's labels begin in the stack of labels.
  var labelBase = 0
  /// Where the last `yield` or `await` operator, or `await` as a name, stands.
  var lastYield: UInt32 = .max
  var lastAwait: UInt32 = .max
  var lastAwaitName: UInt32 = .max
}

struct Label {
  var name: NameID
  var range: SourceRange
  var bodyStart: UInt32
  var isLoop = false
}

/// A recursive-descent parser of strict-mode scripts that builds a tree, and records what is wrong.
struct Parser {
  var lexer: Lexer
  var token = Token()
  /// Where the previous token ended.
  var previousEnd: UInt32 = 0
  var tree: TreeBuilder
  let source: SourceFile
  let options: ParseOptions
  let isTypeScript: Bool

  var function = FunctionContext()
  var scopes: ScopeTracker
  var labels: [Label] = []
  var classes: [PrivateNameScope] = []
  /// Whether the statements belong to a `case`, which the next `case` ends.
  var isInCaseClause = false
  /// The first brace is that of an object literal, not of a block.
  var beginsWithObjectLiteral = false
  /// Whether the function whose body begins has defaults, patterns or a rest parameter.
  var functionHasComplexParameters = false
  /// Children of the lists that are being parsed.
  var listStack: [NodeID] = []

  var depth = 0
  /// How many brackets are open, for recovery.
  var bracketDepth = 0
  /// The first object literal so far that is legal as a pattern only.
  var coverProblem: CoverProblem?
  /// Where an arrow function may begin: at the start of an assignment expression.
  var arrowStart: UInt32 = .max
  /// The bracket depth of the middle of a `?:`, where a colon is not a return type.
  var consequentDepth = -1
  /// The `<`s after which no type arguments could be read.
  var failedTypeArguments: Set<UInt32> = []
  var isSpeculating = false

  var diagnostics: [Diagnostic] = []
  /// The first thing that could not be parsed was the end of the text.
  var stoppedAtEnd = false
  var hasSyntaxFailure = false
  var lastFailureLine = 0
  var hasGivenUp = false
  var hasTopLevelAwait = false
  let language: LanguageDialect

  init(source: SourceFile, options: ParseOptions) {
    self.source = source
    self.options = options
    isTypeScript = options.dialect == .typeScript
    let declared = LanguageDialect.declared(in: source)
    language = declared?.dialect ?? options.language
    lexer = Lexer(source.bytes)
    tree = TreeBuilder(capacity: source.bytes.count / 6 + 16)
    scopes = ScopeTracker(isFlat: language == .cvm1)
    function.isAsync = options.topLevelAwait
    if let declared, declared.dialect == nil { diagnostics.append(.unknownDialect(declared.name, at: declared.range)) }
  }

  mutating func parseProgram() -> NodeID {
    advance()
    scopes.push(.function)
    let list = parseStatementList(until: .endOfFile, hasDirectives: true)
    scopes.pop()
    let root = tree.add(.program, 0, UInt32(truncatingIfNeeded: source.bytes.count), a: list)
    return root
  }

  // MARK: Tokens

  @inline(__always)
  mutating func advance() {
    let kind = token.kind
    if kind.isBracket { noteBracket(kind) }
    previousEnd = token.end
    token = lexer.next()
  }

  private mutating func noteBracket(_ kind: TokenKind) {
    switch kind {
    case .leftParen, .leftBracket, .leftBrace: bracketDepth += 1
    default: bracketDepth -= 1
    }
  }

  @inline(__always)
  func at(_ kind: TokenKind) -> Bool { token.kind == kind }

  /// Whether the token is this word, which is no keyword, written without escapes.
  @inline(__always)
  func atWord(_ word: WellKnownName) -> Bool {
    token.kind == .identifier && token.name.index == UInt32(word.rawValue) && !token.hasEscape
  }

  @inline(__always)
  mutating func skip(_ kind: TokenKind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  mutating func expect(_ kind: TokenKind, _ purpose: StaticString) throws(SyntaxFailure) {
    guard token.kind == kind else { throw fail(.expected(kind, purpose, found: describeToken(), at: token.range)) }
    advance()
  }

  /// As `expect`, naming also where the bracket that it closes was opened.
  mutating func expectClosing(
    _ kind: TokenKind, _ purpose: StaticString, openedAt start: UInt32
  ) throws(SyntaxFailure) {
    guard token.kind == kind else {
      var diagnostic = Diagnostic.expected(kind, purpose, found: describeToken(), at: token.range)
      diagnostic.notes.append(.openedHere(SourceRange(start: start, end: start + 1)))
      throw fail(diagnostic)
    }
    advance()
  }

  /// Ends a statement: by `;`, or by a line end, `}` or the end of the text.
  mutating func expectSemicolon(after statement: StaticString, isField: Bool = false) throws(SyntaxFailure) {
    if token.kind == .semicolon {
      advance()
    } else if token.kind != .rightBrace, token.kind != .endOfFile, !token.isAfterNewline {
      throw fail(missingSemicolon(after: statement, isField: isField))
    }
  }

  /// Looks at the token after the current one.
  mutating func peek() -> Token {
    let saved = lexer.cursor.position
    let savedCount = lexer.diagnostics.count
    let savedFailure = lexer.failure
    let next = lexer.next()
    lexer.cursor.position = saved
    lexer.diagnostics.removeSubrange(savedCount...)
    lexer.failure = savedFailure
    return next
  }

  // MARK: Findings

  /// Records a finding after which parsing can go on.
  mutating func report(_ diagnostic: Diagnostic) {
    if hasGivenUp || isSpeculating { return }
    diagnostics.append(diagnostic)
    if diagnostics.count >= options.maximumErrorCount { giveUp() }
  }

  /// Records a finding after which the statement is left; where the lexer failed, its finding is the better one.
  mutating func fail(_ diagnostic: Diagnostic) -> SyntaxFailure {
    if isSpeculating { return SyntaxFailure() }
    let isAtEnd = token.kind == .endOfFile || (token.kind == .invalid && lexer.failureIsAtEnd)
    if !hasSyntaxFailure { stoppedAtEnd = isAtEnd && !hasGivenUp }
    // What is missing at the end, or follows on the same line, is a consequence of what was wrong before.
    let line = source.line(at: token.start)
    if hasSyntaxFailure, token.kind == .endOfFile || line == lastFailureLine { return SyntaxFailure() }
    hasSyntaxFailure = true
    lastFailureLine = line
    if token.kind == .invalid, let failure = lexer.failure {
      report(failure)
    } else {
      report(diagnostic)
    }
    return SyntaxFailure()
  }

  /// Records that the current token cannot stand here.
  mutating func unexpected(expected: StaticString) -> SyntaxFailure {
    if token.kind == .arrow, token.isAfterNewline { return fail(.newlineBeforeArrow(at: token.range)) }
    return fail(.unexpected(describeToken(), expected: expected, at: token.range))
  }

  /// Ends parsing: every production meets the end of the text.
  mutating func giveUp() {
    hasGivenUp = true
    lexer.cursor.position = lexer.cursor.end
    token.kind = .endOfFile
    token.isAfterNewline = true
  }

  @inline(__always)
  mutating func enter() throws(SyntaxFailure) {
    depth += 1
    if depth > options.nestingLimit { throw nestingFailure() }
  }

  @inline(__always)
  mutating func leave() { depth -= 1 }

  private mutating func nestingFailure() -> SyntaxFailure {
    if !isSpeculating {
      if !hasGivenUp { report(.nestingTooDeep(limit: options.nestingLimit, at: token.range)) }
      hasSyntaxFailure = true
      giveUp()
    }
    return SyntaxFailure()
  }

  /// The current token as messages name it.
  func describeToken() -> String { describe(token) }

  func describe(_ token: Token) -> String {
    switch token.kind {
    case .endOfFile: "the end of the source"
    case .identifier: "`\(clipped(token))`"
    case .escapedKeyword: "the reserved word `\(lexer.names.text(token.name))` with an escape sequence"
    case .privateName: "the private name `\(clipped(token))`"
    case .number, .bigInt: "the number `\(clipped(token))`"
    case .string: "the string \(clipped(token))"
    case .regExp: "a regular expression"
    case .template, .templateHead: "a template"
    case .templateMiddle, .templateTail: "the rest of a template"
    case .invalid: "`\(clipped(token))`"
    default: "`\(token.kind.text ?? "")`"
    }
  }

  private func clipped(_ token: Token) -> String {
    let limit = token.start + 30
    let text = source.text(in: SourceRange(start: token.start, end: min(token.end, limit)))
    return token.end > limit ? text + "..." : text
  }

  // MARK: Lists

  /// Ends the list whose children were pushed since the stack had this many elements.
  @inline(__always)
  mutating func finishList(_ base: Int) -> UInt32 {
    let reference = tree.addList(listStack[base...])
    listStack.removeLast(listStack.count - base)
    return reference
  }

  // MARK: Nodes

  @inline(__always)
  func kind(_ id: NodeID) -> NodeKind { tree[id].kind }

  func range(_ id: NodeID) -> SourceRange {
    let node = tree[id]
    return SourceRange(start: node.start, end: node.end)
  }

  @inline(__always)
  func isParenthesized(_ id: NodeID) -> Bool { tree[id].flags.contains(.parenthesized) }
}

/// Makes sure that a loop of the parser comes to an end: each round must consume something.
struct LoopProgressCondition {
  private var lastPosition: UInt32 = .max

  mutating func hasProgressed(_ token: Token) -> Bool {
    if token.kind == .endOfFile { return false }
    defer { lastPosition = token.start }
    return token.start != lastPosition
  }
}
