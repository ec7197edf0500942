import CVMDispatch
import CVMHeapGraph

extension HeapDumper {
  /// What keeps the program's objects alive from outside of the heap.
  func addProgramRoots(promptNames: Set<String>, includesHost: Bool = true) {
    addGlobals(promptNames)
    addFrames()
    if includesHost { for root in machine.hostRoots { addRoot(.repl, root.name, root.value) } }
    addRoot(.internalRoot, "exception", vm.pointee.exception)
    addRoot(.internalRoot, "result", vm.pointee.result)
  }

  /// The library's objects, and what the machine holds for itself.
  func addMachineRoots() {
    isRecorded = false
    isInBuiltIn = true
    defer { isInBuiltIn = false }
    addRoot(.builtIn, "globalThis", machine.intrinsics.globalObject)
    for (handle, name) in machine.builtInNames.sorted(by: { $0.key < $1.key }) where vm.cell(handle).isObjectCell {
      addRoot(.builtIn, name, Value(tag: Tag.object, handle: handle))
    }
    for value in machine.registeredRoots { addRoot(.internalRoot, "the machine", value) }
  }

  private func addRoot(_ kind: RootKind, _ name: String, _ value: Value) {
    guard value.isReference, value.tag != Tag.cell else { return }
    builder.addRoot(kind, name: builder.string(name), to: node(value.handle).node)
  }

  private func addGlobals(_ promptNames: Set<String>) {
    for binding in machine.globals.bindings {
      let value = machine.globals.value(binding)
      let name = text(binding.name)
      let isPrompt =
        !promptNames.isEmpty && promptNames.contains(vm.text(Value(tag: Tag.string, handle: binding.name)))
      if isPrompt { continue }
      guard value.isReference, value.tag != Tag.cell else { continue }
      builder.addRoot(.globalVariable, name: name, to: node(value.handle).node)
    }
  }

  // MARK: Frames

  private func addFrames() {
    let standsStill = machine.isPaused || machine.isStopped
    let frame = standsStill ? machine.resumeFrame : vm.pointee.frame
    let pc = standsStill ? machine.resumePC : vm.pointee.pc
    guard frame != vm.pointee.stack else { return }
    let entries = Array(FrameWalker(vm, frame: frame, pc: pc))
    var top = frame + Int(vm.code(of: frame).pointee.registerCount)
    for (depth, entry) in entries.enumerated() {
      addFrame(entry, top: top, number: UInt32(entries.count - 1 - depth))
      top = entry.frame - FrameHeader.size
    }
  }

  private func addFrame(_ entry: FrameWalker.Entry, top: Registers, number: UInt32) {
    let function = vm.cell(entry.frame[FrameHeader.callee])
    guard let code = vm.loadedCode(function) else { return }
    let context = builder.string(String(decoding: code.block.name, as: UTF16.self))
    let offset = UInt32(max(machine.code.offset(of: entry.pc, in: code) - 1, 0))
    var named: Set<Int> = []
    func add(_ name: StringIndex, _ value: Value) {
      guard value.isReference, value.tag != Tag.cell else { return }
      builder.addRoot(.frameLocal, name: name, context: context, frame: number, to: node(value.handle).node)
    }
    add(builder.string("this"), entry.frame[FrameHeader.this])
    for variable in code.block.variables where variable.start <= offset && offset < variable.end {
      named.insert(Int(variable.register))
      let name = builder.string(String(decoding: variable.name, as: UTF16.self))
      add(name, contents(entry.frame[Int(variable.register)]))
    }
    let temporary = builder.string("(temporary)")
    for register in 0..<max(0, top - entry.frame) where !named.contains(register) {
      add(temporary, contents(entry.frame[register]))
    }
    add(builder.string("(function)"), entry.frame[FrameHeader.callee])
  }

  /// What a register holds, seen through a captured-variable cell.
  private func contents(_ value: Value) -> Value {
    guard value.tag == Tag.cell, value.isReference, vm.cell(value).kind == .variable else { return value }
    _ = fold(value.handle)
    return vm.cell(value).value(Layout.primitive)
  }
}
