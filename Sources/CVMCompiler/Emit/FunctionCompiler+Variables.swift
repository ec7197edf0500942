import CVMBytecode
import CVMSyntax

/// How code reaches a variable.
enum Access {
  case register(Int)
  case cell(Int)
  case captured(Int)
  /// In the array of the function that the binding belongs to.
  case spilled(BindingID)
  case global(NameID)
  /// The running function itself.
  case callee
  case selfHosted(NameID)
  case constant(Double)
  case undefined
}

extension FunctionCompiler {
  func access(_ node: NodeID) -> Access {
    let id = analysis.binding(of: node)
    let name = tree.name(node)
    if id == 0 { return freeAccess(name) }
    if analysis.bindings[id].isGlobal {
      return unit.options.selfHosted ? .selfHosted(name) : .global(name)
    }
    return access(to: id)
  }

  private func freeAccess(_ name: NameID) -> Access {
    if name == .undefined { return .undefined }
    switch tree.text(name) {
    case "NaN": return .constant(.nan)
    case "Infinity": return .constant(.infinity)
    default: return unit.options.selfHosted ? .selfHosted(name) : .global(name)
    }
  }

  func access(to id: BindingID) -> Access {
    let binding = analysis.bindings[id]
    if binding.spillSlot >= 0 { return .spilled(id) }
    if binding.function == function {
      switch storage[id] {
      case .register(let register): return .register(register)
      case .cell(let register): return .cell(register)
      case nil: return .callee
      }
    }
    if binding.declaredFunction == function, binding.isFixedFunction { return .callee }
    return .captured(captureIndex(id))
  }

  /// The index in this function's captures of a variable of an outer function.
  func captureIndex(_ id: BindingID) -> Int {
    if let index = captureIndices[id] { return index }
    guard let parent else { return 0 }
    let name = unit.units(analysis.bindings[id].name)
    let capture: Capture
    if analysis.bindings[id].function == parent.function, case .cell(let register)? = parent.storage[id] {
      capture = Capture(name: name, isRegister: true, index: UInt8(truncatingIfNeeded: register))
    } else {
      capture = Capture(name: name, isRegister: false, index: UInt8(truncatingIfNeeded: parent.captureIndex(id)))
    }
    builder.block.captures.append(capture)
    captureIndices[id] = builder.block.captures.count - 1
    return builder.block.captures.count - 1
  }

  // MARK: Reading

  func isChecked(_ node: NodeID) -> Bool { analysis.checkedUses.contains(node.index) }

  func loadIdentifier(_ node: NodeID, into target: Int) {
    let span = span(node)
    switch access(node) {
    case .register(let register):
      if isChecked(node) { builder.emit(.checkInitialized, register, at: span) }
      move(target, register)
    case .global(let name):
      builder.emit(isFirstDialect ? .loadOrUndefined : .load, target, word: constant(name), at: span)
    case .selfHosted(let name): loadSelfHosted(tree.text(name), into: target, span)
    case .spilled(let id):
      loadSpilled(id, into: target, isChecked: isChecked(node) || analysis.bindings[id].function != function, span)
    case .undefined: loadUndefined(target)
    case .constant(let value): loadNumber(value, into: target)
    case let access: load(access, into: target, span)
    }
  }

  private func load(_ access: Access, into target: Int, _ span: SourceSpan) {
    switch access {
    case .spilled(let id): loadSpilled(id, into: target, isChecked: false, span)
    case .register(let register): move(target, register)
    case .cell(let register): builder.emit(.cellGet, target, register, at: span)
    case .captured(let index): builder.emit(.loadCaptured, target, index, at: span)
    case .callee: builder.emit(.loadCallee, target)
    default: break
    }
  }

  func load(_ id: BindingID, into target: Int, at span: SourceSpan) { load(access(to: id), into: target, span) }

  private func loadSelfHosted(_ name: String, into target: Int, _ span: SourceSpan) {
    builder.emit(.intrinsic, target, target, 0, word: builder.intrinsic("SelfHosted:" + name), at: span)
  }

  /// The register of a variable that can be used as it is, because nothing from `start` to `end` assigns to it.
  func localRegister(_ node: NodeID, start: UInt32 = 0, end: UInt32 = 0) -> Int? {
    let id = analysis.binding(of: node)
    guard id != 0, case .register(let register)? = storage[id], analysis.bindings[id].function == function else {
      return nil
    }
    if start < end, analysis.bindings[id].isAssigned(from: start, to: end) { return nil }
    return register
  }

  // MARK: Assigning

  /// The register in which the new value of a variable may be computed directly; nil when it is stored otherwise.
  func assignableRegister(_ node: NodeID) -> Int? {
    let id = analysis.binding(of: node)
    guard id != 0, !analysis.bindings[id].isConstant, !isChecked(node) else { return nil }
    return localRegister(node)
  }

  /// Assigns a register to an existing variable; `operatorOffset` is where error messages point to.
  func storeIdentifier(_ node: NodeID, from value: Int, operatorOffset: UInt32) {
    let id = analysis.binding(of: node)
    let span = span(node, caret: operatorOffset)
    if id != 0 {
      let binding = analysis.bindings[id]
      if binding.isConstant { return throwConstAssignment(node, operatorOffset) }
    }
    switch access(node) {
    case .register(let register):
      if isChecked(node) { builder.emit(.checkInitialized, register, at: span) }
      move(register, value)
    case .cell(let register): builder.emit(.cellSet, register, value, at: span)
    case .captured(let index): builder.emit(.storeCaptured, index, value, at: span)
    case .global(let name): builder.emit(.store, value, word: constant(name), at: span)
    case .spilled(let id):
      if isChecked(node) || analysis.bindings[id].function != function {
        scoped { loadSpilled(id, into: temporary(), isChecked: true, span) }
      }
      storeSpilled(id, from: value, span)
    case .undefined: builder.emit(.store, value, word: constant(tree.name(node)), at: span)
    case .constant, .callee, .selfHosted: builder.emit(.store, value, word: constant(tree.name(node)), at: span)
    }
  }

  private func throwConstAssignment(_ node: NodeID, _ operatorOffset: UInt32) {
    // A constant that is not initialised yet is the other error.
    scoped {
      let id = analysis.binding(of: node)
      if !analysis.bindings[id].isGlobal, isChecked(node) || analysis.bindings[id].isCaptured {
        loadIdentifier(node, into: temporary())
      } else if analysis.bindings[id].isGlobal {
        loadIdentifier(node, into: temporary())
      }
    }
    builder.emit(.throwConstAssignment, word: constant(tree.name(node)), at: span(node, caret: operatorOffset))
  }

  // MARK: Declaring

  /// Gives a declared variable its first value. The node is a `bindingIdentifier`.
  func initializeBinding(_ node: NodeID, from value: Int) {
    let id = analysis.binding(of: node)
    let binding = analysis.bindings[id]
    if binding.kind == .variable || binding.isGlobal && binding.kind == .function {
      return storeIdentifier(node, from: value, operatorOffset: tree.node(node).start)
    }
    if binding.isGlobal {
      return builder.emit(.initialize, value, word: constant(binding.name), at: span(node))
    }
    initialize(id, from: value)
  }

  func initialize(_ id: BindingID, from value: Int) {
    if analysis.bindings[id].spillSlot >= 0 { return storeSpilled(id, from: value, declarationSpan(id)) }
    switch storage[id] {
    case .register(let register): move(register, value)
    case .cell(let register): builder.emit(.cellInit, register, value)
    case nil:
      let register = registers.allocate()
      move(register, value)
      place(id, in: register)
    }
  }

  /// Makes a register the home of a variable.
  func place(_ id: BindingID, in register: Int) {
    storage[id] = .register(register)
    registers.markAsVariable(register)
    beginVariable(id, register, isCell: false)
  }

  func placeCell(_ id: BindingID, in register: Int) {
    storage[id] = .cell(register)
    registers.markAsVariable(register)
    beginVariable(id, register, isCell: true)
  }

  private func beginVariable(_ id: BindingID, _ register: Int, isCell: Bool) {
    let binding = analysis.bindings[id]
    if binding.kind == .hidden { return }
    openVariables.append(builder.block.variables.count)
    builder.block.variables.append(
      RegisterVariable(
        name: unit.units(binding.name), register: UInt8(truncatingIfNeeded: register), isCell: isCell,
        start: UInt32(builder.pc), end: UInt32.max))
  }

  /// Ends the variables in the registers from `mark` on.
  func endVariables(from mark: Int) {
    while let index = openVariables.last, Int(builder.block.variables[index].register) >= mark {
      builder.block.variables[index].end = UInt32(builder.pc)
      openVariables.removeLast()
    }
  }

  /// Gives the variables of a declaration or pattern their registers, before intermediate values take any.
  func reserveBindings(_ pattern: NodeID) {
    switch tree.kind(pattern) {
    case .bindingIdentifier:
      let id = analysis.binding(of: pattern)
      let binding = analysis.bindings[id]
      if id == 0 || binding.isGlobal || binding.function != function || storage[id] != nil { return }
      if binding.spillSlot >= 0 { return }
      place(id, in: registers.allocate())
    case .objectPattern, .arrayPattern:
      for element in tree.elements(pattern) { reserveBindings(element) }
    case .patternProperty: reserveBindings(tree.patternProperty(pattern).target)
    case .defaultedTarget: reserveBindings(tree.defaulted(pattern).target)
    case .restElement: reserveBindings(tree.operand(pattern))
    default: break
    }
  }

  // MARK: Scopes

  /// Runs `body` with the variables of a scope, if the node has one.
  func withScope(_ node: NodeID, _ body: () -> Void) {
    let mark = registers.next
    if let scope = analysis.scopeOfNode[node.index] { enterScope(scope) }
    body()
    leaveScope(mark)
  }

  func leaveScope(_ mark: Int) {
    endVariables(from: mark)
    registers.release(to: mark)
  }

  func enterScope(_ scope: Int) {
    for id in analysis.scopes[scope].bindings {
      prepare(id)
      let parameter = analysis.bindings[id].parameter
      guard parameter != 0 else { continue }
      scoped {
        let value = temporary()
        load(parameter, into: value, at: declarationSpan(parameter))
        initialize(id, from: value)
      }
    }
    for declaration in analysis.scopes[scope].functions { defineFunction(declaration) }
  }

  /// Readies the storage of a variable at the start of its scope; those that need none get it at their declaration.
  func prepare(_ id: BindingID) {
    let binding = analysis.bindings[id]
    if binding.isGlobal || storage[id] != nil && binding.kind == .parameter { return }
    storage[id] = nil
    if binding.spillSlot >= 0 { return prepareSpilled(id) }
    if binding.isCaptured {
      makeCell(id)
      if binding.kind == .variable {
        scoped {
          let value = temporary()
          loadUndefined(value)
          initialize(id, from: value)
        }
      }
      return
    }
    switch binding.kind {
    case .variable:
      let register = registers.allocate()
      if !binding.startsInitialized { loadUndefined(register) }
      place(id, in: register)
    case .function: place(id, in: registers.allocate())
    case .hidden: break
    default:
      guard binding.needsMarker else { return }
      let register = registers.allocate()
      builder.emit(.loadSpecial, register, immediate: Special.uninitialized)
      place(id, in: register)
    }
  }

  func makeCell(_ id: BindingID) {
    let register = registers.allocate()
    builder.emit(.cellNew, register)
    placeCell(id, in: register)
  }

  private func defineFunction(_ declaration: NodeID) {
    guard let name = tree.function(declaration).name else { return }
    let id = analysis.binding(of: name)
    if case .register(let register)? = storage[id] { return emitClosure(declaration, name: nil, into: register) }
    scoped {
      let closure = temporary()
      emitClosure(declaration, name: nil, into: closure)
      if analysis.bindings[id].isGlobal {
        builder.emit(.initialize, closure, word: constant(tree.name(name)), at: span(name))
      } else {
        initialize(id, from: closure)
      }
    }
  }
}
