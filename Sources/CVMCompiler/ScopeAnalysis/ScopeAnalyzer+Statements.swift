import CVMSyntax

extension ScopeAnalyzer {
  /// Visits a statement that stands inside another one.
  private mutating func visitNested(_ statement: NodeID) {
    statementDepth += 1
    visitStatement(statement)
    statementDepth -= 1
  }

  mutating func visitStatement(_ statement: NodeID) {
    switch tree.kind(statement) {
    case .variableDeclaration: visitDeclaration(statement)
    case .functionDeclaration: visitFunction(statement)
    case .classDeclaration:
      visitClass(statement)
      if isFlat, let name = tree.classInfo(statement).name { visitPattern(name) }
    case .expressionStatement, .throwStatement: visitExpression(tree.operand(statement))
    case .returnStatement:
      if let value = tree.optionalOperand(statement) { visitExpression(value) }
    case .blockStatement: visitBlock(statement)
    case .ifStatement: visitIf(statement)
    case .forStatement: visitFor(statement)
    case .forInStatement, .forOfStatement: visitForEach(statement)
    case .whileStatement, .doWhileStatement: visitLoop(statement)
    case .labeledStatement: visitNested(tree.labeled(statement).body)
    case .switchStatement: visitSwitch(statement)
    case .tryStatement: visitTry(statement)
    default: break
    }
  }

  private mutating func visitDeclaration(_ statement: NodeID) {
    let declaration = tree.variableDeclaration(statement)
    for id in declaration.declarators {
      let declarator = tree.declarator(id)
      if declaration.kind != .var && (!isFlat || declarator.initializer == nil) {
        visitPattern(declarator.target)
        if let initializer = declarator.initializer { visitExpression(initializer) }
        continue
      }
      guard let initializer = declarator.initializer else { continue }
      if tree.kind(declarator.target) == .bindingIdentifier, statementDepth == 0 {
        visitVariableInitialization(declarator.target, initializer)
      } else {
        visitPattern(declarator.target)
        visitExpression(initializer)
      }
    }
  }

  /// `var x = value` where nothing can skip it: `x` need not be undefined before when this is its first use.
  private mutating func visitVariableInitialization(_ target: NodeID, _ initializer: NodeID) {
    let id = Int(current[Int(tree.name(target).index)])
    let isFirst = !result.bindings[id].isUsed && result.bindings[id].assignments.isEmpty
    visitExpression(initializer)
    let isUntouched = !result.bindings[id].isUsed && result.bindings[id].assignments.isEmpty
    if isFirst, isUntouched, result.bindings[id].kind == .variable, result.bindings[id].parameter == 0 {
      result.bindings[id].startsInitialized = true
    }
    visitPattern(target)
  }

  private mutating func visitBlock(_ statement: NodeID) {
    let body = tree.body(statement)
    let mark = openBlockScope(statement) { $0.declareLexical(body, scope: $1) }
    for child in body { visitNested(child) }
    closeScope(mark)
  }

  /// Opens the scope of a block; a block without declarations gets none.
  private mutating func openBlockScope(_ node: NodeID, declare: (inout ScopeAnalyzer, Int) -> Void) -> Int {
    let scope = makeScope()
    let mark = openScope(scope) { declare(&$0, scope) }
    if result.scopes[scope].bindings.isEmpty && result.scopes[scope].functions.isEmpty {
      result.scopes.removeLast()
    } else {
      result.scopeOfNode[node.index] = scope
    }
    return mark
  }

  private mutating func visitIf(_ statement: NodeID) {
    statementDepth += 1
    var next: NodeID? = statement
    while let node = next {
      if tree.kind(node) != .ifStatement {
        visitStatement(node)
        break
      }
      let info = tree.ifStatement(node)
      visitExpression(info.test)
      visitStatement(info.consequent)
      next = info.alternate
    }
    statementDepth -= 1
  }

  // MARK: Loops

  private mutating func inLoop(_ node: NodeID, _ body: (inout ScopeAnalyzer) -> Void) {
    let outer = loop
    if loop == nil { loop = node }
    body(&self)
    loop = outer
  }

  private mutating func visitLoop(_ statement: NodeID) {
    let info = tree.loop(statement)
    inLoop(statement) {
      if $0.tree.kind(statement) == .whileStatement {
        $0.visitExpression(info.test)
        $0.visitNested(info.body)
      } else {
        $0.visitNested(info.body)
        $0.visitExpression(info.test)
      }
    }
  }

  private mutating func visitFor(_ statement: NodeID) {
    let info = tree.forStatement(statement)
    let mark = openBlockScope(statement) { analyzer, scope in
      if let initializer = info.initializer { analyzer.declareHead(initializer, scope: scope, initializedAt: nil) }
    }
    if let initializer = info.initializer {
      statementDepth += 1
      if tree.kind(initializer) == .variableDeclaration {
        visitDeclaration(initializer)
      } else {
        visitExpression(initializer)
      }
      statementDepth -= 1
    }
    inLoop(statement) {
      if let test = info.test { $0.visitExpression(test) }
      if let update = info.update { $0.visitExpression(update) }
      $0.visitNested(info.body)
    }
    closeScope(mark)
  }

  /// Declares what the head of a loop declares with `let` or `const`.
  private mutating func declareHead(_ head: NodeID, scope: Int, initializedAt: UInt32?) {
    guard tree.kind(head) == .variableDeclaration else { return }
    let declaration = tree.variableDeclaration(head)
    if declaration.kind == .var || isFlat { return }
    for declarator in declaration.declarators {
      let first = result.bindings.count
      declarePattern(
        tree.declarator(declarator).target, declaration.kind == .let ? .let : .const, scope: scope,
        initializedAt: initializedAt ?? tree.node(declarator).end)
      for id in first..<result.bindings.count { result.bindings[id].isInLoop = true }
    }
  }

  private mutating func visitForEach(_ statement: NodeID) {
    let info = tree.forEach(statement)
    if info.isAwait { report(statement, "'for await' is not supported yet") }
    let end = tree.node(info.subject).end
    let mark = openBlockScope(statement) { $0.declareHead(info.target, scope: $1, initializedAt: end) }
    visitExpression(info.subject)
    inLoop(statement) {
      if $0.tree.kind(info.target) == .variableDeclaration {
        for declarator in $0.tree.variableDeclaration(info.target).declarators {
          $0.visitPattern($0.tree.declarator(declarator).target)
        }
      } else {
        $0.visitPattern(info.target)
      }
      $0.visitNested(info.body)
    }
    closeScope(mark)
  }

  // MARK: Switch and try

  private mutating func visitSwitch(_ statement: NodeID) {
    let info = tree.switchStatement(statement)
    visitExpression(info.discriminant)
    let tree = tree
    let mark = openBlockScope(statement) { analyzer, scope in
      for (index, clause) in info.cases.enumerated() {
        analyzer.declareLexical(tree.switchCase(clause).body, scope: scope, clause: index)
      }
    }
    let scope = result.scopeOfNode[statement.index]
    for (index, clause) in info.cases.enumerated() {
      let info = tree.switchCase(clause)
      if let scope { clauseOfScope[scope] = -1 }
      if let test = info.test { visitExpression(test) }
      if let scope { clauseOfScope[scope] = index }
      for child in info.body { visitNested(child) }
    }
    closeScope(mark)
  }

  private mutating func visitTry(_ statement: NodeID) {
    let info = tree.tryStatement(statement)
    visitNested(info.block)
    if let handler = info.handler { visitCatch(handler) }
    if let finalizer = info.finalizer { visitNested(finalizer) }
  }

  private mutating func visitCatch(_ node: NodeID) {
    let clause = tree.catchClause(node)
    let mark = openBlockScope(node) { analyzer, scope in
      guard let parameter = clause.parameter, !analyzer.isFlat else { return }
      let isName = analyzer.tree.kind(parameter) == .bindingIdentifier
      analyzer.declarePattern(
        parameter, .catchParameter, scope: scope, initializedAt: isName ? 0 : analyzer.tree.node(parameter).end)
    }
    if let parameter = clause.parameter { visitPattern(parameter) }
    visitNested(clause.body)
    closeScope(mark)
  }
}
