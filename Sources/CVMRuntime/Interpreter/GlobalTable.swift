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
  @exclusivity(unchecked) private var slots: [Handle: Int] = [:]
  @exclusivity(unchecked) private(set) var bindings: [Binding] = []
  /// The values cell.
  @exclusivity(unchecked) private(set) var cellHandle: Handle = 0
  /// Kinds that declarations replaced in this epoch.
  @exclusivity(unchecked) private var journal: [(slot: Int, kind: GlobalDeclaration.Kind)] = []

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

  private func setKind(_ slot: Int, _ kind: GlobalDeclaration.Kind) {
    if machine.history != nil { journal.append((slot, bindings[slot].kind)) }
    bindings[slot].kind = kind
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
      setKind(slot, kind)
      if !keepsValue || old.1 == .uninitialized { set(slot, initial) }
      return old
    }
    let property = machine.vm.ownProperty(machine.vm.cell(machine.intrinsics.globalObject), PropertyKey(atom: name))
    // `var undefined` declares what is there and cannot be written.
    if kind == .var, let property, property.isAccessor || !property.attributes.contains(.writable) { return nil }
    if bindings.count == Int(machine.vm.cell(cellHandle).shape) { grow(to: bindings.count * 2) }
    let slot = bindings.count
    slots[name] = slot
    bindings.append(Binding(name: name, slot: slot, kind: kind))
    set(slot, kind == .var ? property?.value ?? initial : initial)
    // Code that found the name on the global object must look again.
    if property != nil { machine.code.clearCaches() }
    return nil
  }

  func set(_ slot: Int, _ value: Value) { machine.vm.storeSlot(machine.vm.pointee.globals + slot, value) }

  func value(_ binding: Binding) -> Value { machine.vm.pointee.globals[binding.slot] }
}

extension GlobalTable {
  func writeImage(_ writer: inout ImageWriter) {
    writer.word(UInt64(cellHandle))
    writer.word(bindings.count)
    for binding in bindings { writer.word(UInt64(binding.name) | UInt64(binding.kind.rawValue) << 32) }
  }

  func readImage(_ reader: inout ImageReader) throws(ImageError) {
    cellHandle = Handle(truncatingIfNeeded: try reader.word())
    let count = try reader.number(below: 1 << 32)
    slots = [:]
    bindings = []
    for slot in 0..<count {
      let word = try reader.word()
      guard let kind = GlobalDeclaration.Kind(rawValue: UInt8(truncatingIfNeeded: word >> 32)) else {
        throw reader.error("a variable of no kind")
      }
      bindings.append(Binding(name: Handle(truncatingIfNeeded: word), slot: slot, kind: kind))
      slots[Handle(truncatingIfNeeded: word)] = slot
    }
    if slots.count != count { throw reader.error("a variable is there twice") }
    journal = []
    let values = machine.vm.cell(cellHandle) + Layout.values
    machine.vm.pointee.globals = values.assumingMemoryBound(to: Value.self)
  }

  /// How the table was at a moment.
  struct Mark {
    let count: Int
    let cell: Handle
  }

  /// What leads from one moment to another: bindings to remove or to add, and what to exchange.
  struct Changes {
    fileprivate var bindings: [Binding]
    /// Whether the bindings are in the table now.
    fileprivate var arePresent = true
    fileprivate var cell: Handle
    fileprivate var kinds: [Int: GlobalDeclaration.Kind]
    fileprivate var cellChanged: Bool

    var isEmpty: Bool { bindings.isEmpty && kinds.isEmpty && !cellChanged }
    var handles: [Handle] { bindings.map(\.name) + [cell] }

    /// The changes that lead over these and the later ones. Both must be done.
    func followed(by later: Changes) -> Changes {
      var merged = self
      merged.bindings += later.bindings
      merged.cellChanged = cellChanged || later.cellChanged
      let first = (merged.bindings.map(\.slot).min() ?? .max)
      for (slot, kind) in later.kinds where merged.kinds[slot] == nil && slot < first { merged.kinds[slot] = kind }
      return merged
    }
  }

  /// The names of all bindings.
  var nameHandles: [Handle] { bindings.map(\.name) }

  var mark: Mark { Mark(count: bindings.count, cell: cellHandle) }

  func clearJournal() { journal = [] }

  func changes(since mark: Mark) -> Changes {
    var kinds: [Int: GlobalDeclaration.Kind] = [:]
    for change in journal where change.slot < mark.count && kinds[change.slot] == nil {
      kinds[change.slot] = change.kind
    }
    return Changes(
      bindings: Array(bindings[mark.count...]), cell: mark.cell, kinds: kinds, cellChanged: mark.cell != cellHandle)
  }

  /// Whether no binding is new or of another kind, apart from some that the host makes.
  func hasNoChanges(since mark: Mark, ignoring names: Set<String>) -> Bool {
    let changes = changes(since: mark)
    guard changes.kinds.isEmpty else { return false }
    return changes.bindings.allSatisfy { names.contains(text(of: $0)) }
  }

  /// Where in the heap the values of some variables stand.
  func slotOffsets(of names: Set<String>) -> Set<Int> {
    if names.isEmpty { return [] }
    let base = UnsafeMutableRawPointer(machine.vm.pointee.globals) - UnsafeMutableRawPointer(machine.vm.pointee.heap)
    return Set(bindings.filter { names.contains(text(of: $0)) }.map { base + $0.slot * 8 })
  }

  private func text(of binding: Binding) -> String { machine.vm.text(Value(tag: Tag.string, handle: binding.name)) }

  /// Leads to the other moment; the changes then lead back. Whether code must look its globals up again.
  func exchange(_ changes: inout Changes) -> Bool {
    if changes.arePresent {
      for binding in changes.bindings { slots[binding.name] = nil }
      bindings.removeLast(changes.bindings.count)
    } else {
      bindings += changes.bindings
      for binding in changes.bindings { slots[binding.name] = binding.slot }
    }
    changes.arePresent.toggle()
    for (slot, kind) in changes.kinds {
      changes.kinds[slot] = bindings[slot].kind
      bindings[slot].kind = kind
    }
    let old = cellHandle
    cellHandle = changes.cell
    changes.cell = old
    let values = machine.vm.cell(cellHandle) + Layout.values
    machine.vm.pointee.globals = values.assumingMemoryBound(to: Value.self)
    return !changes.isEmpty
  }
}

/// Atoms that native code compares with or reads.
struct CommonNames {
  let length, prototype, constructor, name, message, stack, value, done, next, cause, push, toString, valueOf: Value
  let get, set, undefined, proto, toJSON, join, index, errors, lastIndex, input, groups, callee: Value

  init(_ intern: (StaticString) -> Value) {
    length = intern("length")
    prototype = intern("prototype")
    constructor = intern("constructor")
    name = intern("name")
    message = intern("message")
    stack = intern("stack")
    value = intern("value")
    done = intern("done")
    next = intern("next")
    cause = intern("cause")
    push = intern("push")
    toString = intern("toString")
    valueOf = intern("valueOf")
    get = intern("get")
    set = intern("set")
    undefined = intern("undefined")
    proto = intern("__proto__")
    toJSON = intern("toJSON")
    join = intern("join")
    index = intern("index")
    errors = intern("errors")
    lastIndex = intern("lastIndex")
    input = intern("input")
    groups = intern("groups")
    callee = intern("callee")
  }

  var all: [Value] {
    [
      length, prototype, constructor, name, message, stack, value, done, next, cause, push, toString, valueOf, get, set,
      undefined, proto, toJSON, join, index, errors, lastIndex, input, groups, callee,
    ]
  }
}
