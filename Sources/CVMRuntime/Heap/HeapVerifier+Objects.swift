import CVMBytecode
import CVMDispatch

/// What is known of a shape.
enum ShapeState {
  static let unknown: UInt8 = 0
  /// All slots hold values.
  static let plain: UInt8 = 1
  /// Some slots hold accessors.
  static let hasAccessors: UInt8 = 2
  /// The properties are in a dictionary.
  static let dictionary: UInt8 = 3
}

extension HeapVerifier {
  /// What all objects have, and what their kind has.
  @inline(__always) func checkObject(_ cell: Cell) throws(HeapFault) {
    let shape = Int(cell.shape)
    guard shape > 1, shape < shapeCount else { throw fault("shape \(shape) does not exist") }
    if shapeStates[shape] == ShapeState.unknown { try learn(shape) }
    if ids != nil { try takeID(of: cell) }
    if cell.kind == .object {
      try checkPlain(cell, shape)
    } else {
      try checkSpecial(cell, shape)
    }
  }

  @inline(never) private func takeID(of cell: Cell) throws(HeapFault) {
    let id = cell.id
    if id == 0 { return }
    let isInternal = cell.flags & CellFlag.internalID != 0
    guard id < 1 << 47, ids?.insert(id << 1 | (isInternal ? 1 : 0)) == true else {
      throw fault("two objects have the id \(id)")
    }
  }

  /// The shape of an object that is reached: its prototype must know that it is one.
  @inline(never) private func learn(_ shape: Int) throws(HeapFault) {
    let info = vm.pointee.shapes[shape]
    try visit(objectOrNone: info.prototype)
    if info.prototype != 0, vm.cell(info.prototype).flags & CellFlag.isPrototype == 0 {
      throw fault("the prototype of shape \(shape) is not marked as one")
    }
    if info.flags & ShapeFlag.dictionary != 0 {
      shapeStates[shape] = ShapeState.dictionary
      return
    }
    var state = ShapeState.plain
    for property in machine.shapes.properties(of: ShapeID(shape)) where property.attributes.contains(.accessor) {
      state = ShapeState.hasAccessors
    }
    shapeStates[shape] = state
  }

  // MARK: Properties

  @inline(__always) private func checkPlain(_ cell: Cell, _ shape: Int) throws(HeapFault) {
    let info = vm.pointee.shapes + shape
    let inline = Int(info.pointee.inlineCapacity)
    let count = Int(info.pointee.count)
    if info.pointee.flags & ShapeFlag.lazyFunction != 0 { throw fault("an object has a function's shape") }
    try requireSize(cell, Layout.slots + inline * 8)
    let slots = (cell + Layout.slots).assumingMemoryBound(to: Value.self)
    if shapeStates[shape] == ShapeState.plain {
      let used = min(count, inline)
      for slot in 0..<used { try visit(plain: slots[slot]) }
      for slot in used..<inline { try visit(any: slots[slot]) }
      if count <= inline, cell.extensionHandle == 0 { return }
    } else {
      for slot in 0..<inline { try visit(any: slots[slot]) }
    }
    try checkExtension(cell, shape)
  }

  /// What is not inside of the object: further properties, and the elements behind them.
  @inline(never) private func checkExtension(_ cell: Cell, _ shape: Int) throws(HeapFault) {
    let info = vm.pointee.shapes[shape]
    let outside = Int(info.count) - Int(info.inlineCapacity)
    let handle = cell.extensionHandle
    if shapeStates[shape] == ShapeState.dictionary {
      guard handle != 0, try claim(handle) == .dictionary else { throw fault("an object is without its dictionary") }
      try checkDictionary(vm.cell(handle), of: cell, isElements: false)
      return try checkStore(vm.cell(handle).extensionHandle)
    }
    if handle == 0, outside > 0 { throw fault("an object is without \(outside) of its properties") }
    if handle != 0 { try checkList(handle, outside) }
    if shapeStates[shape] == ShapeState.plain {
      let values = (vm.cell(handle) + Layout.values).assumingMemoryBound(to: Value.self)
      for slot in 0..<max(outside, 0) { try visit(plain: values[slot]) }
      return
    }
    for property in machine.shapes.properties(of: ShapeID(shape)) {
      try checkSlot(vm.slotAddress(cell, property.slot).pointee, property.attributes)
    }
  }

  /// The list of an object's further properties, some of which may be accessors.
  private func checkList(_ handle: Handle, _ count: Int) throws(HeapFault) {
    let list = try claim(list: handle)
    guard Int(list.shape) >= count else { throw fault("an object is without some of its properties") }
    let values = (list + Layout.values).assumingMemoryBound(to: Value.self)
    for slot in 0..<Int(list.shape) { try visit(any: values[slot]) }
    try checkStore(list.extensionHandle)
  }

  func checkSlot(_ value: Value, _ attributes: Attributes) throws(HeapFault) {
    if attributes.contains(.accessor) { try visit(part: value, .accessor) } else { try visit(plain: value) }
  }

  /// The internal array with the elements of an object that is none.
  private func checkStore(_ handle: Handle) throws(HeapFault) {
    if handle == 0 { return }
    guard try claim(handle) == .array else { throw fault("the elements of an object are no array") }
    let store = vm.cell(handle)
    guard store.shape == machine.storeShape, store.extensionHandle == 0 else {
      throw fault("the elements of an object are a program's array")
    }
    try checkArray(store)
  }

  // MARK: Kinds

  @inline(never) private func checkSpecial(_ cell: Cell, _ shape: Int) throws(HeapFault) {
    let info = vm.pointee.shapes[shape]
    guard info.inlineCapacity == 0 else { throw fault("a cell of kind \(cell.kind) has a plain object's shape") }
    if info.flags & ShapeFlag.lazyFunction != 0, cell.kind != .function {
      throw fault("an object has a function's shape")
    }
    if cell.kind != .array || cell.extensionHandle != 0 || info.count > 0 { try checkExtension(cell, shape) }
    switch cell.kind {
    case .array: try checkArray(cell)
    case .function: try checkFunction(cell)
    case .error, .arguments: break
    case .boundFunction: try checkBoundFunction(cell)
    case .map, .set, .weakMap, .weakSet:
      try requireFields(cell)
      try visit(part: cell.value(Layout.table), .hashTable)
    case .wrapper: try checkWrapper(cell)
    case .date:
      try requireFields(cell)
      let time = cell.value(Layout.primitive)
      guard time.isNumber, time.asNumber.isNaN || time.asNumber.magnitude <= 8.64e15 else {
        throw fault("a date holds no time value")
      }
    case .weakRef:
      try requireFields(cell)
      let target = cell.value(Layout.target)
      try visit(plain: target)
      guard target.isUndefined || vm.canBeHeldWeakly(target) else { throw fault("a weak reference names no object") }
    case .iteratorHelper:
      try requireFields(cell)
      let state = cell.value(Layout.state)
      try visit(plain: state)
      guard state.isObject, vm.cell(state).kind == .array else { throw fault("an iterator has no state") }
    case .arrayIterator, .mapIterator, .setIterator, .stringIterator, .regExpStringIterator: try checkIterator(cell)
    case .regExp: try checkRegExp(cell)
    case .generator: try checkGenerator(cell)
    default: throw fault("\(cell.kind) is no kind of object")
    }
  }

  private func requireFields(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, Layout.headerSize + Layout.fieldCount(ofKind: cell.kind) * 8)
  }

  private func checkArray(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, Layout.Array.size)
    let elements = cell.u32(Layout.Array.elements)
    let capacity = Int(cell.u32(Layout.Array.capacity))
    let dense = vm.denseLength(cell)
    if cell.flags & CellFlag.sparse != 0 {
      guard dense == 0, capacity == 0, elements != 0, try claim(elements) == .dictionary else {
        throw fault("a sparse array is without its elements")
      }
      return try checkDictionary(vm.cell(elements), of: cell, isElements: true)
    }
    guard dense <= vm.arrayLength(cell), dense <= capacity else { throw fault("the lengths of an array disagree") }
    if elements == 0 {
      if capacity != 0 { throw fault("an array is without its elements") }
      return
    }
    let list = try claim(list: elements)
    guard capacity <= Int(list.shape), list.extensionHandle == 0 else {
      throw fault("an array has more than its elements")
    }
    let values = (list + Layout.values).assumingMemoryBound(to: Value.self)
    for index in 0..<dense {
      let value = values[index]
      if value.isInt, value.bits <= Tag.intBase | 0xffff_ffff { continue }
      // Variables that no register is left for live in arrays, some in their dead zone.
      if value != .hole { try visit(plain: value, or: .uninitialized) }
    }
  }

  private func checkFunction(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, Layout.Function.captures)
    try visit(objectOrNone: cell.u32(Layout.Function.home))
    let native = cell.u32(Layout.Function.native)
    let code = cell.u32(Layout.Function.code)
    if native != Layout.Function.none || code == Layout.Function.none { try checkNative(cell, native, code) }
    if code != Layout.Function.none {
      guard Int(code) < machine.code.loaded.count else { throw fault("there is no code \(code)") }
      let info = vm.pointee.codes + Int(code)
      let captures = Int(info.pointee.captureCount)
      try requireSize(cell, Layout.Function.captures + captures * 8)
      for i in 0..<captures { try visit(part: cell.value(Layout.Function.captures + i * 8), .variable) }
      if native == Layout.Function.none { try checkFlags(of: cell, info.pointee.kind) }
    }
    let instance = Int(cell.u32(Layout.Function.instanceShape))
    if instance != 0 { try checkInstanceShape(instance) }
  }

  /// A function's flags follow from its code.
  private func checkFlags(of cell: Cell, _ kind: UInt8) throws(HeapFault) {
    let isClass = cell.flags & CellFlag.classConstructor != 0
    let isConstructor = cell.flags & CellFlag.constructor != 0
    guard let kind = CodeBlock.Kind(rawValue: kind), isConstructor == kind.isConstructor,
      isClass == (kind == .baseConstructor || kind == .derivedConstructor)
    else { throw fault("a function's flags do not fit its code") }
  }

  private func checkNative(_ cell: Cell, _ native: UInt32, _ code: UInt32) throws(HeapFault) {
    guard Int(native) < machine.natives.builtins.count, machine.natives.builtins[Int(native)] != nil else {
      throw fault("there is no native function \(native)")
    }
    guard let realm else { return }
    if let known = realm.functions[vm.handle(cell)] {
      guard known.native == native, known.code == code else { throw fault("a built-in function is another one") }
    } else if Int(native) < machine.nativesBeforeHost || realm.code(ofHostFunction: Int(native), machine) != code {
      throw fault("a built-in function stands where none was made")
    }
  }

  private func checkInstanceShape(_ shape: Int) throws(HeapFault) {
    guard shape > 1, shape < shapeCount, vm.pointee.shapes[shape].count == 0, vm.pointee.shapes[shape].flags == 0 else {
      throw fault("the shape of what a function constructs is none")
    }
    if shapeStates[shape] == ShapeState.unknown { try learn(shape) }
  }

  private func checkBoundFunction(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, Layout.BoundFunction.arguments + 8)
    let target = cell.value(Layout.BoundFunction.target)
    try visit(plain: target)
    guard vm.isCallable(target) else { throw fault("a bound function's target is no function") }
    try visit(plain: cell.value(Layout.BoundFunction.this))
    let arguments = cell.value(Layout.BoundFunction.arguments)
    guard arguments.bits >> 32 == Tag.cell << 16 else { throw fault("a bound function is without its arguments") }
    let list = try claim(list: arguments.handle)
    guard list.shape < 65536, list.extensionHandle == 0 else { throw fault("a bound function has too many arguments") }
    for i in 0..<Int(list.shape) { try visit(plain: list.value(Layout.values + i * 8)) }
    boundFunctions.append(owner)
  }

  private func checkWrapper(_ cell: Cell) throws(HeapFault) {
    try requireFields(cell)
    let value = cell.value(Layout.primitive)
    try visit(plain: value)
    guard !value.isObject, !value.isNullish else { throw fault("a wrapper holds no primitive") }
  }

  private func checkRegExp(_ cell: Cell) throws(HeapFault) {
    try requireFields(cell)
    let source = cell.value(Layout.RegExp.source)
    let flags = cell.value(Layout.RegExp.flags)
    try visit(plain: source)
    guard source.isString, flags.isInt, (0...255).contains(flags.asInt) else {
      throw fault("a regular expression is malformed")
    }
  }

  private func checkIterator(_ cell: Cell) throws(HeapFault) {
    try requireFields(cell)
    let target = cell.value(Layout.Iterator.target)
    let position = cell.value(Layout.Iterator.position)
    let delivers = cell.value(Layout.Iterator.kind)
    try visit(any: target)
    try visit(plain: position)
    guard IteratorRules(vm).isValid(cell.kind, target, position, delivers) else {
      throw fault("an iterator is malformed")
    }
  }

  private func checkGenerator(_ cell: Cell) throws(HeapFault) {
    try requireFields(cell)
    let frame = cell.value(Layout.Generator.frame)
    let numbers = [Layout.Generator.position, Layout.Generator.state, Layout.Generator.count].map { cell.value($0) }
    guard numbers.allSatisfy({ $0.isInt && $0.asInt >= 0 }), let state = GeneratorState(rawValue: numbers[1].asInt)
    else {
      throw fault("a generator is malformed")
    }
    if state == .completed, frame.isUndefined { return }
    guard frame.bits >> 32 == Tag.cell << 16 else { throw fault("a generator is without its frame") }
    let registers = try claim(list: frame.handle)
    guard registers.shape >= Layout.Generator.registers, registers.extensionHandle == 0 else {
      throw fault("a generator is without its frame")
    }
    for i in 0..<Int(registers.shape) { try visit(any: registers.value(Layout.values + i * 8)) }
    generators.append(owner)
  }
}
