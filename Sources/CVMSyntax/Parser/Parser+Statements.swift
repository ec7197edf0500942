extension Parser {
  /// Where a statement stands, which decides whether it may be a declaration.
  enum StatementPosition {
    case list
    /// The body of `if`, `while`, a label, ...
    case body
  }

  // MARK: Lists of statements

  mutating func parseStatementList(until end: TokenKind, hasDirectives: Bool = false) -> UInt32 {
    let base = listStack.count
    var inDirectives = hasDirectives
    var progress = LoopProgressCondition()
    while token.kind != end, token.kind != .endOfFile {
      if isInCaseClause, token.kind == .case || token.kind == .default { break }
      if !progress.hasProgressed(token) { advance() }
      let isString = inDirectives && token.kind == .string
      let isUseStrict = isString && token.name == NameID(.useStrict) && !token.hasEscape
      guard let statement = parseRecovering() else { continue }
      if inDirectives { inDirectives = markDirective(statement, isString: isString, isUseStrict: isUseStrict) }
      if statement != .none { listStack.append(statement) }
    }
    return finishList(base)
  }

  /// Parses a statement; nil if it is wrong, and then the next token is where another one may begin.
  private mutating func parseRecovering() -> NodeID? {
    let point = recoveryPoint()
    do throws(SyntaxFailure) {
      return try parseStatement(.list)
    } catch {
      synchronize(point)
      return nil
    }
  }

  /// Marks a statement that is a plain string as a directive; says whether the prologue goes on.
  private mutating func markDirective(_ statement: NodeID, isString: Bool, isUseStrict: Bool) -> Bool {
    guard isString, kind(statement) == .expressionStatement else { return false }
    let expression = NodeID(index: tree[statement].a)
    guard kind(expression) == .stringLiteral, !isParenthesized(expression) else { return false }
    tree[statement].flags.insert(.directive)
    if isUseStrict, functionHasComplexParameters { report(.useStrictWithComplexParameters(at: range(expression))) }
    return true
  }

  // MARK: Statements

  /// Parses a statement; gives `NodeID.none` for one that is erased.
  mutating func parseStatement(_ position: StatementPosition) throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    switch token.kind {
    case .leftBrace:
      guard beginsWithObjectLiteral else { return try parseBlock() }
      beginsWithObjectLiteral = false
      return try parseExpressionStatement()
    case .var: return try parseVariableStatement(.var)
    case .const: return try parseConstStatement(position)
    case .function: return try parseFunctionStatement(position)
    case .class: return try parseClassStatement(position)
    case .if: return try parseIf()
    case .for: return try parseFor()
    case .while: return try parseWhile()
    case .do: return try parseDoWhile()
    case .return: return try parseReturn()
    case .break, .continue: return try parseJump()
    case .throw: return try parseThrow()
    case .try: return try parseTry()
    case .switch: return try parseSwitch()
    case .semicolon: return parseEmpty()
    case .debugger: return try parseDebugger()
    case .import: return try parseImport()
    case .export: return try parseExport()
    case .with: throw fail(.withStatement(at: token.range))
    case .enum: return try parseEnum()
    case .at: throw fail(.decorator(at: token.range))
    case .identifier: return try parseIdentifierStatement(position)
    case .rightParen, .rightBracket, .rightBrace: throw fail(.strayBracket(token.kind, at: token.range))
    case .else, .case, .default, .catch, .finally: throw fail(.strayKeyword(token.kind, at: token.range))
    default: return try parseExpressionStatement()
    }
  }

  /// A statement where only one is allowed: erased ones become empty.
  private mutating func parseBody() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let body = try parseStatement(.body)
    return body == .none ? tree.add(.emptyStatement, start, previousEnd) : body
  }

  private mutating func parseIdentifierStatement(_ position: StatementPosition) throws(SyntaxFailure) -> NodeID {
    if atWord(.let) {
      if position == .body { throw fail(.declarationAsBody("let", at: token.range)) }
      return try parseVariableStatement(.let)
    }
    if atWord(.async) {
      let next = peek()
      if next.kind == .function, !next.isAfterNewline { return try parseFunctionStatement(position) }
    }
    if isTypeScript, let erased = try parseTypeScriptStatement(position) { return erased }
    return try parseExpressionStatement()
  }

  mutating func parseExpressionStatement() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let startsWithIdentifier = token.kind == .identifier
    let expression = try parseExpression()
    if startsWithIdentifier, token.kind == .colon, kind(expression) == .identifierReference,
      tree[expression].start == start
    {
      return try parseLabeled(expression)
    }
    try expectSemicolon(after: "the expression")
    return tree.add(.expressionStatement, start, previousEnd, a: expression.index)
  }

  mutating func parseBlock() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    scopes.push(.block)
    let list = try parseBraces("the block")
    scopes.pop()
    return tree.add(.blockStatement, start, previousEnd, a: list)
  }

  /// Parses `{ statements }`, in the innermost scope.
  mutating func parseBraces(_ owner: StaticString, hasDirectives: Bool = false) throws(SyntaxFailure) -> UInt32 {
    let open = token.start
    try expect(.leftBrace, owner)
    let savedInCase = isInCaseClause
    isInCaseClause = false
    let list = parseStatementList(until: .rightBrace, hasDirectives: hasDirectives)
    isInCaseClause = savedInCase
    try expectClosing(.rightBrace, owner, openedAt: open)
    return list
  }

  private mutating func parseEmpty() -> NodeID {
    let start = token.start
    advance()
    return tree.add(.emptyStatement, start, previousEnd)
  }

  private mutating func parseDebugger() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    try expectSemicolon(after: "`debugger`")
    return tree.add(.debuggerStatement, start, previousEnd)
  }

  // MARK: Variables

  private mutating func parseConstStatement(_ position: StatementPosition) throws(SyntaxFailure) -> NodeID {
    if isTypeScript {
      let next = peek()
      if next.kind == .enum { throw fail(.typeScriptCode("enum", at: next.range)) }
    }
    if position == .body { throw fail(.declarationAsBody("const", at: token.range)) }
    return try parseVariableStatement(.const)
  }

  private mutating func parseVariableStatement(_ kind: VariableKind) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let list = try parseDeclarators(kind, isLoopHead: false)
    try expectSemicolon(after: "the declaration")
    return tree.add(.variableDeclaration, start, previousEnd, a: list, detail: kind.rawValue)
  }

  /// Parses `target = value, ...`; in the head of a loop initializers may be missing and `in` ends an expression.
  private mutating func parseDeclarators(_ kind: VariableKind, isLoopHead: Bool) throws(SyntaxFailure) -> UInt32 {
    let base = listStack.count
    repeat {
      let start = token.start
      let target = try parseBindingTarget(kind == .var ? .var : .lexical)
      try parseDeclaratorAnnotation()
      var value = NodeID.none
      if skip(.equal) {
        value = try parseAssignment(allowsIn: !isLoopHead)
      } else if !(isLoopHead && (isAtForEach)) {
        checkMissingInitializer(target, kind)
      }
      listStack.append(
        tree.add(.variableDeclarator, start, previousEnd, a: target.index, b: value.index))
    } while skip(.comma)
    return finishList(base)
  }

  private mutating func checkMissingInitializer(_ target: NodeID, _ kind: VariableKind) {
    if self.kind(target) != .bindingIdentifier {
      if isAtDeclarationEnd {
        report(.patternWithoutInitializer(at: range(target)))
      }
    } else if kind == .const, isAtDeclarationEnd {
      report(.constWithoutInitializer(lexer.names.text(NameID(index: tree[target].a)), at: range(target)))
    }
  }

  /// Elsewhere the unexpected token is the better finding.
  private var isAtDeclarationEnd: Bool {
    switch token.kind {
    case .semicolon, .comma, .rightBrace, .endOfFile: true
    default: token.isAfterNewline
    }
  }

  // MARK: Conditions and loops

  /// Parses `(expression)`.
  private mutating func parseCondition(_ purpose: StaticString) throws(SyntaxFailure) -> NodeID {
    let open = token.start
    try expect(.leftParen, purpose)
    let expression = try parseExpression()
    try expectClosing(.rightParen, purpose, openedAt: open)
    return expression
  }

  /// Parses an `if` with all its `else if`s in a loop, however many there are.
  private mutating func parseIf() throws(SyntaxFailure) -> NodeID {
    var links: [(start: UInt32, test: NodeID, consequent: NodeID)] = []
    var alternate = NodeID.none
    while true {
      let start = token.start
      advance()
      let test = try parseCondition("the condition of `if`")
      let consequent = try parseBody()
      links.append((start, test, consequent))
      guard skip(.else) else { break }
      if token.kind != .if {
        alternate = try parseBody()
        break
      }
    }
    for link in links.reversed() {
      alternate = tree.add(
        .ifStatement, link.start, previousEnd, a: link.test.index, b: link.consequent.index, c: alternate.index)
    }
    return alternate
  }

  private mutating func parseLoopBody() throws(SyntaxFailure) -> NodeID {
    function.loopDepth += 1
    let body = try parseBody()
    function.loopDepth -= 1
    return body
  }

  private mutating func parseWhile() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    markLabelsOfLoop()
    advance()
    let test = try parseCondition("the condition of `while`")
    let body = try parseLoopBody()
    return tree.add(.whileStatement, start, previousEnd, a: test.index, b: body.index)
  }

  private mutating func parseDoWhile() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    markLabelsOfLoop()
    advance()
    let body = try parseLoopBody()
    try expect(.while, "the body of `do`")
    let test = try parseCondition("the condition of `do ... while`")
    _ = skip(.semicolon)
    return tree.add(.doWhileStatement, start, previousEnd, a: test.index, b: body.index)
  }

  private mutating func parseFor() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    markLabelsOfLoop()
    advance()
    let isAwait = try parseForAwait()
    let open = token.start
    try expect(.leftParen, "the head of `for`")
    scopes.push(.block)
    let node = try parseForHead(start: start, open: open, isAwait: isAwait)
    scopes.pop()
    return node
  }

  private mutating func parseForAwait() throws(SyntaxFailure) -> Bool {
    guard atWord(.await) else { return false }
    guard function.isAsync else { throw fail(.forAwaitOutsideAsync(at: token.range)) }
    noteAwait()
    advance()
    return true
  }

  private mutating func parseForHead(start: UInt32, open: UInt32, isAwait: Bool) throws(SyntaxFailure) -> NodeID {
    var initializer = NodeID.none
    if let kind = variableKindInForHead {
      initializer = try parseForDeclaration(kind)
    } else if token.kind != .semicolon {
      initializer = try parseForExpression(isAwait: isAwait)
    }
    if initializer != .none, isAtForEach {
      return try parseForEach(initializer, start: start, open: open, isAwait: isAwait)
    }
    if isAwait { throw fail(.forAwaitWithoutOf(found: describeToken(), at: token.range)) }
    return try parseForRest(initializer, start: start, open: open)
  }

  private var isAtForEach: Bool { atWord(.of) || at(.in) }

  private mutating func parseForDeclaration(_ kind: VariableKind) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let list = try parseDeclarators(kind, isLoopHead: true)
    if isAtForEach { checkForEachDeclaration(list) } else { checkInitializers(of: list, kind) }
    return tree.add(.variableDeclaration, start, previousEnd, a: list, detail: kind.rawValue)
  }

  /// Parses the first part of the head as an expression; before `of` and `in` it is a target.
  private mutating func parseForExpression(isAwait: Bool) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let startsWithAsync = atWord(.async)
    let expression = try parseExpression(allowsIn: false, mayBePattern: true)
    guard isAtForEach else {
      try checkCoverProblem(since: start)
      return expression
    }
    if startsWithAsync, atWord(.of), !isAwait, isBareAsync(expression) {
      report(.forOfTarget("async", at: range(expression)))
    }
    coverProblem = nil
    return try toAssignmentTarget(expression, .loop)
  }

  private func isBareAsync(_ expression: NodeID) -> Bool {
    kind(expression) == .identifierReference && !isParenthesized(expression)
  }

  private var variableKindInForHead: VariableKind? {
    switch token.kind {
    case .var: .var
    case .const: .const
    case .identifier: atWord(.let) ? .let : nil
    default: nil
    }
  }

  private mutating func checkForEachDeclaration(_ list: UInt32) {
    let declarators = tree.elements(list)
    if declarators.count > 1 {
      report(.severalLoopVariables(atWord(.of) ? "of" : "in", at: range(declarators[1])))
    } else if let first = declarators.first, tree[first].b != 0 {
      report(.loopVariableInitializer(atWord(.of) ? "of" : "in", at: range(NodeID(index: tree[first].b))))
    }
  }

  private mutating func checkInitializers(of list: UInt32, _ kind: VariableKind) {
    guard at(.semicolon) else { return }
    for declarator in tree.elements(list) where tree[declarator].b == 0 && kind == .const {
      let target = NodeID(index: tree[declarator].a)
      if diagnostics.last?.range != range(target) { checkMissingInitializer(target, kind) }
    }
  }

  private mutating func parseForEach(
    _ target: NodeID, start: UInt32, open: UInt32, isAwait: Bool
  ) throws(SyntaxFailure) -> NodeID {
    let isOf = atWord(.of)
    if isAwait, !isOf { throw fail(.forAwaitWithoutOf(found: describeToken(), at: token.range)) }
    advance()
    let subject = isOf ? try parseAssignment() : try parseExpression()
    try expectClosing(.rightParen, "the head of `for`", openedAt: open)
    let body = try parseLoopBody()
    return tree.add(
      isOf ? .forOfStatement : .forInStatement, start, previousEnd, a: target.index, b: subject.index,
      c: body.index, flags: isAwait ? .isAwait : [])
  }

  private mutating func parseForRest(
    _ initializer: NodeID, start: UInt32, open: UInt32
  ) throws(SyntaxFailure) -> NodeID {
    try expect(.semicolon, "the first part of the head of `for`")
    let test = token.kind == .semicolon ? .none : try parseExpression()
    try expect(.semicolon, "the condition in the head of `for`")
    let update = token.kind == .rightParen ? .none : try parseExpression()
    try expectClosing(.rightParen, "the head of `for`", openedAt: open)
    let body = try parseLoopBody()
    let base = listStack.count
    listStack.append(contentsOf: [initializer, test, update, body])
    return tree.add(.forStatement, start, previousEnd, a: finishList(base))
  }

  // MARK: Jumps and labels

  private mutating func parseReturn() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if !function.allowsReturn { report(.returnOutsideFunction(at: token.range)) }
    advance()
    let value = isAtStatementEnd ? .none : try parseExpression()
    try expectSemicolon(after: "the value of `return`")
    return tree.add(.returnStatement, start, previousEnd, a: value.index)
  }

  private var isAtStatementEnd: Bool {
    token.isAfterNewline || token.kind == .semicolon || token.kind == .rightBrace || token.kind == .endOfFile
  }

  private mutating func parseThrow() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    if token.isAfterNewline, token.kind != .endOfFile {
      throw fail(.newlineAfterThrow(at: SourceRange(start: start, end: previousEnd)))
    }
    let value = try parseExpression()
    try expectSemicolon(after: "the value of `throw`")
    return tree.add(.throwStatement, start, previousEnd, a: value.index)
  }

  private mutating func parseJump() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let isBreak = token.kind == .break
    let keywordRange = token.range
    advance()
    var label = NameID.none
    if token.kind == .identifier, !token.isAfterNewline {
      label = token.name
      checkJumpTarget(label, isBreak: isBreak, at: token.range)
      advance()
    } else if isBreak ? function.loopDepth + function.switchDepth == 0 : function.loopDepth == 0 {
      report(isBreak ? .breakOutside(at: keywordRange) : .continueOutside(at: keywordRange))
    }
    try expectSemicolon(after: isBreak ? "`break`" : "`continue`")
    return tree.add(isBreak ? .breakStatement : .continueStatement, start, previousEnd, a: label.index)
  }

  private mutating func checkJumpTarget(_ name: NameID, isBreak: Bool, at range: SourceRange) {
    guard let label = labels[function.labelBase...].last(where: { $0.name == name }) else {
      return report(.undefinedLabel(lexer.names.text(name), at: range))
    }
    if !isBreak, !label.isLoop { report(.continueToNoLoop(lexer.names.text(name), label: label.range, at: range)) }
  }

  private mutating func parseLabeled(_ reference: NodeID) throws(SyntaxFailure) -> NodeID {
    let name = NameID(index: tree[reference].a)
    let nameRange = range(reference)
    advance()
    if let other = labels[function.labelBase...].last(where: { $0.name == name }) {
      report(.duplicateLabel(lexer.names.text(name), first: other.range, at: nameRange))
    }
    labels.append(Label(name: name, range: nameRange, bodyStart: token.start))
    if token.kind == .function || token.kind == .class || token.kind == .const {
      throw fail(.declarationAsBody(token.kind.text ?? "", at: token.range))
    }
    let body = try parseBody()
    labels.removeLast()
    return tree.add(.labeledStatement, nameRange.start, previousEnd, a: name.index, b: body.index)
  }

  /// Marks the labels that stand directly before the loop that begins here.
  private mutating func markLabelsOfLoop() {
    var start = token.start
    var index = labels.count - 1
    while index >= function.labelBase, labels[index].bodyStart == start {
      labels[index].isLoop = true
      start = labels[index].range.start
      index -= 1
    }
  }

  // MARK: Switch and try

  private mutating func parseSwitch() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let discriminant = try parseCondition("the subject of `switch`")
    let open = token.start
    try expect(.leftBrace, "the cases of `switch`")
    scopes.push(.block)
    function.switchDepth += 1
    let savedInCase = isInCaseClause
    isInCaseClause = true
    let base = listStack.count
    var defaultRange: SourceRange?
    while token.kind == .case || token.kind == .default {
      if token.kind == .default {
        if let first = defaultRange { report(.duplicateDefault(first: first, at: token.range)) }
        defaultRange = token.range
      }
      listStack.append(try parseCase())
    }
    let list = finishList(base)
    isInCaseClause = savedInCase
    function.switchDepth -= 1
    scopes.pop()
    guard token.kind == .rightBrace else {
      throw unexpected(expected: "`case`, `default` or the `}` that ends the `switch`")
    }
    try expectClosing(.rightBrace, "the cases of `switch`", openedAt: open)
    return tree.add(.switchStatement, start, previousEnd, a: discriminant.index, b: list)
  }

  private mutating func parseCase() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let hasTest = token.kind == .case
    advance()
    let test = hasTest ? try parseExpression() : .none
    try expect(.colon, hasTest ? "the value of `case`" : "`default`")
    let list = parseStatementList(until: .rightBrace)
    return tree.add(.switchCase, start, previousEnd, a: test.index, b: list)
  }

  private mutating func parseTry() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    guard token.kind == .leftBrace else {
      throw fail(.expected(.leftBrace, "the block of `try`", found: describeToken(), at: token.range))
    }
    let block = try parseBlock()
    let handler = token.kind == .catch ? try parseCatch() : .none
    var finalizer = NodeID.none
    if skip(.finally) {
      guard token.kind == .leftBrace else {
        throw fail(.expected(.leftBrace, "the block of `finally`", found: describeToken(), at: token.range))
      }
      finalizer = try parseBlock()
    }
    if handler == .none, finalizer == .none { throw unexpected(expected: "`catch` or `finally` after the `try` block") }
    return tree.add(
      .tryStatement, start, previousEnd, a: block.index, b: handler.index, c: finalizer.index)
  }

  private mutating func parseCatch() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    scopes.push(.block)
    var parameter = NodeID.none
    if token.kind == .leftParen {
      let open = token.start
      advance()
      let isSimple = token.kind == .identifier
      parameter = try parseBindingTarget(isSimple ? .catchParameter : .lexical)
      if isTypeScript, skip(.colon) { try parseType() }
      try expectClosing(.rightParen, "the parameter of `catch`", openedAt: open)
    }
    let bodyStart = token.start
    let list = try parseBraces("the block of `catch`")
    let body = tree.add(.blockStatement, bodyStart, previousEnd, a: list)
    scopes.pop()
    return tree.add(.catchClause, start, previousEnd, a: parameter.index, b: body.index)
  }
}
