import Testing

@testable import CVMRuntime

@Suite struct HeapTests {
  @Test func `an object that nothing holds is collected, one that is held stays`() {
    let machine = Machine()
    defer { withExtendedLifetime(machine) {} }
    let vm = machine.vm
    let held = vm.objectValue(vm.makeArray(capacity: 4))
    machine.hostRoots = [("held", held)]
    machine.collect()
    let live = machine.heap.liveBytes
    for _ in 0..<1000 { _ = vm.makeArray(capacity: 100) }
    machine.collect()
    #expect(machine.heap.liveBytes == live)
    #expect(machine.heap.isMarked(vm.cell(held)))
  }

  @Test func `two objects that only hold each other are collected`() {
    let machine = Machine()
    defer { withExtendedLifetime(machine) {} }
    let vm = machine.vm
    machine.collect()
    let live = machine.heap.liveBytes
    let a = vm.makeArray()
    let b = vm.makeArray()
    vm.arrayAppend(a, vm.objectValue(b))
    vm.arrayAppend(b, vm.objectValue(a))
    machine.collect()
    #expect(machine.heap.liveBytes == live)
  }

  @Test func `memory of collected objects is used again`() {
    let machine = Machine()
    defer { withExtendedLifetime(machine) {} }
    for _ in 0..<20 {
      for _ in 0..<10_000 { _ = machine.vm.makeArray(capacity: 8) }
      machine.collect()
    }
    #expect(machine.heap.topBlock < 200)
  }

  @Test(arguments: [1, 16, 17, 255, 256, 257, 512, 513, 4096, 32768])
  func `a size class holds what was asked for and less than twice that`(bytes: Int) {
    let size = Heap.cellSize(ofClass: Heap.sizeClass(bytes))
    #expect(size >= bytes)
    #expect(size < bytes * 2 || size == 16)
  }

  @Test func `ids are given in order of creation and never twice`() {
    let machine = Machine()
    defer { withExtendedLifetime(machine) {} }
    let vm = machine.vm
    let first = vm.makeArray().id
    let second = vm.makeObject(prototype: 0).id
    machine.collect()
    let third = vm.makeArray().id
    #expect([first, second, third] == [1, 2, 3])
  }
}

@Suite struct ShapeTests {
  @Test func `objects that get the same properties in the same order share a shape`() {
    let machine = Machine()
    defer { withExtendedLifetime(machine) {} }
    let vm = machine.vm
    let x = machine.atoms.intern("x").handle
    let y = machine.atoms.intern("y").handle
    let shapes = (0..<3).map { number in
      let object = vm.makeObject(prototype: 0)
      vm.addNamed(object, number == 2 ? y : x, Value(1), .all)
      vm.addNamed(object, number == 2 ? x : y, Value(2), .all)
      return object.shape
    }
    #expect(shapes[0] == shapes[1])
    #expect(shapes[0] != shapes[2])
  }

  @Test func `many properties move to a dictionary and are all found again`() {
    let machine = Machine()
    defer { withExtendedLifetime(machine) {} }
    let vm = machine.vm
    let object = vm.makeObject(prototype: 0)
    let keys = (0..<2000).map { machine.atoms.intern("key\($0)").handle }
    for (i, key) in keys.enumerated() { vm.addNamed(object, key, Value(i), .all) }
    #expect(vm.shapeInfo(object).pointee.flags & ShapeFlag.dictionary != 0)
    for (i, key) in keys.enumerated() {
      #expect(vm.ownProperty(object, PropertyKey(atom: key))?.value.bits == Value(i).bits)
    }
    #expect(vm.ownKeys(object).map(\.atom) == keys)
  }

  @Test func `a deleted property is gone and the others keep their values and order`() {
    let machine = Machine()
    defer { withExtendedLifetime(machine) {} }
    let vm = machine.vm
    let object = vm.makeObject(prototype: 0)
    let keys = ["a", "b", "c"].map { machine.atoms.intern($0).handle }
    for (i, key) in keys.enumerated() { vm.addNamed(object, key, Value(i), .all) }
    #expect(vm.deleteProperty(object, PropertyKey(atom: keys[1])))
    #expect(vm.ownProperty(object, PropertyKey(atom: keys[1])) == nil)
    #expect(vm.ownProperty(object, PropertyKey(atom: keys[2]))?.value.bits == Value(2).bits)
    #expect(vm.ownKeys(object).map(\.atom) == [keys[0], keys[2]])
  }

  @Test func `an element far away costs no memory in between`() {
    let machine = Machine()
    defer { withExtendedLifetime(machine) {} }
    let vm = machine.vm
    let array = vm.makeArray()
    #expect(vm.addProperty(array, PropertyKey(index: 4_294_967_294), Value(1), .all))
    #expect(vm.arrayLength(array) == 4_294_967_295)
    #expect(vm.ownProperty(array, PropertyKey(index: 4_294_967_294))?.value.bits == Value(1).bits)
    #expect(machine.heap.bytesInUse < 64 << 20)
  }
}
