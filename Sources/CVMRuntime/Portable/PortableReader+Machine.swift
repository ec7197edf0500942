import CVMBytecode
import CVMDispatch

extension PortableReader {
  // MARK: Globals

  struct Binding {
    var kind: GlobalDeclaration.Kind
    var name: Handle
    var value: Value
  }

  func readGlobals() throws(PortableError) -> [Binding] {
    var reader = section(.globals)
    var bindings: [Binding] = []
    var names: Set<Handle> = []
    for _ in 0..<(try reader.count(of: 3)) {
      guard let kind = GlobalDeclaration.Kind(rawValue: try reader.byte()) else {
        throw reader.error("a variable is of an unknown kind")
      }
      let name = try value(&reader)
      guard name.isString else { throw reader.error("a variable's name is no string") }
      let handle = machine.atoms.intern(name).handle
      guard names.insert(handle).inserted else { throw reader.error("a variable is there twice") }
      let content = try value(&reader)
      guard isPlain(content) || content == .uninitialized else { throw reader.error("a variable holds no value") }
      bindings.append(Binding(kind: kind, name: handle, value: content))
    }
    try reader.requireEnd()
    return bindings
  }

  func install(_ bindings: [Binding]) throws(PortableError) {
    for binding in bindings {
      machine.globals.declare(binding.name, binding.kind)
      guard let slot = machine.globals.find(binding.name)?.slot else { continue }
      machine.globals.set(slot, binding.value)
    }
  }

  // MARK: Built-ins

  struct Change {
    var object: Cell
    var prototype: Value?
    var isNotExtensible = false
    var removed: [PropertyKey] = []
    var set: [(key: PropertyKey, value: Value, attributes: Attributes)] = []
    var length: Int?
    var elements: [(key: PropertyKey, value: Value, attributes: Attributes)] = []
    var entries: [(key: Value, value: Value)] = []
    var flags: UInt8 = 0
  }

  func readBuiltIns() throws(PortableError) -> [Change] {
    var reader = section(.builtIns)
    var changes: [Change] = []
    while true {
      let number = try reader.number(below: builtIns.count + 1)
      if number == 0 { break }
      guard builtIns[number - 1].isObject else { throw reader.error("a symbol has no properties") }
      var change = Change(object: vm.cell(builtIns[number - 1]))
      let flags = try reader.byte()
      guard flags & ~BuiltInFlag.all == 0 else { throw reader.error("a change of a built-in is malformed") }
      if flags & BuiltInFlag.prototype != 0 {
        let prototype = try plainValue(&reader)
        guard prototype.isObject || prototype.isNull else { throw reader.error("a prototype is no object") }
        change.prototype = prototype
      }
      change.isNotExtensible = flags & BuiltInFlag.notExtensible != 0
      for _ in 0..<(try reader.count(of: 1)) { change.removed.append(PropertyKey(atom: try key(&reader))) }
      for _ in 0..<(try reader.count(of: 3)) {
        let key = PropertyKey(atom: try key(&reader))
        let (value, attributes) = try property(&reader)
        change.set.append((key, value, attributes))
      }
      if flags & BuiltInFlag.elements != 0 { try readElements(&change, &reader) }
      if flags & BuiltInFlag.table != 0 {
        guard change.object.kind == .map || change.object.kind == .set else {
          throw reader.error("entries of what is no map")
        }
        for _ in 0..<(try reader.count(of: 2)) {
          change.entries.append((try plainValue(&reader), try plainValue(&reader)))
        }
      }
      if flags & BuiltInFlag.flags != 0 {
        change.flags = try reader.byte()
        guard change.object.kind == .array, change.flags & ~PortableWriter.keptFlags(.array) == 0 else {
          throw reader.error("flags of a built-in are malformed")
        }
      }
      changes.append(change)
    }
    try reader.requireEnd()
    return changes
  }

  private func readElements(_ change: inout Change, _ reader: inout ByteReader) throws(PortableError) {
    let length = try reader.number(below: 1 << 32)
    change.length = length
    var known: Set<Int> = []
    for _ in 0..<(try reader.count(of: 3)) {
      let index = try reader.number(below: length)
      let (value, attributes) = try property(&reader)
      guard known.insert(index).inserted else { throw reader.error("a built-in has an element twice") }
      change.elements.append((PropertyKey(index: UInt32(index)), value, attributes))
    }
  }

  func apply(_ changes: [Change]) throws(PortableError) {
    for change in changes {
      let object = change.object
      if let prototype = change.prototype { vm.setPrototype(object, prototype.isNull ? 0 : prototype.handle) }
      for key in change.removed where !vm.deleteProperty(object, key) {
        throw section(.builtIns).error("a property that can't be deleted is missing")
      }
      for property in change.set { vm.defineOwn(object, property.key, property.value, property.attributes) }
      for element in change.elements { vm.defineOwn(object, element.key, element.value, element.attributes) }
      if let length = change.length, object.kind == .array { _ = vm.setArrayLength(object, length) }
      for entry in change.entries { vm.tableSet(object, entry.key, entry.value) }
      if change.isNotExtensible { vm.preventExtensions(object) }
      let flags = change.flags & (CellFlag.notExtensible | CellFlag.lengthReadOnly)
      if flags != 0 { vm.setFlags(object, object.flags | flags) }
    }
  }

  // MARK: State

  struct State {
    var activity = PortableActivity.idle
    var value = Value.undefined
    var answerRegister = 0
    var outputBytes = 0
  }

  func readMachine() throws(PortableError) -> State {
    var reader = section(.machine)
    var state = State()
    guard let activity = PortableActivity(rawValue: try reader.byte()) else { throw reader.error("an unknown state") }
    state.activity = activity
    vm.pointee.nextID = UInt64(try reader.number(below: 1 << 47))
    machine.nextInternalID = UInt64(try reader.number(below: 1 << 47))
    let random = try reader.bytes(16)
    let seed = vm.latin1Bytes(vm.cell(machine.builtins.randomState))
    for i in 0..<16 { seed[i] = random[i] }
    machine.console.groupDepth = try reader.number(below: 1 << 31)
    for _ in 0..<(try reader.count(of: 2)) {
      let label = try reader.text()
      machine.console.counts[label] = try reader.number(below: 1 << 53)
    }
    switch activity {
    case .idle, .threw: state.value = try plainValue(&reader)
    case .paused:
      state.value = try plainValue(&reader)
      guard state.value.isString else { throw reader.error("the question of a CC is no string") }
      state.answerRegister = answerRegister
      state.outputBytes = try reader.number(below: 1 << 53)
    case .stopped: state.outputBytes = try reader.number(below: 1 << 53)
    }
    for _ in 0..<(try reader.count(of: 2)) {
      let name = try reader.text()
      let object = try value(&reader)
      guard object.isObject, machine.builtInNames[object.handle] == nil else {
        throw reader.error("a named object is none")
      }
      machine.builtInNames[object.handle] = name
    }
    try reader.requireEnd()
    return state
  }

  func readHost() throws(PortableError) -> [(name: String, value: Value)] {
    var reader = section(.host)
    var roots: [(name: String, value: Value)] = []
    for _ in 0..<(try reader.count(of: 2)) { roots.append((try reader.text(), try plainValue(&reader))) }
    try reader.requireEnd()
    return roots
  }

  func readTimers() throws(PortableError) -> [String: Double] {
    var reader = section(.timers)
    var timers: [String: Double] = [:]
    let now = Machine.now()
    for _ in 0..<(try reader.count(of: 9)) {
      let label = try reader.text()
      let elapsed = Double(bitPattern: try reader.fixed())
      timers[label] = now - (elapsed.isFinite ? elapsed : 0)
    }
    try reader.requireEnd()
    return timers
  }

  // MARK: The machine's functions

  struct OwnFunction {
    var code: Int
    var twin: Twin?
    /// A cell of the file, or nil for a new one with this id.
    var value: Value?
    var id: UInt64 = 0
  }

  func readFunctions() throws(PortableError) -> [OwnFunction] {
    var reader = section(.functions)
    var functions: [OwnFunction] = []
    for isTwin in [true, false] {
      for _ in 0..<(try reader.count(of: 2)) {
        let name = try reader.text()
        var function = OwnFunction(code: machine.natives.selfHostedCode(name) ?? -1)
        if isTwin { function.twin = Twin(rawValue: name) }
        let number = try reader.number(below: cells.count + 1)
        if number == 0 {
          function.id = UInt64(try reader.number(below: 1 << 47))
          if !ids.insert(function.id << 1 | 1) { throw reader.error("two objects have the id i\(function.id)") }
        } else {
          let cell = cells[number - 1]
          guard cell.isObject, vm.cell(cell).kind == .function else {
            throw reader.error("a function of the machine is none")
          }
          function.value = cell
        }
        functions.append(function)
      }
    }
    try reader.requireEnd()
    return functions
  }

  /// Functions that this version does not have, or has otherwise, are made anew when they are needed.
  func install(_ functions: [OwnFunction]) throws(PortableError) {
    for function in functions where function.code >= 0 {
      let value: Value
      if let known = function.value {
        guard Int(vm.cell(known).u32(Layout.Function.code)) == function.code else { continue }
        value = known
      } else {
        let saved = (vm.pointee.nextID, machine.nextInternalID)
        let cell = vm.makeFunction(
          code: function.code, native: Layout.Function.none, captures: 0, internal: true)
        (vm.pointee.nextID, machine.nextInternalID) = saved
        cell.setHeader(
          shape: cell.shape, extension: cell.extensionHandle, kind: cell.kind, flags: cell.flags, id: function.id)
        value = vm.objectValue(cell)
      }
      if let twin = function.twin {
        machine.twins[twin] = value
      } else {
        machine.selfHostedFunctions[function.code] = value
        machine.code.parts[function.code].function = 0
      }
      machine.registeredRoots.append(value)
    }
  }
}
