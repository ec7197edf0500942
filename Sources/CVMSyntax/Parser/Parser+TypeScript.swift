extension Parser {
  // MARK: Statements that vanish

  /// Parses a statement that only TypeScript has; gives none when it is erased, nil when it is no such statement.
  mutating func parseTypeScriptStatement(_ position: StatementPosition) throws(SyntaxFailure) -> NodeID? {
    guard !token.hasEscape, let word = token.name.wellKnown else { return nil }
    switch word {
    case .type, .interface, .declare, .abstract, .namespace, .module, .global: break
    default: return nil
    }
    let next = peek()
    if next.isAfterNewline { return nil }
    switch word {
    case .type where next.kind == .identifier: try skipTypeAlias()
    case .interface where next.kind == .identifier: try skipInterface()
    case .abstract where next.kind == .class:
      advance()
      return try parseClassStatement(position)
    case .namespace where next.kind == .identifier, .module where next.kind == .identifier || next.kind == .string:
      try skipNamespace()
    case .declare where isDeclarable(next): try skipAmbient()
    default: return nil
    }
    return NodeID.none
  }

  private mutating func skipTypeAlias() throws(SyntaxFailure) {
    advance()
    advance()
    try parseTypeParametersIfAny()
    try expect(.equal, "the name of the type")
    try parseType()
    try expectSemicolon(after: "the type")
  }

  private mutating func skipInterface() throws(SyntaxFailure) {
    advance()
    advance()
    try parseTypeParametersIfAny()
    if skip(.extends) {
      repeat { try parseType() } while skip(.comma)
    }
    try parseObjectType()
  }

  /// Skips a namespace of types; one with values is an error.
  private mutating func skipNamespace() throws(SyntaxFailure) {
    try enter()
    defer { leave() }
    let keyword = token.range
    advance()
    advance()
    while skip(.dot) { advance() }
    let open = token.start
    try expect(.leftBrace, "the namespace")
    while token.kind != .rightBrace {
      _ = skip(.export)
      guard token.kind == .identifier, try parseTypeScriptStatement(.list) == NodeID.none else {
        throw fail(.typeScriptCode("namespace", at: keyword))
      }
    }
    try expectClosing(.rightBrace, "the namespace", openedAt: open)
  }

  private func isDeclarable(_ token: Token) -> Bool {
    switch token.kind {
    case .const, .var, .function, .class, .enum: return true
    case .identifier:
      switch token.name.wellKnown {
      case .let, .abstract, .namespace, .module, .global, .type, .interface, .async: return true
      default: return false
      }
    default: return false
    }
  }

  private mutating func skipAmbient() throws(SyntaxFailure) {
    advance()
    switch token.kind {
    case .const:
      advance()
      if token.kind == .enum { return try skipToBody() }
      try skipAmbientVariables()
    case .var:
      advance()
      try skipAmbientVariables()
    case .function:
      try skipAmbientFunction()
    case .identifier where atWord(.let):
      advance()
      try skipAmbientVariables()
    case .identifier where atWord(.async):
      advance()
      try skipAmbientFunction()
    case .identifier where atWord(.type): try skipTypeAlias()
    case .identifier where atWord(.interface): try skipInterface()
    default: try skipToBody()
    }
  }

  private mutating func skipAmbientVariables() throws(SyntaxFailure) {
    repeat {
      guard token.kind == .identifier else { throw unexpected(expected: "a name") }
      advance()
      if skip(.colon) { try parseType() }
      if skip(.equal) { _ = try parseAssignment() }
    } while skip(.comma)
    try expectSemicolon(after: "the declaration")
  }

  private mutating func skipAmbientFunction() throws(SyntaxFailure) {
    advance()
    _ = skip(.star)
    guard token.kind == .identifier else { throw unexpected(expected: "a name") }
    advance()
    try parseTypeParametersIfAny()
    try parseTypeParameterList()
    try parseReturnTypeIfAny()
    try expectSemicolon(after: "the function signature")
  }

  private mutating func skipToBody() throws(SyntaxFailure) {
    while token.kind != .leftBrace {
      if token.kind == .semicolon || token.kind == .endOfFile { break }
      advance()
    }
    if skip(.semicolon) { return }
    try skipBalanced(.leftBrace)
  }

  /// `enum` needs code of its own, so it is no matter of erasing.
  mutating func parseEnum() throws(SyntaxFailure) -> NodeID {
    throw fail(isTypeScript ? .typeScriptCode("enum", at: token.range) : .typeScriptOnly("`enum`", at: token.range))
  }

  // MARK: Parts of functions and declarations

  mutating func parseDeclaratorAnnotation() throws(SyntaxFailure) {
    if isTypeScript {
      if token.kind == .exclamation, !token.isAfterNewline { advance() }
      if skip(.colon) { try parseType() }
    } else if token.kind == .colon {
      throw fail(.typeScriptOnly("A type annotation", at: token.range))
    }
  }

  mutating func parseTypeParametersIfAny() throws(SyntaxFailure) {
    guard token.kind == .less else { return }
    if !isTypeScript { throw fail(.typeScriptOnly("A type parameter list", at: token.range)) }
    try parseTypeParameters()
  }

  mutating func parseReturnTypeIfAny() throws(SyntaxFailure) {
    guard token.kind == .colon else { return }
    if !isTypeScript { throw fail(.typeScriptOnly("A return type", at: token.range)) }
    advance()
    try parseReturnType()
  }

  /// Skips `this: T` at the head of a parameter list.
  mutating func skipThisParameter() throws(SyntaxFailure) {
    advance()
    if skip(.colon) { try parseType() }
    if token.kind != .rightParen { try expect(.comma, "the parameter `this`") }
  }

  mutating func rejectParameterProperty(_ isConstructor: Bool) throws(SyntaxFailure) {
    guard token.kind == .identifier, let word = token.name.wellKnown else { return }
    switch word {
    case .public, .private, .protected, .readonly, .override:
      let next = peek()
      if next.kind == .identifier || next.kind == .leftBrace || next.kind == .leftBracket {
        throw fail(.typeScriptCode("parameter property", at: token.range))
      }
    default: break
    }
  }

  /// Skips the `?` or `!` after the key of a class member.
  mutating func skipMemberMark() {
    if token.kind == .question || (token.kind == .exclamation && !token.isAfterNewline) { advance() }
  }

  mutating func parseFieldAnnotation(_ key: Token) throws(SyntaxFailure) {
    if token.kind == .colon || token.kind == .question, !isTypeScript {
      throw fail(.typeScriptOnly("A type annotation", at: token.range))
    }
    if isTypeScript, skip(.colon) { try parseType() }
  }

  /// Skips `[key: T]: U` in a class; says whether it is there.
  mutating func skipIndexSignature() throws(SyntaxFailure) -> Bool {
    let isSignature = speculate { (parser) throws(SyntaxFailure) in
      parser.advance()
      guard parser.skip(.identifier) else { return false }
      return parser.token.kind == .colon
    }
    guard isSignature else { return false }
    advance()
    try parseType()
    try expect(.rightBracket, "the index signature")
    if skip(.colon) { try parseType() }
    try expectSemicolon(after: "the index signature")
    return true
  }

  // MARK: Parts of expressions

  /// Skips `as T` or `satisfies T`; says whether it is there.
  mutating func skipTypeAssertion() throws(SyntaxFailure) -> Bool {
    guard atWord(.as) || atWord(.satisfies), !token.isAfterNewline else { return false }
    advance()
    if token.kind == .const { advance() } else { try parseType() }
    return true
  }

  /// Skips `<T, U>` after an expression if it is a list of types there; says whether it is.
  mutating func skipTypeArgumentsInExpression() throws(SyntaxFailure) -> Bool {
    let start = token.start
    if failedTypeArguments.contains(start) { return false }
    return speculate { (parser) throws(SyntaxFailure) in
      if parser.token.kind == .leftShift { parser.lexer.splitLess(&parser.token) }
      try parser.parseTypeArguments()
      return parser.canFollowTypeArguments()
    }
  }

  private func canFollowTypeArguments() -> Bool {
    switch token.kind {
    case .leftParen, .template, .templateHead, .dot, .questionDot: return true
    case .less, .greater, .plus, .minus: return false
    case .identifier, .number, .string, .bigInt, .leftBracket, .leftBrace, .this, .null, .true, .false, .function,
      .class, .new, .super, .typeof, .void, .delete, .exclamation, .tilde, .plusPlus, .minusMinus, .regExp, .slash,
      .privateName, .import, .at:
      return token.isAfterNewline || atWord(.as) || atWord(.satisfies)
    default: return true
    }
  }

  /// Parses `<T>value`, or `<T>(x) => value` where an arrow function may stand.
  mutating func parseAngleBracket() throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    let start = token.start
    if arrowStart == start {
      let isGeneric = speculate { (parser) throws(SyntaxFailure) in
        try parser.parseTypeParameters()
        return parser.token.kind == .leftParen
      }
      if isGeneric {
        arrowStart = token.start
        let node = try parsePostfix()
        if kind(node) == .arrowFunction, !isParenthesized(node) { tree[node].start = start }
        return node
      }
    }
    advance()
    if token.kind == .const { advance() } else { try parseType() }
    try expectGreater("the type")
    return try parseUnary()
  }

  /// Parses `async <T>(x) => value`, or nil.
  mutating func parseGenericAsyncArrow(start: UInt32) throws(SyntaxFailure) -> NodeID? {
    let mayBeArrow = arrowStart == start
    let name = token
    let isGeneric = speculate { (parser) throws(SyntaxFailure) in
      parser.advance()
      try parser.parseTypeParameters()
      return parser.token.kind == .leftParen
    }
    guard isGeneric else { return nil }
    let group = try parseCoverGroup(.call, mayBeArrow: mayBeArrow)
    if try isArrowAhead(group) { return try parseArrow(group, start: start, isAsync: true) }
    if let problem = group.arrowOnly { throw fail(problem) }
    try checkCoverProblem(since: group.open)
    let callee = tree.add(.identifierReference, name.start, name.end, a: name.name.index)
    return tree.add(.call, start, previousEnd, a: callee.index, b: finishList(group.base))
  }

  // MARK: Hints

  /// What to say when a statement does not end: in JavaScript perhaps that this is TypeScript.
  func missingSemicolon(after statement: StaticString, isField: Bool = false) -> Diagnostic {
    if !isTypeScript, let feature = typeScriptFeature() { return .typeScriptOnly(feature, at: token.range) }
    let word = wordBefore()
    let place = SourceRange(start: previousEnd - UInt32(word.utf8.count), end: previousEnd)
    switch word {
    case "await": return .awaitOutsideOfAsync(at: place)
    case "using" where token.kind == .identifier: return .unsupportedUsing(at: place)
    case "let", "const", "var", "function": if isField { return .keywordBeforeMember(word, at: place) }
    default: break
    }
    return .missingSemicolon(after: statement, found: describeToken(), at: token.range)
  }

  private func typeScriptFeature() -> String? {
    if atWord(.as) || atWord(.satisfies) { return "`\(lexer.names.text(token.name))`" }
    if token.kind == .exclamation { return "The operator `!` after an expression" }
    guard token.kind == .identifier || token.kind == .class || token.kind == .const || token.kind == .function else {
      return nil
    }
    let word = wordBefore()
    switch word {
    case "interface", "type", "declare", "namespace", "module", "abstract": return "`\(word)`"
    default: return nil
    }
  }

  /// The identifier that ends where the previous token does.
  private func wordBefore() -> String {
    var start = Int(previousEnd)
    while start > 0, CharacterClass.isASCIIIdentifierPart(lexer.cursor.bytes[start - 1]) { start -= 1 }
    return source.text(in: SourceRange(start: UInt32(start), end: previousEnd))
  }
}
