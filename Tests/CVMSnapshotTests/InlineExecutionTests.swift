import CVMRuntime
import CVMSnapshot
import CVMTestSupport
import Testing

/// Executions with values nested, as the first CVM stored them.
@Suite struct InlineExecutionTests {
  private func inline(_ program: String, sizeLimit: Int = InlineExecution.sizeLimit) throws -> InlineExecution {
    let subject = Subject()
    _ = subject.run(program)
    return try InlineExecution(subject.json, sizeLimit: sizeLimit)
  }

  /// What the second program gives in a machine that has the state which the first left, nested.
  private func afterInline(_ first: String, _ second: String) throws -> String {
    let subject = Subject()
    subject.value(first)
    subject.go(on: try Subject.restoring(json: InlineExecution(subject.json).text))
    return subject.value(second)
  }

  @Test func `values stand where they are mentioned`() throws {
    let text = String(decoding: try inline("const a = {b: [1, {c: 'x'}]}; CC('?')").text, as: UTF8.self)
    #expect(text.contains(#""storage":"inline""#))
    #expect(text.contains(#""elements":[1,{"$inline":{"#))
    #expect(!text.contains(#""1":{"kind":"#), "an object is not nested")
  }

  @Test func `what is nested comes back as it was`() throws {
    #expect(
      try afterInline(
        "let o = {a: [1, , new Map([['k', {z: 1}]])], b: -5n, d: new Date(3), r: /x/g, s: new Set([1]), f() { return this.b }, get g() { return 2 }}",
        "[o.a[2].get('k').z, 1 in o.a, o.b, o.d.getTime(), o.r.source, o.s.size, o.f(), o.g].join()")
        == "'1,false,-5,3,x,1,-5,2'")
    #expect(
      try afterInline(
        "class P { constructor() { this.v = [1] } get w() { return this.v[0] } } let p = new P(), e = Object.freeze([[2]])",
        "p instanceof P && p.w + e[0][0] + Object.isFrozen(e)") == "4")
    #expect(
      try afterInline(
        "function counter() { let n = {v: 0}; return {up: () => ++n.v, get: () => n.v} } const c = counter(); c.up()",
        "c.up(); c.get()") == "2")
  }

  @Test func `objects keep their ids, and copies get new ones`() throws {
    let subject = Subject()
    subject.value("let a = {x: 1}, b = [a, a]")
    let last = subject.machine.lastObjectID
    subject.go(on: try Subject.restoring(json: InlineExecution(subject.json).text))
    #expect(subject.machine.lastObjectID == last + 2)
    #expect(subject.value("a.x = 2; b[0].x = 3; [a.x, b[0].x, b[1].x].join()") == "'2,3,1'")
    #expect(try Checkpoint(subject.machine).hash == Checkpoint(Subject.restoring(json: subject.json)).hash)
  }

  @Test func `a value whose identity is lost is named`() throws {
    let form = try inline("const a = {x: 1}, b = [a, {y: a}], m = new Map([['k', b]]); CC('?')")
    #expect(
      form.aliases.map { "\($0.first) = \($0.second)" } == ["a = b[0]", "a = b[1].y", "b = m.entries[0][1]"])
    #expect(form.copyCount == 6)
    #expect(try inline("const a = [1], b = [1], n = 5n, m = [n, n, 'x', 'x']; CC('?')").aliases.isEmpty)
  }

  @Test func `local variables are values, and what a loop walks over keeps its identity`() throws {
    let form = try inline("function f(list) { const first = list[0]; for (const x of list) CC(x.v) } f([{v: 1}])")
    #expect(form.aliases.contains { $0.first.hasPrefix("f(): ") && $0.second.hasPrefix("f(): ") })
    let machine = try Subject.restoring(json: form.text)
    #expect(machine.isPaused)
    machine.verifyHeap()
  }

  @Test(arguments: [
    ("const a = []; a.push({self: a}); CC('?')", "a[0].self is a itself"),
    ("const a = {}; a.a = a; CC('?')", "a.a is a itself"),
    ("const m = new Map(), k = [m]; m.set('k', k); CC('?')", "m.entries[0][1][0] is m itself"),
  ])
  func `a cycle is an error that names the path`(program: String, expected: String) throws {
    do {
      _ = try inline(program)
      Issue.record("it was written")
    } catch { #expect("\(error)".contains(expected), "\(error)") }
  }

  @Test func `sharing at many levels ends at a limit and not in the memory`() throws {
    let program = "let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; CC('?')"
    #expect {
      _ = try inline(program, sizeLimit: 1 << 20)
    } throws: { "\($0)".contains("with values nested the state takes more than 1 MB") }
    #expect {
      _ = try inline("let a = []; for (let i = 0; i < 30000; i++) a = [a]; CC('?')")
    } throws: { "\($0)".contains("nested deeper") }
  }
}
