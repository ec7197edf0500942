import CVMSyntax

extension ScopeAnalyzer {
  /// Visits an expression while others around it hold `count` registers more.
  private mutating func visit(_ expression: NodeID, holding count: Int) {
    pressure += count
    visitExpression(expression)
    pressure -= count
  }

  mutating func visitExpression(_ expression: NodeID) {
    // A `yield` cannot stand in a function of its own.
    guard pressure > Limits.pressure, mayBeOutlined(expression), !result.functions[function].isGenerator else {
      return visitChain(expression)
    }
    let record = FunctionScope(node: expression, parent: function, isArrow: true)
    result.outlined[expression.index] = inFunction(record) { analyzer, _ in analyzer.visitChain(expression) }
  }

  private func mayBeOutlined(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .binary, .logical, .member, .index, .call, .optionalChain, .newExpression, .arrayLiteral, .objectLiteral,
      .templateLiteral, .conditional, .sequence, .assignment:
      true
    default: false
    }
  }

  /// Chains that nest to the left are walked in a loop.
  private mutating func visitChain(_ expression: NodeID) {
    var spine: [NodeID] = []
    var current = expression
    descent: while true {
      switch tree.kind(current) {
      case .binary, .logical, .member, .privateMember, .optionalChain:
        spine.append(current)
        current = NodeID(index: tree.node(current).a)
      case .index, .call:
        spine.append(current)
        current = NodeID(index: tree.node(current).a)
      default: break descent
      }
    }
    visitLeaf(current)
    for node in spine.reversed() { visitRest(of: node) }
  }

  /// The children of a node of a chain but the leftmost one.
  private mutating func visitRest(of node: NodeID) {
    switch tree.kind(node) {
    case .binary:
      let binary = tree.binary(node)
      noteOperands(binary)
      visit(binary.right, holding: 1)
    case .logical: visitExpression(tree.logical(node).right)
    case .index:
      let key = tree.index(node).key
      noteConstant(key, immediate: nil)
      visit(key, holding: 1)
    case .call: visitList(tree.call(node).arguments, holding: 5)
    case .privateMember: usePrivate(node, tree.member(node).name)
    default: break
    }
  }

  private mutating func visitLeaf(_ node: NodeID) {
    switch tree.kind(node) {
    case .identifierReference: use(node)
    case .thisExpression, .superMember: useThis(node)
    case .superIndex:
      useThis(node)
      visitExpression(tree.operand(node))
    case .superCall:
      visitList(tree.elements(node), holding: 5)
      useSuperCall(node)
    case .newTarget: useNewTarget(node)
    case .templateLiteral: for part in tree.template(node).expressions { visit(part, holding: 2) }
    case .arrayLiteral: visitList(tree.elements(node), holding: 1)
    case .sequence: for element in tree.elements(node) { visitExpression(element) }
    case .objectLiteral: visitObject(node)
    case .spreadElement: visitExpression(tree.operand(node))
    case .functionExpression, .arrowFunction: visitFunction(node)
    case .classExpression: visitClass(node)
    case .unary: visitExpression(tree.unary(node).operand)
    case .yieldExpression: if let argument = tree.yield(node).argument { visitExpression(argument) }
    case .update: visitTarget(tree.update(node).target)
    case .assignment: visitAssignment(node)
    case .conditional:
      let info = tree.conditional(node)
      visitExpression(info.test)
      visitExpression(info.consequent)
      visitExpression(info.alternate)
    case .newExpression:
      let info = tree.new(node)
      visitExpression(info.callee)
      visitList(info.arguments, holding: 5)
    case .taggedTemplate: visitTaggedTemplate(node)
    case .privateIn:
      usePrivate(node, tree.privateIn(node).name)
      visit(tree.privateIn(node).object, holding: 1)
    case .intrinsicCall: visitList(tree.intrinsicCall(node).arguments, holding: 5)
    case .regExpLiteral: break
    default: reportUnsupported(node)
    }
  }

  private mutating func reportUnsupported(_ node: NodeID) {
    switch tree.kind(node) {
    case .awaitExpression: report(node, "'await' is not supported yet")
    default: break
    }
  }

  /// Visits arguments or elements, each of which stays in a register; long lists go to an array.
  private mutating func visitList(_ nodes: NodeList, holding count: Int) {
    for (index, node) in nodes.enumerated() { visit(node, holding: count + min(index, Limits.arguments)) }
  }

  private mutating func visitObject(_ node: NodeID) {
    for (index, element) in tree.elements(node).enumerated() {
      let count = 2 + min(index, Limits.arguments)
      if tree.kind(element) == .spreadElement {
        visit(tree.operand(element), holding: count)
        continue
      }
      let property = tree.property(element)
      visitKey(property.key)
      visit(property.value, holding: count)
    }
  }

  private mutating func visitKey(_ key: NodeID) {
    switch tree.kind(key) {
    case .computedName: visitExpression(tree.operand(key))
    default: break
    }
  }

  // MARK: Assignment

  private mutating func visitAssignment(_ node: NodeID) {
    let info = tree.assignment(node)
    if case .compound(let op) = info.op { noteConstant(info.value, immediate: ImmediateRange.right(op)) }
    visitPattern(info.target)
    if case .assign = info.op, tree.kind(info.target) == .member || tree.kind(info.target) == .index {
      noteConstant(info.value, immediate: nil)
    }
    if isThisMember(info.target) {
      result.functions[function].ownProperties.insert(tree.member(info.target).name.index)
    }
    visit(info.value, holding: tree.kind(info.target) == .identifierReference ? 0 : 2)
  }

  private func isThisMember(_ node: NodeID) -> Bool {
    tree.kind(node) == .member && tree.kind(tree.member(node).object) == .thisExpression
  }

  /// A target that is also read: `x++`.
  private mutating func visitTarget(_ node: NodeID) {
    if tree.kind(node) == .identifierReference { use(node, isAssignment: true) } else { visitExpression(node) }
  }

  /// A pattern or simple target of an assignment, declaration or parameter list.
  mutating func visitPattern(_ node: NodeID) {
    switch tree.kind(node) {
    case .bindingIdentifier: visitBinding(node)
    case .objectPattern, .arrayPattern:
      for element in tree.elements(node) { visitPattern(element) }
    case .patternProperty:
      let property = tree.patternProperty(node)
      visitKey(property.key)
      visitPattern(property.target)
    case .defaultedTarget:
      let info = tree.defaulted(node)
      visitPattern(info.target)
      visitExpression(info.initializer)
    case .restElement: visitPattern(tree.operand(node))
    case .elision: break
    default: visitTarget(node)
    }
  }

  /// `var x = 1` assigns to the `x` that the name means here, which may be a catch parameter.
  private mutating func visitBinding(_ node: NodeID) {
    if result.binding(of: node) != 0 { return }
    let id = current[Int(tree.name(node).index)]
    result.resolved[Int(node.index)] = id
    result.bindings[Int(id)].assignments.append(tree.node(node).start)
  }

  // MARK: Constants in loops

  private mutating func noteOperands(_ binary: BinaryInfo) {
    let comparison = ImmediateRange.comparison(binary.op)
    if isNullComparison(binary) { return }
    noteConstant(binary.right, immediate: ImmediateRange.right(binary.op) ?? comparison)
    noteConstant(binary.left, immediate: binary.op == .multiply ? ImmediateRange.byte : comparison)
  }

  private func isNullComparison(_ binary: BinaryInfo) -> Bool {
    switch binary.op {
    case .equal, .notEqual, .strictEqual, .strictNotEqual:
      tree.kind(binary.left) == .nullLiteral || tree.kind(binary.right) == .nullLiteral
    default: false
    }
  }

  /// Remembers a literal that the current loop needs in a register each time.
  private mutating func noteConstant(_ node: NodeID, immediate: ClosedRange<Int>?) {
    guard let loop, let literal = tree.literal(node) else { return }
    let constant: LoopConstant
    switch literal {
    case .number(let value):
      if let immediate, let integer = value.exactInteger, immediate.contains(integer) { return }
      constant = .number(value.bitPattern)
    case .string(let name): constant = .string(name)
    case .special(let number): constant = .special(number)
    }
    let known = result.loopConstants[loop.index] ?? []
    if known.count < 16, !known.contains(constant) { result.loopConstants[loop.index] = known + [constant] }
  }
}
