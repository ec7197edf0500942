import CVMDispatch
import CVMRegExp

/// ECMA-262 13.2.7.3: a regular expression literal makes a new object each time.
@inline(__always) func opRegexpCreate(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc, skipping: 1)
    let flags = RegExpFlags(rawValue: UInt8(truncatingIfNeeded: fieldC(w)))
    let source = vm.pointee.constants[Int(pc[0])]
    let regExp = vm.makeRegExp(source: source.isString ? source : vm.emptyString, flags: flags)
    r[fieldA(w)] = vm.objectValue(regExp)
  }
}
