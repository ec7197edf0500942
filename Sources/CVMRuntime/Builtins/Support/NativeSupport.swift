import CVMDispatch

// What native functions share: access to arguments, the kinds of receivers, installation helpers.

@inline(__always) func argument(_ frame: Registers, _ count: Int32, _ index: Int) -> Value {
  index < Int(count) ? frame[index] : .undefined
}

@inline(__always) func receiver(_ frame: Registers) -> Value { frame[FrameHeader.this] }

/// `new.target` of a native call; undefined when it was called without `new`.
@inline(__always) func newTarget(_ frame: Registers) -> Value {
  let meta = frame[FrameHeader.meta]
  return meta.isObject ? Value(tag: Tag.object, handle: meta.handle) : .undefined
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The array of a value that is a dense array whose elements reach up to its length.
  @inline(__always) func denseArray(_ value: Value) -> Cell? {
    guard value.isObject else { return nil }
    let array = cell(value)
    guard array.kind == .array, array.flags & CellFlag.sparse == 0, denseLength(array) == arrayLength(array) else {
      return nil
    }
    return array
  }

  /// As `denseArray`, of an array that may be changed at will.
  @inline(__always) func writableArray(_ value: Value) -> Cell? {
    let limits = CellFlag.sparse | CellFlag.notExtensible | CellFlag.lengthReadOnly
    guard let array = denseArray(value), array.flags & limits == 0 else { return nil }
    return array
  }

  /// Whether a missing element of an array is surely undefined: no prototype has elements.
  @inline(__always) func holesAreUndefined(_ array: Cell) -> Bool {
    pointee.arrayIterationModified == 0 && array.shape == pointee.arrayShape
  }

  /// Whether no prototype of an object has elements, which reading or adding one would come upon.
  @inline(__always) func inheritsNoElements(_ object: Cell) -> Bool {
    holesAreUndefined(object) || prototypesHaveNoElements(object)
  }

  @inline(never) private func prototypesHaveNoElements(_ object: Cell) -> Bool {
    var current = prototype(object)
    while let object = current {
      if object.kind == .array ? arrayLength(object) > 0 : object.kind == .wrapper || hasElements(object) {
        return false
      }
      current = prototype(object)
    }
    return true
  }

  /// Whether an object has indexed properties now: where they were, there may be room left.
  func hasElements(_ object: Cell) -> Bool {
    guard let store = indexStore(object) else { return false }
    if store.flags & CellFlag.sparse != 0 { return sparseElements(store).count > 0 }
    return (0..<denseLength(store)).contains { arrayElements(store)[$0] != .hole }
  }

  /// Whether `[[Species]]` of an array is the built-in one.
  func hasDefaultSpecies(_ array: Cell) -> Bool {
    guard array.shape == pointee.arrayShape else { return false }
    let machine = machine
    guard
      let constructor = ownProperty(
        cell(machine.intrinsics.arrayPrototype), PropertyKey(atom: machine.names.constructor.handle)),
      !constructor.isAccessor, constructor.value == machine.builtins.arrayConstructor,
      let species = ownProperty(cell(constructor.value), PropertyKey(atom: machine.intrinsics.symbolSpecies.handle)),
      species.value == machine.builtins.speciesAccessor
    else { return false }
    return true
  }

  /// The write barrier for a range of elements.
  func logWrites(from start: UnsafeMutableRawPointer, byteCount: Int) {
    guard byteCount > 0 else { return }
    let base = UnsafeMutableRawPointer(pointee.heap)
    for card in ((start - base) >> 9)...((start + byteCount - 1 - base) >> 9) where pointee.cards[card] != CardBit.all {
      logCard(self, card)
    }
  }

  /// Whether the own or inherited data property is there and no accessor; nil for accessors.
  func dataProperty(_ object: Cell, _ key: PropertyKey) -> Value?? {
    switch getProperty(object, key) {
    case .value(let value): .some(.some(value))
    case .absent: .some(.some(.undefined))
    case .getter: .some(nil)
    }
  }

  /// ToIntegerOrInfinity of a primitive that is no symbol.
  func integer(_ value: Value) -> Double {
    if value.isInt { return Double(value.asInt) }
    let number = primitiveToNumber(value)
    return number.isNaN ? 0 : number.rounded(.towardZero) + 0
  }

  /// An index relative to the end when negative, clamped to 0...length.
  func relativeIndex(_ value: Value, _ length: Int) -> Int {
    if value.isInt {
      let index = Int(value.asInt)
      return index < 0 ? Swift.max(index + length, 0) : Swift.min(index, length)
    }
    return relativeIndex(integer(value), length)
  }

  func relativeIndex(_ number: Double, _ length: Int) -> Int {
    if number < 0 { return Int(Swift.max(number + Double(length), 0)) }
    return Int(Swift.min(number, Double(length)))
  }

  /// As `relativeIndex`, the length when undefined.
  func relativeEnd(_ value: Value, _ length: Int) -> Int { value.isUndefined ? length : relativeIndex(value, length) }

  /// Whether a value can be converted to number or string without user code, an error or long work.
  @inline(__always) func isPlainPrimitive(_ value: Value) -> Bool {
    !value.isObject && !value.isSymbol && !value.isBigInt
  }

  /// The object of a value; nil for undefined and null.
  func toObject(_ value: Value) -> Value? {
    if value.isObject { return value }
    if value.isNullish { return nil }
    return objectValue(makeWrapper(value))
  }

  /// A wrapper object of a primitive.
  func makeWrapper(_ value: Value, prototype: Handle? = nil) -> Cell {
    let intrinsics = machine.intrinsics
    let standard =
      value.isString
      ? intrinsics.stringPrototypeValue
      : value.isNumber
        ? intrinsics.numberPrototype
        : value.isBoolean
          ? intrinsics.booleanPrototype : value.isBigInt ? intrinsics.bigIntPrototype : intrinsics.symbolPrototype
    let wrapper = makeObject(kind: .wrapper, prototype: prototype ?? standard.handle, fieldBytes: 8)
    wrapper.setValue(Layout.primitive, value)
    return wrapper
  }

  func throwNotAFunction(_ value: Value) -> Value { throwTypeError(ErrorMessage.notAFunction(wordsFor(value))) }

  func throwCannotConvert() -> Value { throwTypeError("Cannot convert undefined or null to object") }

  /// The path of the built-in that a native call's callee is, such as `String.prototype.at`.
  func calleePath(_ frame: Registers) -> String {
    let callee = frame[FrameHeader.callee]
    guard let path = machine.builtInNames[callee.handle] else { return "built-in function" }
    let name = builtin(cell(callee)).map { "\($0.name)" } ?? ""
    if name.hasPrefix("get ") { return "get \(path)" }
    return name.hasPrefix("set ") ? "set \(path)" : path
  }

  /// SameValueZero.
  func sameValueZero(_ a: Value, _ b: Value) -> Bool {
    if a == b { return true }
    if a.isNumber && b.isNumber {
      let (x, y) = (a.asNumber, b.asNumber)
      return x == y || (x.isNaN && y.isNaN)
    }
    if a.isBigInt && b.isBigInt { return bigIntsEqual(a, b) }
    return a.isString && b.isString && stringsEqual(a, b)
  }

  func sameValue(_ a: Value, _ b: Value) -> Bool {
    if a.isNumber && b.isNumber {
      let (x, y) = (a.asNumber, b.asNumber)
      if x.isNaN || y.isNaN { return x.isNaN && y.isNaN }
      return x == y && (x != 0 || x.sign == y.sign)
    }
    return sameValueZero(a, b)
  }

  /// An object that the program did not write: it takes its id from the second count.
  func makeInternalObject(prototype: Handle, inlineCapacity: Int = 4) -> Cell {
    let cell = makeObject(prototype: prototype, inlineCapacity: inlineCapacity)
    makeInternal(cell)
    return cell
  }

  /// The shape of objects as iterators give them.
  var iteratorResultShape: ShapeID {
    let machine = machine
    if _slowPath(machine.builtins.iteratorResultShape == 0) {
      let root = shapes.root(prototype: machine.intrinsics.objectPrototype.handle, inlineCapacity: 2)
      let first = shapes.adding(machine.names.value.handle, .all, to: root).unsafelyUnwrapped
      machine.builtins.iteratorResultShape = shapes.adding(machine.names.done.handle, .all, to: first).unsafelyUnwrapped
    }
    return machine.builtins.iteratorResultShape
  }

  /// An object as iterators give them.
  func makeIteratorResult(_ value: Value, done: Bool) -> Value {
    let cell = makeObject(shape: iteratorResultShape)
    makeInternal(cell)
    cell.setValue(Layout.slots, value)
    cell.setValue(Layout.slots + 8, Value(done))
    return objectValue(cell)
  }
}

/// State of the built-ins that is not part of the language's objects.
struct BuiltinState {
  var arrayConstructor = Value.undefined
  var arrayJoin = Value.undefined
  /// The accessor cell behind `Array[Symbol.species]`.
  var speciesAccessor = Value.undefined
  /// 0 until the first is made.
  fileprivate(set) var iteratorResultShape: ShapeID = 0
  /// The functions behind `Symbol.iterator` of built-in objects that only make an iterator, or are given one.
  var iteratorMethods: [Value] = []
  var regExpConstructor = Value.undefined
  /// The accessor cell behind `RegExp[Symbol.species]`.
  var regExpSpecies = Value.undefined
  /// The properties of `RegExp.prototype` that its methods look at, as they were made.
  var regExpMembers: [(key: Value, value: Value)] = []
  /// Of regular expressions with `lastIndex` alone.
  var regExpShape: ShapeID = 0
  /// Of the arrays that `exec` gives.
  var matchShape: ShapeID = 0
  /// The shape of arguments objects as they are made.
  var argumentsShape: ShapeID = 0
  /// The symbols of `match`, `matchAll`, `replace`, `search` and `split`.
  var patternSymbols: [String: Value] = [:]
  var symbolSplit = Value.undefined
  var symbolReplace = Value.undefined
  /// The objects that running `join`s are inside of: an array of the heap, so that it is part of checkpoints.
  var joining = Value.undefined
  /// A Latin-1 cell whose 16 bytes are the state of `Math.random`.
  var randomState: Handle = 0
  /// `Symbol.for`: a hash table from keys to symbols, as a cell value.
  var symbolRegistry = Value.undefined
}
