import CVMSyntax

extension ScopeAnalyzer {
  /// Runs `body` as if inside a new function.
  mutating func inFunction(_ record: FunctionScope, _ body: (inout ScopeAnalyzer, Int) -> Void) -> Int {
    let index = result.functions.count
    result.functions.append(record)
    continueFunction(index) { body(&$0, index) }
    return index
  }

  private mutating func continueFunction(_ index: Int, _ body: (inout ScopeAnalyzer) -> Void) {
    let saved = (function, loop, statementDepth, liveCount, pressure)
    (function, loop, statementDepth, liveCount, pressure) = (index, nil, 0, 0, 0)
    body(&self)
    (function, loop, statementDepth, liveCount, pressure) = saved
  }

  mutating func visitFunction(_ node: NodeID, fieldInitializer: BindingID = 0) {
    let info = tree.function(node)
    if info.isAsync {
      return report(node, "\(info.isGenerator ? "async generators" : "async functions") are not supported yet")
    }
    var record = FunctionScope(node: node, parent: function, isArrow: info.kind == .arrow)
    record.isGenerator = info.isGenerator
    record.fieldInitializer = fieldInitializer
    result.functionOfNode[node.index] = inFunction(record) { analyzer, index in
      let mark = analyzer.openScope(0) { _ in }
      if info.kind == .expression, let name = info.name {
        let scope = analyzer.makeScope()
        analyzer.result.functions[index].nameBinding = analyzer.declare(
          analyzer.tree.name(name), .functionName, scope: scope, range: analyzer.tree.range(name), node: name)
      }
      analyzer.visitParametersAndBody(node, info)
      analyzer.closeScope(mark)
    }
  }

  private mutating func visitParametersAndBody(_ node: NodeID, _ info: FunctionInfo) {
    let parameters = makeScope()
    result.parameterScope[node.index] = parameters
    for parameter in info.parameters {
      declarePattern(
        parameter, .parameter, scope: parameters,
        initializedAt: info.hasSimpleParameters ? 0 : tree.node(parameter).end)
    }
    for parameter in info.parameters { visitPattern(parameter) }
    var body = parameters
    if !info.hasSimpleParameters {
      body = makeScope()
      result.bodyScope[node.index] = body
    }
    for statement in info.body { declareVariables(of: statement, scope: body) }
    declareLexical(info.body, scope: body)
    for statement in info.body { visitStatement(statement) }
    if let expression = info.expressionBody { visitExpression(expression) }
  }

  // MARK: Classes

  mutating func visitClass(_ node: NodeID) {
    let info = tree.classInfo(node)
    let scope = makeScope()
    result.scopeOfNode[node.index] = scope
    let mark = openScope(scope) {
      guard let name = info.name else { return }
      $0.declare(
        $0.tree.name(name), .className, scope: scope, range: $0.tree.range(name), initializedAt: $0.tree.node(node).end)
    }
    if let superclass = info.superclass { visitExpression(superclass) }
    let outerPrivate = currentPrivate
    declarePrivateNames(node, info, scope: scope)
    let fieldInitializer = declareFieldInitializer(node, info, scope: scope)
    if let constructor = info.constructor {
      visitFunction(constructor, fieldInitializer: fieldInitializer)
      result.functionOfNode[node.index] = result.functionOfNode[constructor.index]
    } else {
      var record = FunctionScope(node: node, parent: function)
      record.fieldInitializer = fieldInitializer
      result.functionOfNode[node.index] = inFunction(record) { _, _ in }
    }
    for member in info.members { visitMember(member, of: node, scope: scope) }
    currentPrivate = outerPrivate
    closeScope(mark)
  }

  private mutating func declareFieldInitializer(_ node: NodeID, _ info: ClassInfo, scope: Int) -> BindingID {
    let tree = tree
    let hasFields = info.members.contains { tree.kind($0) == .classField && !tree.classField($0).isStatic }
    if !hasFields && result.privateMarks[node.index]?.instance ?? 0 == 0 { return 0 }
    result.fieldInitializerOfClass[node.index] = inFunction(FunctionScope(node: node, parent: function)) { _, _ in }
    let id = declareHidden(.hidden, name: NameID(.constructor), function: function, scope: scope)
    result.scopes[scope].bindings.append(id)
    capture(id, at: tree.node(node).start)
    return id
  }

  private mutating func visitMember(_ member: NodeID, of node: NodeID, scope: Int) {
    switch tree.kind(member) {
    case .classMethod:
      let method = tree.classMethod(member)
      visitMemberKey(method.key)
      visitFunction(method.function)
    case .classField: visitField(member, of: node, scope: scope)
    case .classStaticBlock: visitFunction(member)
    default: break
    }
  }

  private mutating func visitMemberKey(_ key: NodeID) {
    switch tree.kind(key) {
    case .computedName: visitExpression(tree.operand(key))
    default: break
    }
  }

  private mutating func visitField(_ member: NodeID, of node: NodeID, scope: Int) {
    let field = tree.classField(member)
    visitMemberKey(field.key)
    if field.isStatic {
      guard let initializer = field.initializer else { return }
      if field.needsOwnFunction {
        result.functionOfNode[member.index] = inFunction(FunctionScope(node: member, parent: function)) {
          analyzer, _ in analyzer.visitExpression(initializer)
        }
      } else {
        visitExpression(initializer)
      }
      return
    }
    guard let index = result.fieldInitializerOfClass[node.index] else { return }
    result.functions[index].usesThis = true
    if tree.kind(field.key) == .computedName {
      let id = declareHidden(.hidden, name: NameID(.default), function: function, scope: scope)
      result.scopes[scope].bindings.append(id)
      capture(id, at: tree.node(member).start)
      result.keyOfField[member.index] = id
    }
    if let initializer = field.initializer { continueFunction(index) { $0.visitExpression(initializer) } }
  }
}

extension ClassFieldInfo {
  /// Whether the initializer of a static field must run as a method of the class.
  var needsOwnFunction: Bool {
    !facts.isDisjoint(with: [.usesThis, .usesSuperProperty, .usesNewTarget])
  }
}
