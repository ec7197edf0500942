extension Parser {
  // MARK: import

  mutating func parseImport() throws(SyntaxFailure) -> NodeID {
    let next = peek()
    if next.kind == .leftParen { throw fail(.dynamicImport(at: token.range)) }
    if next.kind == .dot { throw fail(.importMeta(at: token.range)) }
    let start = token.range
    advance()
    let isErased = try skipImportClause()
    if !isErased { report(.modulesNotSupported("import", at: start)) }
    return .none
  }

  /// Skips to the end of an import declaration; says whether it imports types only.
  private mutating func skipImportClause() throws(SyntaxFailure) -> Bool {
    var isErased = false
    if isTypeScript, atWord(.type) {
      let next = peek()
      isErased =
        next.kind == .leftBrace || next.kind == .star || (next.kind == .identifier && next.name != NameID(.from))
      if isErased { advance() }
    }
    if token.kind == .string {
      advance()
    } else {
      let bindsTypesOnly = try skipImportBindings()
      isErased = isErased || (isTypeScript && bindsTypesOnly)
      if skip(.equal) { throw fail(.typeScriptCode("import =", at: token.range)) }
      guard atWord(.from) else { throw unexpected(expected: "`from` after the imported names") }
      advance()
      guard token.kind == .string else { throw unexpected(expected: "the name of a module as a string") }
      advance()
    }
    if token.kind == .with {
      advance()
      try skipBalanced(.leftBrace)
    }
    try expectSemicolon(after: "the import")
    return isErased
  }

  /// Skips `a, * as b, {c, type d}`; says whether there are only types.
  private mutating func skipImportBindings() throws(SyntaxFailure) -> Bool {
    var bindsTypesOnly = false
    repeat {
      if token.kind == .leftBrace {
        bindsTypesOnly = try skipSpecifiers()
      } else if skip(.star) {
        guard atWord(.as) else { throw unexpected(expected: "`as` after `*`") }
        advance()
        advance()
      } else if token.kind == .identifier {
        advance()
        if skip(.comma) {
          _ = token.kind == .leftBrace ? try skipSpecifiers() : false
          return false
        }
        return false
      } else {
        throw unexpected(expected: "a name, `{` or `*` to import")
      }
    } while skip(.comma)
    return bindsTypesOnly
  }

  /// Skips `{a, b as c, type d}`; says whether there is something, and only types.
  private mutating func skipSpecifiers() throws(SyntaxFailure) -> Bool {
    let open = token.start
    advance()
    var typesOnly = token.kind != .rightBrace
    while token.kind != .rightBrace {
      var isType = false
      if isTypeScript, atWord(.type) {
        let next = peek()
        isType = next.kind == .identifier || next.kind == .string || next.kind.isKeyword
        if isType { advance() }
      }
      typesOnly = typesOnly && isType
      try skipSpecifierName()
      if atWord(.as) {
        advance()
        try skipSpecifierName()
      }
      if token.kind != .comma { break }
      advance()
    }
    try expectClosing(.rightBrace, "the list of names", openedAt: open)
    return typesOnly
  }

  private mutating func skipSpecifierName() throws(SyntaxFailure) {
    guard token.kind == .identifier || token.kind == .string || token.kind.isKeyword else {
      throw unexpected(expected: "a name")
    }
    advance()
  }

  // MARK: export

  mutating func parseExport() throws(SyntaxFailure) -> NodeID {
    let start = token.range
    advance()
    if isTypeScript, let erased = try parseTypeScriptExport() { return erased }
    report(.modulesNotSupported("export", at: start))
    switch token.kind {
    case .leftBrace:
      _ = try skipSpecifiers()
      try skipFromClause()
      return .none
    case .star:
      advance()
      if atWord(.as) {
        advance()
        try skipSpecifierName()
      }
      try skipFromClause()
      return .none
    case .default:
      advance()
      if token.kind == .class || token.kind == .function || atWord(.async) {
        _ = try parseAssignment()
        _ = skip(.semicolon)
        return .none
      }
      return try parseExpressionStatement()
    default:
      return try parseStatement(.list)
    }
  }

  private mutating func skipFromClause() throws(SyntaxFailure) {
    if atWord(.from) {
      advance()
      guard token.kind == .string else { throw unexpected(expected: "the name of a module as a string") }
      advance()
    }
    try expectSemicolon(after: "the export")
  }

  /// Parses an export that is erased, if it is one.
  private mutating func parseTypeScriptExport() throws(SyntaxFailure) -> NodeID? {
    if atWord(.type) {
      let next = peek()
      if next.kind == .leftBrace || next.kind == .star {
        advance()
        if token.kind == .leftBrace {
          _ = try skipSpecifiers()
        } else {
          advance()
          if atWord(.as) {
            advance()
            try skipSpecifierName()
          }
        }
        try skipFromClause()
        return NodeID.none
      }
    }
    if token.kind == .leftBrace {
      let isEmpty = peek().kind == .rightBrace
      let state = speculationState()
      let typesOnly = try skipSpecifiers()
      if typesOnly || (isEmpty && !atWord(.from)) {
        try skipFromClause()
        return NodeID.none
      }
      backtrack(to: state)
      return nil
    }
    guard token.kind == .identifier else { return nil }
    let isAbstractClass = atWord(.abstract)
    if isAbstractClass { return nil }
    return try parseTypeScriptStatement(.list)
  }

  // MARK: Skipping

  /// Skips brackets with everything in them.
  mutating func skipBalanced(_ open: TokenKind) throws(SyntaxFailure) {
    let start = token.start
    guard token.kind == open else {
      throw fail(.expected(open, "the declaration", found: describeToken(), at: token.range))
    }
    var level = 0
    repeat {
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace, .templateHead: level += 1
      case .rightParen, .rightBracket: level -= 1
      case .rightBrace: level -= 1
      case .endOfFile:
        let close: TokenKind = open == .leftBrace ? .rightBrace : open == .leftParen ? .rightParen : .rightBracket
        return try expectClosing(close, "the declaration", openedAt: start)
      default: break
      }
      advance()
    } while level > 0
  }
}
