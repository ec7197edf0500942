import Testing

@testable import CVMREPL

/// What the graph of the live heap says about objects of each kind.
@Suite struct HeapDumpTests {
  private func slots(_ session: TestSession, _ object: String) throws -> [String] {
    let incoming = try session.json(":refs \(object)")["in"] as? [[String: Any]] ?? []
    return incoming.compactMap { ($0["slot"] as? String) ?? ($0["name"] as? String) }
  }

  @Test func `entries of maps are named by their keys`() throws {
    let session = TestSession("let v = {}, k = {}", "let m = new Map([['k12', v], [k, v]])")
    #expect(try slots(session, "v") == ["v", "[['k12']]", "[[entry 1]]"])
    #expect(try slots(session, "k") == ["k", "[[key 1]]"])
  }

  @Test func `members of sets are references`() throws {
    let session = TestSession("let v = {}", "let s = new Set([1, v])")
    #expect(try slots(session, "v") == ["v", "[[member 1]]"])
  }

  @Test func `getters and setters are references of their object`() throws {
    let session = TestSession("let get = function () {}, set = function (v) {}", "let o = {}")
    session("Object.defineProperty(o, 'x', {get, set, enumerable: true})")
    #expect(try slots(session, "get").contains("get x"))
    #expect(try slots(session, "set").contains("set x"))
  }

  @Test func `a bound function holds its target, this and arguments`() throws {
    let session = TestSession("let f = function () {}, o = {}, a = []", "let b = f.bind(o, a)")
    #expect(try slots(session, "f").contains(".[[bound target]]"))
    #expect(try slots(session, "o") == ["o", ".[[bound this]]"])
    #expect(try slots(session, "a") == ["a", ".[[bound argument 0]]"])
  }

  @Test func `a prototype made by the program is a reference`() throws {
    let session = TestSession("let base = {}", "let derived = Object.create(base)")
    #expect(try slots(session, "base").contains(".[[Prototype]]"))
  }

  @Test func `elements of sparse arrays and indexed properties of objects are references`() throws {
    let session = TestSession("let v = {}", "let a = []; a[4000000000] = v; let o = {}; o[7] = v")
    #expect(Set(try slots(session, "v")) == ["v", "[4000000000]", "[7]"])
  }

  @Test func `objects with many properties are followed`() throws {
    let session = TestSession("let v = {}", "let o = {}; for (let i = 0; i < 2000; i++) o['p' + i] = v")
    #expect(try session.references("v") == 2001)
  }

  @Test func `variables shared by closures are counted at each`() throws {
    let session = TestSession(
      "let pair = (() => { let shared = {}; return [() => shared, () => { shared = null }] })()")
    #expect(try slots(session, "(pair[0]())") == ["`shared`", "`shared`"])
  }

  @Test func `what a paused program holds in its frames is alive`() throws {
    let session = TestSession()
    session("function f() { let local = {kept: 1}; return heapOfFrame(local) }")
    session("function heapOfFrame(x) { return heap(2 + 1) === x }")
    #expect(session("f()").contains("true"))
  }

  @Test func `built-in objects have no ids and are not counted`() throws {
    let session = TestSession("let f = Math.max, proto = Array.prototype")
    let answer = try session.json(":heap")
    #expect((answer["program"] as? [String: Any])?["n"] as? Int == 0)
    #expect(session(":refs f").contains("Math.max"))
  }

  @Test func `properties that a program gives to built-in objects are found`() throws {
    let session = TestSession("Array.prototype.extra = {mine: true}")
    let names = try session.json(":refs 1")["in"] as? [[String: Any]] ?? []
    #expect(names.first?["holder"] as? String == "Array.prototype")
  }

  @Test func `many objects are counted exactly`() throws {
    let session = TestSession("let list = []; for (let i = 0; i < 20000; i++) list.push({i, next: list[i - 1]})")
    let rows = try session.json(":heap --top 5")["rows"] as? [[String: Any]] ?? []
    #expect(rows.first { $0["class"] as? String == "{i, next}" }?["n"] as? Int == 20_000)
  }
}
