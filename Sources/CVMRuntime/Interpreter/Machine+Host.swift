import CVMBytecode
import CVMDispatch

/// What a host needs beside running code: loading, declaring, and looking at values.
extension Machine {
  // MARK: Code

  /// Loads a verified block and everything nested in it; its number.
  public func load(_ block: CodeBlock, source: (any ScriptSource)?) -> Int { code.load(block, source: source) }

  /// The program code with a number.
  public func loadedCode(_ number: Int) -> LoadedCode { code.loaded[number] }

  /// The code of a function value; nil for natives and other values.
  public func loadedCode(of function: Value) -> LoadedCode? {
    guard function.isObject, vm.cell(function).kind == .function else { return nil }
    return vm.loadedCode(vm.cell(function))
  }

  // MARK: Global bindings

  /// What a declaration replaced.
  public struct ReplacedBinding {
    public let name: String
    public let kind: GlobalDeclaration.Kind
    /// Nil for a variable that was never given its value.
    public let value: Value?
  }

  /// Creates the bindings that a program declares. Bindings that were there are replaced, but `var` keeps its value.
  @discardableResult
  public func declare(_ declarations: [GlobalDeclaration]) -> [ReplacedBinding] {
    var replaced: [ReplacedBinding] = []
    for declaration in declarations {
      let name = atoms.intern(declaration.name).handle
      guard let old = globals.declare(name, declaration.kind) else { continue }
      let value: Value? = old.value == .uninitialized ? nil : old.value
      replaced.append(
        ReplacedBinding(name: String(decoding: declaration.name, as: UTF16.self), kind: old.kind, value: value))
    }
    return replaced
  }

  /// Gives a binding back its value, after the statement that replaced it failed before it was initialised.
  public func restore(_ binding: ReplacedBinding) {
    let name = atoms.intern(binding.name).handle
    guard let current = globals.find(name), globals.value(current) == .uninitialized, let value = binding.value else {
      return
    }
    globals.declare(name, binding.kind)
    if let slot = globals.find(name)?.slot { globals.set(slot, value) }
  }

  /// Creates a variable of the host's choosing, or changes its value.
  public func setGlobal(_ name: String, _ value: Value) {
    let atom = atoms.intern(name).handle
    if globals.find(atom) == nil { globals.declare(atom, .let) }
    if let binding = globals.find(atom) { globals.set(binding.slot, value) }
  }

  /// A global binding as a host sees it.
  public struct GlobalBinding {
    public let name: String
    public let kind: GlobalDeclaration.Kind
    /// Nil in the temporal dead zone.
    public let value: Value?
  }

  /// All bindings that programs declared, in order.
  public var globalBindings: [GlobalBinding] {
    globals.bindings.map { binding in
      let value = globals.value(binding)
      return GlobalBinding(
        name: vm.text(Value(tag: Tag.string, handle: binding.name)), kind: binding.kind,
        value: value == .uninitialized ? nil : value)
    }
  }

  /// The binding with a name.
  public func globalBinding(_ name: String) -> GlobalBinding? {
    guard let binding = globals.find(atoms.intern(name).handle) else { return nil }
    let value = globals.value(binding)
    return GlobalBinding(name: name, kind: binding.kind, value: value == .uninitialized ? nil : value)
  }

  // MARK: Ids

  /// How many objects the program has made: the id of the newest one.
  public var lastObjectID: UInt64 { vm.pointee.nextID - 1 }

  /// Lets the ids of new objects begin behind those that another machine gave.
  public func skipObjectIDs(of other: Machine) {
    vm.pointee.nextID = max(vm.pointee.nextID, other.vm.pointee.nextID)
    nextInternalID = max(nextInternalID, other.nextInternalID)
  }

  /// Bytes of cells in use or given out since the last collection.
  public var heapBytesInUse: Int { heap.liveBytes + heap.allocatedSinceCollection }

  /// Bytes handed out in this process, also those that were freed since; never less than before.
  public var heapBytesAllocated: Int { heap.allocatedBeforeCollection + heap.allocatedSinceCollection }

  /// How many collections there were.
  public var collectionCount: Int { heap.collectionCount }

  // MARK: Ending a run

  /// Forgets frames of a run that will not go on, and what it returned or threw.
  public func abandonRun() {
    for entry in FrameWalker(vm, frame: vm.pointee.frame, pc: vm.pointee.pc) {
      if let generator = vm.generator(of: entry.frame) { vm.endGenerator(generator) }
    }
    forgetRun()
  }

  /// Drops all frames; the heap stays as it is.
  func forgetRun() {
    vm.pointee.frame = vm.pointee.stack
    vm.pointee.pc = code.haltPC
    vm.pointee.result = .undefined
    vm.pointee.exception = .undefined
    pausePrompt = .undefined
    resumeFrame = vm.pointee.stack
    resumePC = code.haltPC
    throwPlace = nil
    isThrowing = false
    state = .completed
  }

  /// Whether a run is paused at a `CC`.
  public var isPaused: Bool {
    if case .paused = state { return true }
    return false
  }

  /// What the paused program asked.
  public var pausedPrompt: Value { pausePrompt }

  /// Gives an error's own texts their own characters: those that a taken-back statement appended to are gone.
  public func detachStrings(of error: Value) {
    guard error.isObject, vm.shapeInfo(vm.cell(error)).pointee.flags & ShapeFlag.dictionary == 0 else { return }
    let object = vm.cell(error)
    for property in shapes.properties(of: object.shape) {
      let address = vm.slotAddress(object, property.slot)
      guard address.pointee.isString, vm.cell(address.pointee).kind == .rope else { continue }
      let units = vm.view(address.pointee).units()
      vm.storeSlot(address, vm.makeString(units))
    }
  }

  // MARK: Host functions

  /// Adds a native function of the host to the global object, outside of the program's ids.
  func installHostFunction(_ builtin: BuiltinFunction) {
    let saved = vm.pointee.nextID
    let function = makeBuiltin(builtin, path: "\(builtin.name)")
    let cell = vm.cell(function)
    cell.setHeader(shape: cell.shape, extension: cell.extensionHandle, kind: cell.kind, flags: cell.flags, id: 0)
    vm.pointee.nextID = saved
    let name = atoms.intern(builtin.name)
    vm.defineOwn(vm.cell(intrinsics.globalObject), PropertyKey(atom: name.handle), function, .hidden)
  }
}

extension Machine {
  /// Where a signal handler writes a 1 to stop the run.
  public var interruptSwitch: UnsafeMutablePointer<Int32> { interruptFlag }

  /// Adds `heap(id)`, which asks `objectWithID`.
  public func installHeapFunction() {
    installHostFunction(
      BuiltinFunction(
        "heap", length: 1,
        native: { vm, frame, count in
          let argument = count > 0 ? frame[0] : .undefined
          let number = argument.isNumber ? argument.asNumber : .nan
          if let id = UInt64(exactly: number), let object = vm.machine.objectWithID?(id) { return object }
          let text = argument.isObject ? vm.describe(argument) : vm.machine.literal(argument, limit: 60)
          return vm.throwRangeError("Invalid heap reference: \(text)")
        }, "Returns the reachable object with an id."))
  }
}

extension Machine {
  /// The names of the global object's properties, such as `Math`.
  public var globalObjectNames: [String] { propertyNames(of: intrinsics.globalObject, limit: 500) }

  /// A property of the global object, when reading it runs no code.
  public func globalObjectProperty(_ name: String) -> Value? {
    let key = PropertyKey(atom: atoms.intern(name).handle)
    guard let property = vm.ownProperty(vm.cell(intrinsics.globalObject), key), !property.isAccessor else { return nil }
    return property.value
  }
}
