import CVMBytecode
import CVMDispatch

extension PortableWriter {
  func writeGlobals() {
    let bindings = machine.globals.bindings
    globals.number(bindings.count)
    for binding in bindings {
      globals.byte(binding.kind.rawValue)
      value(Value(tag: Tag.string, handle: binding.name), globals)
      value(machine.globals.value(binding), globals)
    }
  }

  // MARK: Built-ins

  func writeBuiltIns() throws(PortableError) {
    guard let baseline = machine.baseline else { return }
    for number in baseline.handles.indices {
      let cell = vm.cell(baseline.handles[number])
      guard cell.isObjectCell else { continue }
      let difference = baseline.difference(number)
      let contents = contentFlags(cell)
      guard !difference.isEmpty || contents != 0 else { continue }
      builtIns.number(UInt64(builtIn(baseline.handles[number], numbers[Int(baseline.handles[number] >> 1)])) + 1)
      builtIns.byte(
        contents | (difference.prototype == nil ? 0 : BuiltInFlag.prototype)
          | (difference.isNotExtensible ? BuiltInFlag.notExtensible : 0))
      if let handle = difference.prototype {
        value(handle == 0 ? .null : Value(tag: Tag.object, handle: handle), builtIns)
      }
      builtIns.number(difference.removed.count)
      for key in difference.removed { keyValue(key, builtIns) }
      builtIns.number(difference.set.count)
      for entry in difference.set {
        keyValue(PropertyKey(bits: entry.key), builtIns)
        writeProperty(entry.value, entry.attributes)
      }
      if contents & BuiltInFlag.elements != 0, let store = vm.indexStore(cell) { writeElements(store, of: cell) }
      if contents & BuiltInFlag.table != 0 { writeTable(vm.table(cell)) }
      if contents & BuiltInFlag.flags != 0 { builtIns.byte(cell.flags & PortableWriter.keptFlags(.array)) }
    }
    builtIns.number(0)
  }

  private func contentFlags(_ cell: Cell) -> UInt8 {
    var flags: UInt8 = 0
    if let store = vm.indexStore(cell), elementCount(store, of: cell) > 0 { flags |= BuiltInFlag.elements }
    if cell.kind == .map || cell.kind == .set, vm.table(cell).count > 0 { flags |= BuiltInFlag.table }
    if cell.kind == .array, cell.flags & (CellFlag.lengthReadOnly | CellFlag.notExtensible) != 0 {
      flags |= BuiltInFlag.flags
    }
    return flags
  }

  private func writeProperty(_ stored: Value, _ attributes: Attributes) {
    builtIns.byte(attributes.rawValue)
    if attributes.contains(.accessor) {
      value(vm.cell(stored).value(Layout.Accessor.getter), builtIns)
      value(vm.cell(stored).value(Layout.Accessor.setter), builtIns)
    } else {
      value(stored, builtIns)
    }
  }

  /// The length of an array; of other objects the place behind their last element: that there were more is nothing that a
  /// program could see.
  private func elementCount(_ store: Cell, of object: Cell) -> Int {
    if object.kind == .array { return vm.arrayLength(store) }
    return presentElements(store).map { Int($0.index) + 1 }.max() ?? 0
  }

  private func presentElements(_ store: Cell) -> [(index: UInt32, value: Value, attributes: Attributes)] {
    if store.flags & CellFlag.sparse != 0 {
      let elements = vm.sparseElements(store)
      return elements.entries.map { (elements.key($0).index, elements.value($0), elements.attributes($0)) }
        .sorted { $0.index < $1.index }
    }
    return (0..<vm.denseLength(store)).compactMap { index in
      let value = vm.arrayElements(store)[index]
      return value == .hole ? nil : (UInt32(index), value, .all)
    }
  }

  /// Length, then the elements that are there: index, attributes, value.
  private func writeElements(_ store: Cell, of object: Cell) {
    builtIns.number(elementCount(store, of: object))
    let present = presentElements(store)
    builtIns.number(present.count)
    for element in present {
      builtIns.number(UInt64(element.index))
      writeProperty(element.value, element.attributes)
    }
  }

  private func writeTable(_ table: HashTable) {
    builtIns.number(table.count)
    for number in 0..<table.used where table.key(number) != .hole {
      value(table.key(number), builtIns)
      value(table.value(number), builtIns)
    }
  }

  // MARK: State

  func writeMachine() {
    let activity = machine.portableActivity
    state.byte(activity.rawValue)
    state.number(vm.pointee.nextID)
    state.number(machine.nextInternalID)
    let random = vm.latin1Bytes(vm.cell(machine.builtins.randomState))
    state.append(UnsafeRawBufferPointer(start: random, count: 16))
    state.number(machine.console.groupDepth)
    let counts = machine.console.counts.sorted { $0.key < $1.key }
    state.number(counts.count)
    for (label, count) in counts {
      state.text(label)
      state.number(count)
    }
    switch activity {
    case .idle: value(vm.pointee.result, state)
    case .threw: value(vm.pointee.exception, state)
    case .paused:
      value(machine.pausePrompt, state)
      state.number(machine.outputBytes)
    case .stopped: state.number(machine.outputBytes)
    }
    // Names of objects that the host made, functions aside.
    let named = machine.builtInNames.filter {
      numbers[Int($0.key >> 1)] & Self.builtInBit == 0 && vm.cell($0.key).kind != .function
        && vm.cell($0.key).isObjectCell
    }
    state.number(named.count)
    for (handle, name) in named.sorted(by: { $0.value < $1.value }) {
      state.text(name)
      value(Value(tag: Tag.object, handle: handle), state)
    }
    let now = Machine.now()
    timers.number(machine.console.timers.count)
    for (label, start) in machine.console.timers.sorted(by: { $0.key < $1.key }) {
      timers.text(label)
      timers.fixed((now - start).bitPattern)
    }
  }

  func writeHost() {
    host.number(machine.hostRoots.count)
    for root in machine.hostRoots {
      host.text(root.name)
      value(root.value, host)
    }
  }

  /// The function objects that the machine made for itself: their ids, and which of them are cells of the file.
  func writeFunctions() {
    let twins = machine.twins.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    writeFunctions(twins)
    let others = machine.selfHostedFunctions.map { number, value in
      (String(decoding: machine.code.loaded[number].block.name, as: UTF16.self), value)
    }
    writeFunctions(others.sorted { $0.0 < $1.0 })
  }

  private func writeFunctions(_ list: [(name: String, value: Value)]) {
    functions.number(list.count)
    for (name, value) in list {
      functions.text(name)
      let known = numbers[Int(value.handle >> 1)]
      functions.number(UInt64(known))
      if known == 0 { functions.number(vm.cell(value).id) }
    }
  }
}

/// What follows in the record of a changed built-in object.
package enum BuiltInFlag {
  package static let prototype: UInt8 = 1
  package static let notExtensible: UInt8 = 2
  package static let elements: UInt8 = 4
  package static let table: UInt8 = 8
  package static let flags: UInt8 = 16
  package static let all: UInt8 = 31
}

extension Machine {
  /// What a checkpoint says about what the machine was doing.
  var portableActivity: PortableActivity {
    switch state {
    case .paused: .paused
    case .threw: .threw
    case .running, .completed: .idle
    case .stopped: resumeFrame == vm.pointee.stack ? .idle : .stopped
    }
  }
}
