import CVMDispatch

extension Machine {
  /// Creates every built-in function and object.
  func installBuiltins() {
    builtins.joining = vm.objectValue(vm.makeArray())
    builtins.symbolRegistry = vm.objectValue(vm.makeTableObject(.map, prototype: nil))
    registeredRoots += [builtins.joining, builtins.symbolRegistry]
    for value in registeredRoots { builtInNames[value.handle] = "(machine)" }
    seedRandom()
    addIntrinsics()
    loadSelfHosted()
    installFundamentals()
    installArrays()
    installTexts()
    installRegExps()
    installCollections()
    installErrors()
    installWeakCollections()
    installIterators()
    installDates()
    installNamespaces()
    installGlobalFunctions()
    installConsole()
    installFileSystem()
  }

  private func installFundamentals() {
    let installer = BuiltinInstaller(self)
    installer.addClass(
      ObjectBuiltins.constructor, intrinsics.objectPrototype, ObjectBuiltins.statics, ObjectBuiltins.methods)
    installer.addAccessor(
      intrinsics.objectPrototype, key: names.proto, "Object.prototype.__proto__", getter: ObjectBuiltins.protoGetter,
      setter: ObjectBuiltins.protoSetter)
    installer.addClass(
      FunctionBuiltins.constructor, intrinsics.functionPrototype, [], FunctionBuiltins.methods)
    installer.add(
      FunctionBuiltins.hasInstance, to: intrinsics.functionPrototype, key: intrinsics.symbolHasInstance,
      "Function.prototype[Symbol.hasInstance]", [])
    installThrower(installer)
    installer.addClass(BooleanBuiltins.constructor, intrinsics.booleanPrototype, [], BooleanBuiltins.methods)
    let number = installer.addClass(
      NumberBuiltins.constructor, intrinsics.numberPrototype, NumberBuiltins.statics, NumberBuiltins.methods)
    for constant in NumberBuiltins.constants {
      installer.define(number, constant.name, Value(number: constant.value), [])
    }
    for parser in NumberBuiltins.parsers {
      let function = installer.add(
        parser, to: intrinsics.globalObject, key: atoms.intern(parser.name), "\(parser.name)")
      installer.define(number, parser.name, function, .hidden)
    }
    installer.addClass(
      BigIntBuiltins.constructor, intrinsics.bigIntPrototype, BigIntBuiltins.statics, BigIntBuiltins.methods)
    installer.tag(intrinsics.bigIntPrototype, "BigInt")
    installSymbols(installer)
  }

  /// %ThrowTypeError%, and the accessors of Function.prototype that it stands behind.
  private func installThrower(_ installer: BuiltinInstaller) {
    let thrower = makeBuiltin(FunctionBuiltins.thrower, path: "%ThrowTypeError%")
    intrinsics.throwTypeError = thrower
    for name in [names.length, names.name] {
      let value = installer.value(thrower, name)
      installer.define(thrower, name, value, [])
    }
    vm.preventExtensions(vm.cell(thrower))
    let accessor = vm.cellValue(vm.makeAccessor(getter: thrower, setter: thrower))
    intrinsics.throwingAccessor = vm.cellValue(vm.makeAccessor(getter: thrower, setter: thrower))
    for name in ["caller", "arguments"] as [StaticString] {
      installer.define(intrinsics.functionPrototype, atoms.intern(name), accessor, [.configurable, .accessor])
    }
  }

  private func installSymbols(_ installer: BuiltinInstaller) {
    func make(_ name: String) -> Value {
      let symbol = vm.makeSymbol(description: vm.makeString("Symbol." + name))
      builtInNames[symbol.handle] = "Symbol." + name
      registeredRoots.append(symbol)
      return symbol
    }
    builtins.symbolSplit = make("split")
    builtins.symbolReplace = make("replace")
    builtins.patternSymbols = [
      "match": make("match"), "matchAll": make("matchAll"), "replace": builtins.symbolReplace,
      "search": make("search"), "split": builtins.symbolSplit,
    ]
    func pattern(_ name: String) -> Value { builtins.patternSymbols[name] ?? .undefined }
    let symbol = installer.addClass(
      SymbolBuiltins.constructor, intrinsics.symbolPrototype, SymbolBuiltins.statics, SymbolBuiltins.methods)
    let wellKnown: [(StaticString, Value)] = [
      ("asyncIterator", intrinsics.symbolAsyncIterator), ("hasInstance", intrinsics.symbolHasInstance),
      ("isConcatSpreadable", intrinsics.symbolIsConcatSpreadable), ("iterator", intrinsics.symbolIterator),
      ("match", pattern("match")), ("matchAll", pattern("matchAll")), ("replace", builtins.symbolReplace),
      ("search", pattern("search")), ("species", intrinsics.symbolSpecies), ("split", builtins.symbolSplit),
      ("toPrimitive", intrinsics.symbolToPrimitive), ("toStringTag", intrinsics.symbolToStringTag),
      ("unscopables", intrinsics.symbolUnscopables),
    ]
    for (name, value) in wellKnown { installer.define(symbol, name, value, []) }
    installer.addAccessor(
      intrinsics.symbolPrototype, key: atoms.intern("description"), "Symbol.prototype.description",
      getter: SymbolBuiltins.description)
    installer.add(
      SymbolBuiltins.toPrimitive, to: intrinsics.symbolPrototype, key: intrinsics.symbolToPrimitive,
      "Symbol.prototype[Symbol.toPrimitive]", .configurable)
    installer.tag(intrinsics.symbolPrototype, "Symbol")
  }

  private func installArrays() {
    let installer = BuiltinInstaller(self)
    let prototype = intrinsics.arrayPrototype
    let array = installer.addClass(ArrayBuiltins.constructor, prototype, ArrayBuiltins.statics, ArrayBuiltins.methods)
    builtins.arrayConstructor = array
    builtins.speciesAccessor = installer.addSpecies(array, "Array")
    intrinsics.arrayValues = installer.add(
      ArrayBuiltins.values, to: prototype, key: atoms.intern("values"), "Array.prototype.values")
    installer.define(prototype, intrinsics.symbolIterator, intrinsics.arrayValues, .hidden)
    intrinsics.arrayPush = installer.value(prototype, names.push)
    builtins.arrayJoin = installer.value(prototype, names.join)
    installer.define(prototype, intrinsics.symbolUnscopables, unscopables(), .configurable)
    let iteratorItself = installer.add(
      IteratorBuiltins.iterator, to: intrinsics.iteratorPrototype, key: intrinsics.symbolIterator,
      "Iterator.prototype[Symbol.iterator]")
    builtins.iteratorMethods += [intrinsics.arrayValues, iteratorItself]
    func addNext(_ builtin: BuiltinFunction, _ prototype: Value, _ tag: String) -> Value {
      installer.tag(prototype, tag)
      return installer.add(builtin, to: prototype, key: names.next, "\(tag).prototype.next")
    }
    intrinsics.arrayIteratorNext = addNext(
      IteratorBuiltins.arrayNext, intrinsics.arrayIteratorPrototype, "Array Iterator")
    intrinsics.mapIteratorNext = addNext(IteratorBuiltins.mapNext, intrinsics.mapIteratorPrototype, "Map Iterator")
    intrinsics.setIteratorNext = addNext(IteratorBuiltins.setNext, intrinsics.setIteratorPrototype, "Set Iterator")
    intrinsics.stringIteratorNext = addNext(
      IteratorBuiltins.stringNext, intrinsics.stringIteratorPrototype, "String Iterator")
    installGenerators(installer)
  }

  /// The names that `with` statements of sloppy programs must not see.
  private func unscopables() -> Value {
    let object = vm.makeObject(prototype: 0, inlineCapacity: 16)
    let names: [StaticString] = [
      "at", "copyWithin", "entries", "fill", "find", "findIndex", "findLast", "findLastIndex", "flat", "flatMap",
      "includes", "keys", "toReversed", "toSorted", "toSpliced", "values",
    ]
    for name in names { vm.addNamed(object, atoms.intern(name).handle, .true, .all) }
    builtInNames[vm.handle(object)] = "Array.prototype[Symbol.unscopables]"
    return vm.objectValue(object)
  }

  private func installTexts() {
    let installer = BuiltinInstaller(self)
    installer.addClass(
      StringBuiltins.constructor, intrinsics.stringPrototypeValue, StringBuiltins.statics, StringBuiltins.methods)
    installer.define(intrinsics.stringPrototypeValue, names.length, Value(0), [])
    installer.alias(intrinsics.stringPrototypeValue, "trimLeft", of: "trimStart")
    installer.alias(intrinsics.stringPrototypeValue, "trimRight", of: "trimEnd")
    builtins.iteratorMethods.append(
      installer.add(
        StringBuiltins.iterator, to: intrinsics.stringPrototypeValue, key: intrinsics.symbolIterator,
        "String.prototype[Symbol.iterator]"))
  }

  private func installCollections() {
    let installer = BuiltinInstaller(self)
    let map = installer.addClass(
      MapBuiltins.constructor, intrinsics.mapPrototype, MapBuiltins.statics, MapBuiltins.methods)
    _ = installer.addSpecies(map, "Map")
    let entries = installer.add(
      MapBuiltins.entries, to: intrinsics.mapPrototype, key: atoms.intern("entries"), "Map.prototype.entries")
    installer.define(intrinsics.mapPrototype, intrinsics.symbolIterator, entries, .hidden)
    builtins.iteratorMethods.append(entries)
    installer.addAccessor(
      intrinsics.mapPrototype, key: atoms.intern("size"), "Map.prototype.size", getter: MapBuiltins.size)
    installer.tag(intrinsics.mapPrototype, "Map")
    let set = installer.addClass(SetBuiltins.constructor, intrinsics.setPrototype, [], SetBuiltins.methods)
    _ = installer.addSpecies(set, "Set")
    let values = installer.add(
      SetBuiltins.values, to: intrinsics.setPrototype, key: atoms.intern("values"), "Set.prototype.values")
    installer.define(intrinsics.setPrototype, atoms.intern("keys"), values, .hidden)
    installer.define(intrinsics.setPrototype, intrinsics.symbolIterator, values, .hidden)
    builtins.iteratorMethods.append(values)
    installer.addAccessor(
      intrinsics.setPrototype, key: atoms.intern("size"), "Set.prototype.size", getter: SetBuiltins.size)
    installer.tag(intrinsics.setPrototype, "Set")
  }

  private func installWeakCollections() {
    let installer = BuiltinInstaller(self)
    installer.addClass(WeakBuiltins.map, intrinsics.weakMapPrototype, [], WeakBuiltins.mapMethods)
    installer.tag(intrinsics.weakMapPrototype, "WeakMap")
    installer.addClass(WeakBuiltins.set, intrinsics.weakSetPrototype, [], WeakBuiltins.setMethods)
    installer.tag(intrinsics.weakSetPrototype, "WeakSet")
    installer.addClass(WeakBuiltins.reference, intrinsics.weakRefPrototype, [], WeakBuiltins.referenceMethods)
    installer.tag(intrinsics.weakRefPrototype, "WeakRef")
  }

  private func installDates() {
    let installer = BuiltinInstaller(self)
    installer.addClass(
      DateBuiltins.constructor, intrinsics.datePrototype, DateBuiltins.statics, DateBuiltins.methods)
    installer.alias(intrinsics.datePrototype, "toGMTString", of: "toUTCString")
    installer.add(
      DateBuiltins.toPrimitive, to: intrinsics.datePrototype, key: intrinsics.symbolToPrimitive,
      "Date.prototype[Symbol.toPrimitive]", .configurable)
  }

  private func installErrors() {
    let installer = BuiltinInstaller(self)
    var base = Value.undefined
    for kind in ErrorKind.allCases {
      let prototype = intrinsics.errorPrototypes[kind.rawValue]
      let constructor = installer.addClass(
        ErrorBuiltins.constructor(kind), prototype, [], kind == .error ? ErrorBuiltins.methods : [])
      installer.define(prototype, "name", atoms.intern(kind.name), .hidden)
      installer.define(prototype, "message", emptyString, .hidden)
      if kind == .error {
        base = constructor
        installer.add(
          ErrorBuiltins.stackCapture, to: base, key: atoms.intern("captureStackTrace"), "Error.captureStackTrace")
        installer.add(ErrorBuiltins.isError, to: base, key: atoms.intern("isError"), "Error.isError")
      } else {
        vm.setPrototype(vm.cell(constructor), base.handle)
      }
    }
  }

  private func installNamespaces() {
    let installer = BuiltinInstaller(self)
    let math = installer.addNamespace("Math", MathBuiltins.functions)
    for constant in MathBuiltins.constants { installer.define(math, constant.name, Value(number: constant.value), []) }
    installer.addNamespace("JSON", JSONBuiltins.functions)
    let reflect = installer.addNamespace("Reflect", ReflectBuiltins.functions)
    intrinsics.reflectConstruct = installer.value(reflect, atoms.intern("construct"))
  }

  private func installGlobalFunctions() {
    let installer = BuiltinInstaller(self)
    let global = intrinsics.globalObject
    for function in NumberBuiltins.globalFunctions + URIBuiltins.functions
      + StringMarkupBuiltins.functions + [CloneBuiltins.function]
    {
      installer.add(function, to: global, key: atoms.intern(function.name), "\(function.name)")
    }
    installer.define(global, "globalThis", global, .hidden)
    installer.define(global, "NaN", Value(double: .nan), [])
    installer.define(global, "Infinity", Value(double: .infinity), [])
    installer.define(global, "undefined", .undefined, [])
  }
}

/// Puts built-in functions on objects.
struct BuiltinInstaller {
  private let machine: Machine
  private var vm: VM { machine.vm }

  init(_ machine: Machine) { self.machine = machine }

  func define(_ object: Value, _ key: Value, _ value: Value, _ attributes: Attributes) {
    vm.defineOwn(vm.cell(object), PropertyKey(atom: key.handle), value, attributes)
  }

  func define(_ object: Value, _ name: StaticString, _ value: Value, _ attributes: Attributes) {
    define(object, machine.atoms.intern(name), value, attributes)
  }

  /// An own data property that is there.
  func value(_ object: Value, _ key: Value) -> Value {
    vm.ownProperty(vm.cell(object), PropertyKey(atom: key.handle))?.value ?? .undefined
  }

  @discardableResult
  func add(
    _ builtin: BuiltinFunction, to object: Value, key: Value, _ path: String, _ attributes: Attributes = .hidden
  ) -> Value {
    let function = machine.makeBuiltin(builtin, path: path)
    define(object, key, function, attributes)
    return function
  }

  private func addAll(_ builtins: [BuiltinFunction], to object: Value, _ path: String) {
    for builtin in builtins {
      add(builtin, to: object, key: machine.atoms.intern(builtin.name), "\(path).\(builtin.name)")
    }
  }

  /// A constructor with its prototype object, both filled; a property of the global object.
  @discardableResult
  func addClass(
    _ constructor: BuiltinFunction, _ prototype: Value, _ statics: [BuiltinFunction], _ methods: [BuiltinFunction]
  ) -> Value {
    let path = "\(constructor.name)"
    let function = add(
      constructor, to: machine.intrinsics.globalObject, key: machine.atoms.intern(constructor.name), path)
    define(function, machine.names.prototype, prototype, [])
    define(prototype, machine.names.constructor, function, .hidden)
    addAll(statics, to: function, path)
    addAll(methods, to: prototype, path + ".prototype")
    return function
  }

  /// A plain object of functions; a property of the global object.
  @discardableResult
  func addNamespace(_ name: StaticString, _ functions: [BuiltinFunction]) -> Value {
    let object = vm.objectValue(
      vm.makeObject(prototype: machine.intrinsics.objectPrototype.handle, inlineCapacity: functions.count + 12))
    machine.builtInNames[object.handle] = "\(name)"
    define(machine.intrinsics.globalObject, name, object, .hidden)
    addAll(functions, to: object, "\(name)")
    tag(object, "\(name)")
    return object
  }

  func tag(_ object: Value, _ text: String) {
    define(object, machine.intrinsics.symbolToStringTag, machine.atoms.intern(text), .configurable)
  }

  func alias(_ object: Value, _ name: StaticString, of other: StaticString) {
    define(object, name, value(object, machine.atoms.intern(other)), .hidden)
  }

  /// Defines an accessor; the accessor cell.
  @discardableResult
  func addAccessor(
    _ object: Value, key: Value, _ path: String, getter: BuiltinFunction, setter: BuiltinFunction? = nil
  ) -> Value {
    let get = machine.makeBuiltin(getter, path: path)
    let set = setter.map { machine.makeBuiltin($0, path: path) } ?? .undefined
    let accessor = vm.cellValue(vm.makeAccessor(getter: get, setter: set))
    define(object, key, accessor, [.configurable, .accessor])
    return accessor
  }

  func addSpecies(_ constructor: Value, _ name: String) -> Value {
    addAccessor(
      constructor, key: machine.intrinsics.symbolSpecies, "\(name)[Symbol.species]", getter: IteratorBuiltins.species)
  }
}
