import CVMDispatch

/// ECMA-262 13.2.8.4 GetTemplateObject: the arrays of a site become its frozen strings.
@inline(__always) func opTemplateObject(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    guard r[fieldA(w)].isObject, r[fieldB(w)].isObject else { return }
    let strings = vm.cell(r[fieldA(w)])
    vm.seal(vm.cell(r[fieldB(w)]), frozen: true)
    vm.defineOwn(strings, PropertyKey(atom: vm.machine.atoms.intern("raw").handle), r[fieldB(w)], [])
    vm.seal(strings, frozen: true)
  }
}

/// Such an array keeps variables that no register is left for and the strings of tagged templates.
@inline(__always) func opListNew(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc, skipping: 1)
    let list = vm.makeArray()
    vm.makeInternal(list)
    for _ in 0..<min(Int(pc[0]), 1 << 20) { vm.arrayAppend(list, .undefined) }
    r[fieldA(w)] = vm.objectValue(list)
  }
}
