import CVMDispatch

@inline(__always) func opGeneratorStart(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    vm.startGenerator(r, keeping: fieldA(w))
  }
}

@inline(__always) func opGeneratorReturn(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    vm.finishGenerator(r, r[fieldA(w)])
  }
}

@inline(__always) func opYield(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc, skipping: 1)
    vm.yieldValue(r, r[fieldB(w)], keeping: fieldC(w), isResult: false)
  }
}

@inline(__always) func opYieldDelegate(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc, skipping: 1)
    vm.yieldValue(r, r[fieldA(w) + 2], keeping: fieldC(w), isResult: true)
  }
}

@inline(__always) func opDelegateOpen(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    let iterable = r[fieldB(w)]
    if !iterable.isNullish, openDirectly(vm, iterable, r + fieldA(w)) { return }
    if iterable.isNullish || !vm.hasIteratorMethod(iterable) { return vm.throwNotIterable(iterable) }
    enterTwin(vm, .openIterator, .iteratorOpen, 0, iterable)
  }
}

@inline(__always) func opDelegateStep(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowDelegateStep) }

@inline(never) func slowDelegateStep(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let state = r + fieldA(w)
  let machine = vm.machine
  if state[3] == Value(int: Resumption.next.rawValue) {
    if let value = vm.stepBuiltInIterator(state[0], state[1]) {
      if value == .done {
        state[2] = .undefined
        state[3] = .false
      } else {
        state[2] = vm.makeIteratorResult(value, done: false)
        vm.pointee.pc += Int(Int32(bitPattern: pc.pointee))
      }
      return
    }
    if vm.hasBuiltInNext(state[0], state[1]), resumeDirectly(vm, state[0], state[2], .delegateStep) { return }
  }
  enterCall(vm, machine.twinFunction(.delegateStep), this: .undefined, .delegateStep, 0, (0..<4).map { state[$0] })
}

/// Resumes a suspended generator whose `next` is the built-in one, without calling it; false when it is none.
func resumeDirectly(_ vm: VM, _ iterator: Value, _ value: Value, _ kind: ReturnKind) -> Bool {
  guard vm.cell(iterator).kind == .generator else { return false }
  let generator = vm.cell(iterator)
  let state = generator.value(Layout.Generator.state).asInt
  guard state <= GeneratorState.suspendedYield.rawValue else { return false }
  let caller = vm.pointee.frame
  vm.resumeGenerator(
    generator, .next, value, base: caller + Int(vm.code(of: caller).pointee.registerCount), caller: caller,
    returnPC: vm.pointee.pc, kind, destination: 0)
  return true
}
