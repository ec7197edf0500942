import Testing

@testable import CVMRuntime

/// Values on one line, as the prompt shows results.
@Suite struct InspectorPreviewTests {
  private func preview(_ expression: String, width: Int = 80, ascii: Bool = false) throws -> String {
    try InspectedProgram("let value = \(expression);").preview("value", width: width, ascii: ascii)
  }

  @Test func `objects and arrays have no inner spaces`() throws {
    #expect(try preview("{x: 1, y: 2}") == "{x: 1, y: 2}")
    #expect(try preview("[1, 2, 3]") == "[1, 2, 3]")
    #expect(try preview("[{x: 1, y: 2}, {}, []]") == "[{x: 1, y: 2}, {}, []]")
  }

  @Test func `strings are in the quotes that Node would choose`() throws {
    #expect(try preview(#"'say "hi"\n'"#) == #"'say "hi"\n'"#)
    #expect(try preview("{'a-b': 'c'}") == "{'a-b': 'c'}")
  }

  @Test func `instances have the name of their class`() throws {
    let program = try InspectedProgram(
      "class Node { constructor(v, n) { this.value = v; this.next = n; } }; let list = new Node(1, new Node(2, null));")
    #expect(try program.preview("list", width: 80) == "Node {value: 1, next: Node {value: 2, next: null}}")
  }

  @Test func `a cycle names the object it leads back to`() throws {
    let program = try InspectedProgram("let value = {a: 1}; value.me = value;")
    let id = program.machine.vm.cell(try program.value("value")).id
    #expect(try program.preview("value", width: 80) == "{a: 1, me: [Circular #\(id)]}")
  }

  @Test func `objects past the third level are folded`() throws {
    #expect(try preview("{a: {b: {c: {d: 1}}}}") == "{a: {b: {c: {…}}}}")
    #expect(try preview("[[[[1]]]]", ascii: true) == "[[[[...]]]]")
  }

  @Test func `what does not fit is counted`() throws {
    let program = try InspectedProgram("let value = []; for (let i = 0; i < 1000; i++) value[i] = i;")
    #expect(try program.preview("value", width: 40) == "[0, 1, 2, 3, 4, 5, 6, 7, … 992 more]")
  }

  @Test func `a preview is never wider than asked for`() throws {
    let values = [
      "{a: {b: 'some text', c: [1, 2, 3]}, d: 5}", "['日本語', '😀', 'x']", "'a long string with \\n escapes \\u0001'",
      "[1, , , 4, function named() {}]", "{aVeryLongKeyThatTakesSpace: {another: 1}}", "class Long {}",
    ]
    for value in values {
      let program = try InspectedProgram("let value = \(value);")
      for width in 1...100 {
        for ascii in [false, true] {
          let text = try program.preview("value", width: width, ascii: ascii)
          #expect(StringWidth.columns(text) <= max(width, ascii ? 3 : 1), "\(value) as \(text)")
        }
      }
    }
  }

  @Test func `accessors are named and not run`() throws {
    #expect(try preview("{get a() { throw 1; }, set b(v) {}}") == "{a: [Getter], b: [Setter]}")
  }

  @Test func `functions and classes show properties of their own`() throws {
    #expect(try preview("Object.assign(function f() {}, {p: 1, q: {r: 2}})") == "[Function: f] {p: 1, q: {r: 2}}")
    #expect(try preview("[class A { static z = 3 }]") == "[[class A] {z: 3}]")
    #expect(try preview("(() => { const f = () => {}; f.self = f; return f })()").contains("self: [Circular #"))
    #expect(try preview("function g() {}") == "[Function: g]")
  }

  @Test func `weak collections say that their items are unknown`() throws {
    #expect(try preview("new WeakMap([[{}, 1]])") == "WeakMap {<items unknown>}")
  }

  @Test func `empty elements are counted`() throws {
    #expect(try preview("[1, , , 4]") == "[1, <2 empty items>, 4]")
  }
}
