import CVMDispatch

/// A property found on an object.
struct Property {
  /// The value, or the accessor cell.
  var value: Value
  var attributes: Attributes

  var isAccessor: Bool { attributes.contains(.accessor) }
}

/// What reading a property comes to, without having run any user code.
enum GetResult {
  case value(Value)
  /// This function must be called with the receiver.
  case getter(Value)
  case absent
}

/// What writing a property comes to.
enum SetResult {
  case done
  /// This function must be called with the receiver and the value.
  case setter(Value)
  case readOnly
  case noSetter
  case notExtensible
  case invalidLength
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  // MARK: Own properties

  /// The own property, as [[GetOwnProperty]] gives it.
  func ownProperty(_ object: Cell, _ key: PropertyKey) -> Property? {
    if key.isIndex {
      if object.kind == .wrapper, let unit = wrapperUnit(object, key.index) { return unit }
      guard let store = indexStore(object) else { return nil }
      return ownElement(store, key.index)
    }
    if object.kind == .array, key.atom == machine.names.length.handle {
      let readOnly = object.flags & CellFlag.lengthReadOnly != 0
      return Property(value: Value(arrayLength(object)), attributes: readOnly ? [] : .writable)
    }
    if object.kind == .wrapper, key.atom == machine.names.length.handle,
      object.value(Layout.primitive).isString
    {
      return Property(value: Value(stringLength(object.value(Layout.primitive))), attributes: [])
    }
    return ownNamed(object, key.atom)
  }

  private func wrapperUnit(_ object: Cell, _ index: UInt32) -> Property? {
    let string = object.value(Layout.primitive)
    guard string.isString, Int(index) < stringLength(string) else { return nil }
    return Property(value: unitString(string, Int(index)), attributes: .enumerable)
  }

  func unitString(_ string: Value, _ index: Int) -> Value { substring(string, index, index + 1) }

  private func ownElement(_ store: Cell, _ index: UInt32) -> Property? {
    if store.flags & CellFlag.sparse == 0 {
      guard Int(index) < denseLength(store) else { return nil }
      let value = arrayElements(store)[Int(index)]
      return value == .hole ? nil : Property(value: value, attributes: .all)
    }
    let elements = sparseElements(store)
    guard let number = elements.find(PropertyKey(index: index)) else { return nil }
    return Property(value: elements.value(number), attributes: elements.attributes(number))
  }

  @inline(__always) func isGlobalObject(_ object: Cell) -> Bool { handle(object) == pointee.globalObject }

  /// The variable or function of a program that a property of the global object is (ECMA-262 9.1.1.4). Its attributes
  /// never change; `let`, `const` and classes are no properties.
  private func globalVariable(_ key: Handle) -> GlobalTable.Binding? {
    guard let binding = machine.globals.find(key), binding.kind == .var || binding.kind == .function else { return nil }
    return binding
  }

  private func ownNamed(_ object: Cell, _ key: Handle) -> Property? {
    if isGlobalObject(object), let binding = globalVariable(key) {
      return Property(value: machine.globals.value(binding), attributes: [.writable, .enumerable])
    }
    let shape = shapeInfo(object)
    if shape.pointee.flags & (ShapeFlag.dictionary | ShapeFlag.lazyFunction) != 0 {
      if shape.pointee.flags & ShapeFlag.dictionary != 0 {
        let dictionary = PropertyDictionary(self, cell(object.extensionHandle))
        guard let number = dictionary.find(PropertyKey(atom: key)) else { return nil }
        return Property(value: dictionary.value(number), attributes: dictionary.attributes(number))
      }
      materializeFunction(object)
    }
    guard let slot = ShapeTable.lookup(self, key, in: object.shape) else { return nil }
    return Property(value: slotAddress(object, slot.slot).pointee, attributes: slot.attributes)
  }

  // MARK: Reading

  /// The object's prototype; nil for null.
  func prototype(_ object: Cell) -> Cell? {
    let handle = shapeInfo(object).pointee.prototype
    return handle == 0 ? nil : cell(handle)
  }

  /// Reads a property through the prototype chain.
  func getProperty(_ object: Cell, _ key: PropertyKey) -> GetResult {
    var current: Cell? = object
    while let holder = current {
      if let property = ownProperty(holder, key) { return result(of: property) }
      current = prototype(holder)
    }
    return .absent
  }

  func result(of property: Property) -> GetResult {
    guard property.isAccessor else { return .value(property.value) }
    let getter = cell(property.value).value(Layout.Accessor.getter)
    return getter.isUndefined ? .value(.undefined) : .getter(getter)
  }

  /// Where property reads on a value start; nil for null and undefined.
  func lookupStart(_ value: Value) -> Cell? {
    if value.isObject { return cell(value) }
    if value.isString { return cell(pointee.stringPrototype) }
    if value.isNumber { return cell(machine.intrinsics.numberPrototype) }
    if value.isBoolean { return cell(machine.intrinsics.booleanPrototype) }
    if value.isSymbol { return cell(machine.intrinsics.symbolPrototype) }
    if value.isBigInt { return cell(machine.intrinsics.bigIntPrototype) }
    return nil
  }

  /// Reads a property of any value but null and undefined.
  func getProperty(of value: Value, _ key: PropertyKey) -> GetResult {
    if value.isString {
      if key.isIndex, Int(key.index) < stringLength(value) { return .value(unitString(value, Int(key.index))) }
      if !key.isIndex, key.atom == machine.names.length.handle { return .value(Value(stringLength(value))) }
    }
    guard let start = lookupStart(value) else { return .absent }
    return getProperty(start, key)
  }

  func hasProperty(_ object: Cell, _ key: PropertyKey) -> Bool {
    var current: Cell? = object
    while let holder = current {
      if ownProperty(holder, key) != nil { return true }
      current = prototype(holder)
    }
    return false
  }

  // MARK: Writing

  /// Sets a property as [[Set]] with the object as receiver.
  func setProperty(_ object: Cell, _ key: PropertyKey, _ value: Value) -> SetResult {
    setProperty(startingAt: object, receiver: object, key, value)
  }

  /// Sets a property: looked up from `start`, created on `receiver`.
  func setProperty(startingAt start: Cell, receiver: Cell, _ key: PropertyKey, _ value: Value) -> SetResult {
    var current: Cell? = start
    while let holder = current {
      if let property = ownProperty(holder, key) {
        if property.isAccessor {
          let setter = cell(property.value).value(Layout.Accessor.setter)
          return setter.isUndefined ? .noSetter : .setter(setter)
        }
        guard property.attributes.contains(.writable) else { return .readOnly }
        if holder == receiver { return overwrite(holder, key, value) }
        break
      }
      current = prototype(holder)
    }
    if start != receiver, let own = ownProperty(receiver, key) {
      if own.isAccessor || !own.attributes.contains(.writable) { return .readOnly }
      return overwrite(receiver, key, value)
    }
    return addProperty(receiver, key, value, .all) ? .done : .notExtensible
  }

  /// Replaces the value of an own data property.
  private func overwrite(_ object: Cell, _ key: PropertyKey, _ value: Value) -> SetResult {
    if key.isIndex {
      guard let store = indexStore(object) else { return .readOnly }
      storeElement(store, key.index, value)
      return .done
    }
    if object.kind == .array, key.atom == machine.names.length.handle { return setArrayLength(object, value) }
    if isGlobalObject(object), let binding = globalVariable(key.atom) {
      machine.globals.set(binding.slot, value)
      return .done
    }
    let shape = shapeInfo(object)
    if shape.pointee.flags & ShapeFlag.dictionary != 0 {
      let dictionary = PropertyDictionary(self, cell(object.extensionHandle))
      if let number = dictionary.find(key) { dictionary.setValue(number, value) }
      return .done
    }
    if let slot = ShapeTable.lookup(self, key.atom, in: object.shape) {
      storeSlot(slotAddress(object, slot.slot), value)
      if object.flags & CellFlag.isPrototype != 0 { machine.prototypeValueChanged(object) }
      if object.kind == .function, key.atom == machine.names.prototype.handle {
        writeBarrier(self, object + 24)
        object.set32(Layout.Function.instanceShape, 0)
      }
    }
    return .done
  }

  private func storeElement(_ store: Cell, _ index: UInt32, _ value: Value) {
    if store.flags & CellFlag.sparse == 0 {
      storeSlot(arrayElements(store) + Int(index), value)
    } else {
      let elements = sparseElements(store)
      if let number = elements.find(PropertyKey(index: index)) { elements.setValue(number, value) }
    }
  }

  func isExtensible(_ object: Cell) -> Bool { shapeInfo(object).pointee.flags & ShapeFlag.notExtensible == 0 }

  /// Creates an own property that is not there; false when the object is not extensible.
  func addProperty(_ object: Cell, _ key: PropertyKey, _ value: Value, _ attributes: Attributes) -> Bool {
    guard isExtensible(object) else { return false }
    if key.isIndex {
      let isAdded = addElement(object, key.index, value, attributes)
      if object.flags & CellFlag.isPrototype != 0 { prototypeChanged() }
      return isAdded
    }
    addNamed(object, key.atom, value, attributes)
    return true
  }

  func addNamed(_ object: Cell, _ key: Handle, _ value: Value, _ attributes: Attributes) {
    let shape = shapeInfo(object)
    if shape.pointee.flags & ShapeFlag.lazyFunction != 0 { materializeFunction(object) }
    if shapeInfo(object).pointee.flags & ShapeFlag.dictionary == 0 {
      let shape = object.shape
      if let next = machine.unmanagedShapes._withUnsafeGuaranteedRef({ $0.adding(key, attributes, to: shape) }) {
        appendSlot(object, Int(shapeInfo(object).pointee.count), value)
        setShape(object, next)
        return
      }
      makeDictionary(object)
    }
    let dictionary = PropertyDictionary(self, cell(object.extensionHandle))
    let grown = dictionary.adding(PropertyKey(atom: key), value, attributes)
    if grown.cell != dictionary.cell { setExtension(object, handle(grown.cell)) }
    if object.flags & CellFlag.isPrototype != 0 { prototypeChanged() }
  }

  /// Elements further than this beyond the dense ones make an array sparse.
  private static var largestGap: Int { 1024 }

  private func addElement(_ object: Cell, _ index: UInt32, _ value: Value, _ attributes: Attributes) -> Bool {
    let store = ensureIndexStore(object)
    let position = Int(index)
    if object.kind == .array, position >= arrayLength(object), object.flags & CellFlag.lengthReadOnly != 0 {
      return false
    }
    if store.flags & CellFlag.sparse == 0 {
      let dense = denseLength(store)
      if attributes != .all || position > dense + Self.largestGap + dense / 2 {
        makeSparse(store)
      } else {
        addDenseElement(store, position, value)
        return true
      }
    }
    let elements = sparseElements(store)
    let grown = elements.adding(PropertyKey(index: index), value, attributes)
    if grown.cell != elements.cell {
      writeBarrier(self, store + 24)
      store.set32(Layout.Array.elements, handle(grown.cell))
    }
    if position >= arrayLength(store) {
      writeBarrier(self, store + 16)
      store.set32(Layout.Array.length, index + 1)
    }
    return true
  }

  private func addDenseElement(_ store: Cell, _ position: Int, _ value: Value) {
    let dense = denseLength(store)
    if position >= dense {
      growElements(store, position + 1)
      let elements = arrayElements(store)
      for i in dense..<position { elements[i] = .hole }
      writeBarrier(self, store + 16)
      store.set32(Layout.Array.denseLength, UInt32(position + 1))
      if position >= arrayLength(store) { store.set32(Layout.Array.length, UInt32(position + 1)) }
    }
    storeSlot(arrayElements(store) + position, value)
  }

  // MARK: Defining, deleting

  /// Creates or replaces an own property, whatever was there: for object literals, classes and built-ins. The caller has
  /// checked that the property may be redefined.
  func defineOwn(_ object: Cell, _ key: PropertyKey, _ value: Value, _ attributes: Attributes) {
    guard let old = ownProperty(object, key) else {
      if !addProperty(object, key, value, attributes) { addEvenThoughSealed(object, key, value, attributes) }
      return
    }
    if old.attributes == attributes, !old.isAccessor {
      _ = overwrite(object, key, value)
      return
    }
    changeAttributes(object, key, value, attributes)
  }

  private func addEvenThoughSealed(_ object: Cell, _ key: PropertyKey, _ value: Value, _ attributes: Attributes) {
    if !key.isIndex { addNamed(object, key.atom, value, attributes) }
  }

  private func changeAttributes(_ object: Cell, _ key: PropertyKey, _ value: Value, _ attributes: Attributes) {
    if key.isIndex {
      guard let store = indexStore(object) else { return }
      makeSparse(store)
      let elements = sparseElements(store)
      guard let number = elements.find(key) else { return }
      elements.setValue(number, value)
      elements.setAttributes(number, attributes)
      return
    }
    if isGlobalObject(object), let binding = globalVariable(key.atom) {
      return machine.globals.set(binding.slot, value)
    }
    if shapeInfo(object).pointee.flags & ShapeFlag.dictionary != 0 {
      let dictionary = PropertyDictionary(self, cell(object.extensionHandle))
      guard let number = dictionary.find(key) else { return }
      dictionary.setValue(number, value)
      dictionary.setAttributes(number, attributes)
      if object.flags & CellFlag.isPrototype != 0 { prototypeChanged() }
      return
    }
    guard let slot = ShapeTable.lookup(self, key.atom, in: object.shape) else { return }
    setShape(object, shapes.rebuilt(object.shape) { $0.key == key.atom ? attributes : $0.attributes })
    storeSlot(slotAddress(object, slot.slot), value)
    if object.kind == .function { object.set32(Layout.Function.instanceShape, 0) }
  }

  /// Deletes an own property that may be deleted; nothing when there is none. False when it is not configurable.
  func deleteProperty(_ object: Cell, _ key: PropertyKey) -> Bool {
    guard let property = ownProperty(object, key) else { return true }
    guard property.attributes.contains(.configurable) else { return false }
    if key.isIndex {
      deleteElement(object, key.index)
    } else {
      deleteNamed(object, key)
    }
    return true
  }

  private func deleteElement(_ object: Cell, _ index: UInt32) {
    guard let store = indexStore(object) else { return }
    if store.flags & CellFlag.sparse == 0 {
      storeSlot(arrayElements(store) + Int(index), .hole)
    } else {
      let elements = sparseElements(store)
      if let number = elements.find(PropertyKey(index: index)) { elements.remove(number) }
    }
  }

  private func deleteNamed(_ object: Cell, _ key: PropertyKey) {
    let shape = shapeInfo(object)
    if shape.pointee.flags & ShapeFlag.dictionary == 0 {
      if shape.pointee.key == key.atom && shape.pointee.parent != 0 {
        let slot = Int(shape.pointee.count) - 1
        storeSlot(slotAddress(object, slot), .undefined)
        setShape(object, shape.pointee.parent)
        return
      }
      makeDictionary(object)
    }
    let dictionary = PropertyDictionary(self, cell(object.extensionHandle))
    if let number = dictionary.find(key) { dictionary.remove(number) }
    if object.flags & CellFlag.isPrototype != 0 { prototypeChanged() }
  }

  /// Moves the named properties to a dictionary of the object's own.
  func makeDictionary(_ object: Cell) {
    let shape = object.shape
    let info = shapes[shape].pointee
    guard info.flags & ShapeFlag.dictionary == 0 else { return }
    var dictionary = PropertyDictionary.make(self, capacity: Int(info.count) + 1)
    for property in shapes.properties(of: shape) {
      dictionary = dictionary.adding(
        PropertyKey(atom: property.key), slotAddress(object, property.slot).pointee, property.attributes)
    }
    let old = object.extensionHandle
    dictionary.cell.set32(4, old == 0 ? 0 : cell(old).extensionHandle)
    setExtension(object, handle(dictionary.cell))
    // The inline slots stay with the cell; they hold nothing from now on.
    if object.kind == .object {
      for i in 0..<Int(info.inlineCapacity) {
        storeSlot((object + Layout.slots + i * 8).assumingMemoryBound(to: Value.self), .undefined)
      }
    }
    setShape(
      object,
      shapes.root(
        prototype: info.prototype, inlineCapacity: Int(info.inlineCapacity),
        flags: info.flags | ShapeFlag.dictionary))
  }

  // MARK: Prototype, extensibility

  func setPrototype(_ object: Cell, _ prototype: Handle) {
    if shapeInfo(object).pointee.flags & ShapeFlag.lazyFunction != 0 { materializeFunction(object) }
    setShape(object, shapes.rebuilt(object.shape, prototype: prototype))
    pointee.prototypeEpoch &+= 1
    machine.checkArrayIteration()
  }

  func preventExtensions(_ object: Cell) {
    if shapeInfo(object).pointee.flags & ShapeFlag.lazyFunction != 0 { materializeFunction(object) }
    let flags = shapeInfo(object).pointee.flags
    guard flags & ShapeFlag.notExtensible == 0 else { return }
    setShape(object, shapes.rebuilt(object.shape, flags: flags | ShapeFlag.notExtensible))
    if object.kind == .array { setFlags(object, object.flags | CellFlag.notExtensible) }
  }

  /// Makes every own property not configurable, and with `frozen` data properties read-only; not extensible either.
  func seal(_ object: Cell, frozen: Bool) {
    if shapeInfo(object).pointee.flags & ShapeFlag.lazyFunction != 0 { materializeFunction(object) }
    if shapeInfo(object).pointee.flags & ShapeFlag.dictionary != 0 {
      preventExtensions(object)
      let dictionary = PropertyDictionary(self, cell(object.extensionHandle))
      for number in dictionary.entries where !isPrivateName(dictionary.key(number).atom) {
        dictionary.setAttributes(number, dictionary.attributes(number).restricted(frozen: frozen))
      }
    } else {
      let shape = object.shape
      setShape(object, machine.unmanagedShapes._withUnsafeGuaranteedRef { $0.restricted(shape, frozen: frozen) })
      if object.kind == .array { setFlags(object, object.flags | CellFlag.notExtensible) }
    }
    guard let store = indexStore(object) else { return }
    makeSparse(store)
    let elements = sparseElements(store)
    for number in elements.entries {
      elements.setAttributes(number, elements.attributes(number).restricted(frozen: frozen))
    }
    if frozen && object.kind == .array { setFlags(object, object.flags | CellFlag.lengthReadOnly) }
  }

  // MARK: Array length

  /// Assigns `length`; the value must be a valid length number already (conversion of objects runs elsewhere).
  func setArrayLength(_ array: Cell, _ value: Value) -> SetResult {
    if value.isObject { return .invalidLength }
    let number = value.isNumber ? value.asNumber : primitiveToNumber(value)
    guard number >= 0, number <= 4_294_967_295, number == number.rounded(.towardZero) else { return .invalidLength }
    return setArrayLength(array, Int(number)) ? .done : .readOnly
  }

  /// False when an element that can't be deleted stood in the way.
  func setArrayLength(_ array: Cell, _ length: Int) -> Bool {
    let old = arrayLength(array)
    if length == old { return true }
    if array.flags & CellFlag.lengthReadOnly != 0 { return false }
    writeBarrier(self, array + 16)
    if array.flags & CellFlag.sparse != 0 { return setSparseLength(array, length) }
    if length < denseLength(array) { array.set32(Layout.Array.denseLength, UInt32(length)) }
    array.set32(Layout.Array.length, UInt32(length))
    return true
  }

  private func setSparseLength(_ array: Cell, _ length: Int) -> Bool {
    let elements = sparseElements(array)
    let doomed = elements.entries.filter { Int(elements.key($0).index) >= length }
      .sorted { elements.key($0).index > elements.key($1).index }
    for number in doomed {
      guard elements.attributes(number).contains(.configurable) else {
        array.set32(Layout.Array.length, elements.key(number).index + 1)
        return false
      }
      elements.remove(number)
    }
    array.set32(Layout.Array.length, UInt32(length))
    return true
  }

  // MARK: Enumeration

  /// The own keys in the order of the standard: indices ascending, strings, then symbols, in order of creation.
  func ownKeys(_ object: Cell) -> [PropertyKey] {
    var keys = ownIndices(object).map { PropertyKey(index: $0) }
    var symbols: [PropertyKey] = []
    if object.kind == .array || (object.kind == .wrapper && object.value(Layout.primitive).isString) {
      keys.append(PropertyKey(atom: machine.names.length.handle))
    }
    func sortIn(_ key: Handle) {
      if cell(key).kind == .symbol {
        if isPrivateName(key) { return }
        symbols.append(PropertyKey(atom: key))
      } else {
        keys.append(PropertyKey(atom: key))
      }
    }
    if shapeInfo(object).pointee.flags & ShapeFlag.lazyFunction != 0 { materializeFunction(object) }
    if shapeInfo(object).pointee.flags & ShapeFlag.dictionary != 0 {
      let dictionary = PropertyDictionary(self, cell(object.extensionHandle))
      keys.reserveCapacity(keys.count + dictionary.count)
      for number in dictionary.entries { sortIn(dictionary.key(number).atom) }
    } else {
      for property in shapes.properties(of: object.shape) { sortIn(property.key) }
    }
    if isGlobalObject(object) {
      let known = Set(keys.map(\.bits))
      for binding in machine.globals.bindings where binding.kind == .var || binding.kind == .function {
        let key = PropertyKey(atom: binding.name)
        if !known.contains(key.bits) { keys.append(key) }
      }
    }
    keys += symbols
    return keys
  }

  /// Asks for room for a list of a value's own keys, as `canAllocate` does.
  func canListKeys(_ value: Value) -> Bool {
    // An index, a key, its text, an element; the arrays may have taken twice as much while they grew.
    let bytesPerKey = 64
    if value.isString { return canAllocate(stringLength(value) * bytesPerKey) }
    guard value.isObject else { return true }
    let object = cell(value)
    var count = 0
    if object.kind == .wrapper, object.value(Layout.primitive).isString {
      count += stringLength(object.value(Layout.primitive))
    }
    if let store = indexStore(object) {
      count += store.flags & CellFlag.sparse != 0 ? sparseElements(store).count : denseLength(store)
    }
    if shapeInfo(object).pointee.flags & ShapeFlag.dictionary != 0 {
      count += PropertyDictionary(self, cell(object.extensionHandle)).count
    }
    return canAllocate(count * bytesPerKey)
  }

  func ownIndices(_ object: Cell) -> [UInt32] {
    var result: [UInt32] = []
    if object.kind == .wrapper, object.value(Layout.primitive).isString {
      result.append(contentsOf: 0..<UInt32(stringLength(object.value(Layout.primitive))))
    }
    guard let store = indexStore(object) else { return result }
    if store.flags & CellFlag.sparse != 0 {
      let elements = sparseElements(store)
      result.append(contentsOf: elements.entries.map { elements.key($0).index }.sorted())
    } else {
      let elements = denseLength(store) == 0 ? nil : arrayElements(store)
      for i in 0..<denseLength(store) where elements.unsafelyUnwrapped[i] != .hole { result.append(UInt32(i)) }
    }
    return result
  }
}
