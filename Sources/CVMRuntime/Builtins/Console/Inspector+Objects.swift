import CVMDispatch

/// Names of objects, and their properties.
extension Inspector {
  /// An own property that is shown.
  struct Member {
    var key: PropertyKey
    /// The value, or the accessor cell.
    var value: Value
    var attributes: Attributes
  }

  // MARK: Reading without running code

  /// The value of a data property on the prototype chain; nil for accessors and what is not there.
  func dataProperty(_ object: Cell, _ key: Value) -> Value? {
    var current: Cell? = object
    while let holder = current {
      if let property = ownProperty(holder, PropertyKey(atom: key.handle)) {
        return property.isAccessor ? nil : property.value
      }
      current = vm.prototype(holder)
    }
    return nil
  }

  /// An own property; functions whose properties nobody looked at yet stay as they are.
  func ownProperty(_ object: Cell, _ key: PropertyKey) -> Property? {
    if isUntouchedFunction(object) {
      guard key == PropertyKey(atom: vm.machine.names.name.handle) else { return nil }
      let name = vm.loadedCode(object)?.block.name ?? []
      if let builtin = vm.builtin(object) {
        return Property(value: vm.machine.atoms.intern(builtin.name), attributes: .configurable)
      }
      return Property(value: vm.machine.atoms.intern(name), attributes: .configurable)
    }
    return vm.ownProperty(object, key)
  }

  func isUntouchedFunction(_ object: Cell) -> Bool {
    object.kind == .function && vm.shapeInfo(object).pointee.flags & ShapeFlag.lazyFunction != 0
  }

  func hasProperty(_ object: Cell, _ key: Value) -> Bool {
    var current: Cell? = object
    while let holder = current {
      if ownProperty(holder, PropertyKey(atom: key.handle)) != nil { return true }
      current = vm.prototype(holder)
    }
    return false
  }

  /// Whether a prototype comes in the chain of an object.
  func chain(of object: Cell, includes prototype: Value) -> Bool {
    guard prototype.isObject else { return false }
    var current = vm.prototype(object)
    while let holder = current {
      if vm.handle(holder) == prototype.handle { return true }
      current = vm.prototype(holder)
    }
    return false
  }

  func isIterable(_ object: Cell) -> Bool { hasProperty(object, vm.machine.intrinsics.symbolIterator) }

  // MARK: Names

  /// The name of the constructor that made an object; nil when its prototype is null.
  func constructorName(_ object: Cell, _ level: Int) -> String? {
    if let (name, _) = namedConstructor(object) { return name }
    guard let first = vm.prototype(object) else { return nil }
    let own = className(object)
    if level > depth { return "\(own) <Complex prototype>" }
    if let parent = constructorName(first, level + 1) { return "\(own) <\(parent)>" }
    var options = options
    options.depth = -1
    return "\(own) <\(Inspector(vm, options).format(vm.objectValue(first), 0))>"
  }

  /// The constructor that the prototype chain names and that the object is an instance of, with the object that names it.
  private func namedConstructor(_ object: Cell) -> (name: String, holder: Cell)? {
    let names = vm.machine.names
    let objectPrototype = vm.machine.intrinsics.objectPrototype
    let functionPrototype = vm.machine.intrinsics.functionPrototype
    var current: Cell? = object
    while let holder = current {
      if holder != object {
        if vm.handle(holder) == objectPrototype.handle { return ("Object", holder) }
        if vm.handle(holder) == functionPrototype.handle { return ("Function", holder) }
      }
      if let property = ownProperty(holder, PropertyKey(atom: names.constructor.handle)), !property.isAccessor,
        vm.isCallable(property.value), let name = dataProperty(vm.cell(property.value), names.name), name.isString,
        vm.stringLength(name) > 0, isInstance(object, of: vm.cell(property.value))
      {
        return (vm.plainText(name), holder)
      }
      current = vm.prototype(holder)
    }
    return nil
  }

  private func isInstance(_ object: Cell, of constructor: Cell) -> Bool {
    var function = constructor
    var steps = 0
    while function.kind == .boundFunction, steps < 100 {
      function = vm.cell(function.value(Layout.BoundFunction.target))
      steps += 1
    }
    guard !isUntouchedFunction(function),
      let prototype = vm.ownProperty(function, PropertyKey(atom: vm.machine.names.prototype.handle)),
      !prototype.isAccessor
    else { return false }
    return chain(of: object, includes: prototype.value)
  }

  /// The name of an object's kind, for objects whose constructor is unknown.
  func className(_ object: Cell) -> String {
    switch object.kind {
    case .array: "Array"
    case .function, .boundFunction: "Function"
    case .error: "Error"
    case .map: "Map"
    case .set: "Set"
    case .wrapper: wrapperType(object)
    case .date: "Date"
    case .weakMap: "WeakMap"
    case .weakSet: "WeakSet"
    case .weakRef: "WeakRef"
    case .arrayIterator: "Array Iterator"
    case .mapIterator: "Map Iterator"
    case .setIterator: "Set Iterator"
    case .stringIterator: "String Iterator"
    case .regExp: "RegExp"
    case .regExpStringIterator: "RegExp String Iterator"
    default: "Object"
    }
  }

  /// `Symbol.toStringTag`, unless it is listed among the properties anyway.
  func stringTag(_ object: Cell) -> String {
    let symbol = vm.machine.intrinsics.symbolToStringTag
    guard let property = vm.findProperty(object, PropertyKey(atom: symbol.handle)) else { return "" }
    let tag = property.isAccessor ? vm.constantResult(ofGetter: property) ?? "" : text(ofTag: property.value)
    if let own = ownProperty(object, PropertyKey(atom: symbol.handle)),
      options.showHidden || own.attributes.contains(.enumerable)
    {
      return ""
    }
    return tag
  }

  private func text(ofTag value: Value) -> String { value.isString ? vm.plainText(value) : "" }

  /// What comes before the brace, with a space at the end.
  func prefix(_ constructor: String?, _ tag: String, _ fallback: String, size: String = "") -> String {
    guard let constructor else {
      let tagText = !tag.isEmpty && fallback != tag ? " [\(tag)]" : ""
      return "[\(fallback)\(size): null prototype]\(tagText) "
    }
    return !tag.isEmpty && constructor != tag ? "\(constructor)\(size) [\(tag)] " : "\(constructor)\(size) "
  }

  func prefix(_ object: Cell, _ constructor: String?, _ tag: String) -> String {
    var fallback = ""
    if constructor == nil {
      fallback = className(object)
      if fallback == tag { fallback = "Object" }
    }
    return prefix(constructor, tag, fallback)
  }

  // MARK: Members

  /// The own properties to show, in order; the characters of a boxed string and, unless asked for, an array's elements
  /// are left out.
  func members(of object: Cell, withElements: Bool = false) -> [Member] {
    if isUntouchedFunction(object) {
      guard options.showHidden else { return [] }
      vm.materializeFunction(object)
    }
    var result: [Member] = []
    var symbols: [Member] = []
    if object.kind != .array || withElements, let store = vm.indexStore(object) {
      for index in indices(of: store) {
        if let property = vm.ownProperty(store, PropertyKey(index: index)) {
          add(Member(key: PropertyKey(index: index), value: property.value, attributes: property.attributes), &result)
        }
      }
    }
    let lengthKey = PropertyKey(atom: vm.machine.names.length.handle)
    let hasLength = object.kind == .array || object.kind == .wrapper
    if options.showHidden, hasLength, let length = vm.ownProperty(object, lengthKey) {
      result.append(Member(key: lengthKey, value: length.value, attributes: length.attributes))
    }
    forEachNamed(object) { member in
      if vm.cell(member.key.atom).kind == .symbol { add(member, &symbols) } else { add(member, &result) }
    }
    return result + symbols
  }

  private func add(_ member: Member, _ list: inout [Member]) {
    if options.showHidden || member.attributes.contains(.enumerable) { list.append(member) }
  }

  func indices(of store: Cell) -> [UInt32] {
    if store.flags & CellFlag.sparse != 0 {
      let elements = vm.sparseElements(store)
      return elements.entries.map { elements.key($0).index }.sorted()
    }
    let count = vm.denseLength(store)
    guard count > 0 else { return [] }
    let elements = vm.arrayElements(store)
    return (0..<UInt32(count)).filter { elements[Int($0)] != .hole }
  }

  private func forEachNamed(_ object: Cell, _ body: (Member) -> Void) {
    if vm.shapeInfo(object).pointee.flags & ShapeFlag.dictionary != 0 {
      let dictionary = PropertyDictionary(vm, vm.cell(object.extensionHandle))
      for number in 0..<dictionary.used where dictionary.key(number).bits != 0 {
        body(
          Member(
            key: dictionary.key(number), value: dictionary.value(number), attributes: dictionary.attributes(number)))
      }
      return
    }
    for property in vm.shapes.properties(of: object.shape) {
      body(
        Member(
          key: PropertyKey(atom: property.key), value: vm.slotAddress(object, property.slot).pointee,
          attributes: property.attributes))
    }
  }

  /// The value alone, as in an array.
  func formatMemberValue(_ value: Value, isAccessor: Bool, _ level: Int) -> String {
    if isAccessor {
      let accessor = vm.cell(value)
      let reads = !accessor.value(Layout.Accessor.getter).isUndefined
      let writes = !accessor.value(Layout.Accessor.setter).isUndefined
      guard reads || writes else { return styled("undefined", .undefined) }
      return styled(reads ? writes ? "[Getter/Setter]" : "[Getter]" : "[Setter]", .special)
    }
    indentation += 2
    defer { indentation -= 2 }
    return format(value, level)
  }

  func formatMember(_ member: Member, _ level: Int) -> String {
    let text = formatMemberValue(member.value, isAccessor: member.attributes.contains(.accessor), level)
    return "\(memberName(member.key, isHidden: !member.attributes.contains(.enumerable))): \(text)"
  }

  func memberName(_ key: PropertyKey, isHidden: Bool) -> String {
    if key.isIndex { return isHidden ? "[\(key.index)]" : styled("'\(key.index)'", .string) }
    if vm.cell(key.atom).kind == .symbol {
      let symbol = Value(tag: Tag.symbol, handle: key.atom)
      return "[\(styled(escaped(Array(symbolText(symbol).utf16), quote: 0x27), .symbol))]"
    }
    let name = Value(tag: Tag.string, handle: key.atom)
    if name == vm.machine.names.proto { return "['__proto__']" }
    let units = vm.units(name)
    if isHidden { return "[\(escaped(units, quote: 0x27))]" }
    if isIdentifier(units) { return styled(String(decoding: units, as: UTF16.self), .name) }
    return styled(quoted(units), .string)
  }

  /// Whether a key is shown without quotes: only ASCII letters count, as in Node.
  func isIdentifier(_ units: [UInt16]) -> Bool {
    for (i, unit) in units.enumerated() {
      switch unit {
      case 0x41...0x5a, 0x61...0x7a, 0x5f: continue
      case 0x30...0x39 where i > 0: continue
      default: return false
      }
    }
    return !units.isEmpty
  }

  /// With `showHidden`, what prototypes that the program defined have besides methods.
  func prototypeMembers(_ object: Cell, _ level: Int) -> [String] {
    guard let (name, holder) = namedConstructor(object), let first = vm.prototype(object) else { return [] }
    if holder == object || (first == holder && isBuiltInName(name)) { return [] }
    var output: [String] = []
    var shown = Set(allKeys(object).map { $0.bits })
    var current: Cell? = first
    var layers = 0
    while let layer = current, layers < 3 {
      if isBuiltInPrototype(layer) { break }
      let keys = allKeys(layer)
      for key in keys where !shown.contains(key.bits) && key != PropertyKey(atom: vm.machine.names.constructor.handle) {
        guard let property = vm.ownProperty(layer, key), property.isAccessor || !vm.isCallable(property.value) else {
          continue
        }
        let text = formatMember(Member(key: key, value: property.value, attributes: property.attributes), level)
        output.append(options.colors ? "\u{1b}[2m\(text)\u{1b}[22m" : text)
      }
      shown.formUnion(keys.map { $0.bits })
      current = vm.prototype(layer)
      layers += 1
    }
    return output
  }

  private func allKeys(_ object: Cell) -> [PropertyKey] { isUntouchedFunction(object) ? [] : vm.ownKeys(object) }

  private func isBuiltInPrototype(_ object: Cell) -> Bool {
    guard let property = ownProperty(object, PropertyKey(atom: vm.machine.names.constructor.handle)),
      !property.isAccessor, vm.isCallable(property.value),
      let name = dataProperty(vm.cell(property.value), vm.machine.names.name), name.isString
    else { return false }
    return isBuiltInName(vm.plainText(name))
  }

  /// Whether the global object has a built-in constructor of this name.
  func isBuiltInName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first >= 0x41, first <= 0x5a else { return false }
    let global = vm.cell(vm.machine.intrinsics.globalObject)
    guard let property = vm.ownProperty(global, PropertyKey(atom: vm.machine.atoms.intern(name).handle)),
      property.value.isObject
    else { return false }
    return vm.machine.builtInNames[property.value.handle] == name
  }
}
