import CVMBytecode
import CVMDispatch

// Looking at objects without running any code of the program and without changing the heap.

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// An own property, as `ownProperty` finds it, but nil for what a function has not materialised yet.
  func peekProperty(_ object: Cell, _ key: PropertyKey) -> Property? {
    if shapeInfo(object).pointee.flags & ShapeFlag.lazyFunction != 0, !key.isIndex { return nil }
    if object.kind == .wrapper, key.isIndex { return nil }
    return ownProperty(object, key)
  }

  /// The name that a function was created with, or was given as its own `name`.
  func peekFunctionName(_ function: Cell) -> String {
    if function.kind == .function || function.kind == .boundFunction,
      let property = peekProperty(function, PropertyKey(atom: machine.names.name.handle)), !property.isAccessor,
      property.value.isString, cell(property.value).kind != .rope
    {
      return text(property.value)
    }
    guard function.kind == .function else { return "" }
    if let builtin = builtin(function) { return "\(builtin.name)" }
    return loadedCode(function).map { String(decoding: $0.block.name, as: UTF16.self) } ?? ""
  }

  /// The name of the constructor that a prototype and those behind it name; nil when none does.
  func peekConstructorName(prototype start: Handle) -> String? {
    var current = start
    // Nobody names a class so far away, and a chain may be as long as the heap is large.
    var distance = 0
    while current != 0, distance < 1000 {
      distance += 1
      let holder = cell(current)
      if let property = peekProperty(holder, PropertyKey(atom: machine.names.constructor.handle)) {
        guard !property.isAccessor, property.value.isObject else { return nil }
        let name = peekFunctionName(cell(property.value))
        return name.isEmpty ? nil : name
      }
      current = shapeInfo(holder).pointee.prototype
    }
    return nil
  }

  /// The class of an object in words: `Point`, `Array`, `Object`, `function`.
  func peekClassName(_ object: Cell) -> String {
    switch object.kind {
    case .function, .boundFunction: return object.flags & CellFlag.classConstructor != 0 ? "class" : "function"
    default:
      if let name = peekConstructorName(prototype: shapeInfo(object).pointee.prototype) { return name }
      return object.kind == .array ? "Array" : "Object"
    }
  }
}

/// A named part of an object: a property, an element, an entry of a map or a set.
public struct ObjectSlot {
  /// What a slot holds.
  public enum Content {
    case value(Value)
    case accessor(getter: Value, setter: Value)
  }
  /// The slot as a program would write it after the object: `.x`, `[0]`, `[["key"]]`.
  public let name: String
  public let content: Content
  public let isEnumerable: Bool

  /// The value, unless reading it would run code.
  public var value: Value? {
    if case .value(let value) = content { return value }
    return nil
  }
}

extension Machine {
  // MARK: Identity

  /// The id of an object; nil for built-in objects and primitives.
  public func objectID(of value: Value) -> (number: UInt64, isInternal: Bool)? {
    guard value.isObject else { return nil }
    let cell = vm.cell(value)
    return cell.id == 0 ? nil : (cell.id, cell.flags & CellFlag.internalID != 0)
  }

  /// The object with an id, dead or alive, as long as no collection took it. Looks at every cell.
  public func object(_ id: (number: UInt64, isInternal: Bool)) -> Value? {
    var found: Value?
    heap.forEachAllocatedCell { cell in
      guard cell.kind != 0, cell.kind <= CellKind.lastObject, cell.id == id.number else { return }
      if (cell.flags & CellFlag.internalID != 0) == id.isInternal {
        found = Value(tag: Tag.object, handle: vm.handle(cell))
      }
    }
    return found
  }

  /// The class of an object, such as `Point`; empty for primitives.
  public func className(of value: Value) -> String {
    value.isObject ? vm.peekClassName(vm.cell(value)) : ""
  }

  /// An object with its identity: `Array#13`, `Array.prototype`.
  public func identity(of value: Value) -> String? {
    guard value.isObject else { return nil }
    if let name = builtInNames[value.handle] { return name }
    guard let id = objectID(of: value) else { return className(of: value) }
    let name = className(of: value)
    return "\(name)#\(id.isInternal ? "i" : "")\(id.number)"
  }

  // MARK: Reading

  /// The property of a value found through the prototype chain, when it is there and reading it runs no code.
  public func peek(_ value: Value, _ name: String) -> Value? {
    guard var holder = vm.lookupStart(value) else { return nil }
    let units = Array(name.utf16)
    let index = units.withUnsafeBufferPointer {
      vm.arrayIndex(StringView(latin1: nil, utf16: $0.baseAddress, count: units.count))
    }
    if value.isString, let index, Int(index) < vm.stringLength(value) { return vm.unitString(value, Int(index)) }
    let key = index.map { PropertyKey(index: $0) } ?? PropertyKey(atom: atoms.intern(units).handle)
    if !key.isIndex, key.atom == names.length.handle, value.isString { return Value(vm.stringLength(value)) }
    while true {
      if vm.shapeInfo(holder).pointee.flags & ShapeFlag.lazyFunction != 0, !key.isIndex {
        vm.materializeIfNeeded(holder)
      }
      if let property = vm.ownProperty(holder, key) { return property.isAccessor ? nil : property.value }
      guard let next = vm.prototype(holder) else { return nil }
      holder = next
    }
  }

  /// The value of a map's entry with a primitive key.
  public func peekEntry(_ map: Value, _ key: Value) -> Value? {
    guard map.isObject, vm.cell(map).kind == .map else { return nil }
    let table = HashTable(vm, vm.cell(vm.cell(map).value(Layout.table)))
    return table.find(HashTable.normalized(vm, key)).map { table.value($0) }
  }

  /// Whether a value is an array.
  public func isArray(_ value: Value) -> Bool { value.isObject && vm.cell(value).kind == .array }

  /// Whether a value is an error object.
  public func isError(_ value: Value) -> Bool { value.isObject && vm.cell(value).kind == .error }

  /// Whether a value can be called.
  public func isFunction(_ value: Value) -> Bool { vm.isCallable(value) }

  /// The text of a function or class as it was written; nil for what no program wrote.
  public func sourceText(of function: Value) -> String? {
    guard function.isObject, vm.cell(function).kind == .function, vm.builtin(vm.cell(function)) == nil,
      vm.loadedCode(vm.cell(function))?.source != nil
    else { return nil }
    return vm.functionText(vm.cell(function))
  }

  /// The value of `length` of an array.
  public func arrayLength(_ value: Value) -> Int { vm.arrayLength(vm.cell(value)) }

  /// The string keys that a value has, own and inherited, for suggestions; at most a number of them.
  public func propertyNames(of value: Value, limit: Int = 2000) -> [String] {
    guard var holder = vm.lookupStart(value) else { return [] }
    var result: [String] = []
    while result.count < limit {
      vm.forEachNamedProperty(holder) { key, _, _ in
        if result.count < limit, vm.cell(key).kind != .symbol {
          result.append(vm.text(Value(tag: Tag.string, handle: key)))
        }
      }
      guard let next = vm.prototype(holder) else { break }
      holder = next
    }
    return result
  }

  // MARK: Slots

  /// The parts of an object: elements, properties, entries; at most a number of them.
  public func slots(of value: Value, limit: Int) -> [ObjectSlot] {
    guard value.isObject else { return [] }
    let object = vm.cell(value)
    var result: [ObjectSlot] = []
    appendElements(object, limit, &result)
    vm.forEachNamedProperty(object) { key, stored, attributes in
      guard result.count < limit else { return }
      result.append(slot(memberText(key), stored, attributes))
    }
    appendEntries(object, limit, &result)
    appendInternals(object, &result)
    return result
  }

  /// How many slots an object has in all.
  public func slotCount(of value: Value) -> Int {
    guard value.isObject else { return 0 }
    let object = vm.cell(value)
    var count = 0
    if let store = vm.indexStore(object) {
      if store.flags & CellFlag.sparse != 0 {
        count = vm.sparseElements(store).entries.count
      } else {
        let elements = vm.arrayElements(store)
        for index in 0..<vm.denseLength(store) where elements[index] != .hole { count += 1 }
      }
    }
    vm.forEachNamedProperty(object) { _, _, _ in count += 1 }
    if object.kind == .map || object.kind == .set {
      let table = HashTable(vm, vm.cell(object.value(Layout.table)))
      for number in 0..<table.used where table.key(number) != .hole {
        count += object.kind == .map && table.key(number).isObject ? 2 : 1
      }
    }
    var internals: [ObjectSlot] = []
    appendInternals(object, &internals)
    return count + internals.count
  }

  /// The length of an array, the size of a map or a set; nil for other values.
  public func itemCount(of value: Value) -> Int? {
    guard value.isObject else { return nil }
    if isArray(value) { return arrayLength(value) }
    let object = vm.cell(value)
    guard object.kind == .map || object.kind == .set else { return nil }
    return HashTable(vm, vm.cell(object.value(Layout.table))).count
  }

  private func slot(_ name: String, _ stored: Value, _ attributes: Attributes) -> ObjectSlot {
    let isEnumerable = attributes.contains(.enumerable)
    guard attributes.contains(.accessor) else {
      return ObjectSlot(name: name, content: .value(stored), isEnumerable: isEnumerable)
    }
    let pair = vm.cell(stored)
    return ObjectSlot(
      name: name,
      content: .accessor(getter: pair.value(Layout.Accessor.getter), setter: pair.value(Layout.Accessor.setter)),
      isEnumerable: isEnumerable)
  }

  private func memberText(_ key: Handle) -> String {
    if vm.cell(key).kind == .symbol { return "[\(vm.describeSymbol(Value(tag: Tag.symbol, handle: key)))]" }
    let name = vm.text(Value(tag: Tag.string, handle: key))
    return isIdentifierName(name) ? ".\(name)" : "[\(quotedText(name, quote: "\""))]"
  }

  private func appendElements(_ object: Cell, _ limit: Int, _ result: inout [ObjectSlot]) {
    guard let store = vm.indexStore(object) else { return }
    if store.flags & CellFlag.sparse != 0 {
      let elements = vm.sparseElements(store)
      for number in elements.entries.prefix(limit) {
        result.append(slot("[\(elements.key(number).index)]", elements.value(number), elements.attributes(number)))
      }
      return
    }
    for i in 0..<min(vm.denseLength(store), limit) where vm.arrayElements(store)[i] != .hole {
      result.append(ObjectSlot(name: "[\(i)]", content: .value(vm.arrayElements(store)[i]), isEnumerable: true))
    }
  }

  private func appendEntries(_ object: Cell, _ limit: Int, _ result: inout [ObjectSlot]) {
    guard object.kind == .map || object.kind == .set else { return }
    let table = HashTable(vm, vm.cell(object.value(Layout.table)))
    var position = 0
    for number in 0..<table.used where table.key(number) != .hole {
      guard result.count < limit else { return }
      let key = table.key(number)
      if object.kind == .set {
        result.append(ObjectSlot(name: "[[member \(position)]]", content: .value(key), isEnumerable: true))
      } else {
        if key.isObject {
          result.append(ObjectSlot(name: "[[key \(position)]]", content: .value(key), isEnumerable: true))
        }
        let name = key.isObject ? "[[entry \(position)]]" : "[[\(literal(key, limit: 40))]]"
        result.append(ObjectSlot(name: name, content: .value(table.value(number)), isEnumerable: true))
      }
      position += 1
    }
  }

  private func appendInternals(_ object: Cell, _ result: inout [ObjectSlot]) {
    func add(_ name: String, _ value: Value) {
      result.append(ObjectSlot(name: name, content: .value(value), isEnumerable: false))
    }
    switch object.kind {
    case .function:
      guard let code = vm.loadedCode(object), vm.builtin(object) == nil else { return }
      for (i, capture) in code.block.captures.enumerated() {
        let stored = object.value(Layout.Function.captures + i * 8)
        guard stored.isReference, vm.cell(stored).kind == .variable else { continue }
        let value = vm.cell(stored).value(Layout.primitive)
        if value != .uninitialized { add("`\(String(decoding: capture.name, as: UTF16.self))`", value) }
      }
    case .boundFunction:
      add("[[target]]", object.value(Layout.BoundFunction.target))
      add("[[this]]", object.value(Layout.BoundFunction.this))
    case .wrapper: add("[[value]]", object.value(Layout.primitive))
    case .regExp: add("[[source]]", object.value(Layout.RegExp.source))
    default: break
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  func materializeIfNeeded(_ function: Cell) {
    if shapeInfo(function).pointee.flags & ShapeFlag.lazyFunction != 0 { materializeFunction(function) }
  }

  /// The own properties with names or symbols, in order of creation; nothing for functions that have none yet.
  func forEachNamedProperty(_ object: Cell, _ body: (Handle, Value, Attributes) -> Void) {
    let flags = shapeInfo(object).pointee.flags
    if flags & ShapeFlag.dictionary != 0 {
      let dictionary = PropertyDictionary(self, cell(object.extensionHandle))
      for number in dictionary.entries where !dictionary.key(number).isIndex {
        body(dictionary.key(number).atom, dictionary.value(number), dictionary.attributes(number))
      }
      return
    }
    for property in shapes.properties(of: object.shape) {
      body(property.key, slotAddress(object, property.slot).pointee, property.attributes)
    }
  }
}

/// Whether a name can stand after a dot.
func isIdentifierName(_ name: String) -> Bool {
  guard let first = name.unicodeScalars.first else { return false }
  func starts(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "$" || scalar == "_" || (scalar.isASCII ? isLetter(scalar) : scalar.properties.isIDStart)
  }
  func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
  return starts(first)
    && name.unicodeScalars.dropFirst().allSatisfy {
      starts($0) || ("0"..."9").contains($0) || (!$0.isASCII && $0.properties.isIDContinue)
    }
}

/// A text as a string literal of a program.
func quotedText(_ text: String, quote: Unicode.Scalar) -> String {
  var result = ""
  result.unicodeScalars.append(quote)
  for scalar in text.unicodeScalars {
    switch scalar {
    case quote, "\\":
      result += "\\"
      result.unicodeScalars.append(scalar)
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    default:
      if scalar.value < 0x20 || scalar.value == 0x7f {
        result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  result.unicodeScalars.append(quote)
  return result
}
