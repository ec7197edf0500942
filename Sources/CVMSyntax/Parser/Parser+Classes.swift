/// What stands before the key of a member.
struct MemberModifiers {
  var isStatic = false
  var isAsync = false
  var isGenerator = false
  var accessor = PropertyKind.value
  /// TypeScript: the member is only a type.
  var isErased = false
  var isAbstract = false
  /// Where the text of the method begins, `static` excluded.
  var methodStart: UInt32 = 0

  /// Whether the member must be a function.
  var isAny: Bool { isAsync || isGenerator || accessor != .value }
}

extension Parser {
  // MARK: Classes

  mutating func parseClassStatement(_ position: StatementPosition) throws(SyntaxFailure) -> NodeID {
    if position == .body { throw fail(.declarationAsBody("class", at: token.range)) }
    return try parseClass(isDeclaration: true)
  }

  mutating func parseClass(isDeclaration: Bool) throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    let start = token.start
    advance()
    var name = NodeID.none
    if isDeclaration || (token.kind == .identifier && !atWord(.implements)) || token.kind == .escapedKeyword {
      name = try parseBindingIdentifier(isDeclaration ? .lexical : nil)
    }
    try parseTypeParametersIfAny()
    let superclass = try parseHeritage()
    function.facts.insert(.containsFunctions)
    let open = token.start
    try expect(.leftBrace, "the class body")
    classes.append(PrivateNameScope())
    let members = try parseMembers(isDerived: superclass != .none)
    try expectClosing(.rightBrace, "the class body", openedAt: open)
    resolvePrivateNames()
    return tree.add(
      isDeclaration ? .classDeclaration : .classExpression, start, previousEnd, a: name.index,
      b: superclass.index, c: members)
  }

  private mutating func parseHeritage() throws(SyntaxFailure) -> NodeID {
    var superclass = NodeID.none
    if skip(.extends) {
      superclass = try parseLeftHandSide()
      if isTypeScript, token.kind == .less { try parseTypeArguments() }
      if kind(superclass) == .arrowFunction, !isParenthesized(superclass) {
        report(.arrowAsOperand(at: range(superclass)))
      }
    }
    if atWord(.implements) {
      if !isTypeScript { throw fail(.typeScriptOnly("`implements`", at: token.range)) }
      advance()
      repeat { try parseType() } while skip(.comma)
    }
    return superclass
  }

  /// Parses the members into a list whose first element is the constructor, or none.
  private mutating func parseMembers(isDerived: Bool) throws(SyntaxFailure) -> UInt32 {
    let base = listStack.count
    listStack.append(.none)
    while token.kind != .rightBrace, token.kind != .endOfFile {
      if skip(.semicolon) { continue }
      let member = try parseMember(isDerived: isDerived)
      if member == .none { continue }
      if kind(member) != .functionExpression {
        listStack.append(member)
      } else if listStack[base] != .none {
        report(.duplicateConstructor(first: headRange(listStack[base]), at: headRange(member)))
      } else {
        listStack[base] = member
      }
    }
    return finishList(base)
  }

  /// The word `constructor` of a constructor.
  private func headRange(_ member: NodeID) -> SourceRange {
    let start = range(member).start
    return SourceRange(start: start, end: start + 11)
  }

  /// Parses a member; a constructor comes as a bare function, an erased member as none.
  private mutating func parseMember(isDerived: Bool) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.kind == .at { throw fail(.decorator(at: token.range)) }
    var modifiers = MemberModifiers()
    try parseMemberModifiers(&modifiers, isClass: true)
    if modifiers.isStatic, token.kind == .leftBrace { return try parseStaticBlock(start: start) }
    if isTypeScript, token.kind == .leftBracket, try skipIndexSignature() { return .none }
    let keyToken = token
    let key = try parsePropertyKey(allowsPrivate: true)
    if isTypeScript { skipMemberMark() }
    if token.kind == .leftParen || (isTypeScript && token.kind == .less) {
      return try parseClassMethod(keyToken, key, modifiers, start: start, isDerived: isDerived)
    }
    if modifiers.isAny {
      throw fail(.expected(.leftParen, "the parameter list", found: describeToken(), at: token.range))
    }
    return try parseField(keyToken, key, modifiers, start: start)
  }

  /// Parses `static`, `async`, `*`, `get` and `set`, and what TypeScript adds.
  mutating func parseMemberModifiers(_ modifiers: inout MemberModifiers, isClass: Bool) throws(SyntaxFailure) {
    modifiers.methodStart = token.start
    while token.kind == .identifier, !token.hasEscape, let word = token.name.wellKnown {
      switch word {
      case .static where isClass && !modifiers.isStatic && isModifier(allowsBrace: true):
        modifiers.isStatic = true
        advance()
        modifiers.methodStart = token.start
        continue
      case .async where isModifier(allowsStar: true, onSameLine: true):
        modifiers.isAsync = true
        advance()
      case .get where isModifier(), .set where isModifier():
        modifiers.accessor = word == .get ? .getter : .setter
        advance()
        return
      case .public, .private, .protected, .readonly, .abstract, .override, .declare, .accessor:
        guard isClass, try parseTypeScriptModifier(word, &modifiers) else { return }
        continue
      default: return
      }
      break
    }
    if token.kind == .star {
      modifiers.isGenerator = true
      advance()
    }
  }

  private mutating func parseTypeScriptModifier(
    _ word: WellKnownName, _ modifiers: inout MemberModifiers
  ) throws(SyntaxFailure) -> Bool {
    guard isModifier(allowsStar: true, onSameLine: true) else { return false }
    if !isTypeScript { throw fail(.typeScriptOnly("The modifier `\(word.text)`", at: token.range)) }
    if word == .accessor { throw fail(.unsupportedAccessor(at: token.range)) }
    if word == .declare || word == .abstract { modifiers.isErased = true }
    if word == .abstract { modifiers.isAbstract = true }
    advance()
    modifiers.methodStart = token.start
    return true
  }

  /// Whether the current word is a modifier: a key follows.
  private mutating func isModifier(
    allowsBrace: Bool = false, allowsStar: Bool = false, onSameLine: Bool = false
  ) -> Bool {
    let next = peek()
    if onSameLine, next.isAfterNewline { return false }
    switch next.kind {
    case .identifier, .escapedKeyword, .privateName, .string, .number, .bigInt, .leftBracket: return true
    case .star: return allowsStar || allowsBrace
    case .leftBrace: return allowsBrace
    default: return next.kind.isKeyword
    }
  }

  // MARK: Members

  private mutating func parseClassMethod(
    _ keyToken: Token, _ key: NodeID, _ modifiers: MemberModifiers, start: UInt32, isDerived: Bool
  ) throws(SyntaxFailure) -> NodeID {
    var kind: FunctionKind =
      modifiers.accessor == .getter ? .getter : modifiers.accessor == .setter ? .setter : .method
    let isConstructor = !modifiers.isStatic && isPlainKey(key, .constructor)
    if isConstructor {
      if modifiers.isAny { report(.specialConstructor(at: range(key))) }
      kind = isDerived ? .derivedConstructor : .constructor
    }
    if modifiers.isStatic, isPlainKey(key, .prototype) { report(.staticPrototype(at: range(key))) }
    let function = try parseMethod(
      kind, start: modifiers.methodStart, isAsync: modifiers.isAsync, isGenerator: modifiers.isGenerator,
      mayLackBody: true)
    if function == .none { return .none }
    if modifiers.isAbstract { report(.abstractWithBody(at: keyToken.range)) }
    if isConstructor { return function }
    if keyToken.kind == .privateName { declarePrivateName(keyToken, kind, isStatic: modifiers.isStatic) }
    return tree.add(
      .classMethod, start, previousEnd, a: key.index, b: function.index, detail: kind.rawValue,
      flags: modifiers.isStatic ? .isStatic : [])
  }

  private mutating func parseField(
    _ keyToken: Token, _ key: NodeID, _ modifiers: MemberModifiers, start: UInt32
  ) throws(SyntaxFailure) -> NodeID {
    try parseFieldAnnotation(keyToken)
    if isPlainKey(key, .constructor) || (modifiers.isStatic && isPlainKey(key, .prototype)) {
      report(.reservedFieldName(lexer.names.text(NameID(index: tree[key].a)), at: range(key)))
    }
    var facts: FunctionFacts = []
    var value = NodeID.none
    if skip(.equal) {
      let outer = enterFunction(fieldContext())
      value = try parseAssignment()
      facts = function.facts
      leaveFunction(outer)
    }
    try expectSemicolon(after: "the class field", isField: true)
    if modifiers.isErased { return .none }
    if keyToken.kind == .privateName { declarePrivateName(keyToken, .constructor, isStatic: modifiers.isStatic) }
    return tree.add(
      .classField, start, previousEnd, a: key.index, b: value.index, c: UInt32(facts.rawValue),
      flags: modifiers.isStatic ? .isStatic : [])
  }

  private func fieldContext() -> FunctionContext {
    var context = FunctionContext()
    context.isFunction = true
    context.allowsNewTarget = true
    context.allowsSuperProperty = true
    context.forbidsArguments = true
    context.forbidsAwait = function.isAsync
    return context
  }

  private mutating func parseStaticBlock(start: UInt32) throws(SyntaxFailure) -> NodeID {
    var context = fieldContext()
    context.forbidsAwait = true
    let outer = enterFunction(context)
    var record = FunctionRecord(
      kind: .staticBlock, isAsync: false, isGenerator: false, isExpressionBody: false, hasSimpleParameters: true,
      facts: [], length: 0, name: 0, parameters: 0, body: 0,
      bodyRange: SourceRange(start: token.start, end: token.start))
    record.body = try parseBraces("the static block")
    record.bodyRange.end = previousEnd
    record.facts = function.facts
    leaveFunction(outer)
    return tree.add(.classStaticBlock, start, previousEnd, a: tree.addFunction(record))
  }

  private func isPlainKey(_ key: NodeID, _ name: NameID) -> Bool {
    let node = tree[key]
    return (node.kind == .propertyName || node.kind == .stringLiteral) && node.a == name.index
  }

  // MARK: Private names

  /// Declares `#name`; a getter and a setter of the same name go together.
  private mutating func declarePrivateName(_ name: Token, _ kind: FunctionKind, isStatic: Bool) {
    if name.name == .constructor { report(.privateConstructor(at: name.range)) }
    let last = classes.count - 1
    let isGetter = kind == .getter
    let isSetter = kind == .setter
    if var other = classes[last].declared[name.name] {
      let completes =
        other.isStatic == isStatic
        && ((isGetter && other.hasSetter && !other.hasGetter) || (isSetter && other.hasGetter && !other.hasSetter))
      if completes {
        other.hasGetter = true
        other.hasSetter = true
        classes[last].declared[name.name] = other
      } else {
        report(.duplicatePrivateName(lexer.names.text(name.name), first: other.range, at: name.range))
      }
    } else {
      classes[last].declared[name.name] = PrivateNameScope.Declared(
        range: name.range, isStatic: isStatic, hasGetter: isGetter, hasSetter: isSetter)
    }
  }

  /// Ends a class: what it does not declare, a class around it must.
  private mutating func resolvePrivateNames() {
    let scope = classes.removeLast()
    for use in scope.used where scope.declared[use.name] == nil {
      if classes.isEmpty {
        report(.undeclaredPrivateName(lexer.names.text(use.name), at: use.range))
      } else {
        classes[classes.count - 1].used.append(use)
      }
    }
  }
}
