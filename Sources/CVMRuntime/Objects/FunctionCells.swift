import CVMBytecode
import CVMDispatch

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// A new function object. Captures are undefined until the caller fills them.
  func makeFunction(code: Int?, native: UInt32, captures: Int, internal isInternal: Bool = false) -> Cell {
    let cell = heap.allocate(Layout.Function.captures + captures * 8)
    let kind = code.flatMap { CodeBlock.Kind(rawValue: pointee.codes[$0].kind) }
    var flags: UInt8 = 0
    if let kind {
      if kind.isConstructor { flags |= CellFlag.constructor }
      if kind == .baseConstructor || kind == .derivedConstructor { flags |= CellFlag.classConstructor }
    }
    let shape = kind?.isGenerator == true ? machine.generatorFunctionShape : machine.functionShape
    cell.setHeader(shape: shape, extension: 0, kind: .function, flags: flags, id: takeID())
    cell.set32(Layout.Function.code, code.map { UInt32($0) } ?? Layout.Function.none)
    cell.set32(Layout.Function.native, native)
    cell.set64(Layout.Function.home, 0)
    for i in 0..<captures { cell.setValue(Layout.Function.captures + i * 8, .undefined) }
    if isInternal { makeInternal(cell) }
    return cell
  }

  /// Moves an object that was just made to the second count: the program did not write it.
  func makeInternal(_ cell: Cell) {
    pointee.nextID &-= 1
    machine.nextInternalID += 1
    cell.setHeader(
      shape: cell.shape, extension: cell.extensionHandle, kind: cell.kind, flags: cell.flags | CellFlag.internalID,
      id: machine.nextInternalID)
  }

  /// The function's loaded code, nil for natives without a self-hosted twin.
  func loadedCode(_ function: Cell) -> LoadedCode? {
    guard function.kind == .function else { return nil }
    let number = function.u32(Layout.Function.code)
    return number == Layout.Function.none ? nil : machine.code.loaded[Int(number)]
  }

  func builtin(_ function: Cell) -> BuiltinFunction? {
    guard function.kind == .function else { return nil }
    let native = function.u32(Layout.Function.native)
    return native == Layout.Function.none ? nil : machine.natives.builtins[Int(native)]
  }

  /// Creates `length`, `name` and `prototype` of a function, which do not exist until somebody looks.
  func materializeFunction(_ function: Cell) {
    let lazy = shapeInfo(function).pointee
    setShape(
      function,
      shapes.root(
        prototype: lazy.prototype, inlineCapacity: Int(lazy.inlineCapacity),
        flags: lazy.flags & ~ShapeFlag.lazyFunction))
    let builtin = builtin(function)
    let code = loadedCode(function)
    let length = builtin?.length ?? code?.block.length ?? 0
    addNamed(function, machine.names.length.handle, Value(length), .configurable)
    let name = builtin.map { machine.atoms.intern($0.name) } ?? makeString(code?.block.name ?? [])
    addNamed(function, machine.names.name.handle, name, .configurable)
    guard builtin == nil, let kind = code?.block.kind else { return }
    if kind == .function { addPrototypeObject(function) }
    if kind.isGenerator { addGeneratorPrototype(function) }
  }

  /// The object that the generators of a function inherit from.
  private func addGeneratorPrototype(_ function: Cell) {
    let prototype = makeObject(prototype: machine.intrinsics.generatorPrototype.handle)
    makeInternal(prototype)
    addNamed(function, machine.names.prototype.handle, objectValue(prototype), .writable)
  }

  private func addPrototypeObject(_ function: Cell) {
    let prototype = makeObject(prototype: machine.intrinsics.objectPrototype.handle)
    makeInternal(prototype)
    addNamed(prototype, machine.names.constructor.handle, objectValue(function), .hidden)
    addNamed(function, machine.names.prototype.handle, objectValue(prototype), .writable)
  }

  /// The function's source, as `Function.prototype.toString` gives it.
  func functionText(_ function: Cell) -> String {
    if builtin(function) == nil, let code = loadedCode(function), let source = code.source {
      return source.text(from: Int(code.block.sourceStart), to: Int(code.block.sourceEnd))
    }
    let name = function.kind == .boundFunction ? nil : functionName(function)
    return "function \(name ?? "")() { [native code] }"
  }

  func isCallable(_ value: Value) -> Bool {
    guard value.isObject else { return false }
    let kind = cell(value).kind
    return kind == .function || kind == .boundFunction
  }

  func isConstructor(_ value: Value) -> Bool {
    guard value.isObject else { return false }
    let cell = cell(value)
    return (cell.kind == .function || cell.kind == .boundFunction) && cell.flags & CellFlag.constructor != 0
  }

  /// Gives the function a name after it was made: for computed keys.
  func setFunctionName(_ function: Cell, _ name: Value) {
    defineOwn(function, PropertyKey(atom: machine.names.name.handle), name, .configurable)
  }
}
