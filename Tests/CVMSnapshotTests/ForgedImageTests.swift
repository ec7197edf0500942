import CVMREPL
import CVMSnapshot
import CVMTestSupport
import Testing

@testable import CVMRuntime

/// Images that somebody has written by hand, with right checksums: each is refused with the reason and the place, or opens
/// as a sound heap.
@Suite struct ForgedImageTests {
  struct Forgery: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let program: String
    /// What the refusal says.
    let reason: String
    /// Writes where no program can; gets the cell of the variable `x`.
    let forge: @Sendable (Machine, Cell) -> Void

    init(
      _ description: String, _ program: String, _ reason: String, _ forge: @escaping @Sendable (Machine, Cell) -> Void
    ) {
      (testDescription, self.program, self.reason, self.forge) = (description, program, reason, forge)
    }
  }

  static let forgeries = [
    Forgery("a reference between two cells", "let x = {a: {}}", "where no cell starts") { _, x in
      x.set64(Layout.slots, x.u64(Layout.slots) + 1)
    },
    Forgery("a reference outside of the pages", "let x = {a: {}}", "where no cell starts") { _, x in
      x.set64(Layout.slots, Tag.object << 48 | 0xffff_fff0)
    },
    Forgery("an object as a string", "let x = {a: {}}", "names a cell of kind 1") { _, x in
      x.set64(Layout.slots, Tag.string << 48 | x.u64(Layout.slots) & 0xffff_ffff)
    },
    Forgery("a part of the machine as a value", "let x = {a: new Map()}", "a part of the machine stands") {
      machine, x in
      x.setValue(Layout.slots, machine.vm.cell(x.value(Layout.slots)).value(Layout.table))
    },
    Forgery("a marker of the machine as a value", "let x = {a: 1}", "is none") { _, x in
      x.setValue(Layout.slots, .exceptionMarker)
    },
    Forgery("a string longer than its cell", "let x = {a: 'ab' + 'cd'}", "more than its cell has") { machine, x in
      machine.vm.cell(x.value(Layout.slots)).set32(0, 4000)
    },
    Forgery("a string that claims to be interned", "let x = {a: 'ab' + 'cd'}", "not in the table") { machine, x in
      machine.vm.cell(x.value(Layout.slots)).set8(15, CellFlag.atom)
    },
    Forgery("a string that is a part of itself", "let x = {a: 'a'.repeat(50) + Math.random()}", "length of a string") {
      machine, x in
      let rope = machine.vm.cell(x.value(Layout.slots))
      rope.setValue(Layout.Rope.left, x.value(Layout.slots))
      rope.setValue(Layout.Rope.right, x.value(Layout.slots))
      rope.set8(14, CellKind.rope)
    },
    Forgery("more elements than there is room for", "let x = [1, 2, 3]", "lengths of an array") { _, x in
      x.set64(Layout.Array.length, 1000 | 1000 << 32)
    },
    Forgery("more room than there is", "let x = [1, 2, 3]", "more than its elements") { _, x in
      x.set32(Layout.Array.capacity, 1000)
    },
    Forgery("two arrays with the same elements", "let y = [1], x = [y, 2, 3]", "belongs to two") { machine, x in
      let other = machine.vm.cell(machine.vm.arrayElements(x)[0])
      other.set64(Layout.Array.elements, x.u64(Layout.Array.elements))
    },
    Forgery("a shape that is not there", "let x = {a: 1}", "does not exist") { _, x in x.set32(0, 1 << 25) },
    Forgery(
      "a shape of more properties", "let y = {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6}, x = {a: y}", "longer than its cell"
    ) {
      machine, x in x.set32(0, machine.vm.cell(x.value(Layout.slots)).shape)
    },
    Forgery(
      "an object without some of its properties", "let x = {}; for (const k of 'abcdefgh') x[k] = 1", "is without"
    ) {
      _, x in x.set32(4, 0)
    },
    Forgery("an object of no kind", "let x = {a: 1}", "names a cell of kind 17") { _, x in x.set8(14, 17) },
    Forgery("a map without a table", "let x = new Map()", "part of the machine is missing") { _, x in
      x.setValue(Layout.table, Value(3))
    },
    Forgery("a table whose index leads out of it", "let x = new Map([[1, 2]])", "not there") { machine, x in
      let table = machine.vm.table(x)
      let index = (table.cell + HashTable.entriesOffset + table.capacity * HashTable.entrySize)
        .assumingMemoryBound(to: UInt32.self)
      for place in 0..<table.capacity * 2 where index[place] != 0 { index[place] = 99 }
    },
    Forgery("a table whose keys are elsewhere", "let x = new Map([[1, 2], ['k', 3]])", "looked for") { machine, x in
      let table = machine.vm.table(x)
      let index = (table.cell + HashTable.entriesOffset + table.capacity * HashTable.entrySize)
        .assumingMemoryBound(to: UInt32.self)
      for place in 0..<table.capacity * 2 where index[place] != 0 { index[place] = 3 - index[place] }
    },
    Forgery("a table with a key twice", "let x = new Map([[1, 2], [3, 4]])", "looked for") { machine, x in
      machine.vm.table(x).entry(1).setValue(0, Value(1))
    },
    Forgery("a key with another hash", "let k = 'ab' + 'cd', x = new Map([[k, 1]])", "hash of a string") { machine, x in
      let key = machine.vm.cell(machine.vm.table(x).key(0))
      key.set32(4, key.extensionHandle + 1)
    },
    Forgery(
      "properties that are elsewhere", "let x = {a: 1, b: 2}; delete x.a; x.c = 3", "looked for"
    ) { machine, x in
      let table = PropertyDictionary(machine.vm, machine.vm.cell(x.extensionHandle))
      let entries = Array(table.entries)
      let keys = entries.map { table.key($0) }
      for (number, key) in zip(entries, keys.reversed()) { table.entry(number).set64(0, key.bits) }
    },
    Forgery("a table that follows itself", "let x = new Map([[1, 2]])", "follows itself") { machine, x in
      machine.vm.table(x).cell.set32(4, machine.vm.handle(machine.vm.table(x).cell))
    },
    Forgery("a number as an accessor", "let x = {get a() { return 1 }}", "part of the machine is missing") { _, x in
      x.setValue(Layout.slots, Value(1))
    },
    Forgery("a function of code that is not there", "let x = () => 1", "no code 99999") { _, x in
      x.set32(Layout.Function.code, 99999)
    },
    Forgery("a program's function that is native", "let x = () => 1", "stands where none was made") {
      machine, x in
      x.set32(Layout.Function.native, UInt32(machine.natives.builtins.firstIndex { $0 != nil } ?? 0))
    },
    Forgery("another native function", "let x = Math.max", "is another one") { _, x in
      x.set32(Layout.Function.native, x.u32(Layout.Function.native) + 1)
    },
    Forgery("a captured variable that is none", "let x = (v => () => v++)(1)", "cell of kind") { machine, x in
      let object = machine.vm.objectValue(x)
      x.setValue(Layout.Function.captures, Value(tag: Tag.cell, handle: object.handle))
    },
    Forgery("a function that is bound to itself", "let x = (() => 1).bind()", "bound to itself") { machine, x in
      x.setValue(Layout.BoundFunction.target, machine.vm.objectValue(x))
    },
    Forgery("an object that is its own prototype", "let y = {}, x = Object.create(y)", "own prototype") { machine, x in
      let prototype = machine.vm.cell(machine.vm.shapeInfo(x).pointee.prototype)
      prototype.set32(0, x.shape)
    },
    Forgery("two objects of one id", "let x = {a: {}}", "two objects have the id") { machine, x in
      let other = machine.vm.cell(x.value(Layout.slots))
      other.setHeader(shape: other.shape, extension: 0, kind: .object, flags: 0, id: x.id)
    },
    Forgery("a date of no time", "let x = new Date(0)", "no time value") { _, x in
      x.setValue(Layout.primitive, Value(double: 1e300))
    },
    Forgery("a generator that stands nowhere", "function* g() { yield 1 } let x = g(); x.next()", "where it can't be") {
      _, x in x.setValue(Layout.Generator.position, Value(1))
    },
    Forgery("a generator that keeps too much", "function* g() { yield 1 } let x = g(); x.next()", "where it can't be") {
      _, x in x.setValue(Layout.Generator.count, Value(200))
    },
    Forgery("a BigInt of too many digits", "let x = [10n ** 30n]", "longer than its cell") { machine, x in
      machine.vm.cell(machine.vm.arrayElements(x)[0]).set32(0, 100)
    },
    Forgery("a shape that follows from another one", "let x = {a: 1, b: 2}", "does not follow from its parent") {
      machine, x in machine.vm.shapeInfo(x).pointee.count += 1
    },
    Forgery("a property twice", "let x = {a: 1, b: 2}", "has a property twice") { machine, x in
      let info = machine.vm.shapeInfo(x)
      info.pointee.key = machine.vm.pointee.shapes[Int(info.pointee.parent)].key
    },
    Forgery("a built-in of another kind", "let x = Array.prototype", "of another kind") { _, x in
      x.set64(Layout.Array.length, 0)
      x.set8(14, CellKind.error)
    },
    Forgery("another name", "let x = 1", "a name is another one") { machine, _ in
      let name = machine.vm.cell(machine.names.message)
      name.set8(Layout.characters, 0x6e)
      name.set32(4, VM.hash(machine.vm.view(flat: name)))
      machine.atoms.image = machine.atoms.image.filter { $0 != 0 }.reduce(into: [Handle](repeating: 0, count: 1 << 14))
      {
        slots, handle in
        var place = Int(machine.vm.cell(handle).extensionHandle) & (slots.count - 1)
        while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = handle
      }
    },
  ]

  private func refusal(_ image: ImageCheckpoint) -> String {
    do {
      try ImageFile.restore([.bytes(image.bytes)], into: Machine(), validates: true) {
        ScriptText(.init(name: $0, bytes: $1))
      }
      return "opened"
    } catch { return "\(error)" }
  }

  @Test(arguments: forgeries) func `what no program can make is refused`(forgery: Forgery) throws {
    let subject = Subject()
    subject.value(forgery.program)
    let machine = subject.machine
    #expect(refusal(ImageCheckpoint(machine)) == "opened")
    let value = try #require(machine.globalBinding("x")?.value)
    forgery.forge(machine, machine.vm.cell(value))
    let refusal = refusal(ImageCheckpoint(machine))
    #expect(refusal.contains(forgery.reason))
    #expect(refusal.contains("byte "))
  }

  /// Words of the stack of a program that waits in a call: each is replaced, and what does not fit is refused.
  @Test func `no frame can be made up`() throws {
    let subject = Subject()
    _ = subject.run(
      "function* g() { for (const v of [1, 2]) yield v + CC('?') } function f(a, b) { return [...g()].length + a + b } "
        + "class C { constructor() { this.v = f(1, 2) } } new C()")
    let machine = subject.machine
    let top = machine.resumeFrame + 8
    var refused = 0
    var tried = 0
    var register = machine.vm.pointee.stack
    while register < top {
      let saved = register.pointee
      // Whose code tells how much of the stack is saved.
      guard register != machine.resumeFrame + FrameHeader.callee else {
        register += 1
        continue
      }
      for word in [0, 1 << 32, Tag.cell << 48 | 0x100, saved.bits ^ 4, saved.bits &+ 1 << 32, saved.bits &+ 1 << 48] {
        register.pointee = Value(bits: word)
        // The copy is taken while the machine is not what it should be: it must not be run.
        let refusal = refusal(ImageCheckpoint(machine))
        tried += 1
        if refusal != "opened" { refused += 1 }
      }
      register.pointee = saved
      register += 1
    }
    #expect(refused > tried / 4 && refused < tried)
  }

  @Test func `what an image says of free memory is not believed`() throws {
    let subject = Subject()
    subject.value("let all = []; for (let i = 0; i < 3000; i++) all.push({i, text: 'text ' + i})")
    let machine = subject.machine
    let heap = machine.heap
    for word in 0..<heap.topBlock * Heap.blockSize / 1024 { heap.markBits[word] = 0 }
    for sizeClass in 1..<Heap.classCount { (heap.sweepIndex[sizeClass], heap.scanPosition[sizeClass]) = (0, 0) }
    heap.freeBlocks = Array(1..<heap.topBlock)
    let other = Subject()
    try ImageFile.restore([.bytes(ImageCheckpoint(machine).bytes)], into: other.machine, validates: true) {
      ScriptText(.init(name: $0, bytes: $1))
    }
    other.value("let more = []; for (let i = 0; i < 3000; i++) more.push({i: -i, text: 'other ' + i})")
    other.machine.collect()
    other.machine.verifyHeap()
    #expect(other.value("all.every((o, i) => o.i === i && o.text === 'text ' + i)") == "true")
  }

  @Test func `changes that repeat what they change without end are refused`() throws {
    let metadata = ImageMetadata(words: Array(repeating: 7, count: 1000), columns: [])
    // Each word stands for a thousand.
    let bomb = [[UInt64]](repeating: [1000, 1000, 1000 << 32], count: 5000).flatMap { $0 }
    #expect(throws: ImageError.self) { _ = try metadata.applying(bomb, wordLimit: 4 * (1000 + bomb.count)) }
    #expect(try metadata.applying([1001, 1001, 1001 << 32], wordLimit: 2000) == metadata)
  }
}
