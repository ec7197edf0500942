import CVMBytecode
import CVMSyntax

extension FunctionCompiler {
  func compileObject(_ node: NodeID, into target: Int) {
    let elements = tree.elements(node)
    let leading = leadingProperties(elements)
    scoped {
      let needsMore = leading < elements.count
      let object = needsMore && registers.isVariable(target) ? temporary() : target
      scoped {
        let first = leading == 0 ? object : registers.next
        var names: [UInt32] = []
        for element in elements[0..<leading] {
          let property = tree.property(element)
          names.append(constant(tree.name(property.key)))
          compileNamed(property.value, name: tree.name(property.key), into: temporary())
        }
        builder.emit(.objectCreate, object, first, leading, word: builder.constant(.nameList(names)))
      }
      for element in elements[leading...] { scoped { addElement(element, to: object) } }
      move(target, object)
    }
  }

  /// How many properties at the start have distinct plain names and values that need not know the object.
  private func leadingProperties(_ elements: NodeList) -> Int {
    var names: Set<NameID> = []
    for (index, element) in elements.enumerated() {
      guard index < Limits.arguments, tree.kind(element) == .property else { return index }
      let property = tree.property(element)
      guard property.kind == .value || property.kind == .method, !property.isPrototypeSetter,
        let name = staticKey(property.key), name != .proto, names.insert(name).inserted, !needsHomeObject(property)
      else { return index }
    }
    return elements.count
  }

  private func needsHomeObject(_ property: PropertyInfo) -> Bool {
    property.kind != .value && tree.function(property.value).facts.contains(.usesSuperProperty)
  }

  private func addElement(_ element: NodeID, to object: Int) {
    if tree.kind(element) == .spreadElement {
      let subject = tree.operand(element)
      return builder.emit(.copyProperties, object, operand(subject), at: span(subject))
    }
    let property = tree.property(element)
    if property.isPrototypeSetter {
      return builder.emit(.setPrototype, object, operand(property.value), at: span(property.value))
    }
    switch property.kind {
    case .value, .method: addValue(property, to: object, element)
    case .getter, .setter: addAccessor(property, to: object, element)
    }
  }

  private func addValue(_ property: PropertyInfo, to object: Int, _ element: NodeID) {
    let place = span(element)
    if let name = staticKey(property.key) {
      let value = temporary()
      compileNamed(property.value, name: name, into: value)
      setHomeObject(property, value, object)
      return builder.emit(.defineField, object, value, word: constant(name), at: place)
    }
    let key = temporary()
    loadKey(property.key, into: key)
    let isComputed = tree.kind(property.key) == .computedName
    if isComputed { builder.emit(.toPropertyKey, key, key, at: span(property.key)) }
    let value = temporary()
    if isComputed {
      compileWithNameIn(key, property.value, into: value)
    } else {
      compileWithFixedName(property, into: value)
    }
    setHomeObject(property, value, object)
    builder.emit(.defineElement, object, key, value, at: place)
  }

  private func setHomeObject(_ property: PropertyInfo, _ function: Int, _ object: Int) {
    if needsHomeObject(property) { builder.emit(.setHomeObject, function, object) }
  }

  /// A value whose key is a number or an index; functions are named after it.
  private func compileWithFixedName(_ property: PropertyInfo, into target: Int) {
    guard isAnonymousFunction(property.value) else { return compile(property.value, into: target) }
    compileAnonymous(property.value, name: keyUnits(property.key), into: target)
  }

  func compileAnonymous(_ node: NodeID, name: [UInt16], into target: Int) {
    if tree.kind(node) == .classExpression {
      compileClass(node, name: name, nameRegister: nil, into: target)
    } else {
      emitClosure(node, name: name, into: target)
    }
  }

  /// A value whose key stands in a register; functions are named after it when the program runs.
  private func compileWithNameIn(_ key: Int, _ node: NodeID, into target: Int) {
    guard isAnonymousFunction(node) else { return compile(node, into: target) }
    if tree.kind(node) == .classExpression {
      compileClass(node, name: nil, nameRegister: key, into: target)
    } else {
      emitClosure(node, name: nil, into: target)
      builder.emit(.setFunctionName, target, key, word: 0)
    }
  }

  /// The property name of a key that is not computed.
  func keyUnits(_ key: NodeID) -> [UInt16] {
    if tree.kind(key) == .bigIntLiteral { return DecimalDigits.of(unit.units(tree.name(key))) }
    guard tree.kind(key) == .numberLiteral else { return unit.units(tree.name(key)) }
    let value = tree.number(key)
    if let integer = value.exactInteger, abs(integer) < 1 << 53 { return Array(String(integer).utf16) }
    return Array(String(value).utf16)
  }

  private func addAccessor(_ property: PropertyInfo, to object: Int, _ element: NodeID) {
    let key = temporary()
    let function = temporary()
    let isGetter = property.kind == .getter
    compileAccessor(property.key, property.value, isGetter: isGetter, key: key, function: function)
    setHomeObject(property, function, object)
    builder.emit(isGetter ? .defineGetter : .defineSetter, object, key, function, word: 1, at: span(element))
  }

  /// The key and the function of an accessor, in registers.
  func compileAccessor(_ keyNode: NodeID, _ value: NodeID, isGetter: Bool, key: Int, function: Int) {
    loadKey(keyNode, into: key)
    if tree.kind(keyNode) == .computedName {
      builder.emit(.toPropertyKey, key, key, at: span(keyNode))
      emitClosure(value, name: nil, into: function)
      builder.emit(.setFunctionName, function, key, word: isGetter ? 1 : 2)
    } else {
      let prefix = Array((isGetter ? "get " : "set ").utf16)
      emitClosure(value, name: prefix + keyUnits(keyNode), into: function)
    }
  }
}
