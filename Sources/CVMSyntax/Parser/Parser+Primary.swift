extension Parser {
  mutating func parsePrimary() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    switch token.kind {
    case .identifier: return try parseIdentifierExpression()
    case .number:
      let bits = token.number.bitPattern
      advance()
      return tree.add(
        .numberLiteral, start, previousEnd, a: UInt32(truncatingIfNeeded: bits),
        b: UInt32(truncatingIfNeeded: bits >> 32))
    case .string: return named(.stringLiteral)
    case .bigInt: return named(.bigIntLiteral)
    case .this:
      function.facts.insert(.usesThis)
      return plain(.thisExpression)
    case .null: return plain(.nullLiteral)
    case .true: return plain(.trueLiteral)
    case .false: return plain(.falseLiteral)
    case .leftParen: return try parseParenthesized()
    case .leftBracket: return try parseArrayLiteral()
    case .leftBrace: return try parseObjectLiteral()
    case .function: return try parseFunctionExpression()
    case .class: return try parseClass(isDeclaration: false)
    case .template, .templateHead: return try parseTemplate(isTagged: false)
    case .slash, .slashEqual: return try parseRegExp()
    case .percent where options.selfHosted: return try parseIntrinsicCall()
    case .import: throw fail(peek().kind == .dot ? .importMeta(at: token.range) : .dynamicImport(at: token.range))
    case .at: throw fail(.decorator(at: token.range))
    default: throw unexpectedInExpression()
    }
  }

  private mutating func unexpectedInExpression() -> SyntaxFailure {
    switch token.kind {
    case .escapedKeyword: fail(.escapedKeyword(lexer.names.text(token.name), at: token.range))
    case .templateMiddle, .templateTail: fail(.unexpected("`}`", expected: "an expression", at: token.range))
    case .privateName: fail(.strayPrivateName(at: token.range))
    default: unexpected(expected: "an expression")
    }
  }

  @inline(__always)
  private mutating func plain(_ kind: NodeKind) -> NodeID {
    let start = token.start
    advance()
    return tree.add(kind, start, previousEnd)
  }

  @inline(__always)
  mutating func named(_ kind: NodeKind) -> NodeID {
    let start = token.start
    let name = token.name
    advance()
    return tree.add(kind, start, previousEnd, a: name.index)
  }

  // MARK: Identifiers

  private mutating func parseIdentifierExpression() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let name = token.name
    if !isPlainName(name) { try checkReference(token) }
    if atWord(.async) {
      let next = peek()
      if !next.isAfterNewline {
        if next.kind == .function { return try parseFunctionExpression() }
        if next.kind == .identifier, arrowStart == start { return try parseAsyncArrowOfName(start: start) }
        if next.kind == .less, isTypeScript, let arrow = try parseGenericAsyncArrow(start: start) { return arrow }
      }
    }
    advance()
    return tree.add(.identifierReference, start, previousEnd, a: name.index)
  }

  /// Checks a name that is reserved somewhere.
  private mutating func checkReference(_ name: Token) throws(SyntaxFailure) {
    switch name.name.wellKnown {
    case .arguments:
      if function.forbidsArguments { report(.argumentsInInitializer(at: name.range)) }
      function.facts.insert(.usesArguments)
    case .await:
      function.lastAwaitName = name.start
      if function.forbidsAwait || function.isAsync {
        throw fail(.reservedName("await", in: "here", at: name.range))
      }
    case .eval, nil: break
    case .interface where !isTypeScript && peek().kind == .identifier:
      throw fail(.typeScriptOnly("`interface`", at: name.range))
    case let word?:
      throw fail(.strictReservedWord(word.text, at: name.range))
    }
  }

  /// Parses `async x => ...`, or the name `async` if no arrow follows.
  private mutating func parseAsyncArrowOfName(start: UInt32) throws(SyntaxFailure) -> NodeID {
    let saved = speculationState()
    let asyncName = token.name
    advance()
    let parameter = token
    advance()
    guard token.kind == .arrow, !token.isAfterNewline else {
      backtrack(to: saved)
      advance()
      return tree.add(.identifierReference, start, previousEnd, a: asyncName.index)
    }
    if parameter.name == NameID(.await) { throw fail(.reservedName("await", in: "here", at: parameter.range)) }
    let name = tree.add(.identifierReference, parameter.start, parameter.end, a: parameter.name.index)
    return try parseArrow(of: name, start: start, allowsIn: true, isAsync: true)
  }

  // MARK: Arrays

  private mutating func parseArrayLiteral() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let base = listStack.count
    while token.kind != .rightBracket {
      if token.kind == .comma {
        listStack.append(tree.add(.elision, token.start, token.start))
        advance()
        continue
      }
      listStack.append(try parseElement())
      if token.kind != .comma { break }
      noteCommaAfterSpread()
      advance()
    }
    try expectClosing(.rightBracket, "the array", openedAt: start)
    return tree.add(.arrayLiteral, start, previousEnd, a: finishList(base))
  }

  private mutating func parseElement() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    guard skip(.ellipsis) else { return try parseNestedPattern() }
    let operand = try parseNestedPattern()
    return tree.add(.spreadElement, start, previousEnd, a: operand.index)
  }

  /// Parses an element that may turn out to be part of a pattern; keeps the first undecided `{x = 1}`.
  private mutating func parseNestedPattern() throws(SyntaxFailure) -> NodeID {
    let outer = coverProblem
    coverProblem = nil
    let node = try parseAssignment(mayBePattern: true)
    if let outer { coverProblem = outer }
    return node
  }

  private mutating func noteCommaAfterSpread() {
    if let last = listStack.last, kind(last) == .spreadElement { tree[last].flags.insert(.commaAfterSpread) }
  }

  // MARK: Objects

  private mutating func parseObjectLiteral() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let base = listStack.count
    var prototype: SourceRange?
    while token.kind != .rightBrace {
      let member = try parseObjectMember()
      listStack.append(member)
      if isPrototypeSetter(member) {
        let key = range(NodeID(index: tree[member].a))
        if let first = prototype {
          noteCoverProblem(.duplicatePrototype(first: first), key)
        } else {
          prototype = key
        }
      }
      if token.kind != .comma { break }
      noteCommaAfterSpread()
      advance()
    }
    try expectClosing(.rightBrace, "the object", openedAt: start)
    return tree.add(.objectLiteral, start, previousEnd, a: finishList(base))
  }

  private func isPrototypeSetter(_ member: NodeID) -> Bool {
    let node = tree[member]
    guard node.kind == .property, node.detail == PropertyKind.value.rawValue, !node.flags.contains(.shorthand)
    else { return false }
    let key = tree[NodeID(index: node.a)]
    return (key.kind == .propertyName || key.kind == .stringLiteral) && key.a == NameID.proto.index
  }

  /// Notes what is wrong unless the literal turns out to be a pattern.
  private mutating func noteCoverProblem(_ kind: CoverProblem.Kind, _ range: SourceRange) {
    if coverProblem == nil { coverProblem = CoverProblem(kind: kind, range: range) }
  }

  private mutating func parseObjectMember() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.kind == .ellipsis { return try parseElement() }
    var modifiers = MemberModifiers()
    try parseMemberModifiers(&modifiers, isClass: false)
    let keyToken = token
    let key = try parsePropertyKey(allowsPrivate: false)
    if token.kind == .leftParen || (isTypeScript && token.kind == .less) || modifiers.isAny {
      let propertyKind = modifiers.accessor == .value ? .method : modifiers.accessor
      let kind: FunctionKind =
        modifiers.accessor == .getter ? .getter : modifiers.accessor == .setter ? .setter : .method
      let function = try parseMethod(
        kind, start: start, isAsync: modifiers.isAsync, isGenerator: modifiers.isGenerator)
      return tree.add(
        .property, start, previousEnd, a: key.index, b: function.index, detail: propertyKind.rawValue)
    }
    if skip(.colon) {
      let value = try parseNestedPattern()
      return tree.add(.property, start, previousEnd, a: key.index, b: value.index)
    }
    return try parseShorthand(keyToken, key)
  }

  private mutating func parseShorthand(_ name: Token, _ key: NodeID) throws(SyntaxFailure) -> NodeID {
    guard name.kind == .identifier else {
      if name.kind == .escapedKeyword || name.kind.isKeyword, kind(key) == .propertyName {
        throw fail(.keywordAsShorthand(lexer.names.text(name.name), at: name.range))
      }
      throw unexpected(expected: "`:` after the property name")
    }
    if !isPlainName(name.name) { try checkReference(name) }
    let reference = tree.add(.identifierReference, name.start, name.end, a: name.name.index)
    var value = reference
    if token.kind == .equal {
      noteCoverProblem(.initializer, token.range)
      advance()
      let initializer = try parseAssignment()
      value = tree.add(
        .assignment, name.start, previousEnd, a: reference.index, b: initializer.index,
        detail: AssignmentOperator.assign.detail)
    }
    return tree.add(.property, name.start, previousEnd, a: key.index, b: value.index, flags: .shorthand)
  }

  /// Parses a property key of any form.
  mutating func parsePropertyKey(allowsPrivate: Bool) throws(SyntaxFailure) -> NodeID {
    switch token.kind {
    case .identifier, .escapedKeyword: return named(.propertyName)
    case .string: return named(.stringLiteral)
    case .number, .bigInt: return try parsePrimary()
    case .leftBracket:
      let open = token.start
      advance()
      let expression = try parseAssignment()
      try expectClosing(.rightBracket, "the computed property name", openedAt: open)
      return tree.add(.computedName, open, previousEnd, a: expression.index)
    case .privateName:
      if !allowsPrivate { throw fail(.strayPrivateName(at: token.range)) }
      return named(.privateName)
    default:
      guard token.kind.isKeyword else { throw unexpected(expected: "a property name") }
      return named(.propertyName)
    }
  }

  // MARK: Templates, regular expressions, intrinsics

  mutating func parseTemplate(isTagged: Bool) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    var elements: [NodeID] = []
    var expressions: [NodeID] = []
    while true {
      if token.kind == .invalid { throw unexpected(expected: "the rest of the template") }
      elements.append(templateElement(isTagged: isTagged))
      if token.kind == .template || token.kind == .templateTail { break }
      advance()
      bracketDepth += 1
      expressions.append(try parseExpression())
      guard token.kind == .rightBrace else {
        throw fail(.expected(.rightBrace, "the substitution in the template", found: describeToken(), at: token.range))
      }
      bracketDepth -= 1
      lexer.rescanTemplateContinuation(&token)
    }
    advance()
    let base = listStack.count
    listStack.append(contentsOf: elements)
    let elementList = finishList(base)
    listStack.append(contentsOf: expressions)
    let expressionList = finishList(base)
    return tree.add(.templateLiteral, start, previousEnd, a: elementList, b: expressionList)
  }

  private mutating func templateElement(isTagged: Bool) -> NodeID {
    if !isTagged, let problem = lexer.malformedTemplateEscape { report(problem) }
    return tree.add(.templateElement, token.start, token.end, a: token.name.index, b: token.raw.index)
  }

  private mutating func parseRegExp() throws(SyntaxFailure) -> NodeID {
    lexer.rescanRegExp(&token)
    if token.kind == .invalid { throw unexpected(expected: "a regular expression") }
    let (start, pattern, flags) = (token.start, token.name, token.raw)
    checkPattern(pattern, flags, at: Int(start) + 1)
    advance()
    return tree.add(.regExpLiteral, start, previousEnd, a: pattern.index, b: flags.index)
  }

  private mutating func parseIntrinsicCall() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    guard token.kind == .identifier else { throw unexpected(expected: "the name of an intrinsic after `%`") }
    let name = token.name
    advance()
    guard token.kind == .leftParen else {
      throw fail(.expected(.leftParen, "the arguments of the intrinsic", found: describeToken(), at: token.range))
    }
    let arguments = try parseArguments()
    return tree.add(.intrinsicCall, start, previousEnd, a: name.index, b: arguments)
  }
}
