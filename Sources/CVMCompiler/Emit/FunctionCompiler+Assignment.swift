import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  /// Compiles an assignment; without a target its value is not wanted.
  func compileAssignment(_ node: NodeID, into target: Int?) {
    let info = tree.assignment(node)
    switch info.op {
    case .assign: scoped { assign(node, info, into: target) }
    case .compound(let op): scoped { assignCompound(node, info, op, into: target) }
    case .logical(let op): scoped { assignLogical(node, info, op, into: target) }
    }
  }

  private func operatorOffset(_ info: AssignmentInfo) -> UInt32 {
    let start = tree.node(info.target).end
    let end = tree.node(info.value).start
    for position in Int(start)..<max(Int(start), Int(end)) {
      switch tree.source.bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ")"), UInt8(ascii: "]"): continue
      default: return UInt32(position)
      }
    }
    return start
  }

  /// The place of a property that is written: where V8 points, at the operator.
  private func storeSpan(_ target: NodeID, _ info: AssignmentInfo) -> SourceSpan {
    span(target, caret: operatorOffset(info))
  }

  /// A register that a value may be computed in: the target of the whole expression, where that is no variable.
  private func valueRegister(_ target: Int?) -> Int {
    if let target, !registers.isVariable(target) { return target }
    return temporary()
  }

  // MARK: =

  private func assign(_ node: NodeID, _ info: AssignmentInfo, into target: Int?) {
    switch tree.kind(info.target) {
    case .identifierReference: assignIdentifier(info, into: target)
    case .member, .privateMember, .index, .superMember, .superIndex: assignProperty(info, into: target)
    default:
      let range = tree.range(info.target)
      let value = operand(info.value, start: range.start, end: range.end)
      bindPattern(info.target, from: value, isDeclaration: false, source: .expression(info.value))
      if let target { move(target, value) }
    }
  }

  private func assignIdentifier(_ info: AssignmentInfo, into target: Int?) {
    let name = tree.isParenthesized(info.target) ? nil : tree.name(info.target)
    if let register = assignableRegister(info.target) {
      compileNamed(info.value, name: name, into: register)
      if let target { move(target, register) }
      return
    }
    let value: Int
    if isAnonymousFunction(info.value) {
      value = valueRegister(target)
      compileNamed(info.value, name: name, into: value)
    } else {
      value = operand(info.value, reusing: valueRegister(target))
    }
    storeIdentifier(info.target, from: value, operatorOffset: operatorOffset(info))
    if let target { move(target, value) }
  }

  private func assignProperty(_ info: AssignmentInfo, into target: Int?) {
    let range = tree.range(info.value)
    let reference = evaluateReference(info.target, start: range.start, end: range.end)
    let value = operand(info.value, reusing: valueRegister(target))
    store(reference, value, storeSpan(info.target, info))
    if let target { move(target, value) }
  }

  // MARK: References

  /// A property that is read or written, its object and key evaluated.
  enum Reference {
    case named(Int, NameID)
    case keyed(Int, Int)
    case superProperty(SuperReference)
    /// The access and its object.
    case privateMember(NodeID, Int)
  }

  /// Evaluates the object and key of a property; they must survive what stands from `start` to `end`.
  func evaluateReference(_ node: NodeID, start: UInt32, end: UInt32) -> Reference {
    switch tree.kind(node) {
    case .superMember, .superIndex: return .superProperty(superReference(node))
    case .privateMember:
      return .privateMember(node, operand(tree.member(node).object, start: start, end: end))
    case .member:
      return .named(operand(tree.member(node).object, start: start, end: end), tree.member(node).name)
    default:
      let info = tree.index(node)
      if let name = staticName(node) { return .named(operand(info.object, start: start, end: end), name) }
      let key = tree.range(info.key)
      let object = operand(info.object, start: key.start, end: max(key.end, end))
      return .keyed(object, operand(info.key, start: start, end: end))
    }
  }

  /// A reference that is read and then written: its key is converted only once.
  private func referenceToUpdate(_ node: NodeID, start: UInt32, end: UInt32) -> Reference {
    let reference = evaluateReference(node, start: start, end: end)
    guard case .keyed(let object, let key) = reference, tree.literal(tree.index(node).key) == nil else {
      return reference
    }
    let converted = temporary()
    builder.emit(.toElementKey, converted, object, key, at: propertySpan(node))
    return .keyed(object, converted)
  }

  func store(_ reference: Reference, _ value: Int, _ span: SourceSpan) {
    switch reference {
    case .named(let object, let name): builder.emit(.propertySet, object, value, word: constant(name), at: span)
    case .keyed(let object, let key): builder.emit(.arraySet, object, key, value, at: span)
    case .superProperty(let reference): emitSuperSet(reference, value)
    case .privateMember(let node, let object): emitPrivateSet(node, object, value, span)
    }
  }

  private func read(_ reference: Reference, into target: Int, _ span: SourceSpan) {
    switch reference {
    case .named(let object, let name): emitGet(target, object, name, span)
    case .keyed(let object, let key): builder.emit(.arrayGet, target, object, key, at: span)
    case .superProperty(let reference): emitSuperGet(reference, into: target)
    case .privateMember(let node, let object): emitPrivateGet(node, object, into: target, span)
    }
  }

  // MARK: Compound operators

  private func assignCompound(_ node: NodeID, _ info: AssignmentInfo, _ op: BinaryOperator, into target: Int?) {
    let place = span(node, caret: operatorOffset(info))
    let range = tree.range(info.value)
    guard tree.kind(info.target) == .identifierReference else {
      let reference = referenceToUpdate(info.target, start: range.start, end: range.end)
      let value = valueRegister(target)
      read(reference, into: value, propertySpan(info.target))
      emitCompound(op, value, info.value, into: value, place)
      store(reference, value, storeSpan(info.target, info))
      if let target { move(target, value) }
      return
    }
    if let register = assignableRegister(info.target) {
      let left = operand(info.target, start: range.start, end: range.end)
      emitCompound(op, left, info.value, into: register, place)
      if let target { move(target, register) }
      return
    }
    let value = valueRegister(target)
    loadIdentifier(info.target, into: value)
    emitCompound(op, value, info.value, into: value, place)
    storeIdentifier(info.target, from: value, operatorOffset: operatorOffset(info))
    if let target { move(target, value) }
  }

  private func assignLogical(_ node: NodeID, _ info: AssignmentInfo, _ op: LogicalOperator, into target: Int?) {
    let end = builder.makeLabel()
    let range = tree.range(info.value)
    guard tree.kind(info.target) == .identifierReference else {
      let reference = referenceToUpdate(info.target, start: range.start, end: range.end)
      let value = valueRegister(target)
      read(reference, into: value, propertySpan(info.target))
      builder.emitJump(skip(op), value, to: end)
      compile(info.value, into: value)
      store(reference, value, storeSpan(info.target, info))
      builder.bind(end)
      if let target { move(target, value) }
      return
    }
    let name = tree.isParenthesized(info.target) ? nil : tree.name(info.target)
    if let register = assignableRegister(info.target) {
      builder.emitJump(skip(op), register, to: end)
      compileNamed(info.value, name: name, into: register)
      builder.bind(end)
      if let target { move(target, register) }
      return
    }
    let value = valueRegister(target)
    loadIdentifier(info.target, into: value)
    builder.emitJump(skip(op), value, to: end)
    compileNamed(info.value, name: name, into: value)
    storeIdentifier(info.target, from: value, operatorOffset: operatorOffset(info))
    builder.bind(end)
    if let target { move(target, value) }
  }

  // MARK: ++ and --

  /// Compiles `x++` and its like; without a target its value is not wanted.
  func compileUpdate(_ node: NodeID, into target: Int?) {
    scoped { update(node, tree.update(node), into: target) }
  }

  private func update(_ node: NodeID, _ info: UpdateInfo, into target: Int?) {
    let opcode: Opcode = info.op == .increment ? .increment : .decrement
    let offset = info.isPrefix ? tree.node(node).start : tree.node(info.target).end
    let place = span(node, caret: offset)
    // The old value, where it is wanted and not the same as the new one.
    let old = info.isPrefix ? nil : target
    if tree.kind(info.target) == .identifierReference, let register = assignableRegister(info.target) {
      return updateRegister(register, opcode, old: old, target: target, place)
    }
    var reference: Reference?
    let value = temporary()
    if tree.kind(info.target) == .identifierReference {
      loadIdentifier(info.target, into: value)
    } else {
      let evaluated = referenceToUpdate(info.target, start: 0, end: 0)
      read(evaluated, into: value, propertySpan(info.target))
      reference = evaluated
    }
    let previous = old.map { registers.isVariable($0) ? temporary() : $0 }
    if let previous { builder.emit(.toNumeric, previous, value, at: place) }
    builder.emit(opcode, value, previous ?? value, at: place)
    if let reference {
      store(reference, value, span(info.target, caret: offset))
    } else {
      storeIdentifier(info.target, from: value, operatorOffset: offset)
    }
    if let target { move(target, previous ?? value) }
  }

  private func updateRegister(
    _ register: Int, _ opcode: Opcode, old: Int?, target: Int?, _ place: SourceSpan
  ) {
    guard let old else {
      builder.emit(opcode, register, register, at: place)
      if let target { move(target, register) }
      return
    }
    let previous = registers.isVariable(old) ? temporary() : old
    builder.emit(.toNumeric, previous, register, at: place)
    builder.emit(opcode, register, previous, at: place)
    move(old, previous)
  }
}
