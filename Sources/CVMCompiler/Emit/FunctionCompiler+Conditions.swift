import CVMBytecode
import CVMSyntax

/// Conditions compile to jumps; no boolean is made.
extension FunctionCompiler {
  func branch(_ node: NodeID, ifTrue label: Label) { jump(node, to: label, when: true) }

  func branch(_ node: NodeID, ifFalse label: Label) { jump(node, to: label, when: false) }

  /// Jumps when the truth of an expression is `when`, else falls through.
  func jump(_ node: NodeID, to label: Label, when: Bool) {
    if let truth = constantTruth(node) {
      if truth == when { builder.emitJump(.jump, to: label) }
      return
    }
    switch tree.kind(node) {
    case _ where outlinedFunction(node) != nil:
      scoped { builder.emitJump(when ? .jumpTrue : .jumpFalse, operand(node), to: label) }
    case .unary where tree.unary(node).op == .logicalNot: jump(tree.unary(node).operand, to: label, when: !when)
    case .logical where tree.logical(node).op != .coalesce: jumpLogical(node, to: label, when: when)
    case .sequence:
      let elements = tree.elements(node)
      for element in elements.dropLast() { scoped { discard(element) } }
      if let last = elements.last { jump(last, to: label, when: when) }
    case .binary where isComparison(tree.binary(node).op):
      scoped { emitComparison(node, to: label, when: when) }
    default: scoped { builder.emitJump(when ? .jumpTrue : .jumpFalse, operand(node), to: label) }
    }
  }

  /// Jumps back to the start of a loop when an expression is true, else falls through.
  func loopBack(_ node: NodeID, to body: Label, when: Bool = true) {
    if let truth = constantTruth(node) {
      if truth == when { builder.emitJump(.loop, to: body) }
      return
    }
    switch tree.kind(node) {
    case .unary where tree.unary(node).op == .logicalNot: loopBack(tree.unary(node).operand, to: body, when: !when)
    case .logical where tree.logical(node).op == (when ? .or : .and):
      for element in logicalChain(node) { loopBack(element, to: body, when: when) }
    case .logical where tree.logical(node).op == (when ? .and : .or):
      let exit = builder.makeLabel()
      let chain = logicalChain(node)
      for element in chain.dropLast() { jump(element, to: exit, when: !when) }
      if let last = chain.last { loopBack(last, to: body, when: when) }
      builder.bind(exit)
    case .binary where isComparison(tree.binary(node).op): loopBackComparison(node, to: body, when: when)
    default: scoped { builder.emitJump(when ? .loopTrue : .loopFalse, operand(node), to: body) }
    }
  }

  private func constantTruth(_ node: NodeID) -> Bool? {
    switch tree.kind(node) {
    case .trueLiteral: return true
    case .falseLiteral, .nullLiteral: return false
    case .numberLiteral:
      let value = tree.number(node)
      return value != 0 && !value.isNaN
    case .stringLiteral: return tree.names.units(tree.name(node)).count > 0
    default: return nil
    }
  }

  // MARK: && and ||

  /// The operands of a chain of one operator, left to right.
  private func logicalChain(_ node: NodeID) -> [NodeID] {
    let op = tree.logical(node).op
    var operands: [NodeID] = []
    var current = node
    while tree.kind(current) == .logical, tree.logical(current).op == op {
      operands.append(tree.logical(current).right)
      current = tree.logical(current).left
    }
    operands.append(current)
    return operands.reversed()
  }

  private func jumpLogical(_ node: NodeID, to label: Label, when: Bool) {
    let chain = logicalChain(node)
    if tree.logical(node).op == (when ? .or : .and) {
      for element in chain { jump(element, to: label, when: when) }
      return
    }
    let skip = builder.makeLabel()
    for element in chain.dropLast() { jump(element, to: skip, when: !when) }
    if let last = chain.last { jump(last, to: label, when: when) }
    builder.bind(skip)
  }

  // MARK: Comparisons

  private func isComparison(_ op: BinaryOperator) -> Bool {
    switch op {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .strictEqual, .strictNotEqual: true
    default: false
    }
  }

  private func mirrored(_ op: BinaryOperator) -> BinaryOperator {
    switch op {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: op
    }
  }

  private func immediate(_ node: NodeID, _ op: BinaryOperator) -> Int? {
    guard let range = ImmediateRange.comparison(op), let number = foldedNumber(node)?.exactInteger,
      range.contains(number)
    else { return nil }
    return number
  }

  private func emitComparison(_ node: NodeID, to label: Label, when: Bool) {
    let info = tree.binary(node)
    let span = binarySpan(node, info)
    if emitSpecialComparison(info, to: label, when: when) { return }
    if let number = immediate(info.right, info.op) {
      return emitImmediateComparison(info.op, operand(info.left), number, to: label, when: when, span)
    }
    if let number = immediate(info.left, info.op) {
      return emitImmediateComparison(mirrored(info.op), operand(info.right), number, to: label, when: when, span)
    }
    let (left, right) = comparisonOperands(info)
    let isStrict = info.op == .strictEqual || info.op == .strictNotEqual
    builder.emitJump(jumpOpcode(info.op, when: when), left, right, to: label, at: isStrict ? nil : span)
  }

  private func comparisonOperands(_ info: BinaryInfo) -> (Int, Int) {
    let range = tree.range(info.right)
    let left = operand(info.left, start: range.start, end: range.end)
    return (left, operand(info.right))
  }

  private func emitImmediateComparison(
    _ op: BinaryOperator, _ register: Int, _ number: Int, to label: Label, when: Bool, _ span: SourceSpan
  ) {
    let opcode: Opcode =
      switch op {
      case .less: when ? .jumpLessThanInt : .jumpNotLessThanInt
      case .lessOrEqual: when ? .jumpLessEqualInt : .jumpNotLessEqualInt
      case .greater: when ? .jumpGreaterThanInt : .jumpNotGreaterThanInt
      case .greaterOrEqual: when ? .jumpGreaterEqualInt : .jumpNotGreaterEqualInt
      case .strictEqual: when ? .jumpStrictEqInt : .jumpStrictNeqInt
      default: when ? .jumpStrictNeqInt : .jumpStrictEqInt
      }
    builder.emitJump(opcode, register, immediate: number, to: label, at: opcode.cachedInfo.canThrow ? span : nil)
  }

  private func jumpOpcode(_ op: BinaryOperator, when: Bool) -> Opcode {
    switch op {
    case .less: when ? .jumpLessThan : .jumpNotLessThan
    case .lessOrEqual: when ? .jumpLessEqual : .jumpNotLessEqual
    case .greater: when ? .jumpGreaterThan : .jumpNotGreaterThan
    case .greaterOrEqual: when ? .jumpGreaterEqual : .jumpNotGreaterEqual
    case .equal: when ? .jumpEq : .jumpNeq
    case .notEqual: when ? .jumpNeq : .jumpEq
    case .strictEqual: when ? .jumpStrictEq : .jumpStrictNeq
    default: when ? .jumpStrictNeq : .jumpStrictEq
    }
  }

  /// Comparisons with null and undefined; says whether this was one.
  private func emitSpecialComparison(_ info: BinaryInfo, to label: Label, when: Bool) -> Bool {
    let isEquality = info.op == .equal || info.op == .strictEqual
    guard isEquality || info.op == .notEqual || info.op == .strictNotEqual else { return false }
    let jumps = isEquality == when
    let isStrict = info.op == .strictEqual || info.op == .strictNotEqual
    let other: NodeID
    let isUndefined: Bool
    if isNullOrUndefined(info.right) {
      other = info.left
      isUndefined = tree.kind(info.right) != .nullLiteral
    } else if isNullOrUndefined(info.left) {
      other = info.right
      isUndefined = tree.kind(info.left) != .nullLiteral
    } else {
      return false
    }
    if !isStrict {
      builder.emitJump(jumps ? .jumpNullish : .jumpNotNullish, operand(other), to: label)
    } else if isUndefined {
      builder.emitJump(jumps ? .jumpUndefined : .jumpNotUndefined, operand(other), to: label)
    } else {
      builder.emitJump(jumps ? .jumpNull : .jumpNotNull, operand(other), to: label)
    }
    return true
  }

  private func isNullOrUndefined(_ node: NodeID) -> Bool {
    switch tree.kind(node) {
    case .nullLiteral: true
    case .identifierReference: tree.name(node) == .undefined && analysis.binding(of: node) == 0
    case .unary: tree.unary(node).op == .void && tree.literal(tree.unary(node).operand) != nil
    default: false
    }
  }

  private func loopBackComparison(_ node: NodeID, to body: Label, when: Bool) {
    let info = tree.binary(node)
    guard when, let opcode = loopOpcode(info.op) else {
      let exit = builder.makeLabel()
      jump(node, to: exit, when: !when)
      builder.emitJump(.loop, to: body)
      return builder.bind(exit)
    }
    let span = binarySpan(node, info)
    scoped {
      if let number = immediate(info.right, info.op) {
        builder.emitJump(opcode.immediate, operand(info.left), immediate: number, to: body, at: span)
      } else if let number = immediate(info.left, info.op), let opcode = loopOpcode(mirrored(info.op)) {
        builder.emitJump(opcode.immediate, operand(info.right), immediate: number, to: body, at: span)
      } else {
        let (left, right) = comparisonOperands(info)
        builder.emitJump(opcode.registers, left, right, to: body, at: span)
      }
    }
  }

  private func loopOpcode(_ op: BinaryOperator) -> (registers: Opcode, immediate: Opcode)? {
    switch op {
    case .less: (.loopLessThan, .loopLessThanInt)
    case .lessOrEqual: (.loopLessEqual, .loopLessEqualInt)
    case .greater: (.loopGreaterThan, .loopGreaterThanInt)
    case .greaterOrEqual: (.loopGreaterEqual, .loopGreaterEqualInt)
    default: nil
    }
  }
}
