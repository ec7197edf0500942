extension Parser {
  // MARK: Member access and calls

  /// Parses a primary expression with what follows it: `.x`, `[x]`, `(x)`, `?.x`, templates.
  mutating func parseLeftHandSide() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let isBareAsync = atWord(.async)
    let node: NodeID
    switch token.kind {
    case .new: node = try parseNew()
    case .super: node = try parseSuper()
    default: node = try parsePrimary()
    }
    if kind(node) == .arrowFunction, !isParenthesized(node) { return node }
    if isBareAsync, token.kind == .leftParen, kind(node) == .identifierReference {
      let call = try parseAsyncCall(node, start: start)
      if kind(call) == .arrowFunction { return call }
      return try parseTail(call, start: start, allowsCalls: true)
    }
    return try parseTail(node, start: start, allowsCalls: true)
  }

  /// Parses what follows an expression, in a loop; wraps the chain if it has a `?.`.
  private mutating func parseTail(
    _ first: NodeID, start: UInt32, allowsCalls: Bool
  ) throws(SyntaxFailure) -> NodeID {
    var node = first
    var isChain = false
    while true {
      switch token.kind {
      case .dot:
        advance()
        node = try parseMemberName(of: node, start: start, flags: [])
      case .leftBracket:
        node = try parseIndex(of: node, start: start, flags: [])
      case .leftParen where allowsCalls:
        node = try parseCall(of: node, start: start, flags: [])
      case .questionDot:
        if !allowsCalls { throw fail(.optionalChainInNew(at: token.range)) }
        isChain = true
        node = try parseOptionalLink(of: node, start: start)
      case .template, .templateHead:
        if isChain { report(.templateInOptionalChain(at: token.range)) }
        let template = try parseTemplate(isTagged: true)
        node = tree.add(.taggedTemplate, start, previousEnd, a: node.index, b: template.index)
      case .exclamation where isTypeScript && !token.isAfterNewline:
        advance()
      case .less, .leftShift:
        guard isTypeScript, try skipTypeArgumentsInExpression() else { return finishChain(node, isChain, start) }
      default:
        return finishChain(node, isChain, start)
      }
    }
  }

  @inline(__always)
  private mutating func finishChain(_ node: NodeID, _ isChain: Bool, _ start: UInt32) -> NodeID {
    isChain ? tree.add(.optionalChain, start, tree[node].end, a: node.index) : node
  }

  private mutating func parseOptionalLink(of object: NodeID, start: UInt32) throws(SyntaxFailure) -> NodeID {
    advance()
    switch token.kind {
    case .leftParen: return try parseCall(of: object, start: start, flags: .optional)
    case .leftBracket: return try parseIndex(of: object, start: start, flags: .optional)
    case .template, .templateHead:
      report(.templateInOptionalChain(at: token.range))
      return object
    case .less where isTypeScript:
      if try skipTypeArgumentsInExpression(), token.kind == .leftParen {
        return try parseCall(of: object, start: start, flags: .optional)
      }
      throw unexpected(expected: "a property name, `(` or `[` after `?.`")
    default: return try parseMemberName(of: object, start: start, flags: .optional)
    }
  }

  private mutating func parseMemberName(
    of object: NodeID, start: UInt32, flags: NodeFlags
  ) throws(SyntaxFailure) -> NodeID {
    let name = token
    switch token.kind {
    case .privateName:
      usePrivateName(name)
      advance()
      return tree.add(
        .privateMember, start, previousEnd, a: object.index, b: name.name.index, c: name.start, flags: flags)
    case .identifier, .escapedKeyword: break
    default:
      guard token.kind.isKeyword else { throw unexpected(expected: "a property name after the dot") }
    }
    advance()
    return tree.add(.member, start, previousEnd, a: object.index, b: name.name.index, c: name.start, flags: flags)
  }

  private mutating func parseIndex(
    of object: NodeID, start: UInt32, flags: NodeFlags
  ) throws(SyntaxFailure) -> NodeID {
    let key = try parseBracketedKey()
    return tree.add(.index, start, previousEnd, a: object.index, b: key.index, flags: flags)
  }

  private mutating func parseBracketedKey() throws(SyntaxFailure) -> NodeID {
    let open = token.start
    advance()
    let key = try parseExpression()
    try expectClosing(.rightBracket, "the key", openedAt: open)
    return key
  }

  private mutating func parseCall(
    of callee: NodeID, start: UInt32, flags: NodeFlags
  ) throws(SyntaxFailure) -> NodeID {
    let arguments = try parseArguments()
    return tree.add(.call, start, previousEnd, a: callee.index, b: arguments, flags: flags)
  }

  mutating func parseArguments() throws(SyntaxFailure) -> UInt32 {
    let open = token.start
    advance()
    let base = listStack.count
    while token.kind != .rightParen {
      listStack.append(try parseArgument())
      if token.kind != .comma { break }
      advance()
    }
    try expectClosing(.rightParen, "the argument list", openedAt: open)
    return finishList(base)
  }

  private mutating func parseArgument(mayBePattern: Bool = false) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    guard skip(.ellipsis) else { return try parseAssignment(mayBePattern: mayBePattern) }
    let operand = try parseAssignment(mayBePattern: mayBePattern)
    return tree.add(.spreadElement, start, previousEnd, a: operand.index)
  }

  // MARK: new, super, async(...)

  private mutating func parseNew() throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    let start = token.start
    advance()
    if token.kind == .dot { return try parseNewTarget(start: start) }
    let calleeStart = token.start
    let callee: NodeID
    switch token.kind {
    case .new: callee = try parseNew()
    case .super: callee = try parseSuper()
    case .import: throw fail(.dynamicImport(at: token.range))
    default: callee = try parsePrimary()
    }
    let target = try parseTail(callee, start: calleeStart, allowsCalls: false)
    let arguments = token.kind == .leftParen ? try parseArguments() : 0
    return tree.add(.newExpression, start, previousEnd, a: target.index, b: arguments)
  }

  private mutating func parseNewTarget(start: UInt32) throws(SyntaxFailure) -> NodeID {
    advance()
    guard atWord(.target) else { throw unexpected(expected: "`target` after `new.`") }
    let range = SourceRange(start: start, end: token.end)
    if !function.allowsNewTarget { report(.newTargetOutsideFunction(at: range)) }
    function.facts.insert(.usesNewTarget)
    advance()
    return tree.add(.newTarget, start, previousEnd)
  }

  private mutating func parseSuper() throws(SyntaxFailure) -> NodeID {
    let keyword = token.range
    advance()
    switch token.kind {
    case .dot:
      noteSuperProperty(keyword)
      advance()
      guard token.kind == .identifier || token.kind == .escapedKeyword || token.kind.isKeyword else {
        if token.kind == .privateName { throw fail(.privateNameOfSuper(at: token.range)) }
        throw unexpected(expected: "a property name after `super.`")
      }
      let name = token.name
      advance()
      return tree.add(.superMember, keyword.start, previousEnd, a: name.index)
    case .leftBracket:
      noteSuperProperty(keyword)
      let key = try parseBracketedKey()
      return tree.add(.superIndex, keyword.start, previousEnd, a: key.index)
    case .leftParen:
      if !function.allowsSuperCall { report(.superCallOutsideConstructor(at: keyword)) }
      function.facts.formUnion([.usesSuperCall, .usesThis, .usesNewTarget])
      let arguments = try parseArguments()
      return tree.add(.superCall, keyword.start, previousEnd, a: arguments)
    default:
      throw unexpected(expected: "`.`, `[` or `(` after `super`")
    }
  }

  private mutating func noteSuperProperty(_ keyword: SourceRange) {
    if !function.allowsSuperProperty { report(.superOutsideMethod(at: keyword)) }
    function.facts.formUnion([.usesSuperProperty, .usesThis])
  }

  /// Parses `async(...)`: a call, or the parameters of an arrow function if `=>` follows.
  private mutating func parseAsyncCall(_ callee: NodeID, start: UInt32) throws(SyntaxFailure) -> NodeID {
    let mayBeArrow = arrowStart == start && !token.isAfterNewline
    guard mayBeArrow else { return try parseCall(of: callee, start: start, flags: []) }
    let group = try parseCoverGroup(.call, mayBeArrow: true)
    if try isArrowAhead(group) { return try parseArrow(group, start: start, isAsync: true) }
    if let problem = group.arrowOnly { throw fail(problem) }
    try checkCoverProblem(since: group.open)
    return tree.add(.call, start, previousEnd, a: callee.index, b: finishList(group.base))
  }

  // MARK: Private names

  /// Notes a use of a private name, which some class around it must declare.
  mutating func usePrivateName(_ name: Token) {
    if isSpeculating { return }
    if classes.isEmpty {
      report(.undeclaredPrivateName(lexer.names.text(name.name), at: name.range))
    } else {
      classes[classes.count - 1].used.append((name.name, name.range))
    }
  }
}
