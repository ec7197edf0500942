import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  /// Compiles a class; `nameRegister` holds the name where only the running program knows it.
  func compileClass(_ node: NodeID, name: [UInt16]?, nameRegister: Int?, into target: Int) {
    let info = tree.classInfo(node)
    let mark = registers.next
    if let scope = analysis.scopeOfNode[node.index] { enterScope(scope) }
    makePrivateNames(node, className: info.name.map { unit.units(tree.name($0)) } ?? name ?? [])
    scoped {
      let constructor = registers.allocate(2)
      let parent = temporary()
      if let superclass = info.superclass {
        compile(superclass, into: parent)
      } else {
        builder.emit(.loadSpecial, parent, immediate: Special.hole)
      }
      emitConstructor(node, info, name: name, into: constructor)
      let place = span(info.superclass ?? node, caret: tree.node(node).start)
      builder.emit(.classCreate, constructor, parent, at: place)
      if let nameRegister { builder.emit(.setFunctionName, constructor, nameRegister, word: 0) }
      defineMembers(node, info, constructor)
      move(target, constructor)
    }
    endVariables(from: mark)
    registers.release(to: mark)
  }

  private func emitConstructor(_ node: NodeID, _ info: ClassInfo, name: [UInt16]?, into target: Int) {
    guard builder.isReachable, let index = analysis.functionOfNode[node.index] else { return }
    let ownName = info.name.map { unit.units(tree.name($0)) } ?? name ?? []
    let compiler = FunctionCompiler(unit: unit, function: index, parent: self)
    var code: CodeBlock
    if let constructor = info.constructor {
      code = compiler.compileFunction(constructor, name: ownName)
    } else {
      code = compiler.compileDefaultConstructor(node, isDerived: info.superclass != nil, name: ownName)
    }
    // The source of a class is the text of the whole class.
    let range = tree.range(node)
    code.sourceStart = range.start
    code.sourceEnd = range.end
    let fields = info.members.filter { tree.kind($0) == .classField && !tree.classField($0).isStatic }.count
    code.instanceSlotHint = min(255, code.instanceSlotHint + fields)
    builder.emit(.closure, target, word: builder.nested(code))
  }

  func compileDefaultConstructor(_ node: NodeID, isDerived: Bool, name: [UInt16]) -> CodeBlock {
    kind = isDerived ? .derivedConstructor : .baseConstructor
    builder.block.name = name
    let start = tree.node(node).start
    let place = SourceSpan(start: start, end: start, caret: start)
    if !isDerived {
      if scopeInfo.fieldInitializer != 0 { runFieldInitializer(at: place) }
      builder.emit(.returnUndefined)
      return finish(tree.range(node))
    }
    builder.block.needsArgumentCount = true
    // The arguments first, at the place where the call wants them.
    let rest = registers.allocate()
    builder.emit(.rest, rest, 0)
    let window = registers.allocate(callHeaderSize + 1)
    builder.emit(.loadCallee, window)
    builder.emit(.superConstructor, window, window, at: place)
    builder.emit(.loadNewTarget, window + 1)
    move(window + callHeaderSize, rest)
    builder.emit(.superCallSpread, window, at: place)
    registers.release(to: window + 1)
    if scopeInfo.fieldInitializer != 0 { runFieldInitializer(on: window, at: place) }
    builder.emit(.returnDerived, window, window, at: place)
    return finish(tree.range(node))
  }

  // MARK: Members

  /// What is done after all methods are defined.
  private enum StaticElement {
    /// A field with the register of its computed key.
    case field(NodeID, key: Int?)
    case block(NodeID)
  }

  private func defineMembers(_ node: NodeID, _ info: ClassInfo, _ constructor: Int) {
    var statics: [StaticElement] = []
    for member in info.members {
      switch tree.kind(member) {
      case .classMethod: scoped { defineMethod(member, of: node, constructor) }
      case .classField:
        let field = tree.classField(member)
        let isComputed = tree.kind(field.key) == .computedName
        if field.isStatic {
          var key: Int?
          if isComputed {
            let register = temporary()
            loadComputedKey(field.key, into: register)
            key = register
          }
          statics.append(.field(member, key: key))
        } else if isComputed, let id = analysis.keyOfField[member.index] {
          scoped {
            let key = temporary()
            loadComputedKey(field.key, into: key)
            initialize(id, from: key)
          }
        }
      default: statics.append(.block(member))
      }
    }
    initializeClassName(node, info, constructor)
    defineFieldInitializer(node, info, constructor)
    addMark(analysis.privateMarks[node.index]?.statics, to: constructor, span(node))
    for element in statics { scoped { runStatic(element, constructor, of: node) } }
  }

  private func loadComputedKey(_ key: NodeID, into target: Int) {
    loadKey(key, into: target)
    builder.emit(.toPropertyKey, target, target, at: span(key))
  }

  private func initializeClassName(_ node: NodeID, _ info: ClassInfo, _ constructor: Int) {
    guard info.name != nil, let scope = analysis.scopeOfNode[node.index],
      let id = analysis.scopes[scope].bindings.first, analysis.bindings[id].kind == .className,
      storage[id] != nil || analysis.bindings[id].spillSlot >= 0
    else { return }
    initialize(id, from: constructor)
  }

  private func defineMethod(_ member: NodeID, of node: NodeID, _ constructor: Int) {
    let method = tree.classMethod(member)
    let object = method.isStatic ? constructor : constructor + 1
    if let binding = privateMethodBinding(node, method) { return definePrivate(method, binding, object) }
    let key = temporary()
    let function = temporary()
    let place = span(member)
    if method.kind == .method {
      loadKey(method.key, into: key)
      if tree.kind(method.key) == .computedName {
        builder.emit(.toPropertyKey, key, key, at: span(method.key))
        emitClosure(method.function, name: nil, into: function)
        builder.emit(.setFunctionName, function, key, word: 0)
      } else {
        emitClosure(method.function, name: keyUnits(method.key), into: function)
      }
    } else {
      compileAccessor(
        method.key, method.function, isGetter: method.kind == .getter, key: key, function: function)
    }
    if tree.function(method.function).facts.contains(.usesSuperProperty) {
      builder.emit(.setHomeObject, function, object)
    }
    switch method.kind {
    case .getter: builder.emit(.defineGetter, object, key, function, word: 0, at: place)
    case .setter: builder.emit(.defineSetter, object, key, function, word: 0, at: place)
    default: builder.emit(.defineMethod, object, key, function, at: place)
    }
  }

  private func definePrivate(_ method: ClassMethodInfo, _ binding: BindingID, _ object: Int) {
    let function = temporary()
    let prefix =
      switch method.kind {
      case .getter: "get #"
      case .setter: "set #"
      default: "#"
      }
    emitClosure(method.function, name: Array(prefix.utf16) + keyUnits(method.key), into: function)
    if tree.function(method.function).facts.contains(.usesSuperProperty) {
      builder.emit(.setHomeObject, function, object)
    }
    initialize(binding, from: function)
  }

  // MARK: Fields

  /// Makes the function that initialises the fields of instances and puts it where constructors find it.
  private func defineFieldInitializer(_ node: NodeID, _ info: ClassInfo, _ constructor: Int) {
    guard builder.isReachable, let index = analysis.fieldInitializerOfClass[node.index],
      let owner = analysis.functionOfNode[node.index]
    else { return }
    let compiler = FunctionCompiler(unit: unit, function: index, parent: self)
    let code = compiler.compileFieldInitializer(node, info)
    scoped {
      let function = temporary()
      builder.emit(.closure, function, word: builder.nested(code))
      builder.emit(.setHomeObject, function, constructor + 1)
      initialize(analysis.functions[owner].fieldInitializer, from: function)
    }
  }

  func compileFieldInitializer(_ node: NodeID, _ info: ClassInfo) -> CodeBlock {
    kind = .fieldInitializer
    loadThisAtEntry()
    let this = thisRegister ?? temporary()
    if thisRegister == nil { builder.emit(.loadThis, this) }
    addMark(analysis.privateMarks[node.index]?.instance, to: this, span(node))
    for member in info.members where tree.kind(member) == .classField {
      let field = tree.classField(member)
      if field.isStatic { continue }
      scoped { defineField(member, field, of: node, on: this) }
    }
    builder.emit(.returnUndefined)
    return finish(tree.range(node))
  }

  private func defineField(_ member: NodeID, _ field: ClassFieldInfo, of node: NodeID, on object: Int) {
    let value = temporary()
    let place = span(member)
    builder.statementSpan = place
    if tree.kind(field.key) == .privateName {
      compileField(field, name: Array("#".utf16) + keyUnits(field.key), into: value)
      return definePrivateField(field.key, of: node, on: object, value: value, place)
    }
    if let name = staticKey(field.key) {
      compileField(field, name: unit.units(name), into: value)
      return builder.emit(.defineField, object, value, word: constant(name), at: place)
    }
    let key = temporary()
    if let id = analysis.keyOfField[member.index] {
      load(id, into: key, at: place)
      compileField(field, name: nil, into: value)
      if let initializer = field.initializer, isAnonymousFunction(initializer) {
        builder.emit(.setFunctionName, value, key, word: 0)
      }
    } else {
      loadKey(field.key, into: key)
      compileField(field, name: keyUnits(field.key), into: value)
    }
    builder.emit(.defineElement, object, key, value, at: place)
  }

  private func compileField(_ field: ClassFieldInfo, name: [UInt16]?, into target: Int) {
    guard let initializer = field.initializer else { return loadUndefined(target) }
    if let name, isAnonymousFunction(initializer) {
      compileAnonymous(initializer, name: name, into: target)
    } else {
      compile(initializer, into: target)
    }
  }

  // MARK: Static fields and blocks

  private func runStatic(_ element: StaticElement, _ constructor: Int, of node: NodeID) {
    switch element {
    case .block(let node):
      let window = registers.allocate(callHeaderSize)
      emitClosure(node, name: nil, into: window)
      callOnClass(window, constructor, at: span(node))
    case .field(let member, let key): defineStatic(member, key, constructor, of: node)
    }
  }

  private func callOnClass(_ window: Int, _ constructor: Int, at place: SourceSpan) {
    builder.emit(.setHomeObject, window, constructor)
    move(window + 1, constructor)
    builder.emit(.callMethod, window, 0, at: place)
  }

  private func defineStatic(_ member: NodeID, _ key: Int?, _ constructor: Int, of node: NodeID) {
    let field = tree.classField(member)
    let place = span(member)
    let isPrivate = tree.kind(field.key) == .privateName
    let name = key == nil ? (isPrivate ? Array("#".utf16) : []) + keyUnits(field.key) : nil
    let value = temporary()
    if let initializer = field.initializer, let index = analysis.functionOfNode[member.index] {
      let window = windowAt(value)
      if builder.isReachable {
        let compiler = FunctionCompiler(unit: unit, function: index, parent: self)
        let code = compiler.compileStaticInitializer(member, initializer, name: name)
        builder.emit(.closure, window, word: builder.nested(code))
        callOnClass(window, constructor, at: place)
      }
      move(value, window)
      registers.release(to: value + 1)
    } else {
      compileField(field, name: name, into: value)
    }
    if let key, let initializer = field.initializer, isAnonymousFunction(initializer) {
      builder.emit(.setFunctionName, value, key, word: 0)
    }
    if isPrivate { return definePrivateField(field.key, of: node, on: constructor, value: value, place) }
    if let name = staticKey(field.key) {
      return builder.emit(.defineField, constructor, value, word: constant(name), at: place)
    }
    var keyRegister = key ?? 0
    if key == nil {
      keyRegister = temporary()
      loadKey(field.key, into: keyRegister)
    }
    builder.emit(.defineElement, constructor, keyRegister, value, at: place)
  }

  func compileStaticInitializer(_ member: NodeID, _ initializer: NodeID, name: [UInt16]?) -> CodeBlock {
    kind = .fieldInitializer
    loadThisAtEntry()
    scoped {
      let value = temporary()
      if let name, isAnonymousFunction(initializer) {
        compileAnonymous(initializer, name: name, into: value)
      } else {
        compile(initializer, into: value)
      }
      builder.emit(.return, value)
    }
    return finish(tree.range(member))
  }
}
