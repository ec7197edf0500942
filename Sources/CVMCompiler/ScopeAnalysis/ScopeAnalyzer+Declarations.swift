import CVMSyntax

extension ScopeAnalyzer {
  /// Declares what a list of statements declares for its own block.
  mutating func declareLexical(_ statements: NodeList, scope: Int, isGlobal: Bool = false, clause: Int = -1) {
    if isFlat { return declareFunctions(statements, scope: scope, isGlobal: isGlobal) }
    for statement in statements {
      let first = result.bindings.count
      switch tree.kind(statement) {
      case .variableDeclaration:
        let declaration = tree.variableDeclaration(statement)
        if declaration.kind == .var { continue }
        for declarator in declaration.declarators {
          declarePattern(
            tree.declarator(declarator).target, declaration.kind == .let ? .let : .const, scope: scope,
            isGlobal: isGlobal, initializedAt: tree.node(declarator).end)
        }
      case .classDeclaration:
        guard let name = tree.classInfo(statement).name else { continue }
        declare(
          tree.name(name), .class, scope: scope, range: tree.range(name), node: name, isGlobal: isGlobal,
          initializedAt: tree.node(statement).end)
      case .functionDeclaration: declareFunction(statement, scope: scope, isGlobal: isGlobal)
      default: continue
      }
      if clause >= 0 {
        for id in first..<result.bindings.count { result.bindings[id].switchClause = clause }
      }
    }
  }

  /// Where a function has one scope, blocks declare nothing; but what they define gets its value when they are entered.
  private mutating func declareFunctions(_ statements: NodeList, scope: Int, isGlobal: Bool) {
    for statement in statements where tree.kind(statement) == .functionDeclaration {
      guard let name = tree.function(statement).name else { continue }
      let id = Int(current[Int(tree.name(name).index)])
      guard id != 0, result.bindings[id].function == function, result.bindings[id].scope != scope else {
        declareFunction(statement, scope: scope, isGlobal: isGlobal)
        continue
      }
      result.scopes[scope].functions.append(statement)
      visitPattern(name)
    }
  }

  private mutating func declareFunction(_ statement: NodeID, scope: Int, isGlobal: Bool) {
    guard let name = tree.function(statement).name else { return }
    result.scopes[scope].functions.append(statement)
    let existing = Int(current[Int(tree.name(name).index)])
    if existing != 0, result.bindings[existing].scope == scope, result.bindings[existing].function == function {
      // A later function, a parameter or a var of the same name: one variable.
      result.resolved[Int(name.index)] = Int32(existing)
      result.bindings[existing].declarationCount += 1
      if result.bindings[existing].kind == .variable {
        result.bindings[existing].kind = .function
        result.bindings[existing].declarationCount = 2
      }
      return
    }
    declare(
      tree.name(name), .function, scope: scope, range: tree.range(name), node: name, isGlobal: isGlobal)
  }

  /// Declares the names of a binding pattern.
  mutating func declarePattern(
    _ pattern: NodeID, _ kind: Binding.Kind, scope: Int, isGlobal: Bool = false, initializedAt: UInt32
  ) {
    forEachBinding(pattern) { analyzer, name in
      analyzer.declare(
        analyzer.tree.name(name), kind, scope: scope, range: analyzer.tree.range(name), node: name, isGlobal: isGlobal,
        initializedAt: initializedAt)
    }
  }

  private mutating func forEachBinding(_ pattern: NodeID, _ body: (inout ScopeAnalyzer, NodeID) -> Void) {
    switch tree.kind(pattern) {
    case .bindingIdentifier: body(&self, pattern)
    case .objectPattern, .arrayPattern:
      for element in tree.elements(pattern) { forEachBinding(element, body) }
    case .patternProperty: forEachBinding(tree.patternProperty(pattern).target, body)
    case .defaultedTarget: forEachBinding(tree.defaulted(pattern).target, body)
    case .restElement: forEachBinding(tree.operand(pattern), body)
    default: break
    }
  }

  /// Declares the `var`s of a statement and of those inside it, functions excluded.
  mutating func declareVariables(of statement: NodeID, scope: Int, isGlobal: Bool = false, isNested: Bool = false) {
    var statement = statement
    var isNested = isNested
    while true {
      defer { isNested = true }
      switch tree.kind(statement) {
      case .variableDeclaration:
        let declaration = tree.variableDeclaration(statement)
        if declaration.kind != .var && !isFlat { return }
        for declarator in declaration.declarators {
          forEachBinding(tree.declarator(declarator).target) { analyzer, name in
            analyzer.declareVariable(name, scope: scope, isGlobal: isGlobal)
          }
        }
        return
      case .classDeclaration:
        if isFlat, let name = tree.classInfo(statement).name {
          declareVariable(name, scope: scope, isGlobal: isGlobal)
        }
        return
      case .functionDeclaration:
        if isFlat, isNested, let name = tree.function(statement).name {
          declareVariable(name, scope: scope, isGlobal: isGlobal)
        }
        return
      case .blockStatement:
        for child in tree.body(statement) {
          declareVariables(of: child, scope: scope, isGlobal: isGlobal, isNested: true)
        }
        return
      case .ifStatement:
        let info = tree.ifStatement(statement)
        declareVariables(of: info.consequent, scope: scope, isGlobal: isGlobal, isNested: true)
        guard let alternate = info.alternate else { return }
        statement = alternate
      case .forStatement:
        let info = tree.forStatement(statement)
        if let initializer = info.initializer {
          declareVariables(of: initializer, scope: scope, isGlobal: isGlobal)
        }
        statement = info.body
      case .forInStatement, .forOfStatement:
        declareVariables(of: tree.forEach(statement).target, scope: scope, isGlobal: isGlobal)
        statement = tree.forEach(statement).body
      case .whileStatement, .doWhileStatement: statement = tree.loop(statement).body
      case .labeledStatement: statement = tree.labeled(statement).body
      case .switchStatement:
        for clause in tree.switchStatement(statement).cases {
          for child in tree.switchCase(clause).body {
            declareVariables(of: child, scope: scope, isGlobal: isGlobal, isNested: true)
          }
        }
        return
      case .tryStatement:
        let info = tree.tryStatement(statement)
        declareVariables(of: info.block, scope: scope, isGlobal: isGlobal)
        if let handler = info.handler {
          if isFlat, let parameter = tree.catchClause(handler).parameter {
            forEachBinding(parameter) { $0.declareVariable($1, scope: scope, isGlobal: isGlobal) }
          }
          declareVariables(of: tree.catchClause(handler).body, scope: scope, isGlobal: isGlobal)
        }
        guard let finalizer = info.finalizer else { return }
        statement = finalizer
      default: return
      }
    }
  }

  private mutating func declareVariable(_ name: NodeID, scope: Int, isGlobal: Bool) {
    let existing = Int(current[Int(tree.name(name).index)])
    let isKnown = existing != 0 && result.bindings[existing].function == function
    if isKnown && result.bindings[existing].scope == scope { return }
    let id = declare(tree.name(name), .variable, scope: scope, range: tree.range(name), isGlobal: isGlobal)
    if isKnown && result.bindings[existing].kind == .parameter { result.bindings[id].parameter = existing }
  }
}
