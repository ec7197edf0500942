import CVMBytecode
import CVMCompiler
import CVMSyntax
import CVMTestSupport
import Foundation
import Testing

@testable import CVMRuntime

/// Statements that can be taken back: the heap is byte for byte as it was, whatever they did.
@Suite struct UndoHistoryTests {
  @Test func `an undone statement leaves no trace and can be done again`() throws {
    let session = HistorySession()
    try session.run("let a = [1, 2, 3]; let o = {a}")
    try session.run("a.push(4); o.b = {c: a}; var late = 5; a = null")
    #expect(session.text("JSON.stringify([a, o, late])") == #"[null,{"a":[1,2,3,4],"b":{"c":[1,2,3,4]}},5]"#)
    session.history.undo()
    #expect(session.text("JSON.stringify([a, o, typeof late])") == #"[[1,2,3],{"a":[1,2,3]},"undefined"]"#)
    session.history.redo()
    #expect(session.text("JSON.stringify([a, o, late])") == #"[null,{"a":[1,2,3,4],"b":{"c":[1,2,3,4]}},5]"#)
  }

  @Test func `a failed statement is rolled back to the last word`() throws {
    let session = HistorySession()
    try session.run("let a = [1]; class P { x = 1 }; let p = new P; const m = new Map([[1, 2]])")
    let before = HeapPicture(session.machine)
    session.start(
      "a.length = 0; delete p.x; m.clear(); Array.prototype.extra = 1; P = null; for (;;) m.set({}, m.size)")
    session.history.rollBack(TestLabel())
    before.expectUnchanged(session.machine)
    #expect(session.text("JSON.stringify([a, p, [...m], [].extra])") == "[[1],{\"x\":1},[[1,2]],null]")
  }

  @Test func `what an undone statement needs survives collections`() throws {
    let session = HistorySession()
    try session.run("let list = null")
    for i in 0..<20 { try session.run("list = {next: list, value: [\(i), 'text \(i)'.repeat(3)]}") }
    try session.run("list = null")
    let churn = "for (let i = 0; i < 3000; i++) [i, {i}, 'x' + i]"
    session.machine.collect()
    try session.run(churn)
    session.machine.collect()
    for _ in 0..<2 { session.history.undo() }
    let sum = "let n = 0, s = ''; for (let l = list; l; l = l.next) { n++; s = l.value[1] }; s + n"
    #expect(session.text(sum) == "text 0text 0text 020")
    for _ in 0..<15 { session.history.undo() }
    session.machine.collect()
    #expect(session.text(sum) == "text 0text 0text 05")
    for _ in 0..<15 { session.history.redo() }
    session.machine.collect()
    #expect(session.text(sum) == "text 0text 0text 020")
  }

  @Test func `what stands behind the end of an array's elements is not followed`() throws {
    let session = HistorySession()
    try session.run("let list = []; for (let i = 0; i < 1000; i++) list.push([{i}, {i}, {i}, {i}])")
    try session.run("for (const a of list) a.length = 1")
    for round in 0..<4 {
      session.machine.collect()
      // What was cut off is freed, and its place is taken by cells of other sizes.
      try session.run(
        "for (const a of list) { a[0] = \(round); 'x'.repeat(100 * (a[0] + 1)) + a }; list.length = \(900 - round * 200)"
      )
      for _ in 0..<3 { session.history.undo() }
      session.machine.collect()
      session.machine.verifyHeap()
      for _ in 0..<3 { session.history.redo() }
      session.machine.collect()
      session.machine.verifyHeap()
    }
    #expect(session.text("list.length") == "300")
  }

  @Test func `a new statement ends what could be done again`() throws {
    let session = HistorySession()
    try session.run("let a = 1")
    try session.run("a = 2")
    session.history.undo()
    try session.run("a = 3")
    #expect(session.history.redoableCount == 0)
    session.history.undo()
    #expect(session.text("a") == "1")
  }

  @Test func `what old statements replaced goes to the disk, and comes back`() throws {
    let session = HistorySession()
    session.history.memoryLimit = 4096
    try session.run("let a = []; for (let i = 0; i < 500; i++) a.push({n: 0})")
    for round in 1...8 { try session.run("for (const o of a) o.n = \(round)") }
    #expect(session.history.bytesInMemory < session.history.byteCount / 2)
    for round in (0..<8).reversed() {
      session.history.undo()
      #expect(session.text("a.every(o => o.n === \(round))") == "true")
    }
    for round in 1...8 {
      session.history.redo()
      #expect(session.text("a.every(o => o.n === \(round))") == "true")
    }
    try session.run("a = 9")
    #expect(session.history.bytesInMemory < session.history.byteCount / 2)
    session.history.limit = 3
    try session.run("a = 10")
    for _ in 0..<3 { session.history.undo() }
    #expect(session.text("typeof a") == "undefined")
  }

  @Test func `where there is no disk for them, old statements stay in memory`() throws {
    let session = HistorySession()
    session.history.memoryLimit = 0
    session.history.folder = "/nowhere"
    try session.run("let a = [1]")
    for i in 0..<4 { try session.run("a[0] = \(i)") }
    #expect(session.history.bytesInMemory > 0)
    for _ in 0..<4 { session.history.undo() }
    #expect(session.text("a[0]") == "1")
  }

  @Test func `the oldest statements are merged beyond the limit`() throws {
    let session = HistorySession()
    session.history.limit = 5
    try session.run("let a = []")
    for i in 0..<12 { try session.run("a.push(\(i)); var v\(i) = \(i)") }
    #expect(session.history.undoableCount == 5)
    #expect(session.history.forgottenCount == 8)
    for _ in 0..<5 { session.history.undo() }
    #expect(session.history.undo() == nil)
    #expect(session.text("typeof a") == "undefined")
    for _ in 0..<5 { session.history.redo() }
    #expect(session.text("a.length + v0 + v11") == "23")
  }

  @Test func `small statements keep little`() throws {
    let session = HistorySession()
    try session.run("let a = Array.from({length: 10000}, (_, i) => ({i})); let n = 0")
    for i in 0..<200 { try session.run("a[\(i * 7)].i = n++") }
    #expect(session.history.byteCount < 200 * 600 + 20_000)
  }

  @Test func `ten thousand statements keep a few hundred bytes each`() throws {
    let session = HistorySession()
    try session.run("let n = 0; const list = []")
    for _ in 0..<10_000 { try session.run("list[n % 100] = {n}; n++") }
    #expect(session.history.undoableCount == 10_001)
    #expect(session.history.byteCount < 10_000 * 600)
    for _ in 0..<10_000 { session.history.undo() }
    #expect(session.text("n + list.length") == "0")
  }

  @Test func `a program that waits for an answer is part of what can be undone`() throws {
    let session = HistorySession()
    session.start("let said = ''; function ask(n) { return n ? ask(n - 1) + n : CC('?') } said = ask(3)")
    #expect(session.machine.isPaused)
    session.history.commit(TestLabel())
    for answer in ["x", "y"] {
      guard case .completed(let value) = session.machine.resume(answer: session.machine.vm.makeString(answer)) else {
        Issue.record("not completed")
        return
      }
      #expect(session.machine.vm.text(value) == "\(answer)123")
      session.machine.abandonRun()
      session.history.commit(TestLabel())
      session.history.undo()
      #expect(session.machine.isPaused)
      session.machine.collect()
    }
  }

  @Test func `without a prompt no history is kept`() {
    #expect(Machine().history == nil)
  }

  private static let isStressed = ProcessInfo.processInfo.environment["CVM_GC_STRESS"] != nil

  /// Every program; where each allocation collects, some of them, since each picture of the heap costs a collection, too.
  private static var programs: [LanguageProgram] {
    get throws {
      let all = try LanguageProgram.all().filter { !$0.path.contains("/not-yet/") }
      return isStressed ? all.enumerated().filter { $0.offset % 8 == 0 }.map(\.element) : all
    }
  }

  @Test(arguments: try UndoHistoryTests.programs)
  func `undoing and redoing a program gives the heap before and after`(program: LanguageProgram) throws {
    let session = HistorySession()
    session.machine.limits.steps = Self.isStressed ? 20_000 : 3_000_000
    let start = HeapPicture(session.machine)
    session.start(program.source, isTypeScript: program.name.hasSuffix(".ts"))
    session.machine.abandonRun()
    session.history.commit(TestLabel())
    let end = HeapPicture(session.machine)
    session.start(program.source, isTypeScript: program.name.hasSuffix(".ts"))
    session.history.rollBack(TestLabel())
    end.expectUnchanged(session.machine)
    session.history.undo()
    start.expectUnchanged(session.machine)
    session.machine.verifyHeap()
    session.machine.collect()
    session.history.redo()
    end.expectUnchanged(session.machine)
    session.machine.verifyHeap()
  }
}

/// The content of all cells that the roots reach, leaving out what strings remember about themselves.
private struct HeapPicture {
  private var cells: [Handle: [UInt8]] = [:]
  private let names: [String]

  init(_ machine: Machine) {
    // A collection that keeps what the history needs, then a list of what the roots reach.
    machine.collect()
    var marker = Marker(machine.vm, machine.heap)
    machine.markRoots(&marker)
    marker.drain()
    var live: [Cell] = []
    machine.heap.forEachAllocatedCell { if marker.isMarked($0) { live.append($0) } }
    marker.finish()
    for cell in live { cells[machine.vm.handle(cell)] = Self.content(of: cell, machine) }
    names = machine.globalBindings.map(\.name)
  }

  private static func content(of cell: Cell, _ machine: Machine) -> [UInt8] {
    switch cell.kind {
    case .latin1, .utf16, .rope:
      if cell.flags & CellFlag.extensible != 0 { return [] }
      let units = machine.vm.view(Value(tag: Tag.string, handle: machine.vm.handle(cell))).units()
      return units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    default:
      let size = machine.heap.size(of: cell)
      var bytes = Array(UnsafeRawBufferPointer(start: cell, count: size))
      if cell.isObjectCell { bytes[15] &= ~CellFlag.isPrototype }
      return bytes
    }
  }

  func expectUnchanged(_ machine: Machine, location: Testing.SourceLocation = #_sourceLocation) {
    #expect(machine.globalBindings.map(\.name) == names, sourceLocation: location)
    for (handle, bytes) in cells {
      let cell = machine.vm.cell(handle)
      let now = Self.content(of: cell, machine)
      if now == bytes || bytes.isEmpty { continue }
      let place = zip(now, bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? -1
      Issue.record("cell \(handle) of kind \(cell.kind) changed at byte \(place)", sourceLocation: location)
    }
  }
}
