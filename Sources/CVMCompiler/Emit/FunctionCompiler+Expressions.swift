import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  // MARK: Entry points

  /// The register that holds the value of an expression: a variable's own where nothing from `start` to `end`, what is
  /// evaluated before the value is used, can change it; else a new temporary.
  func operand(_ node: NodeID, start: UInt32 = 0, end: UInt32 = 0) -> Int {
    if let register = inPlace(node, start: start, end: end) { return register }
    let register = temporary()
    compile(node, into: register)
    return register
  }

  /// As `operand`, but a temporary that is wanted for something else anyway is used in place of a new one.
  func operand(_ node: NodeID, start: UInt32 = 0, end: UInt32 = 0, reusing target: Int) -> Int {
    if let register = inPlace(node, start: start, end: end) { return register }
    let register = registers.isVariable(target) ? temporary() : target
    compile(node, into: register)
    return register
  }

  private func inPlace(_ node: NodeID, start: UInt32, end: UInt32) -> Int? {
    if outlinedFunction(node) != nil { return nil }
    switch tree.kind(node) {
    case .identifierReference:
      guard let register = localRegister(node, start: start, end: end) else { return nil }
      if isChecked(node) { builder.emit(.checkInitialized, register, at: span(node)) }
      return register
    case .thisExpression:
      if !isThisInitialized, let thisRegister {
        builder.emit(.checkInitialized, thisRegister, at: span(node))
        return thisRegister
      }
      return thisInPlace()
    case .assignment: return assignedInPlace(node, start: start, end: end)
    default: return hoistedConstant(node)
    }
  }

  /// `(x = value)`: the register of `x` afterwards.
  private func assignedInPlace(_ node: NodeID, start: UInt32, end: UInt32) -> Int? {
    let info = tree.assignment(node)
    guard case .logical = info.op else {
      guard tree.kind(info.target) == .identifierReference, assignableRegister(info.target) != nil,
        let register = localRegister(info.target, start: start, end: end)
      else { return nil }
      discard(node)
      return register
    }
    return nil
  }

  /// The register that holds a literal in the current loop.
  private func hoistedConstant(_ node: NodeID) -> Int? {
    guard !loopConstants.isEmpty, let literal = tree.literal(node) else { return nil }
    return loopRegister(literal)
  }

  func loopRegister(_ value: ConstantValue) -> Int? {
    switch value {
    case .number(let value): return loopConstants[.number(value.bitPattern)]
    case .string(let name): return loopConstants[.string(name)]
    case .special(let number): return loopConstants[.special(number)]
    }
  }

  /// Evaluates an expression for its effects.
  func discard(_ node: NodeID) {
    if outlinedFunction(node) != nil { return scoped { compile(node, into: temporary()) } }
    switch tree.kind(node) {
    case .assignment: compileAssignment(node, into: nil)
    case .update: compileUpdate(node, into: nil)
    case .sequence: for element in tree.elements(node) { scoped { discard(element) } }
    case .logical, .conditional: discardBranches(node)
    case .unary:
      let info = tree.unary(node)
      if info.op == .void || info.op == .logicalNot { return discard(info.operand) }
      scoped { compile(node, into: temporary()) }
    case .nullLiteral, .trueLiteral, .falseLiteral, .numberLiteral, .stringLiteral: break
    default: scoped { _ = operand(node) }
    }
  }

  private func discardBranches(_ node: NodeID) {
    let end = builder.makeLabel()
    if tree.kind(node) == .conditional {
      let info = tree.conditional(node)
      let alternate = builder.makeLabel()
      branch(info.test, ifFalse: alternate)
      scoped { discard(info.consequent) }
      builder.emitJump(.jump, to: end)
      builder.bind(alternate)
      scoped { discard(info.alternate) }
    } else {
      let info = tree.logical(node)
      switch info.op {
      case .and: branch(info.left, ifFalse: end)
      case .or: branch(info.left, ifTrue: end)
      case .coalesce: scoped { builder.emitJump(.jumpNotNullish, operand(info.left), to: end) }
      }
      scoped { discard(info.right) }
    }
    builder.bind(end)
  }

  /// Computes the value of an expression into a register.
  func compile(_ node: NodeID, into target: Int) {
    if compileOutlined(node, into: target) { return }
    switch tree.kind(node) {
    case .identifierReference: loadIdentifier(node, into: target)
    case .thisExpression: loadThis(node, into: target)
    case .nullLiteral: builder.emit(.loadSpecial, target, immediate: Special.null)
    case .trueLiteral: builder.emit(.loadSpecial, target, immediate: Special.true)
    case .falseLiteral: builder.emit(.loadSpecial, target, immediate: Special.false)
    case .numberLiteral: loadNumber(tree.number(node), into: target)
    case .stringLiteral: loadString(tree.name(node), into: target)
    case .bigIntLiteral:
      builder.emit(.loadConstant, target, word: builder.constant(.bigInt(unit.units(tree.name(node)))))
    case .templateLiteral: compileTemplate(node, into: target)
    case .regExpLiteral:
      let flags = Int(Int8(bitPattern: tree.regExpFlags(node)))
      builder.emit(.regExpCreate, target, 0, flags, word: constant(tree.regExp(node).pattern))
    case .arrayLiteral: compileArray(node, into: target)
    case .objectLiteral: compileObject(node, into: target)
    case .functionExpression, .arrowFunction: emitClosure(node, name: nil, into: target)
    case .classExpression: compileClass(node, name: nil, nameRegister: nil, into: target)
    case .unary: compileUnary(node, into: target)
    case .update: compileUpdate(node, into: target)
    case .binary: compileBinary(node, into: target)
    case .logical: compileLogical(node, into: target)
    case .assignment: compileAssignment(node, into: target)
    case .conditional: compileConditional(node, into: target)
    case .sequence: compileSequence(node, into: target)
    case .member, .privateMember, .index, .call, .optionalChain: compileChain(node, into: target)
    case .superMember, .superIndex: compileSuperProperty(node, into: target)
    case .superCall: compileSuperCall(node, into: target)
    case .newExpression: compileNew(node, into: target)
    case .newTarget: compileNewTarget(node, into: target)
    case .intrinsicCall: compileIntrinsic(node, into: target)
    case .yieldExpression: compileYield(node, into: target)
    case .taggedTemplate: compileTagged(node, into: target)
    case .privateIn: compilePrivateIn(node, into: target)
    default: loadUndefined(target)
    }
  }

  // MARK: Literals

  func loadNumber(_ value: Double, into target: Int) {
    if let register = loopConstants[.number(value.bitPattern)] { return move(target, register) }
    loadNumberAfresh(value, into: target)
  }

  func loadNumberAfresh(_ value: Double, into target: Int) {
    guard let integer = value.exactInteger, ImmediateRange.word.contains(integer) else {
      return builder.emitDouble(target, value)
    }
    if ImmediateRange.half.contains(integer) {
      builder.emit(.loadInt, target, immediate: integer)
    } else {
      builder.emit(.loadInt32, target, word: UInt32(bitPattern: Int32(integer)))
    }
  }

  func loadString(_ name: NameID, into target: Int) {
    if let register = loopConstants[.string(name)] { return move(target, register) }
    builder.emit(.loadConstant, target, word: constant(name))
  }

  private func compileTemplate(_ node: NodeID, into target: Int) {
    let template = tree.template(node)
    let pieces = template.elements.map { tree.templateElement($0).cooked ?? .none }
    if template.expressions.isEmpty { return loadString(pieces[0], into: target) }
    scoped {
      let result = registers.isVariable(target) ? temporary() : target
      var isEmpty = true
      for (index, piece) in pieces.enumerated() {
        if tree.names.units(piece).count > 0 {
          append(to: result, isEmpty: isEmpty, span(node)) { self.loadString(piece, into: $0) }
          isEmpty = false
        }
        guard index < template.expressions.count else { continue }
        let expression = template.expressions[index]
        append(to: result, isEmpty: isEmpty, span(node)) { register in
          let value = self.operand(expression, reusing: register)
          self.builder.emit(.toString, register, value, at: self.span(expression))
        }
        isEmpty = false
      }
      move(target, result)
    }
  }

  /// Adds what `load` puts in a register to the end of a string.
  private func append(to result: Int, isEmpty: Bool, _ span: SourceSpan, _ load: (Int) -> Void) {
    if isEmpty { return load(result) }
    scoped {
      let part = temporary()
      load(part)
      builder.emit(.add, result, result, part, at: span)
    }
  }

  private func compileArray(_ node: NodeID, into target: Int) {
    let elements = tree.elements(node)
    let chunk = elements.prefix(Limits.arguments).prefix { tree.kind($0) != .spreadElement }.count
    scoped {
      let needsMore = chunk < elements.count
      let result = needsMore && registers.isVariable(target) ? temporary() : target
      scoped {
        let first = chunk == 0 ? result : registers.next
        for element in elements[0..<chunk] { compileElement(element, into: temporary()) }
        builder.emit(.arrayNew, result, first, chunk)
      }
      for element in elements[chunk...] { scoped { appendElement(element, to: result) } }
      move(target, result)
    }
  }

  private func compileElement(_ element: NodeID, into register: Int) {
    if tree.kind(element) == .elision {
      builder.emit(.loadSpecial, register, immediate: Special.hole)
    } else {
      compile(element, into: register)
    }
  }

  private func appendElement(_ element: NodeID, to array: Int) {
    if tree.kind(element) == .spreadElement {
      let subject = tree.operand(element)
      builder.emit(.arrayAppendSpread, array, operand(subject), at: span(subject))
    } else if tree.kind(element) == .elision {
      let hole = temporary()
      compileElement(element, into: hole)
      builder.emit(.arrayAppend, array, hole)
    } else {
      builder.emit(.arrayAppend, array, operand(element))
    }
  }

  /// An array of the arguments of a call with spread or very many arguments.
  func compileArgumentArray(_ arguments: NodeList, into target: Int) {
    let chunk = arguments.prefix(Limits.arguments).prefix { tree.kind($0) != .spreadElement }.count
    scoped {
      let first = chunk == 0 ? target : registers.next
      for argument in arguments[0..<chunk] { compile(argument, into: temporary()) }
      builder.emit(.arrayNew, target, first, chunk)
    }
    for argument in arguments[chunk...] { scoped { appendElement(argument, to: target) } }
  }

  // MARK: Selection and sequence

  private func compileConditional(_ node: NodeID, into target: Int) {
    let info = tree.conditional(node)
    let alternate = builder.makeLabel()
    let end = builder.makeLabel()
    branch(info.test, ifFalse: alternate)
    scoped { compile(info.consequent, into: target) }
    builder.emitJump(.jump, to: end)
    builder.bind(alternate)
    scoped { compile(info.alternate, into: target) }
    builder.bind(end)
  }

  private func compileSequence(_ node: NodeID, into target: Int) {
    let elements = tree.elements(node)
    for element in elements.dropLast() { scoped { discard(element) } }
    if let last = elements.last { compile(last, into: target) }
  }

  /// `a && b && c`: chains nest to the left and are walked in a loop.
  private func compileLogical(_ node: NodeID, into target: Int) {
    var spine: [NodeID] = []
    var current = node
    while tree.kind(current) == .logical {
      spine.append(current)
      current = tree.logical(current).left
    }
    scoped {
      let result = registers.isVariable(target) ? temporary() : target
      compile(current, into: result)
      // A chain of one operator leaves at once where the first operand decides.
      var end = builder.makeLabel()
      var op: LogicalOperator?
      for node in spine.reversed() {
        let info = tree.logical(node)
        if let op, op != info.op {
          builder.bind(end)
          end = builder.makeLabel()
        }
        op = info.op
        builder.emitJump(skip(info.op), result, to: end)
        scoped { compile(info.right, into: result) }
      }
      builder.bind(end)
      move(target, result)
    }
  }

  /// The jump that leaves out the right operand.
  func skip(_ op: LogicalOperator) -> Opcode {
    switch op {
    case .and: .jumpFalse
    case .or: .jumpTrue
    case .coalesce: .jumpNotNullish
    }
  }
}
