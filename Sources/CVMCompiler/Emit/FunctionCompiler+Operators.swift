import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  // MARK: Unary

  func compileUnary(_ node: NodeID, into target: Int) {
    let info = tree.unary(node)
    let span = span(node)
    switch info.op {
    case .minus:
      if let number = foldedNumber(node) { return loadNumber(number, into: target) }
      emitUnary(.negate, info.operand, into: target, span)
    case .plus: emitUnary(.toNumber, info.operand, into: target, span)
    case .bitwiseNot:
      if let number = foldedNumber(node) { return loadNumber(number, into: target) }
      emitUnary(.bitNot, info.operand, into: target, span)
    case .logicalNot: compileNot(info.operand, into: target)
    case .typeof: compileTypeof(info.operand, into: target)
    case .void:
      scoped { discard(info.operand) }
      loadUndefined(target)
    case .delete: compileDelete(info.operand, into: target)
    }
  }

  private func emitUnary(_ opcode: Opcode, _ operand: NodeID, into target: Int, _ span: SourceSpan) {
    scoped {
      let value = self.operand(operand, reusing: target)
      builder.emit(opcode, target, value, at: span)
    }
  }

  private func compileNot(_ operand: NodeID, into target: Int) {
    scoped { builder.emit(.not, target, self.operand(operand, reusing: target)) }
  }

  private func compileTypeof(_ operand: NodeID, into target: Int) {
    scoped {
      let value: Int
      if tree.kind(operand) == .identifierReference, case .global(let name) = access(operand) {
        value = registers.isVariable(target) ? temporary() : target
        builder.emit(.loadOrUndefined, value, word: constant(name), at: span(operand))
      } else {
        value = self.operand(operand, reusing: target)
      }
      builder.emit(isFirstDialect ? .typeofKind : .typeof, target, value)
    }
  }

  private func compileDelete(_ operand: NodeID, into target: Int) {
    switch tree.kind(operand) {
    case .member, .index:
      scoped { deleteProperty(operand, into: target) }
    case .superMember, .superIndex:
      scoped { _ = superReference(operand) }
      builder.emit(.throwError, 0, 1, word: constant("Unsupported reference to 'super'"), at: span(operand))
      loadUndefined(target)
    case .optionalChain:
      let end = builder.makeLabel()
      let short = builder.makeLabel()
      let inner = tree.operand(operand)
      scoped {
        if tree.kind(inner) == .member || tree.kind(inner) == .index {
          deleteProperty(inner, into: target, short: short)
        } else {
          discard(operand)
          builder.emit(.loadSpecial, target, immediate: Special.true)
        }
      }
      builder.emitJump(.jump, to: end)
      builder.bind(short)
      builder.emit(.loadSpecial, target, immediate: Special.true)
      builder.bind(end)
    default:
      scoped { discard(operand) }
      builder.emit(.loadSpecial, target, immediate: Special.true)
    }
  }

  private func deleteProperty(_ node: NodeID, into target: Int, short: Label? = nil) {
    if tree.kind(node) == .member {
      let info = tree.member(node)
      let object = chainOperand(info.object, short: short)
      if info.isOptional, let short { builder.emitJump(.jumpNullish, object, to: short) }
      let key = temporary()
      builder.emit(.loadConstant, key, word: constant(info.name))
      builder.emit(.propertyDelete, target, object, key, at: propertySpan(node))
    } else {
      let info = tree.index(node)
      let keyRange = tree.range(info.key)
      let object = chainOperand(info.object, start: keyRange.start, end: keyRange.end, short: short)
      if info.isOptional, let short { builder.emitJump(.jumpNullish, object, to: short) }
      builder.emit(.propertyDelete, target, object, operand(info.key), at: propertySpan(node))
    }
  }

  // MARK: Binary

  /// Where the operator of a binary expression stands.
  func operatorOffset(_ node: NodeID, _ info: BinaryInfo) -> UInt32 {
    let start = tree.node(info.left).end
    let end = tree.node(info.right).start
    let bytes = Array(info.op.text.utf8)
    var position = Int(start)
    while position + bytes.count <= Int(end) {
      if tree.source.bytes[position..<position + bytes.count].elementsEqual(bytes) { return UInt32(position) }
      position += 1
    }
    return start
  }

  func binarySpan(_ node: NodeID, _ info: BinaryInfo) -> SourceSpan {
    span(node, caret: operatorOffset(node, info))
  }

  /// What the left part of a chain has come to.
  private enum Accumulator {
    case constant(ConstantValue)
    case register(Int)
  }

  /// `a + b - c`: chains nest to the left and are walked in a loop.
  func compileBinary(_ node: NodeID, into target: Int) {
    var spine: [NodeID] = []
    var current = node
    while tree.kind(current) == .binary {
      spine.append(current)
      current = tree.binary(current).left
    }
    scoped {
      var accumulator = firstOperand(current, tree.binary(spine[spine.count - 1]), target)
      for (index, node) in spine.reversed().enumerated() {
        let info = tree.binary(node)
        let isLast = index == spine.count - 1
        if case .constant(let left) = accumulator, let right = foldedConstant(info.right),
          let folded = fold(info.op, left, right)
        {
          accumulator = .constant(folded)
          continue
        }
        let destination = isLast || !registers.isVariable(target) ? target : accumulatorRegister(accumulator)
        emitBinary(node, info, accumulator, into: destination)
        accumulator = .register(destination)
      }
      if case .constant(let value) = accumulator { load(value, into: target) }
    }
  }

  private func accumulatorRegister(_ accumulator: Accumulator) -> Int {
    if case .register(let register) = accumulator, !registers.isVariable(register) { return register }
    return temporary()
  }

  private func firstOperand(_ node: NodeID, _ info: BinaryInfo, _ target: Int) -> Accumulator {
    if let value = foldedConstant(node) { return .constant(value) }
    let right = tree.range(info.right)
    return .register(operand(node, start: right.start, end: right.end, reusing: target))
  }

  private func load(_ value: ConstantValue, into target: Int) {
    switch value {
    case .number(let number): loadNumber(number, into: target)
    case .string(let name): loadString(name, into: target)
    case .special(let number): builder.emit(.loadSpecial, target, immediate: number)
    }
  }

  /// The register of the left operand.
  private func register(_ accumulator: Accumulator, reusing target: Int) -> Int {
    guard case .constant(let value) = accumulator else {
      if case .register(let register) = accumulator { return register }
      return target
    }
    if let register = loopRegister(value) { return register }
    let register = registers.isVariable(target) ? temporary() : target
    load(value, into: register)
    return register
  }

  private func emitBinary(_ node: NodeID, _ info: BinaryInfo, _ left: Accumulator, into target: Int) {
    let span = binarySpan(node, info)
    scoped {
      if let range = ImmediateRange.right(info.op), let number = foldedNumber(info.right)?.exactInteger,
        range.contains(number)
      {
        return emitImmediate(info.op, register(left, reusing: target), number, into: target, span)
      }
      if info.op == .multiply, case .constant(.number(let value)) = left, let number = value.exactInteger,
        ImmediateRange.byte.contains(number)
      {
        return builder.emit(.mulInt, target, operand(info.right), number, at: span)
      }
      let left = register(left, reusing: target)
      let right = operand(info.right)
      if info.op == .strictEqual || info.op == .strictNotEqual {
        builder.emit(opcode(info.op), target, left, right)
      } else {
        builder.emit(opcode(info.op), target, left, right, at: span)
      }
    }
  }

  func emitImmediate(_ op: BinaryOperator, _ left: Int, _ number: Int, into target: Int, _ span: SourceSpan) {
    switch op {
    case .add: builder.emit(.addInt, target, left, number, at: span)
    case .subtract: builder.emit(.subInt, target, left, number, at: span)
    case .multiply: builder.emit(.mulInt, target, left, number, at: span)
    case .leftShift: builder.emit(.shiftLeftInt, target, left, number, at: span)
    case .rightShift: builder.emit(.shiftRightInt, target, left, number, at: span)
    case .unsignedRightShift: builder.emit(.shiftRightUnsignedInt, target, left, number, at: span)
    case .remainder: builder.emit(.modInt, target, left, word: UInt32(bitPattern: Int32(number)), at: span)
    case .bitwiseAnd: builder.emit(.bitAndInt, target, left, word: UInt32(bitPattern: Int32(number)), at: span)
    default: builder.emit(.bitOrInt, target, left, word: UInt32(bitPattern: Int32(number)), at: span)
    }
  }

  func opcode(_ op: BinaryOperator) -> Opcode {
    switch op {
    case .add: .add
    case .subtract: .sub
    case .multiply: .mul
    case .divide: isFirstDialect ? .divChecked : .div
    case .remainder: .mod
    case .exponentiate: .exp
    case .leftShift: .shiftLeft
    case .rightShift: .shiftRight
    case .unsignedRightShift: .shiftRightUnsigned
    case .bitwiseAnd: .bitAnd
    case .bitwiseOr: .bitOr
    case .bitwiseXor: .bitXor
    case .equal: .eq
    case .notEqual: .neq
    case .strictEqual: .strictEq
    case .strictNotEqual: .strictNeq
    case .less: .lessThan
    case .lessOrEqual: .lessEqual
    case .greater: .greaterThan
    case .greaterOrEqual: .greaterEqual
    case .instanceof: .instanceof
    case .in: .in
    }
  }

  /// An operation of a compound assignment: `target = left op value`.
  func emitCompound(_ op: BinaryOperator, _ left: Int, _ value: NodeID, into target: Int, _ span: SourceSpan) {
    if let range = ImmediateRange.right(op), let number = foldedNumber(value)?.exactInteger, range.contains(number) {
      return emitImmediate(op, left, number, into: target, span)
    }
    scoped { builder.emit(opcode(op), target, left, operand(value), at: span) }
  }
}
