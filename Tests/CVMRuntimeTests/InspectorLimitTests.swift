import Testing

@testable import CVMRuntime

/// What is cut off so that nothing prints without end.
@Suite struct InspectorLimitTests {
  private func printed(_ source: String) throws -> String {
    String(decoding: try InspectedProgram(source).output, as: UTF8.self)
  }

  @Test func `a string inside of an object is cut off at ten thousand characters`() throws {
    let text = try printed("let s = ''; for (let i = 0; i < 10001; i++) s += 'x'; console.log([s]);")
    #expect(text == "[\n  '\(String(repeating: "x", count: 10_000))'... 1 more character\n]\n")
  }

  @Test func `a string on its own is printed whole`() throws {
    let text = try printed("let s = ''; for (let i = 0; i < 20000; i++) s += 'x'; console.log(s);")
    #expect(text == String(repeating: "x", count: 20_000) + "\n")
  }

  @Test func `a string joined from both sides is printed in order`() throws {
    let text = try printed("let s = ''; for (let i = 0; i < 40; i++) s = i % 2 ? s + i : i + s; console.log(s);")
    let even = stride(from: 38, through: 0, by: -2).map(String.init).joined()
    let odd = stride(from: 1, to: 40, by: 2).map(String.init).joined()
    #expect(text == even + odd + "\n")
  }

  @Test func `a lone surrogate on its own is printed as the replacement character`() throws {
    #expect(try printed(#"console.log("a\ud83dz")"#) == "a\u{fffd}z\n")
  }

  @Test func `a chain of a hundred thousand objects does not use up the stack at any depth`() throws {
    let source = "let c = null; for (let i = 0; i < 100000; i++) c = { c }; console.dir(c, { depth: Infinity });"
    #expect(try printed(source).contains("[Object]"))
  }

  @Test func `printing does not change what the program can see`() throws {
    let program = try InspectedProgram("function f() {} let o = { f, g: class {} }; console.log(o, [f]);")
    let function = program.machine.vm.cell(try program.value("f"))
    #expect(program.machine.vm.shapeInfo(function).pointee.flags & ShapeFlag.lazyFunction != 0)
  }
}

/// What errors look like whose constructor goes on after calling `super`.
@Suite struct InspectorErrorHeadingTests {
  private func firstLine(_ source: String) throws -> String {
    let text = String(decoding: try InspectedProgram(source).output, as: UTF8.self)
    return String(text.prefix { $0 != "\n" })
  }

  @Test func `a name that the constructor sets is in the heading`() throws {
    let line = try firstLine(
      "class V extends Error { constructor(m) { super(m); this.name = 'Invalid'; } } console.log(new V('bad'));")
    #expect(line == "Invalid: bad")
  }

  @Test func `a message that the constructor sets is in the heading`() throws {
    let line = try firstLine(
      "class V extends Error { constructor(m) { super(); this.message = m; } } console.log(new V('bad'));")
    #expect(line == "V [Error]: bad")
  }

  @Test func `an error of the machine itself has a heading and a stack`() throws {
    let text = String(
      decoding: try InspectedProgram("function f() { null.x; } try { f(); } catch (e) { console.log(e); }").output,
      as: UTF8.self)
    #expect(text.hasPrefix("TypeError: Cannot read properties of null (reading 'x')\n    at f ("))
  }
}
