import CVMBytecode
import CVMDispatch

/// The bindings of the global scope that programs declare. Their values stand in one values cell of the heap.
final class GlobalTable {
  struct Binding {
    var name: Handle
    var slot: Int
    var kind: GlobalDeclaration.Kind
  }

  private unowned let machine: Machine
  private var slots: [Handle: Int] = [:]
  private(set) var bindings: [Binding] = []
  /// The values cell.
  private(set) var cellHandle: Handle = 0

  init(_ machine: Machine) {
    self.machine = machine
    grow(to: 256)
  }

  private func grow(to count: Int) {
    let vm = machine.vm
    let values = vm.makeValues(count)
    for i in 0..<bindings.count { values.setValue(Layout.values + i * 8, vm.pointee.globals[i]) }
    cellHandle = vm.handle(values)
    vm.pointee.globals = (values + Layout.values).assumingMemoryBound(to: Value.self)
  }

  func find(_ name: Handle) -> Binding? { slots[name].map { bindings[$0] } }

  /// Creates or re-creates a binding. Returns what was there before.
  @discardableResult
  func declare(_ name: Handle, _ kind: GlobalDeclaration.Kind) -> (kind: GlobalDeclaration.Kind, value: Value)? {
    let keepsValue = kind == .var
    let initial: Value = kind == .var || kind == .function ? .undefined : .uninitialized
    if let slot = slots[name] {
      let old = (bindings[slot].kind, machine.vm.pointee.globals[slot])
      if bindings[slot].kind != kind { machine.code.clearCaches() }
      bindings[slot].kind = kind
      if !keepsValue || old.1 == .uninitialized { set(slot, initial) }
      return old
    }
    if bindings.count == Int(machine.vm.cell(cellHandle).shape) { grow(to: bindings.count * 2) }
    let slot = bindings.count
    slots[name] = slot
    bindings.append(Binding(name: name, slot: slot, kind: kind))
    set(slot, initial)
    // Code that found the name on the global object must look again.
    if machine.vm.ownProperty(machine.vm.cell(machine.intrinsics.globalObject), PropertyKey(atom: name)) != nil {
      machine.code.clearCaches()
    }
    return nil
  }

  func set(_ slot: Int, _ value: Value) { machine.vm.storeSlot(machine.vm.pointee.globals + slot, value) }

  func value(_ binding: Binding) -> Value { machine.vm.pointee.globals[binding.slot] }
}

/// Atoms that native code compares with or reads.
struct CommonNames {
  let length, prototype, constructor, name, message, stack, value, done, next, cause, push, toString, valueOf: Value
  let get, set, undefined, proto, toJSON, join, index, errors: Value

  init(_ atoms: StringTable) {
    length = atoms.intern("length")
    prototype = atoms.intern("prototype")
    constructor = atoms.intern("constructor")
    name = atoms.intern("name")
    message = atoms.intern("message")
    stack = atoms.intern("stack")
    value = atoms.intern("value")
    done = atoms.intern("done")
    next = atoms.intern("next")
    cause = atoms.intern("cause")
    push = atoms.intern("push")
    toString = atoms.intern("toString")
    valueOf = atoms.intern("valueOf")
    get = atoms.intern("get")
    set = atoms.intern("set")
    undefined = atoms.intern("undefined")
    proto = atoms.intern("__proto__")
    toJSON = atoms.intern("toJSON")
    join = atoms.intern("join")
    index = atoms.intern("index")
    errors = atoms.intern("errors")
  }

  var all: [Value] {
    [
      length, prototype, constructor, name, message, stack, value, done, next, cause, push, toString, valueOf, get, set,
      undefined, proto, toJSON, join, index, errors,
    ]
  }
}
