import CVMHeapGraph
import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// Heaps from files beside the live one.
@Suite struct OpenedHeapTests {
  /// app -> {cache -> list -> two users}
  private func heap(_ name: String = "dump") throws -> OpenedHeap {
    var sketch = GraphSketch()
    let app = sketch.node(.object, "App", id: 1, size: 24)
    let list = sketch.node(.array, "Array", id: 2, size: 64)
    let users = [3, 4].map { sketch.node(.object, "User", id: $0, size: 32) }
    sketch.edge(app, "cache", list)
    for (index, user) in users.enumerated() { sketch.edge(list, UInt32(index), user) }
    sketch.root("app", app)
    return OpenedHeap(name: name, path: "/\(name)", kind: "heap made by hand", graph: try sketch.graph())
  }

  private func session() throws -> TestSession {
    let session = TestSession("let mine = {x: 1}")
    session.session.openedHeaps.add(try heap())
    return session
  }

  @Test func `commands look at the heap in use`() throws {
    let session = try session()
    #expect(try session.json(":heap")["objects"] as? Int == 4)
    #expect(session(":show app").contains(".cache"))
    #expect(session(":show 2").contains("User#4"))
    #expect(session(":refs 3").contains("app.cache[0]"))
    #expect(session(":find User").contains("2 of 2 objects"))
    #expect(session(":find --has cache --by retained").contains("App"))
    #expect(session(":graph app").contains("User"))
    #expect(session(":heap --by retained --csv").contains("App,1"))
  }

  @Test func `the live heap is a word away, and statements always run on it`() throws {
    let session = try session()
    #expect(session("mine.x").contains("1"))
    #expect(session.session.command(":show mine") == .notFound)
    #expect(session(":use").contains("dump"))
    #expect(session(":use live").contains("live heap"))
    #expect(session(":show mine").contains("x: 1"))
    session(":use dump")
    #expect(session(":show app").contains("App#1"))
    session(":use --close dump")
    #expect(session(":show mine").contains("x: 1"))
    #expect(session.session.command(":use dump") == .notFound)
  }

  @Test func `heaps with one name are told apart, and a file opened again replaces what it was`() throws {
    let session = try session()
    let other = try heap()
    session.session.openedHeaps.add(
      OpenedHeap(name: "dump", path: "/elsewhere/dump", kind: "", graph: other.graph))
    #expect(session.session.openedHeaps.all.map(\.name) == ["dump", "dump-2"])
    session.session.openedHeaps.add(try heap())
    #expect(session.session.openedHeaps.all.map(\.name) == ["dump", "dump-2"])
  }

  @Test func `what only the live heap can answer says so`() throws {
    let session = try session()
    #expect(session.session.command(":deep app") == .usage)
    #expect(session.errors.contains("needs the live heap"))
    #expect(session.session.command(":refs (1 + 1)") == .usage)
    #expect(session.session.command(":refs 77") == .notFound)
    #expect(session.session.command(":refs app.nothing") == .notFound)
    #expect(session.errors.contains("app.nothing in dump"))
  }

  @Test func `a function is asked about the objects of a file`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession(
      "class Node { constructor(text, kids) { this.text = text; this.kids = kids } }",
      "let leaf = new Node('leaf' + 1, []), tree = new Node('tree' + 1, [leaf, new Node('other' + 1, [leaf, leaf])])",
      "let byName = new Map([['k' + 1, leaf]]); tree.self = tree; 0")
    session(":export \(scratch.path)/heap.heapsnapshot")
    session(":reset")
    session(":open \(scratch.path)/heap.heapsnapshot")
    func found(_ question: String) throws -> Int? { try session.json(":find", argument: question)["matches"] as? Int }
    #expect(try found("Node where n => n.kids.length > 0") == 2)
    #expect(try found("Node where n => n.text === 'leaf1'") == 1)
    #expect(try found("Node where n => n.kids[1]?.kids[0].text === 'leaf1'") == 1)
    #expect(try found("Node where n => n.self === n && n.constructor.name === 'Node'") == 1)
    #expect(try found("Map where m => m.get('k1').text === 'leaf1'") == 1)
    #expect(try found("where o => Array.isArray(o) && o.length === 2") == 2)
    #expect(session(":find Node where n => n.nothing.x").contains("failed for 3 objects"))
    #expect(session.session.command(":find Node where 5") == .usage)
    #expect(session.session.command(":find Node where n => CC('?')") == .usage)
    // Nothing is left of the question.
    session(":use live")
    session(":gc")
    #expect(try session.json(":heap")["objects"] as? Int == 0)
  }

  @Test func `a file is opened as what it contains, whatever its name`() throws {
    let scratch = try ScratchDirectory()
    let session = TestSession("let kept = [1, 2]")
    session(":checkpoint \(scratch.path)/state.cvmsnap")
    let renamed = scratch.path + "/state.txt"
    try FileManager.default.moveItem(atPath: scratch.path + "/state.cvmsnap", toPath: renamed)
    session(":reset")
    #expect(session(":open \(renamed)").contains("restored"))
    #expect(session("kept.length").contains("2"))
    let text = try scratch.write("note.txt", "just words")
    #expect(session.session.command(":open \(text)") == .error)
    #expect(session.errors.contains("note.txt is not a saved session"))
    let empty = try scratch.write("empty", "")
    #expect(session.session.command(":open \(empty)") == .error)
    #expect(session.session.command(":open \(scratch.path)/none") == .notFound)
    #expect(session.session.command(":open \(scratch.path)") == .notFound)
  }

  @Test func `the keys of an object at the beginning of a file are found`() {
    func keys(_ text: String) -> [String] {
      FileBeginning(bytes: Array(text.utf8), byteCount: text.utf8.count).jsonKeys
    }
    #expect(keys(#"{"snapshot":{"meta":{"a":[1,"}"]}},"nodes":[1"#) == ["snapshot", "nodes"])
    #expect(keys(" {\n \"a\" : \"x\\\"y\", \"b\": tru") == ["a", "b"])
    #expect(keys(#"["a"]"#).isEmpty)
    #expect(keys("words").isEmpty && keys("").isEmpty && keys("\"a\": 1").isEmpty)
  }
}
