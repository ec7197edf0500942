import CVMDispatch

// The fields of an instruction word.

@inline(__always) func fieldA(_ w: UInt32) -> Int { Int(w >> 8 & 0xff) }
@inline(__always) func fieldB(_ w: UInt32) -> Int { Int(w >> 16 & 0xff) }
@inline(__always) func fieldC(_ w: UInt32) -> Int { Int(w >> 24) }
@inline(__always) func signedC(_ w: UInt32) -> Int32 { Int32(bitPattern: w) >> 24 }
@inline(__always) func immediate16(_ w: UInt32) -> Int32 { Int32(bitPattern: w) >> 16 }

/// Ends an instruction with one jump word: takes the jump when `condition` holds.
@inline(__always) func jump(_ pc: inout ProgramCounter, if condition: Bool) {
  if condition {
    pc += Int(Int32(bitPattern: pc.pointee)) &+ 1
  } else {
    pc += 1
  }
}

/// Calls a slow path, which leaves in the machine where to go on.
@inline(__always) func slowly(
  _ vm: VM, _ r: inout Registers, _ pc: inout ProgramCounter, _ w: UInt32,
  _ body: (VM, Registers, ProgramCounter, UInt32) -> Void
) {
  body(vm, r, pc, w)
  r = vm.pointee.frame
  pc = vm.pointee.pc
}

/// Counts a safepoint; at the end of the budget the machine looks around. `pc` is where execution goes on.
@inline(__always) func countSafepoint(_ vm: VM, _ r: inout Registers, _ pc: inout ProgramCounter) {
  vm.pointee.budget &-= 1
  if _slowPath(vm.pointee.budget < 0) {
    slowSafepoint(vm, r, pc)
    r = vm.pointee.frame
    pc = vm.pointee.pc
  }
}

@inline(never) func slowSafepoint(_ vm: VM, _ r: Registers, _ pc: ProgramCounter) {
  vm.pointee.frame = r
  vm.pointee.pc = pc
  vm.machine.safepoint()
}
