import CVMDispatch

/// The built-in objects that native code refers to. All are roots.
struct Intrinsics {
  var globalObject = Value.undefined
  var objectPrototype = Value.undefined
  var functionPrototype = Value.undefined
  var arrayPrototype = Value.undefined
  var stringPrototypeValue = Value.undefined
  var numberPrototype = Value.undefined
  var booleanPrototype = Value.undefined
  var symbolPrototype = Value.undefined
  var bigIntPrototype = Value.undefined
  var datePrototype = Value.undefined
  var weakMapPrototype = Value.undefined
  var weakSetPrototype = Value.undefined
  var weakRefPrototype = Value.undefined
  var iteratorConstructor = Value.undefined
  /// Of what `map` and the like of iterators make, and of what `Iterator.from` makes.
  var iteratorHelperPrototype = Value.undefined
  var wrappedIteratorPrototype = Value.undefined
  var mapPrototype = Value.undefined
  var setPrototype = Value.undefined
  var iteratorPrototype = Value.undefined
  var arrayIteratorPrototype = Value.undefined
  var mapIteratorPrototype = Value.undefined
  var setIteratorPrototype = Value.undefined
  var stringIteratorPrototype = Value.undefined
  var generatorPrototype = Value.undefined
  var generatorFunctionPrototype = Value.undefined
  var generatorNext = Value.undefined
  var iteratorHelperNext = Value.undefined
  var regExpStringIteratorNext = Value.undefined
  var regExpPrototype = Value.undefined
  var regExpStringIteratorPrototype = Value.undefined
  /// Prototypes of the error kinds, by `ErrorKind.rawValue`.
  var errorPrototypes: [Value] = []
  /// `%Array.prototype.values%`, which is also its `Symbol.iterator`.
  var arrayValues = Value.undefined
  /// `%ArrayIteratorPrototype%.next`.
  var arrayIteratorNext = Value.undefined
  var mapIteratorNext = Value.undefined
  var setIteratorNext = Value.undefined
  var stringIteratorNext = Value.undefined
  var arrayPush = Value.undefined
  /// %ThrowTypeError%: what `caller` and `arguments` of functions come to.
  var throwTypeError = Value.undefined
  /// The accessor cell with it as getter and setter.
  var throwingAccessor = Value.undefined
  var reflectConstruct = Value.undefined
  // Well-known symbols.
  var symbolIterator = Value.undefined
  var symbolToPrimitive = Value.undefined
  var symbolHasInstance = Value.undefined
  var symbolToStringTag = Value.undefined
  var symbolSpecies = Value.undefined
  var symbolIsConcatSpreadable = Value.undefined
  var symbolUnscopables = Value.undefined
  var symbolAsyncIterator = Value.undefined

  var all: [Value] {
    [
      globalObject, objectPrototype, functionPrototype, arrayPrototype, stringPrototypeValue, numberPrototype,
      booleanPrototype, symbolPrototype, bigIntPrototype, datePrototype, weakMapPrototype, weakSetPrototype,
      weakRefPrototype, iteratorConstructor, iteratorHelperPrototype, wrappedIteratorPrototype, mapPrototype,
      setPrototype, iteratorPrototype,
      arrayIteratorPrototype,
      mapIteratorPrototype, setIteratorPrototype, stringIteratorPrototype, regExpPrototype,
      regExpStringIteratorPrototype,
      generatorPrototype, generatorFunctionPrototype, generatorNext, iteratorHelperNext,
      regExpStringIteratorNext, arrayValues, arrayIteratorNext,
      mapIteratorNext, setIteratorNext, stringIteratorNext, arrayPush, throwTypeError, throwingAccessor,
      reflectConstruct,
      symbolIterator, symbolToPrimitive,
      symbolHasInstance, symbolToStringTag, symbolSpecies, symbolIsConcatSpreadable, symbolUnscopables,
      symbolAsyncIterator,
    ] + errorPrototypes
  }
}

extension Machine {
  /// Creates the objects that exist before any built-in function, then the built-ins.
  func createRealm() {
    let objectPrototype = vm.makeObject(prototype: 0, inlineCapacity: 24)
    intrinsics.objectPrototype = vm.objectValue(objectPrototype)
    let object = vm.handle(objectPrototype)
    func make(_ name: String, inlineCapacity: Int = 24) -> Value {
      let value = vm.objectValue(vm.makeObject(prototype: object, inlineCapacity: inlineCapacity))
      builtInNames[value.handle] = name
      return value
    }
    builtInNames[object] = "Object.prototype"
    createFunctionPrototype(object)
    createArrayPrototype(object)
    intrinsics.globalObject = make("globalThis", inlineCapacity: 120)
    vm.pointee.globalObject = intrinsics.globalObject.handle
    intrinsics.stringPrototypeValue = make("String.prototype", inlineCapacity: 80)
    vm.pointee.stringPrototype = intrinsics.stringPrototypeValue.handle
    func makeWrapper(_ name: String, _ primitive: Value) -> Value {
      let cell = vm.makeObject(kind: .wrapper, prototype: object, fieldBytes: 8)
      cell.setValue(Layout.primitive, primitive)
      builtInNames[vm.handle(cell)] = name
      return vm.objectValue(cell)
    }
    intrinsics.numberPrototype = makeWrapper("Number.prototype", Value(int: 0))
    intrinsics.booleanPrototype = makeWrapper("Boolean.prototype", .false)
    intrinsics.symbolPrototype = make("Symbol.prototype")
    intrinsics.bigIntPrototype = make("BigInt.prototype")
    intrinsics.datePrototype = make("Date.prototype", inlineCapacity: 80)
    intrinsics.weakMapPrototype = make("WeakMap.prototype")
    intrinsics.weakSetPrototype = make("WeakSet.prototype")
    intrinsics.weakRefPrototype = make("WeakRef.prototype")
    intrinsics.mapPrototype = make("Map.prototype")
    intrinsics.setPrototype = make("Set.prototype")
    intrinsics.iteratorPrototype = make("Iterator.prototype")
    func makeIterator(_ name: String) -> Value {
      let cell = vm.makeObject(prototype: intrinsics.iteratorPrototype.handle, inlineCapacity: 4)
      builtInNames[vm.handle(cell)] = name
      return vm.objectValue(cell)
    }
    intrinsics.arrayIteratorPrototype = makeIterator("Array Iterator.prototype")
    intrinsics.mapIteratorPrototype = makeIterator("Map Iterator.prototype")
    intrinsics.setIteratorPrototype = makeIterator("Set Iterator.prototype")
    intrinsics.stringIteratorPrototype = makeIterator("String Iterator.prototype")
    intrinsics.generatorPrototype = makeIterator("Generator.prototype")
    createGeneratorFunctionPrototype()
    intrinsics.regExpPrototype = make("RegExp.prototype", inlineCapacity: 32)
    intrinsics.regExpStringIteratorPrototype = makeIterator("RegExp String Iterator.prototype")
    intrinsics.iteratorHelperPrototype = makeIterator("Iterator Helper.prototype")
    intrinsics.wrappedIteratorPrototype = makeIterator("Wrap for valid Iterator.prototype")
    createErrorPrototypes(object)
    createSymbols()
    installBuiltins()
    for handle in builtInNames.keys { forgetID(vm.cell(handle)) }
    checkArrayIteration()
  }

  private func forgetID(_ cell: Cell) {
    guard cell.isObjectCell else { return }
    cell.setHeader(shape: cell.shape, extension: cell.extensionHandle, kind: cell.kind, flags: cell.flags, id: 0)
  }

  private func createFunctionPrototype(_ object: Handle) {
    let cell = vm.makeObject(
      kind: .function, prototype: object, fieldBytes: Layout.Function.captures - Layout.headerSize)
    cell.set32(Layout.Function.code, Layout.Function.none)
    cell.set32(
      Layout.Function.native,
      natives.add(
        BuiltinFunction("", length: 0, native: { _, _, _ in .undefined }, "The prototype of all functions.")))
    intrinsics.functionPrototype = vm.objectValue(cell)
    vm.addNamed(cell, names.length.handle, Value(0), .configurable)
    vm.addNamed(cell, names.name.handle, emptyString, .configurable)
    builtInNames[vm.handle(cell)] = "Function.prototype"
    functionShape = shapes.root(
      prototype: vm.handle(cell), inlineCapacity: 0, flags: ShapeFlag.lazyFunction)
  }

  private func createGeneratorFunctionPrototype() {
    let cell = vm.makeObject(prototype: intrinsics.functionPrototype.handle, inlineCapacity: 4)
    intrinsics.generatorFunctionPrototype = vm.objectValue(cell)
    builtInNames[vm.handle(cell)] = "GeneratorFunction.prototype"
    generatorFunctionShape = shapes.root(
      prototype: vm.handle(cell), inlineCapacity: 0, flags: ShapeFlag.lazyFunction)
  }

  private func createArrayPrototype(_ object: Handle) {
    vm.pointee.arrayShape = shapes.root(prototype: object, inlineCapacity: 0)
    let cell = vm.makeArray()
    intrinsics.arrayPrototype = vm.objectValue(cell)
    builtInNames[vm.handle(cell)] = "Array.prototype"
    vm.pointee.arrayShape = shapes.root(prototype: vm.handle(cell), inlineCapacity: 0)
    storeShape = shapes.root(prototype: 0, inlineCapacity: 0)
  }

  private func createErrorPrototypes(_ object: Handle) {
    for kind in ErrorKind.allCases {
      let parent = kind == .error ? object : intrinsics.errorPrototypes[0].handle
      let cell = vm.makeObject(prototype: parent, inlineCapacity: 4)
      intrinsics.errorPrototypes.append(vm.objectValue(cell))
      builtInNames[vm.handle(cell)] = "\(kind.name).prototype"
    }
  }

  private func createSymbols() {
    func make(_ name: String) -> Value {
      let symbol = vm.makeSymbol(description: vm.makeString("Symbol." + name))
      builtInNames[symbol.handle] = "Symbol." + name
      return symbol
    }
    intrinsics.symbolIterator = make("iterator")
    intrinsics.symbolToPrimitive = make("toPrimitive")
    intrinsics.symbolHasInstance = make("hasInstance")
    intrinsics.symbolToStringTag = make("toStringTag")
    intrinsics.symbolSpecies = make("species")
    intrinsics.symbolIsConcatSpreadable = make("isConcatSpreadable")
    intrinsics.symbolUnscopables = make("unscopables")
    intrinsics.symbolAsyncIterator = make("asyncIterator")
  }

  /// A function object of a built-in.
  func makeBuiltin(_ builtin: BuiltinFunction, path: String) -> Value {
    let code = builtin.selfHosted.map { name -> Int in
      guard let code = natives.selfHostedCode("\(name)") else { fatalError("no self-hosted function \(name)") }
      return code
    }
    let native = natives.add(builtin)
    let cell = vm.makeFunction(code: code, native: native, captures: 0)
    cell.set8(15, builtin.isConstructor ? CellFlag.constructor : 0)
    builtInNames[vm.handle(cell)] = path
    return vm.objectValue(cell)
  }

  /// To be called after a property of a prototype got another value: those that shortcuts rely on are looked at again.
  func prototypeValueChanged(_ object: Cell) {
    switch vm.handle(object) {
    case intrinsics.arrayPrototype.handle, intrinsics.arrayIteratorPrototype.handle,
      intrinsics.objectPrototype.handle, intrinsics.regExpPrototype.handle:
      checkArrayIteration()
    default: break
    }
  }

  /// Notes whether plain arrays still iterate as the standard says, so that loops over them may skip the protocol.
  func checkArrayIteration() {
    regExpPrototypeState = nil
    let prototype = vm.cell(intrinsics.arrayPrototype)
    func isIntact(_ object: Cell, _ key: Value, _ expected: Value) -> Bool {
      guard let property = vm.ownProperty(object, PropertyKey(atom: key.handle)) else { return false }
      return !property.isAccessor && property.value == expected
    }
    let intact =
      !intrinsics.arrayValues.isUndefined
      && isIntact(prototype, intrinsics.symbolIterator, intrinsics.arrayValues)
      && isIntact(vm.cell(intrinsics.arrayIteratorPrototype), names.next, intrinsics.arrayIteratorNext)
      && vm.shapeInfo(prototype).pointee.prototype == intrinsics.objectPrototype.handle
      && !vm.hasElements(vm.cell(intrinsics.objectPrototype)) && vm.arrayLength(prototype) == 0
    vm.pointee.arrayIterationModified = intact ? 0 : 1
    vm.pointee.arrayPushShape =
      intact && isIntact(prototype, names.push, intrinsics.arrayPush) ? vm.pointee.arrayShape : 0
  }
}
