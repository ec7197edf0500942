import CVMBytecode
import CVMSyntax

/// Where the value comes from that a pattern takes apart.
enum PatternSource: Equatable {
  case expression(NodeID)
  /// An argument, exception or element of an iteration.
  case value
  /// A part of what an outer pattern takes apart.
  case part

  var expression: NodeID? {
    if case .expression(let node) = self { return node }
    return nil
  }
}

extension FunctionCompiler {
  /// Assigns the parts of a value to a pattern, or the value itself to a simple target.
  func bindPattern(_ pattern: NodeID, from value: Int, isDeclaration: Bool, source: PatternSource) {
    switch tree.kind(pattern) {
    case .objectPattern: bindObject(pattern, from: value, isDeclaration: isDeclaration, source: source)
    case .arrayPattern: bindArray(pattern, from: value, isDeclaration: isDeclaration, source: source)
    default: bindTarget(pattern, isDeclaration: isDeclaration) { self.move($0, value) }
    }
  }

  /// Assigns what `load` puts in a register to a target, perhaps with a default; a property's object and key are
  /// evaluated before.
  private func bindTarget(_ node: NodeID, isDeclaration: Bool, _ load: (Int) -> Void) {
    var target = node
    var initializer: NodeID?
    if tree.kind(node) == .defaultedTarget {
      target = tree.defaulted(node).target
      initializer = tree.defaulted(node).initializer
    }
    scoped {
      if let register = freshRegister(target) {
        load(register)
        if let initializer { applyDefault(initializer, to: register, name: anonymousName(of: target)) }
        return
      }
      var reference: Reference?
      switch tree.kind(target) {
      case .member, .privateMember, .index, .superMember, .superIndex:
        let range = initializer.map(tree.range)
        reference = evaluateReference(target, start: range?.start ?? 0, end: range?.end ?? 0)
      default: break
      }
      let value = temporary()
      load(value)
      if let initializer { applyDefault(initializer, to: value, name: anonymousName(of: target)) }
      if let reference {
        store(reference, value, propertySpan(target))
      } else {
        assignElement(target, from: value, isDeclaration: isDeclaration)
      }
    }
  }

  private func assignElement(_ target: NodeID, from value: Int, isDeclaration: Bool) {
    switch tree.kind(target) {
    case .bindingIdentifier: initializeBinding(target, from: value)
    case .identifierReference: storeIdentifier(target, from: value, operatorOffset: tree.node(target).start)
    default: bindPattern(target, from: value, isDeclaration: isDeclaration, source: .part)
    }
  }

  /// The register of a variable that comes into being here and that nothing can see before it has its value.
  private func freshRegister(_ target: NodeID) -> Int? {
    guard tree.kind(target) == .bindingIdentifier else { return nil }
    let id = analysis.binding(of: target)
    let binding = analysis.bindings[id]
    guard id != 0, binding.hasDeadZone, !binding.needsMarker, !binding.isGlobal,
      case .register(let register)? = storage[id]
    else { return nil }
    return register
  }

  // MARK: Objects

  /// What messages about a value that can't be destructured name: the expression that gave it, else nothing; pointing
  /// to the target of the first property.
  private func patternSpan(_ pattern: NodeID, _ source: NodeID?) -> SourceSpan {
    var caret = tree.node(pattern).start
    if let first = tree.elements(pattern).first {
      caret =
        hasStaticKey(first) ? tree.node(tree.patternProperty(first).target).start : tree.node(first).start
    }
    let range = source.map(tree.range) ?? SourceRange(start: caret, end: caret)
    return SourceSpan(start: range.start, end: range.end, caret: caret)
  }

  private func hasStaticKey(_ element: NodeID) -> Bool {
    tree.kind(element) == .patternProperty && tree.kind(tree.patternProperty(element).key) != .computedName
  }

  private func bindObject(_ pattern: NodeID, from value: Int, isDeclaration: Bool, source: PatternSource) {
    let elements = tree.elements(pattern)
    // The first property access fails by itself.
    let failsByItself = source == .part && (elements.first.map(hasStaticKey) ?? false)
    if !failsByItself {
      builder.emit(.requireObjectCoercible, value, at: patternSpan(pattern, source.expression))
    }
    let hasRest = elements.last.map { tree.kind($0) == .restElement } ?? false
    if hasRest { return bindObjectWithRest(elements, from: value, isDeclaration: isDeclaration) }
    for element in elements {
      scoped { bindProperty(tree.patternProperty(element), value, isDeclaration: isDeclaration) }
    }
  }

  /// The key comes first, then the target, then the value.
  private func bindProperty(_ property: PatternPropertyInfo, _ object: Int, isDeclaration: Bool) {
    let place = span(property.key, caret: tree.node(property.target).start)
    if let name = staticKey(property.key) {
      bindTarget(property.target, isDeclaration: isDeclaration) { self.emitGet($0, object, name, place) }
      return
    }
    let key = temporary()
    loadKey(property.key, into: key)
    if tree.kind(property.key) == .computedName {
      builder.emit(.toPropertyKey, key, key, at: span(property.key))
    }
    bindTarget(property.target, isDeclaration: isDeclaration) {
      self.builder.emit(.arrayGet, $0, object, key, at: place)
    }
  }

  /// The keys that stand before the rest element are kept in consecutive registers.
  private func bindObjectWithRest(_ elements: NodeList, from value: Int, isDeclaration: Bool) {
    scoped {
      let count = elements.count - 1
      let keys = registers.allocate(max(1, count))
      for (index, element) in elements.dropLast().enumerated() {
        let property = tree.patternProperty(element)
        loadKey(property.key, into: keys + index)
        if tree.kind(property.key) == .computedName {
          builder.emit(.toPropertyKey, keys + index, keys + index, at: span(property.key))
        }
        bindTarget(property.target, isDeclaration: isDeclaration) { register in
          if let name = self.staticKey(property.key) {
            self.emitGet(register, value, name, self.span(property.key))
          } else {
            self.builder.emit(.arrayGet, register, value, keys + index, at: self.span(property.key))
          }
        }
      }
      let rest = elements[count]
      bindTarget(tree.operand(rest), isDeclaration: isDeclaration) {
        self.builder.emit(.objectRest, $0, value, keys, word: UInt32(count), at: self.span(rest))
      }
    }
  }

  /// The name of a key that is known and no array index.
  func staticKey(_ key: NodeID) -> NameID? {
    switch tree.kind(key) {
    case .propertyName: return isArrayIndex(unit.units(tree.name(key))) ? nil : tree.name(key)
    case .stringLiteral: return isArrayIndex(unit.units(tree.name(key))) ? nil : tree.name(key)
    default: return nil
    }
  }

  func loadKey(_ key: NodeID, into target: Int) {
    switch tree.kind(key) {
    case .computedName: compile(tree.operand(key), into: target)
    case .numberLiteral: loadNumber(tree.number(key), into: target)
    case .bigIntLiteral: builder.emit(.loadConstant, target, word: builder.constant(keyUnits(key)))
    default: builder.emit(.loadConstant, target, word: constant(tree.name(key)))
    }
  }

  // MARK: Arrays

  private func bindArray(_ pattern: NodeID, from value: Int, isDeclaration: Bool, source: PatternSource) {
    let elements = tree.elements(pattern)
    let start = tree.node(pattern).start
    let place = source.expression.map(span) ?? SourceSpan(start: start, end: start, caret: start)
    let iterator = registers.allocate(3)
    builder.emit(.iteratorOpen, iterator, value, at: place)
    let region = Region()
    control.append(.iterator(register: iterator, region, place))
    open(region)
    for element in elements { bindArrayElement(element, iterator, isDeclaration: isDeclaration, place) }
    close(region)
    control.removeLast()
    if elements.last.map({ tree.kind($0) != .restElement }) ?? true {
      builder.emit(.iteratorClose, iterator, 0, at: place)
    }
    if elements.allSatisfy(isSimpleElement) { return }
    let end = builder.makeLabel()
    builder.emitJump(.jump, to: end)
    closeIteratorOnException(region, iterator, place)
    builder.bind(end)
  }

  /// Adds a handler that closes an iterator and throws the exception again.
  func closeIteratorOnException(_ region: Region, _ iterator: Int, _ place: SourceSpan) {
    scoped {
      let exception = temporary()
      let handler = builder.makeLabel()
      addHandlers(region, target: handler, register: exception)
      guard builder.isUsed(handler) else { return }
      builder.bind(handler)
      builder.emit(.iteratorClose, iterator, 1, at: place)
      builder.emit(.throw, exception, at: place)
    }
  }

  /// Whether nothing can be thrown while a value is given to the target.
  private func isSimpleElement(_ element: NodeID) -> Bool {
    switch tree.kind(element) {
    case .elision: return true
    case .bindingIdentifier:
      let binding = analysis.bindings[analysis.binding(of: element)]
      return !binding.isGlobal && binding.kind != .variable
    case .identifierReference: return assignableRegister(element) != nil
    case .restElement: return isSimpleElement(tree.operand(element))
    default: return false
    }
  }

  private func bindArrayElement(_ element: NodeID, _ iterator: Int, isDeclaration: Bool, _ place: SourceSpan) {
    switch tree.kind(element) {
    case .elision: scoped { nextElement(iterator, into: temporary(), place) }
    case .restElement:
      bindTarget(tree.operand(element), isDeclaration: isDeclaration) { self.collectRest(iterator, into: $0, place) }
    default:
      bindTarget(element, isDeclaration: isDeclaration) { self.nextElement(iterator, into: $0, place) }
    }
  }

  /// The next value of the iterator, or undefined.
  private func nextElement(_ iterator: Int, into target: Int, _ place: SourceSpan) {
    let next = builder.makeLabel()
    loadUndefined(target)
    builder.emitJump(.iteratorNext, iterator, target, to: next, at: place)
    builder.bind(next)
  }

  private func collectRest(_ iterator: Int, into target: Int, _ place: SourceSpan) {
    let body = builder.makeLabel()
    let end = builder.makeLabel()
    scoped {
      let array = registers.isVariable(target) ? temporary() : target
      let value = temporary()
      builder.emit(.arrayNew, array, array, 0)
      builder.bind(body)
      builder.emitJump(.iteratorNext, iterator, value, to: end, at: place)
      builder.emit(.arrayAppend, array, value)
      builder.emitJump(.loop, to: body)
      builder.bind(end)
      move(target, array)
    }
  }
}
