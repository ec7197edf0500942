import CVMDispatch

/// The fields of a property descriptor; nil means absent.
struct PropertyDescriptor {
  var value: Value?
  var writable: Bool?
  var getter: Value?
  var setter: Value?
  var enumerable: Bool?
  var configurable: Bool?

  var isAccessor: Bool { getter != nil || setter != nil }
  var isData: Bool { value != nil || writable != nil }

  /// What is wrong with the fields by themselves.
  func error(_ vm: VM) -> String? {
    if let getter, !getter.isUndefined, !vm.isCallable(getter) {
      return "Getter must be a function: \(vm.describe(getter))"
    }
    if let setter, !setter.isUndefined, !vm.isCallable(setter) {
      return "Setter must be a function: \(vm.describe(setter))"
    }
    if isAccessor && isData {
      return "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, #<Object>"
    }
    return nil
  }
}

enum DescriptorReading {
  case record(PropertyDescriptor)
  case notAnObject
  /// A field is an accessor: user code would run.
  case needsCall
}

/// Why a property could not be defined.
enum DefinitionError {
  case cannotRedefine(PropertyKey)
  case notExtensible(PropertyKey)
  case invalidLength
  /// A length that is a symbol or a BigInt.
  case lengthOfAnotherType(isSymbol: Bool)

  func raise(_ vm: VM) -> Value {
    switch self {
    case .cannotRedefine(let key): vm.throwTypeError(ErrorMessage.cannotRedefine(vm.describe(key: key)))
    case .notExtensible(let key):
      vm.throwTypeError("Cannot define property \(vm.describe(key: key)), object is not extensible")
    case .invalidLength: vm.throwRangeError(ErrorMessage.invalidArrayLength)
    case .lengthOfAnotherType(let isSymbol):
      vm.throwTypeError(isSymbol ? "Cannot convert a Symbol value to a number" : ErrorMessage.bigIntToNumber)
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// ToPropertyDescriptor as far as it runs no user code.
  func readDescriptor(_ source: Value) -> DescriptorReading {
    guard source.isObject else { return .notAnObject }
    let object = cell(source)
    var fields = PropertyDescriptor()
    var needsCall = false
    func read(_ name: StaticString) -> Value? {
      switch getProperty(object, PropertyKey(atom: machine.atoms.intern(name).handle)) {
      case .value(let value): return value
      case .absent: return nil
      case .getter:
        needsCall = true
        return nil
      }
    }
    fields.enumerable = read("enumerable").map { toBoolean($0) }
    fields.configurable = read("configurable").map { toBoolean($0) }
    fields.value = read("value")
    fields.writable = read("writable").map { toBoolean($0) }
    fields.getter = read("get")
    fields.setter = read("set")
    return needsCall ? .needsCall : .record(fields)
  }

  /// FromPropertyDescriptor.
  func makeDescriptor(_ property: Property) -> Value {
    let object = makeObject(prototype: machine.intrinsics.objectPrototype.handle)
    func add(_ name: StaticString, _ value: Value) { addNamed(object, machine.atoms.intern(name).handle, value, .all) }
    if property.isAccessor {
      let accessor = cell(property.value)
      add("get", accessor.value(Layout.Accessor.getter))
      add("set", accessor.value(Layout.Accessor.setter))
    } else {
      add("value", property.value)
      add("writable", Value(property.attributes.contains(.writable)))
    }
    add("enumerable", Value(property.attributes.contains(.enumerable)))
    add("configurable", Value(property.attributes.contains(.configurable)))
    return objectValue(object)
  }

  /// [[DefineOwnProperty]] of ordinary objects and arrays; nil when it succeeded.
  func defineOwnProperty(_ object: Cell, _ key: PropertyKey, _ fields: PropertyDescriptor) -> DefinitionError? {
    if object.kind == .array, !key.isIndex, key.atom == machine.names.length.handle {
      return defineLength(object, key, fields)
    }
    guard let current = ownProperty(object, key) else { return createProperty(object, key, fields) }
    if !current.attributes.contains(.configurable) && !isAllowedChange(current, fields) { return .cannotRedefine(key) }
    var attributes: Attributes = []
    func keep(_ attribute: Attributes, _ wanted: Bool?) {
      if wanted ?? current.attributes.contains(attribute) { attributes.insert(attribute) }
    }
    keep(.enumerable, fields.enumerable)
    keep(.configurable, fields.configurable)
    if fields.isAccessor || (current.isAccessor && !fields.isData) {
      if current.isAccessor && !fields.isAccessor {
        attributes.insert(.accessor)
        defineOwn(object, key, current.value, attributes)
        return nil
      }
      let old = current.isAccessor ? cell(current.value) : nil
      let accessor = makeAccessor(
        getter: fields.getter ?? old?.value(Layout.Accessor.getter) ?? .undefined,
        setter: fields.setter ?? old?.value(Layout.Accessor.setter) ?? .undefined)
      attributes.insert(.accessor)
      defineOwn(object, key, cellValue(accessor), attributes)
      return nil
    }
    let wasWritable = !current.isAccessor && current.attributes.contains(.writable)
    if fields.writable ?? wasWritable { attributes.insert(.writable) }
    defineOwn(object, key, fields.value ?? (current.isAccessor ? .undefined : current.value), attributes)
    return nil
  }

  private func createProperty(_ object: Cell, _ key: PropertyKey, _ fields: PropertyDescriptor) -> DefinitionError? {
    guard isExtensible(object) else { return .notExtensible(key) }
    var attributes: Attributes = []
    if fields.enumerable == true { attributes.insert(.enumerable) }
    if fields.configurable == true { attributes.insert(.configurable) }
    let value: Value
    if fields.isAccessor {
      attributes.insert(.accessor)
      value = cellValue(makeAccessor(getter: fields.getter ?? .undefined, setter: fields.setter ?? .undefined))
    } else {
      if fields.writable == true { attributes.insert(.writable) }
      value = fields.value ?? .undefined
    }
    return addProperty(object, key, value, attributes) ? nil : .cannotRedefine(key)
  }

  /// What may be done to a property that is not configurable.
  private func isAllowedChange(_ current: Property, _ fields: PropertyDescriptor) -> Bool {
    if fields.configurable == true { return false }
    if let enumerable = fields.enumerable, enumerable != current.attributes.contains(.enumerable) { return false }
    if current.isAccessor {
      if fields.isData { return false }
      let accessor = cell(current.value)
      if let getter = fields.getter, getter != accessor.value(Layout.Accessor.getter) { return false }
      if let setter = fields.setter, setter != accessor.value(Layout.Accessor.setter) { return false }
      return true
    }
    if fields.isAccessor { return false }
    if current.attributes.contains(.writable) { return true }
    if fields.writable == true { return false }
    if let value = fields.value { return sameValue(value, current.value) }
    return true
  }

  private func defineLength(_ array: Cell, _ key: PropertyKey, _ fields: PropertyDescriptor) -> DefinitionError? {
    var number = 0.0
    if let value = fields.value {
      if value.isSymbol || value.isBigInt { return .lengthOfAnotherType(isSymbol: value.isSymbol) }
      number = primitiveToNumber(value)
      guard number >= 0, number <= 4_294_967_295, number == number.rounded(.towardZero) else { return .invalidLength }
    }
    if fields.configurable == true || fields.enumerable == true || fields.isAccessor { return .cannotRedefine(key) }
    let readOnly = array.flags & CellFlag.lengthReadOnly != 0
    if readOnly && fields.writable == true { return .cannotRedefine(key) }
    var isDone = true
    if fields.value != nil, Int(number) != arrayLength(array) {
      if readOnly { return .cannotRedefine(key) }
      isDone = setArrayLength(array, Int(number))
    }
    if fields.writable == false { setFlags(array, array.flags | CellFlag.lengthReadOnly) }
    return isDone ? nil : .cannotRedefine(key)
  }
}
