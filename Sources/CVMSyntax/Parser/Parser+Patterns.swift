extension Parser {
  /// Parses what a declaration binds, a name or a pattern, and declares the names.
  mutating func parseBindingTarget(_ declaration: DeclarationKind) throws(SyntaxFailure) -> NodeID {
    switch token.kind {
    case .leftBracket: return try parseArrayPattern(declaration)
    case .leftBrace: return try parseObjectPattern(declaration)
    default: return try parseBindingIdentifier(declaration)
    }
  }

  /// Parses a name that is declared; nil declares nothing.
  mutating func parseBindingIdentifier(_ declaration: DeclarationKind?) throws(SyntaxFailure) -> NodeID {
    guard token.kind == .identifier else {
      if token.kind == .escapedKeyword {
        throw fail(.escapedKeyword(lexer.names.text(token.name), at: token.range))
      }
      if token.kind.isKeyword { throw fail(.keywordAsName(token.kind.text ?? "", at: token.range)) }
      throw unexpected(expected: "a name")
    }
    let name = token.name
    try checkBindingName(name, at: token.range)
    let id = tree.add(.bindingIdentifier, token.start, token.end, a: name.index)
    if let declaration { declare(name, declaration, token.range) }
    advance()
    return id
  }

  /// Declares a name of a parameter that was parsed as an expression.
  mutating func declareBinding(_ name: NameID, _ declaration: DeclarationKind, _ range: SourceRange) {
    try? checkBindingName(name, at: range)
    declare(name, declaration, range)
  }

  mutating func declare(_ name: NameID, _ kind: DeclarationKind, _ range: SourceRange) {
    if isSpeculating { return }
    if let first = scopes.declare(name, kind, range) {
      report(.duplicateDeclaration(lexer.names.text(name), isParameter: kind == .parameter, first: first, at: range))
    }
  }

  /// Checks that a name may be bound in strict mode.
  func isPlainName(_ name: NameID) -> Bool { name.index > UInt32(WellKnownName.eval.rawValue) }

  mutating func checkBindingName(_ name: NameID, at range: SourceRange) throws(SyntaxFailure) {
    if isPlainName(name) { return }
    switch name.wellKnown {
    case .arguments, .eval: report(.bindingOfReserved(lexer.names.text(name), at: range))
    case .await:
      if function.isAsync || function.forbidsAwait { report(.reservedName("await", in: "here", at: range)) }
    case let word?: throw fail(.strictReservedWord(word.text, at: range))
    case nil: break
    }
  }

  /// Parses a target with the default it may have.
  mutating func parseBindingElement(_ declaration: DeclarationKind) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let target = try parseBindingTarget(declaration)
    return try parseDefault(target, start: start)
  }

  mutating func parseDefault(_ target: NodeID, start: UInt32) throws(SyntaxFailure) -> NodeID {
    guard skip(.equal) else { return target }
    let value = try parseAssignment()
    return tree.add(.defaultedTarget, start, previousEnd, a: target.index, b: value.index)
  }

  private mutating func parseArrayPattern(
    _ declaration: DeclarationKind
  ) throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    let start = token.start
    advance()
    let base = listStack.count
    while token.kind != .rightBracket {
      if token.kind == .comma {
        listStack.append(tree.add(.elision, token.start, token.start))
        advance()
        continue
      }
      if token.kind == .ellipsis {
        listStack.append(try parseRest(declaration))
        break
      }
      listStack.append(try parseBindingElement(declaration))
      if token.kind != .comma { break }
      advance()
    }
    try expectClosing(.rightBracket, "the array pattern", openedAt: start)
    return tree.add(.arrayPattern, start, previousEnd, a: finishList(base))
  }

  /// Parses `...target`, after which neither a default nor a comma may follow.
  mutating func parseRest(_ declaration: DeclarationKind) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let target = try parseBindingTarget(declaration)
    let rest = tree.add(.restElement, start, previousEnd, a: target.index)
    if token.kind == .equal { throw fail(.restWithInitializer(at: token.range)) }
    if token.kind == .comma { throw fail(.commaAfterRest(at: token.range)) }
    return rest
  }

  private mutating func parseObjectPattern(
    _ declaration: DeclarationKind
  ) throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    let start = token.start
    advance()
    let base = listStack.count
    while token.kind != .rightBrace {
      if token.kind == .ellipsis {
        let rest = try parseRest(declaration)
        let target = NodeID(index: tree[rest].a)
        if kind(target) != .bindingIdentifier { report(.patternAsObjectRest(at: range(target))) }
        listStack.append(rest)
        break
      }
      listStack.append(try parsePatternProperty(declaration))
      if token.kind != .comma { break }
      advance()
    }
    try expectClosing(.rightBrace, "the object pattern", openedAt: start)
    return tree.add(.objectPattern, start, previousEnd, a: finishList(base))
  }

  private mutating func parsePatternProperty(
    _ declaration: DeclarationKind
  ) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let name = token
    let key = try parsePropertyKey(allowsPrivate: false)
    if skip(.colon) {
      let target = try parseBindingElement(declaration)
      return tree.add(.patternProperty, start, previousEnd, a: key.index, b: target.index)
    }
    guard name.kind == .identifier else {
      if kind(key) == .propertyName {
        throw fail(.keywordAsShorthand(lexer.names.text(name.name), at: name.range))
      }
      throw unexpected(expected: "`:` after the property name")
    }
    try checkBindingName(name.name, at: name.range)
    let binding = tree.add(.bindingIdentifier, name.start, name.end, a: name.name.index)
    declare(name.name, declaration, name.range)
    let target = try parseDefault(binding, start: start)
    return tree.add(.patternProperty, start, previousEnd, a: key.index, b: target.index, flags: .shorthand)
  }
}
