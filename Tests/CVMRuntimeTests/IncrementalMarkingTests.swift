import CVMTestSupport
import Testing

@testable import CVMRuntime

/// A collection in slices, between which the program changes what it refers to.
@Suite struct IncrementalMarkingTests {
  @Test func `an object that moves behind one that was looked at stays`() {
    let heap = HeapUnderMarking()
    defer { withExtendedLifetime(heap) {} }
    let hidden = heap.object(named: "hidden")
    heap.store(hidden, at: 0, of: heap.last)
    heap.machine.beginMarking()
    heap.advanceUntilMarked(heap.first)
    #expect(!heap.isMarkedSoFar(hidden))
    heap.store(hidden, at: 0, of: heap.first)
    heap.store(.undefined, at: 0, of: heap.last)
    heap.end()
    #expect(heap.isAlive(hidden))
  }

  /// What holds a value, how it gets one, and how it is read.
  static let holders: [(made: String, store: String, load: String)] = [
    ("let h = {a: 0}", "h.a = carried", "h.a"),
    ("let h = {}; for (let i = 0; i < 40; i++) h['k' + i] = i", "h.k39 = carried", "h.k39"),
    ("let h = {}", "for (let i = 0; i < 40; i++) h['k' + i] = i; h.k39 = carried", "h.k39"),
    ("let h = {a: 0, b: 1}; delete h.a", "h.b = carried", "h.b"),
    ("let h = {a: 0, b: 1}; delete h.a", "h.c = carried", "h.c"),
    ("let h = {}; for (let i = 0; i < 99; i++) h['k' + i] = i; delete h.k3", "h.k98 = carried", "h.k98"),
    ("let h = {}", "Object.defineProperty(h, 'a', {get: (v => () => v)(carried)})", "h.a"),
    ("let h = [0]", "h[0] = carried", "h[0]"),
    ("let h = []; h[1e9] = 0", "h[1e9] = carried", "h[1e9]"),
    ("let h = new Map([[1, 0]])", "h.set(1, carried)", "h.get(1)"),
    ("let h = new Map(Array.from({length: 300}, (_, i) => [i, i]))", "h.set(299, carried)", "h.get(299)"),
    ("let h = new Map(Array.from({length: 300}, (_, i) => [i, i]))", "h.set(300, carried)", "h.get(300)"),
    ("let h = new Map(Array.from({length: 256}, (_, i) => [i, i]))", "h.set(300, carried)", "h.get(300)"),
    ("let h = new Map(Array.from({length: 300}, (_, i) => [i, i]))", "h.set(carried, 1)", "[...h.keys()].at(-1)"),
    ("let h = new Set", "h.add(carried)", "[...h][0]"),
    ("let h = (v => [() => v, x => { v = x }])(0)", "h[1](carried)", "h[0]()"),
    (
      "function* g() { let v; for (;;) { const w = yield v; if (w) v = w } } let h = g(); h.next()", "h.next(carried)",
      "h.next().value"
    ),
    ("let h = {}", "h = {__proto__: carried}", "Object.getPrototypeOf(h)"),
    ("let h = () => 0", "h.prototype = carried", "h.prototype"),
    ("let h = new Date", "h.a = carried", "h.a"),
    ("let h = Symbol('s'), o = {}", "o[h] = carried", "o[h]"),
  ]

  @Test(arguments: holders)
  func `a value stays that goes to a holder which was looked at`(holder: (made: String, store: String, load: String))
    throws
  {
    let heap = HeapUnderMarking()
    defer { withExtendedLifetime(heap) {} }
    let session = HistorySession(machine: heap.machine, keepsHistory: false)
    _ = session.value("let carried = null; \(holder.made); 0")
    let hidden = heap.object(named: "hidden")
    heap.store(hidden, at: 0, of: heap.last)
    heap.machine.beginMarking()
    heap.advanceUntilMarked(heap.first)
    #expect(!heap.isMarkedSoFar(hidden))
    heap.machine.setGlobal("carried", hidden)
    heap.store(.undefined, at: 0, of: heap.last)
    _ = session.value("\(holder.store); carried = null; 0")
    heap.end()
    heap.machine.verifyHeap()
    #expect(session.text("(\(holder.load))[0]") == "hidden")
  }

  @Test func `an object that only a root has in the end stays`() {
    let heap = HeapUnderMarking()
    defer { withExtendedLifetime(heap) {} }
    let hidden = heap.object(named: "hidden")
    heap.store(hidden, at: 0, of: heap.last)
    heap.machine.beginMarking()
    heap.advanceUntilMarked(heap.first)
    #expect(!heap.isMarkedSoFar(hidden))
    heap.machine.hostRoots.append(("found", hidden))
    heap.store(.undefined, at: 0, of: heap.last)
    heap.end()
    #expect(heap.isAlive(hidden))
  }

  @Test func `an object made meanwhile stays when something holds it, and goes when nothing does`() {
    let heap = HeapUnderMarking()
    defer { withExtendedLifetime(heap) {} }
    heap.machine.beginMarking()
    heap.advanceUntilMarked(heap.first)
    let held = heap.object(named: "held")
    let lost = heap.object(named: "lost")
    heap.store(held, at: 0, of: heap.first)
    heap.end()
    #expect(heap.isAlive(held))
    #expect(!heap.isAlive(lost))
  }

  @Test func `what dies meanwhile is gone after the next collection at the latest`() {
    let heap = HeapUnderMarking()
    defer { withExtendedLifetime(heap) {} }
    let doomed = heap.object(named: "doomed")
    heap.store(doomed, at: 0, of: heap.first)
    heap.machine.beginMarking()
    heap.advanceUntilMarked(heap.vm.cell(doomed))
    heap.store(.undefined, at: 0, of: heap.first)
    heap.end()
    heap.machine.collect()
    #expect(!heap.isAlive(doomed))
  }

  @Test func `elements stored into a long array that was looked at stay`() {
    let heap = HeapUnderMarking()
    defer { withExtendedLifetime(heap) {} }
    let array = heap.vm.makeArray(capacity: 100_000)
    for _ in 0..<50_000 { heap.vm.arrayAppend(array, .undefined) }
    heap.store(heap.vm.objectValue(array), at: 0, of: heap.first)
    heap.machine.beginMarking()
    var budget = 0
    while heap.machine.marking?.marker.isDry == false {
      budget = 50
      heap.machine.marking?.marker.drain(&budget)
    }
    var added: [Value] = []
    for i in 0..<40_000 where i % 100 == 0 {
      added.append(heap.object(named: "element \(i)"))
      let place = heap.vm.cell(array.u32(Layout.Array.elements)) + Layout.values + i * 8
      writeBarrier(heap.vm, place)
      place.setValue(0, added[added.count - 1])
    }
    heap.end()
    #expect(added.allSatisfy(heap.isAlive))
  }

  @Test func `a weak map holds no key that died, written to while marking or not`() throws {
    let heap = HeapUnderMarking()
    defer { withExtendedLifetime(heap) {} }
    let session = HistorySession(machine: heap.machine, keepsHistory: false)
    #expect(session.text("let w = new WeakMap, k = {}; w.set(k, {}); w.has(k)") == "true")
    heap.machine.beginMarking()
    heap.advanceUntilMarked(heap.first)
    #expect(session.text("for (let i = 0; i < 1000; i++) w.set({}, {i}); w.has(k)") == "true")
    heap.end()
    heap.machine.collect()
    #expect(session.text("w.has(k)") == "true")
    let map = try #require(session.value("w"))
    #expect(HashTable(heap.vm, heap.vm.cell(heap.vm.cell(map).value(Layout.table))).count == 1)
  }

  @Test(arguments: 0..<8)
  func `a graph that changes at random while it is marked is whole afterwards`(seed: UInt64) {
    let heap = HeapUnderMarking()
    defer { withExtendedLifetime(heap) {} }
    var random = SeededGenerator(seed: seed)
    var work = SeededGenerator(seed: seed &+ 1000)
    let roots = (0..<4).map { _ in heap.cell(ofSlots: 6) }
    heap.machine.hostRoots += roots.map { ("root", heap.vm.objectValue($0)) }
    for _ in 0..<10 {
      heap.machine.beginMarking()
      while heap.machine.marking != nil {
        for _ in 0..<200 { heap.change(from: roots, &random) }
        heap.machine.continueMarking(by: Int.random(in: 1...400, using: &work))
      }
      // Nothing that can be reached was freed: verification follows each reference.
      heap.machine.verifyHeap()
    }
  }

  @Test func `undo while a collection goes on leaves the heap whole`() throws {
    let session = HistorySession()
    try session.run("let list = null; for (let i = 0; i < 20000; i++) list = {next: list, value: [i]}")
    for round in 0..<10 {
      session.machine.beginMarking()
      session.machine.continueMarking(by: 1000 * round)
      try session.run(
        "list = {next: list.next.next, value: ['new']}; for (let l = list; l; l = l.next) l.value = [l.value]")
      session.history.undo()
      session.machine.continueMarking(by: 1000)
      session.machine.verifyHeap()
    }
    session.machine.collect()
    #expect(session.text("let n = 0; for (let l = list; l; l = l.next) n += l.value[0]; n") == "199990000")
  }

  @Test func `a large heap is collected in slices, and a program that keeps nothing ends within its limit`() throws {
    let session = HistorySession()
    session.machine.limits.heapBytes = 256 << 20
    let text = """
      const live = []; for (let i = 0; i < 200000; i++) live.push({i, a: [i]});
      let sum = 0; for (let i = 0; i < 1000000; i++) sum += [{i}, i].length; sum
      """
    #expect(session.text(text) == "2000000")
    #expect(session.machine.marking != nil || session.machine.heap.collectionCount > 1)
    #expect(session.text("live.every((o, i) => o.i === i && o.a[0] === i)") == "true")
  }
}

/// A machine with a chain of objects of eight slots: `first` is looked at early, `last` late.
private final class HeapUnderMarking {
  let machine = Machine()
  let first: Cell
  let last: Cell
  var vm: VM { machine.vm }

  init() {
    let vm = machine.vm
    let start = vm.makeArray(capacity: 8)
    for _ in 0..<8 { vm.arrayAppend(start, .undefined) }
    var end = start
    for _ in 0..<3000 {
      let next = vm.makeArray(capacity: 8)
      for _ in 0..<8 { vm.arrayAppend(next, .undefined) }
      vm.cell(end.u32(Layout.Array.elements)).setValue(Layout.values + 8, vm.objectValue(next))
      end = next
    }
    first = start
    last = end
    machine.hostRoots = [("first", vm.objectValue(start))]
  }

  func cell(ofSlots count: Int) -> Cell {
    let cell = vm.makeArray(capacity: count)
    for _ in 0..<count { vm.arrayAppend(cell, .undefined) }
    return cell
  }

  func object(named name: String) -> Value {
    let array = vm.makeArray()
    vm.arrayAppend(array, vm.makeString(Array(name.utf16)))
    return vm.objectValue(array)
  }

  func store(_ value: Value, at index: Int, of array: Cell) {
    let place = vm.cell(array.u32(Layout.Array.elements)) + Layout.values + index * 8
    writeBarrier(vm, place)
    place.setValue(0, value)
  }

  func load(_ index: Int, of array: Cell) -> Value {
    vm.cell(array.u32(Layout.Array.elements)).value(Layout.values + index * 8)
  }

  /// One step of a program: a new object, a moved reference or a dropped one, somewhere within reach.
  func change(from roots: [Cell], _ random: inout SeededGenerator) {
    var cell = roots[Int.random(in: 0..<4, using: &random)]
    for _ in 0..<Int.random(in: 0..<12, using: &random) {
      let next = load(Int.random(in: 0..<6, using: &random), of: cell)
      if next.isReference { cell = vm.cell(next) }
    }
    let slot = Int.random(in: 0..<6, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: store(.undefined, at: slot, of: cell)
    case 1:
      store(
        load(Int.random(in: 0..<6, using: &random), of: cell), at: slot,
        of: roots[Int.random(in: 0..<4, using: &random)])
    default: store(vm.objectValue(self.cell(ofSlots: 6)), at: slot, of: cell)
    }
  }

  func isMarkedSoFar(_ value: Value) -> Bool { machine.marking?.marker.isMarked(vm.cell(value)) == true }

  func isAlive(_ value: Value) -> Bool { machine.heap.isMarked(vm.cell(value)) }

  func advanceUntilMarked(_ cell: Cell) {
    while machine.marking?.marker.isMarked(cell) == false {
      var budget = 1
      machine.marking?.marker.drain(&budget)
    }
    var budget = 20
    machine.marking?.marker.drain(&budget)
  }

  func end() {
    while machine.marking != nil { machine.continueMarking(by: 1000) }
  }
}
