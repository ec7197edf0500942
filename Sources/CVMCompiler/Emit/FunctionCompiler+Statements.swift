import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  func compileStatements(_ statements: NodeList) {
    for statement in statements {
      compileStatement(statement)
      if kind == .derivedConstructor, control.isEmpty, isSuperCall(statement) { isThisInitialized = true }
    }
  }

  private func isSuperCall(_ statement: NodeID) -> Bool {
    tree.kind(statement) == .expressionStatement && tree.kind(tree.operand(statement)) == .superCall
      && statementNesting == 0
  }

  func compileStatement(_ statement: NodeID) {
    guard builder.isReachable else { return }
    let kind = tree.kind(statement)
    switch kind {
    case .blockStatement, .functionDeclaration, .emptyStatement, .labeledStatement: break
    default: builder.statementSpan = span(statement)
    }
    switch kind {
    case .variableDeclaration: compileDeclaration(statement)
    case .classDeclaration: compileClassDeclaration(statement)
    case .expressionStatement: compileExpressionStatement(statement)
    case .blockStatement: nested { withScope(statement) { compileStatements(tree.body(statement)) } }
    case .ifStatement: nested { compileIf(statement) }
    case .forStatement: nested { compileFor(statement, names: []) }
    case .forInStatement, .forOfStatement: nested { compileForEach(statement, names: []) }
    case .whileStatement, .doWhileStatement: nested { compileLoop(statement, names: []) }
    case .labeledStatement: nested { compileLabeled(statement) }
    case .switchStatement: nested { compileSwitch(statement) }
    case .tryStatement: nested { compileTryStatement(statement) }
    case .breakStatement, .continueStatement: compileBreak(statement)
    case .returnStatement: scoped { compileReturn(statement) }
    case .throwStatement: scoped { builder.emit(.throw, operand(tree.operand(statement)), at: span(statement)) }
    case .debuggerStatement: builder.emit(.debugger)
    default: break
    }
    builder.statementSpan = nil
  }

  private func nested(_ body: () -> Void) {
    statementNesting += 1
    body()
    statementNesting -= 1
  }

  /// A statement whose own value is undefined unless something in it has one.
  func resetCompletion() {
    if let completion { loadUndefined(completion) }
  }

  private func compileExpressionStatement(_ statement: NodeID) {
    let expression = tree.operand(statement)
    scoped {
      if let completion { compile(expression, into: completion) } else { discard(expression) }
    }
  }

  private func compileTryStatement(_ statement: NodeID) {
    resetCompletion()
    compileTry(statement)
  }

  // MARK: Declarations

  func compileDeclaration(_ statement: NodeID) {
    let declaration = tree.variableDeclaration(statement)
    for id in declaration.declarators {
      let declarator = tree.declarator(id)
      if tree.kind(declarator.target) == .bindingIdentifier {
        declare(declarator.target, declarator.initializer, declaration.kind)
      } else if let initializer = declarator.initializer {
        let range = tree.range(declarator.target)
        reserveBindings(declarator.target)
        scoped {
          let value = operand(initializer, start: range.start, end: range.end)
          bindPattern(declarator.target, from: value, isDeclaration: true, source: .expression(initializer))
        }
      }
    }
  }

  private func declare(_ name: NodeID, _ initializer: NodeID?, _ kind: VariableKind) {
    if initializer == nil && kind == .var { return }
    let id = analysis.binding(of: name)
    let binding = analysis.bindings[id]
    let isOwn = id != 0 && binding.function == function && !binding.isGlobal
    if isOwn, storage[id] == nil, binding.spillSlot < 0 {
      // The variable comes into being: its register can serve as call window of its initializer.
      let register = registers.allocate()
      computeInitializer(initializer, name, into: register)
      return place(id, in: register)
    }
    if isOwn, case .register(let register)? = storage[id], !binding.needsMarker, !isChecked(name), initializer != nil {
      return computeInitializer(initializer, name, into: register)
    }
    scoped {
      let value: Int
      if let initializer, !isAnonymousFunction(initializer) {
        value = operand(initializer)
      } else {
        value = temporary()
        computeInitializer(initializer, name, into: value)
      }
      initializeBinding(name, from: value)
    }
  }

  private func computeInitializer(_ initializer: NodeID?, _ name: NodeID, into register: Int) {
    if let initializer {
      compileNamed(initializer, name: tree.name(name), into: register)
    } else {
      loadUndefined(register)
    }
  }

  private func compileClassDeclaration(_ statement: NodeID) {
    guard let name = tree.classInfo(statement).name else { return }
    reserveBindings(name)
    scoped {
      let value = temporary()
      compileClass(statement, name: nil, nameRegister: nil, into: value)
      initializeBinding(name, from: value)
    }
  }

  // MARK: if

  private func compileIf(_ statement: NodeID) {
    let end = builder.makeLabel()
    var next: NodeID? = statement
    resetCompletion()
    while let node = next {
      guard tree.kind(node) == .ifStatement else {
        compileStatement(node)
        break
      }
      if node != statement { builder.statementSpan = span(node) }
      let info = tree.ifStatement(node)
      if let label = exitLabel(info.consequent) {
        // `if (test) break;` is one jump.
        jump(info.test, to: label, when: true)
        next = info.alternate
        continue
      }
      let alternate = builder.makeLabel()
      branch(info.test, ifFalse: alternate)
      compileStatement(info.consequent)
      if info.alternate != nil { builder.emitJump(.jump, to: end) }
      builder.bind(alternate)
      next = info.alternate
    }
    builder.bind(end)
  }

  // MARK: Labels and switch

  private func compileLabeled(_ statement: NodeID) {
    var names: [NameID] = []
    var current = statement
    while tree.kind(current) == .labeledStatement {
      names.append(tree.labeled(current).label)
      current = tree.labeled(current).body
    }
    builder.statementSpan = span(current)
    switch tree.kind(current) {
    case .forStatement: compileFor(current, names: names)
    case .forInStatement, .forOfStatement: compileForEach(current, names: names)
    case .whileStatement, .doWhileStatement: compileLoop(current, names: names)
    default:
      let end = builder.makeLabel()
      control.append(.breakTarget(end, names: names, isPlain: false))
      compileStatement(current)
      control.removeLast()
      builder.bind(end)
    }
  }

  private func compileSwitch(_ statement: NodeID) {
    let info = tree.switchStatement(statement)
    resetCompletion()
    let mark = registers.next
    let discriminant = registers.allocate()
    compile(info.discriminant, into: discriminant)
    registers.markAsVariable(discriminant)
    let end = builder.makeLabel()
    control.append(.breakTarget(end, names: [], isPlain: true))
    withScope(statement) {
      let labels = info.cases.map { _ in builder.makeLabel() }
      var fallback = end
      for (clause, label) in zip(info.cases, labels) {
        if let test = tree.switchCase(clause).test {
          scoped { testCase(discriminant, test, label) }
        } else {
          fallback = label
        }
      }
      builder.emitJump(.jump, to: fallback)
      for (clause, label) in zip(info.cases, labels) {
        builder.bind(label)
        compileStatements(tree.switchCase(clause).body)
      }
    }
    control.removeLast()
    builder.bind(end)
    leaveScope(mark)
  }

  private func testCase(_ discriminant: Int, _ test: NodeID, _ label: Label) {
    if let number = foldedNumber(test)?.exactInteger, ImmediateRange.half.contains(number) {
      builder.emitJump(.jumpStrictEqInt, discriminant, immediate: number, to: label)
    } else {
      builder.emitJump(.jumpStrictEq, discriminant, operand(test), to: label)
    }
  }
}
