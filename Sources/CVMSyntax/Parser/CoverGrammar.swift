/// What is wrong with an object literal unless it turns out to be a pattern.
struct CoverProblem {
  enum Kind {
    /// `{x = 1}`
    case initializer
    /// `{__proto__: a, __proto__: b}`
    case duplicatePrototype(first: SourceRange)
  }

  var kind: Kind
  var range: SourceRange
}

/// Parenthesized expressions that may turn out to be the parameters of an arrow function.
struct CoverGroup {
  /// Where its elements begin in the stack of lists.
  var base: Int
  var open: UInt32
  /// Why it can only be a parameter list.
  var arrowOnly: Diagnostic?
  var mayBeArrow: Bool
  /// What the elements use.
  var facts: FunctionFacts
}

/// How an expression is assigned to, for messages.
enum TargetUse {
  case assignment
  case compoundAssignment(String)
  case update(String)
  case loop
}

extension Parser {
  enum CoverGroupKind {
    case parenthesized
    /// The arguments of `async(...)`.
    case call
  }

  // MARK: Parentheses

  mutating func parseParenthesized() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let group = try parseCoverGroup(.parenthesized, mayBeArrow: arrowStart == start)
    if try isArrowAhead(group) { return try parseArrow(group, start: start, isAsync: false) }
    if let problem = group.arrowOnly { throw fail(problem) }
    try checkCoverProblem(since: start)
    var node = listStack[group.base]
    if listStack.count - group.base > 1 {
      let first = range(node).start
      let last = range(listStack[listStack.count - 1]).end
      node = tree.add(.sequence, first, last, a: finishList(group.base))
    } else {
      listStack.removeLast()
    }
    tree[node].flags.insert(.parenthesized)
    return node
  }

  /// Parses `(...)`, leaving the elements on the stack of lists.
  mutating func parseCoverGroup(_ kind: CoverGroupKind, mayBeArrow: Bool) throws(SyntaxFailure) -> CoverGroup {
    let outerFacts = function.facts
    function.facts = []
    let outerCover = coverProblem
    coverProblem = nil
    var group = CoverGroup(base: listStack.count, open: token.start, mayBeArrow: mayBeArrow, facts: [])
    advance()
    if kind == .parenthesized, token.kind == .rightParen {
      group.arrowOnly = .emptyParentheses(at: SourceRange(start: group.open, end: token.end))
    }
    while token.kind != .rightParen {
      try parseCoverElement(kind, &group)
      if token.kind != .comma { break }
      noteCommaAfterRest()
      advance()
      if kind == .parenthesized, token.kind == .rightParen {
        group.arrowOnly = .unexpected("`)`", expected: "an expression after the comma", at: token.range)
      }
    }
    if !isTypeScript, token.kind == .colon { throw fail(.typeScriptOnly("A type annotation", at: token.range)) }
    try expectClosing(.rightParen, kind == .call ? "the argument list" : "the parentheses", openedAt: group.open)
    if coverProblem == nil { coverProblem = outerCover }
    group.facts = function.facts
    function.facts.formUnion(outerFacts)
    return group
  }

  private mutating func parseCoverElement(_ kind: CoverGroupKind, _ group: inout CoverGroup) throws(SyntaxFailure) {
    let start = token.start
    let outerCover = coverProblem
    coverProblem = nil
    let spread = token
    let isSpread = skip(.ellipsis)
    if isSpread, kind == .parenthesized {
      group.arrowOnly = .unexpected("`...`", expected: "an expression", at: spread.range)
    }
    var element = try parseAssignment(mayBePattern: true)
    if let outerCover { coverProblem = outerCover }
    if isTypeScript, let annotated = try parseCoverAnnotation(element, start: start) {
      element = annotated.node
      group.arrowOnly = .unexpected("a type annotation", expected: "`,` or `)`", at: annotated.range)
    }
    listStack.append(
      isSpread ? tree.add(.spreadElement, start, previousEnd, a: element.index) : element)
  }

  /// Parses the `?`, type and default that may follow a parameter in TypeScript.
  private mutating func parseCoverAnnotation(
    _ element: NodeID, start: UInt32
  ) throws(SyntaxFailure) -> (node: NodeID, range: SourceRange)? {
    let mark = token.range
    guard token.kind == .question || token.kind == .colon else { return nil }
    _ = skip(.question)
    if skip(.colon) { try parseType() }
    guard token.kind == .equal else { return (element, mark) }
    advance()
    let value = try parseAssignment()
    let node = tree.add(
      .assignment, start, previousEnd, a: element.index, b: value.index,
      detail: AssignmentOperator.assign.detail)
    return (node, mark)
  }

  private mutating func noteCommaAfterRest() {
    if let last = listStack.last, kind(last) == .spreadElement { tree[last].flags.insert(.commaAfterSpread) }
  }

  /// Whether the group is a parameter list; then the next token is the arrow.
  mutating func isArrowAhead(_ group: CoverGroup) throws(SyntaxFailure) -> Bool {
    guard group.mayBeArrow else { return false }
    if token.kind == .arrow {
      if token.isAfterNewline { throw fail(.newlineBeforeArrow(at: token.range)) }
      return true
    }
    guard isTypeScript, token.kind == .colon, consequentDepth != bracketDepth || group.arrowOnly != nil else {
      return false
    }
    let isArrow = speculate { (parser) throws(SyntaxFailure) in
      parser.advance()
      try parser.parseReturnType()
      return parser.token.kind == .arrow && !parser.token.isAfterNewline
    }
    return isArrow
  }

  // MARK: Targets of assignments

  /// Checks that an expression is a variable or property.
  mutating func checkSimpleTarget(_ id: NodeID, _ use: TargetUse) throws(SyntaxFailure) {
    switch kind(id) {
    case .member, .index, .privateMember, .superMember, .superIndex: return
    case .identifierReference:
      let name = NameID(index: tree[id].a)
      if name == .eval || name == .arguments {
        report(.assignmentToReserved(lexer.names.text(name), at: range(id)))
      }
    default:
      report(.invalidTarget(use, what: describeExpression(id), at: range(id)))
    }
  }

  /// Makes an expression a target of `=`: literals become patterns.
  mutating func toAssignmentTarget(_ id: NodeID, _ use: TargetUse) throws(SyntaxFailure) -> NodeID {
    guard isPatternLiteral(id) else {
      if kind(id) != .objectPattern, kind(id) != .arrayPattern { try checkSimpleTarget(id, use) }
      return id
    }
    toPattern(id, .assignment)
    return id
  }

  // MARK: Literals become patterns

  private enum PatternKind {
    case assignment
    /// The parameters of an arrow function.
    case parameters
  }

  /// Makes an element of a cover group a parameter, and declares its names.
  mutating func toParameter(_ id: NodeID) -> NodeID {
    toTarget(id, .parameters)
    return id
  }

  private mutating func toTarget(_ id: NodeID, _ pattern: PatternKind) {
    let node = tree[id]
    if node.flags.contains(.parenthesized), pattern == .parameters || !isSimpleKind(node.kind) {
      return report(.parenthesizedPattern(at: range(id)))
    }
    switch node.kind {
    case .objectLiteral, .arrayLiteral: toPattern(id, pattern)
    case .objectPattern, .arrayPattern:
      if pattern == .parameters { patternToParameters(id) }
    case .assignment where node.detail == AssignmentOperator.assign.detail:
      tree[id].kind = .defaultedTarget
      tree[id].detail = 0
      toTarget(NodeID(index: node.a), pattern)
    case .defaultedTarget, .restElement:
      toTarget(NodeID(index: node.a), pattern)
    case .spreadElement: toRest(id, pattern)
    case .identifierReference where pattern == .parameters:
      tree[id].kind = .bindingIdentifier
      declareBinding(NameID(index: node.a), .parameter, range(id))
    case .elision, .bindingIdentifier: break
    default:
      if pattern == .parameters {
        report(.invalidParameter(what: describeExpression(id), at: range(id)))
      } else if isSimpleKind(node.kind) {
        try? checkSimpleTarget(id, .assignment)
      } else {
        report(.invalidTarget(.assignment, what: describeExpression(id), at: range(id)))
      }
    }
  }

  private func isSimpleKind(_ kind: NodeKind) -> Bool {
    switch kind {
    case .identifierReference, .member, .index, .privateMember, .superMember, .superIndex: true
    default: false
    }
  }

  private mutating func toPattern(_ id: NodeID, _ pattern: PatternKind) {
    let isObject = kind(id) == .objectLiteral
    tree[id].kind = isObject ? .objectPattern : .arrayPattern
    let elements = tree.elements(tree[id].a)
    for (index, element) in elements.enumerated() {
      if kind(element) == .spreadElement, index < elements.count - 1 {
        report(.restNotLast(at: range(element)))
      }
      if kind(element) == .property {
        propertyToPattern(element, pattern)
      } else {
        toTarget(element, pattern)
        if isObject, kind(element) == .restElement { checkObjectRest(element) }
      }
    }
  }

  private mutating func propertyToPattern(_ id: NodeID, _ pattern: PatternKind) {
    let node = tree[id]
    tree[id].kind = .patternProperty
    tree[id].detail = 0
    if node.detail != PropertyKind.value.rawValue {
      return report(.methodInPattern(at: range(id)))
    }
    toTarget(NodeID(index: node.b), pattern)
  }

  /// Makes the parts of an assignment pattern parameters.
  private mutating func patternToParameters(_ id: NodeID) {
    for element in tree.elements(tree[id].a) {
      let node = tree[element]
      toTarget(node.kind == .patternProperty ? NodeID(index: node.b) : element, .parameters)
      if kind(id) == .objectPattern, node.kind == .restElement { checkObjectRest(element) }
    }
  }

  private mutating func toRest(_ id: NodeID, _ pattern: PatternKind) {
    let node = tree[id]
    tree[id].kind = .restElement
    let target = NodeID(index: node.a)
    if node.flags.contains(.commaAfterSpread) { report(.commaAfterRest(at: range(id))) }
    if kind(target) == .assignment { return report(.restWithInitializer(at: range(target))) }
    toTarget(target, pattern)
  }

  /// The rest of an object is collected in a plain variable or property.
  private mutating func checkObjectRest(_ id: NodeID) {
    let target = NodeID(index: tree[id].a)
    if kind(target) == .objectPattern || kind(target) == .arrayPattern {
      report(.patternAsObjectRest(at: range(target)))
    }
  }

  /// An expression as messages name it.
  func describeExpression(_ id: NodeID) -> String {
    switch kind(id) {
    case .numberLiteral, .stringLiteral, .bigIntLiteral, .regExpLiteral, .nullLiteral, .trueLiteral, .falseLiteral,
      .templateLiteral:
      "a literal"
    case .call, .superCall, .intrinsicCall: "the result of a call"
    case .optionalChain: "an optional chain"
    case .thisExpression: "`this`"
    case .newTarget: "`new.target`"
    case .functionExpression, .arrowFunction: "a function"
    case .classExpression: "a class"
    case .objectLiteral, .arrayLiteral, .objectPattern, .arrayPattern:
      isParenthesized(id) ? "a pattern in parentheses" : "a pattern"
    case .assignment: "an assignment"
    case .update: "the result of `++` or `--`"
    case .newExpression: "the result of `new`"
    case .member, .index, .privateMember, .superMember, .superIndex: "a property"
    default: "the result of an operator"
    }
  }
}
