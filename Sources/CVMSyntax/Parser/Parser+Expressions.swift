extension Parser {
  // MARK: Comma and assignment

  /// Parses an expression with commas; `mayBePattern` leaves `{x = 1}` to be judged by the caller.
  mutating func parseExpression(
    allowsIn: Bool = true, mayBePattern: Bool = false
  ) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let first = try parseAssignment(allowsIn: allowsIn, mayBePattern: mayBePattern)
    guard token.kind == .comma else { return first }
    if mayBePattern { try checkCoverProblem(since: start) }
    let base = listStack.count
    listStack.append(first)
    while skip(.comma) { listStack.append(try parseAssignment(allowsIn: allowsIn)) }
    return tree.add(.sequence, start, previousEnd, a: finishList(base))
  }

  /// Parses an assignment expression; `mayBePattern` leaves `{x = 1}` to be judged by the caller.
  mutating func parseAssignment(
    allowsIn: Bool = true, mayBePattern: Bool = false
  ) throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    let start = token.start
    if token.kind == .identifier, token.name == NameID(.yield), function.isGenerator {
      return try parseYield(allowsIn: allowsIn)
    }
    let outerCover = coverProblem
    coverProblem = nil
    arrowStart = start
    let left = try parseConditional(allowsIn: allowsIn)
    if token.kind == .arrow, !isParenthesized(left), kind(left) == .identifierReference, tree[left].start == start,
      !token.isAfterNewline
    {
      coverProblem = outerCover
      return try parseArrow(of: left, start: start, allowsIn: allowsIn)
    }
    guard let op = token.kind.assignmentOperator else {
      if coverProblem != nil, !mayBePattern || !isPatternLiteral(left) { try checkCoverProblem(since: start) }
      if coverProblem == nil { coverProblem = outerCover }
      return left
    }
    return try parseAssignmentRest(left, op, start: start, outerCover: outerCover, allowsIn: allowsIn)
  }

  private mutating func parseAssignmentRest(
    _ left: NodeID, _ op: AssignmentOperator, start: UInt32, outerCover: CoverProblem?, allowsIn: Bool
  ) throws(SyntaxFailure) -> NodeID {
    var target = left
    if op == .assign {
      target = try toAssignmentTarget(left, .assignment)
      coverProblem = nil
    } else {
      try checkCoverProblem(since: start)
      try checkSimpleTarget(left, .compoundAssignment(op.text))
    }
    advance()
    let value = try parseAssignment(allowsIn: allowsIn)
    coverProblem = outerCover
    return tree.add(.assignment, start, previousEnd, a: target.index, b: value.index, detail: op.detail)
  }

  func isPatternLiteral(_ id: NodeID) -> Bool {
    let node = tree[id]
    return (node.kind == .objectLiteral || node.kind == .arrayLiteral) && !node.flags.contains(.parenthesized)
  }

  /// Reports a `{x = 1}` that did not become a pattern.
  mutating func checkCoverProblem(since start: UInt32) throws(SyntaxFailure) {
    guard let problem = coverProblem, problem.range.start >= start else { return }
    coverProblem = nil
    switch problem.kind {
    case .initializer: report(.initializerInObjectLiteral(at: problem.range))
    case .duplicatePrototype(let first): report(.duplicatePrototype(first: first, at: problem.range))
    }
  }

  private mutating func parseYield(allowsIn: Bool) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.hasEscape { report(.escapedKeyword("yield", at: token.range)) }
    if function.isInParameters { report(.yieldInParameters(at: token.range)) }
    function.lastYield = start
    function.facts.insert(.containsYield)
    advance()
    var flags: NodeFlags = []
    var argument = NodeID.none
    if !token.isAfterNewline {
      if skip(.star) {
        flags = .delegate
        argument = try parseAssignment(allowsIn: allowsIn)
      } else if startsExpression(allowsIn: allowsIn) {
        argument = try parseAssignment(allowsIn: allowsIn)
      }
    }
    return tree.add(.yieldExpression, start, previousEnd, a: argument.index, flags: flags)
  }

  /// Whether the token may begin the operand of `yield`, which can be missing.
  private func startsExpression(allowsIn: Bool) -> Bool {
    switch token.kind {
    case .rightParen, .rightBracket, .rightBrace, .comma, .semicolon, .colon, .endOfFile, .in, .question,
      .templateMiddle, .templateTail:
      false
    case .identifier: !atWord(.of) || allowsIn
    default: true
    }
  }

  // MARK: Conditional and binary

  /// Whether `(` or `,` stands before an offset, as before a parameter.
  private func isInParameterPlace(_ offset: UInt32) -> Bool {
    var position = Int(offset) - 1
    while position >= 0, [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[position]) { position -= 1 }
    return position >= 0 && (source.bytes[position] == UInt8(ascii: "(") || source.bytes[position] == UInt8(ascii: ","))
  }

  private mutating func parseConditional(allowsIn: Bool) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let test = try parseBinary(1, allowsIn: allowsIn)
    guard token.kind == .question, !isOptionalParameterMark(test) else { return test }
    try rejectBareArrow(test)
    advance()
    if !isTypeScript, kind(test) == .identifierReference, at(.colon) || at(.rightParen), isInParameterPlace(start) {
      throw fail(.typeScriptOnly("An optional parameter", at: token.range))
    }
    let outerConsequent = consequentDepth
    consequentDepth = bracketDepth
    let consequent = try parseAssignment()
    consequentDepth = outerConsequent
    guard token.kind == .colon else {
      throw fail(.expected(.colon, "the first branch of `?:`", found: describeToken(), at: token.range))
    }
    advance()
    let alternate = try parseAssignment(allowsIn: allowsIn)
    return tree.add(
      .conditional, start, previousEnd, a: test.index, b: consequent.index, c: alternate.index)
  }

  /// Whether the `?` after a name is that of the parameter `x?`, not of `x ? a : b`.
  private mutating func isOptionalParameterMark(_ test: NodeID) -> Bool {
    guard isTypeScript else { return false }
    switch kind(test) {
    case .identifierReference, .objectLiteral, .arrayLiteral: break
    default: return false
    }
    switch peek().kind {
    case .colon, .comma, .rightParen, .equal: return true
    default: return false
    }
  }

  private mutating func rejectBareArrow(_ node: NodeID) throws(SyntaxFailure) {
    if kind(node) == .arrowFunction, !isParenthesized(node) {
      throw fail(.operatorAfterArrow(describeToken(), at: token.range))
    }
  }

  /// Parses operators that bind at least as tight as `minimum`; chains of one level in a loop.
  private mutating func parseBinary(_ minimum: UInt8, allowsIn: Bool) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    var left =
      token.kind == .privateName
      ? try parsePrivateIn(minimum, allowsIn: allowsIn) : try parseUnary()
    while true {
      let op = token.kind
      let precedence = op.precedence
      if precedence < minimum || precedence == 0 {
        if isTypeScript, token.kind == .identifier, try skipTypeAssertion() { continue }
        return left
      }
      if op == .in, !allowsIn { return left }
      try rejectBareArrow(left)
      advance()
      let right: NodeID
      if op == .starStar {
        checkExponentBase(left)
        try enter()
        right = try parseBinary(precedence, allowsIn: allowsIn)
        leave()
      } else {
        right = try parseBinary(precedence + 1, allowsIn: allowsIn)
      }
      left = try makeBinary(op, left, right, start: start)
    }
  }

  private mutating func makeBinary(
    _ op: TokenKind, _ left: NodeID, _ right: NodeID, start: UInt32
  ) throws(SyntaxFailure) -> NodeID {
    if kind(right) == .arrowFunction, !isParenthesized(right) {
      report(.arrowAsOperand(at: SourceRange(start: tree[right].start, end: tree[right].start + 1)))
    }
    if let logical = op.logicalOperator {
      checkMixing(logical, left)
      checkMixing(logical, right)
      return tree.add(
        .logical, start, previousEnd, a: left.index, b: right.index, detail: logical.rawValue)
    }
    return tree.add(
      .binary, start, previousEnd, a: left.index, b: right.index, detail: (op.binaryOperator ?? .add).rawValue)
  }

  /// `??` does not mix with `&&` and `||` without parentheses.
  private mutating func checkMixing(_ op: LogicalOperator, _ operand: NodeID) {
    let node = tree[operand]
    guard node.kind == .logical, !node.flags.contains(.parenthesized),
      let other = LogicalOperator(rawValue: node.detail), (op == .coalesce) != (other == .coalesce)
    else { return }
    report(.mixedCoalesce(op.text, other.text, at: range(operand)))
  }

  private mutating func checkExponentBase(_ left: NodeID) {
    let node = tree[left]
    if node.kind == .unary || node.kind == .awaitExpression, !node.flags.contains(.parenthesized) {
      report(.unaryBeforeExponent(at: range(left)))
    }
  }

  private mutating func parsePrivateIn(_ minimum: UInt8, allowsIn: Bool) throws(SyntaxFailure) -> NodeID {
    let name = token
    guard peek().kind == .in, allowsIn, minimum <= TokenKind.relationalPrecedence else {
      throw fail(.strayPrivateName(at: token.range))
    }
    usePrivateName(name)
    advance()
    advance()
    let right = try parseBinary(TokenKind.relationalPrecedence + 1, allowsIn: allowsIn)
    return tree.add(.privateIn, name.start, previousEnd, a: name.name.index, b: right.index)
  }

  // MARK: Unary

  mutating func parseUnary() throws(SyntaxFailure) -> NodeID {
    let op: UnaryOperator
    switch token.kind {
    case .exclamation: op = .logicalNot
    case .minus: op = .minus
    case .plus: op = .plus
    case .tilde: op = .bitwiseNot
    case .typeof: op = .typeof
    case .void: op = .void
    case .delete: op = .delete
    case .plusPlus, .minusMinus: return try parsePrefixUpdate()
    case .less where isTypeScript: return try parseAngleBracket()
    case .identifier where token.name == NameID(.await):
      if function.isAsync { return try parseAwait() }
      return try parsePostfix()
    default: return try parsePostfix()
    }
    try enter()
    defer { leave() }
    let start = token.start
    advance()
    let operand = try parseUnary()
    try rejectArrowOperand(operand)
    if op == .delete { checkDelete(operand) }
    return tree.add(.unary, start, previousEnd, a: operand.index, detail: op.rawValue)
  }

  private mutating func rejectArrowOperand(_ operand: NodeID) throws(SyntaxFailure) {
    if kind(operand) == .arrowFunction, !isParenthesized(operand) {
      report(.arrowAsOperand(at: SourceRange(start: tree[operand].start, end: tree[operand].start + 1)))
    }
  }

  private mutating func checkDelete(_ operand: NodeID) {
    var target = tree[operand]
    if target.kind == .identifierReference { return report(.deleteOfVariable(at: range(operand))) }
    if target.kind == .optionalChain { target = tree[NodeID(index: target.a)] }
    if target.kind == .privateMember { report(.deleteOfPrivateName(at: range(operand))) }
  }

  private mutating func parsePrefixUpdate() throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    let start = token.start
    let op: UpdateOperator = token.kind == .plusPlus ? .increment : .decrement
    advance()
    let target = try parseUnary()
    try checkSimpleTarget(target, .update(op.text))
    return tree.add(
      .update, start, previousEnd, a: target.index, detail: op.rawValue, flags: .prefix)
  }

  mutating func parsePostfix() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let target = try parseLeftHandSide()
    guard token.kind == .plusPlus || token.kind == .minusMinus, !token.isAfterNewline else { return target }
    let op: UpdateOperator = token.kind == .plusPlus ? .increment : .decrement
    try checkSimpleTarget(target, .update(op.text))
    advance()
    return tree.add(.update, start, previousEnd, a: target.index, detail: op.rawValue)
  }

  private mutating func parseAwait() throws(SyntaxFailure) -> NodeID {
    try enter()
    defer { leave() }
    let start = token.start
    if token.hasEscape { report(.escapedKeyword("await", at: token.range)) }
    if function.isInParameters { report(.awaitInParameters(at: token.range)) }
    noteAwait()
    advance()
    let operand = try parseUnary()
    try rejectArrowOperand(operand)
    return tree.add(.awaitExpression, start, previousEnd, a: operand.index)
  }

  mutating func noteAwait() {
    function.lastAwait = token.start
    function.facts.insert(.containsAwait)
    if !function.isFunction { hasTopLevelAwait = true }
  }
}
