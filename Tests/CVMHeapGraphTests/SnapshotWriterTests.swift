import CVMHeapGraph
import CVMTestSupport
import Foundation
import Testing

/// Writing `.heapsnapshot`, judged by reading it again.
@Suite struct SnapshotWriterTests {
  private let scratch: ScratchDirectory
  private let progress = Progress()

  init() throws { scratch = try ScratchDirectory() }

  private func written(
    _ graph: HeapGraph, contents: HeapSnapshotWriter.Contents = .upTo(1024), included: ((Int) -> Bool)? = nil,
    text: ((Int) -> String?)? = nil
  ) throws -> String {
    let path = scratch.path + "/out.heapsnapshot"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    defer { close(descriptor) }
    let outcome = try HeapSnapshotWriter(graph, contents: contents, included: included, text: text)
      .write(to: descriptor, progress: progress)
    let result = try String(contentsOfFile: path, encoding: .utf8)
    #expect(outcome.bytes == result.utf8.count)
    return result
  }

  private func read(_ text: String) throws -> HeapSnapshotFile {
    try HeapSnapshotFile(path: try scratch.write("in.heapsnapshot", text))
  }

  private func sketch() -> GraphSketch {
    var sketch = GraphSketch()
    let app = sketch.node(.object, "{list, \"odd\"}", id: 1, size: 32)
    let list = sketch.node(.array, "Array", id: 2, size: 72)
    let inc = sketch.node(.closure, "closure inc", id: 3, size: 64)
    let scope = sketch.node(.scope, "", id: 4, internalID: true, size: 48)
    let text = sketch.node(.string, "", size: 24)
    let map = sketch.node(.map, "Map", id: 5, size: 96)
    let object = sketch.builtIn("Object.prototype", size: 100)
    sketch.edge(app, "list", list)
    sketch.edge(app, "odd \" \\ \n name", text)
    sketch.edge(app, 0, object, kind: .prototype)
    sketch.edge(list, 0, inc)
    sketch.edge(list, 7, map)
    sketch.edge(inc, "scope", scope, kind: .internalSlot)
    sketch.edge(scope, "count", list, kind: .captured)
    sketch.edge(map, "'k'", text, kind: .namedMapValue)
    sketch.edge(map, 1, app, kind: .mapKey)
    sketch.edge(map, 1, text, kind: .mapValue)
    sketch.edge(map, "target", inc, kind: .weak)
    sketch.edge(app, "x", inc, kind: .getter)
    sketch.edge(app, "secret", map, kind: .privateMember)
    sketch.root("app", app)
    sketch.root("$1", list, kind: .repl)
    return sketch
  }

  @Test func `what was written reads as it was`() throws {
    let graph = try sketch().graph()
    let file = try read(try written(graph, text: { _ in "text \u{1F600} \"q\"" }))
    #expect(file.remarks.isEmpty)
    let back = file.graph
    #expect(back.nodeCount == graph.nodeCount + 2)
    #expect(back.edgeCount == graph.edgeCount + 4)
    let labels = (2..<back.nodeCount).map { back.className(of: $0) }
    #expect(
      labels == [
        "{list, odd \" \\ \n name, get x, #secret}", "Array", "closure inc", "(scope)", "(string)", "Map",
        "Object.prototype",
      ])
    #expect(back.text(of: 6) == "text \u{1F600} \"q\"")
    #expect((2..<back.nodeCount).map { back.shallowSizes[$0] } == (0..<graph.nodeCount).map { graph.shallowSizes[$0] })
    #expect([1, 2, 3, 5].map { back.id(of: [1: 2, 2: 3, 3: 4, 5: 7][$0]!)?.number } == [1, 2, 3, 5])
    #expect(back.isBuiltIn(8) && back.builtInName(of: 8) == "Object.prototype")
    // A copy of the copy is the same, too.
    let again = try read(try written(back, text: { back.text(of: $0) })).graph
    #expect((0..<back.nodeCount).map { again.id(of: $0) } == (0..<back.nodeCount).map { back.id(of: $0) })
    #expect(back.edges(of: 4).map(back.slotName) == [".[[scope]]"])
    #expect(back.edges(of: 5).map(back.slotName) == ["`count`"])
    let distances = try Distances(graph: back, progress: progress)
    #expect([2, 3, 4].map { distances[$0] } == [1, 1, 2])
  }

  @Test func `sizes and what keeps what alive are the same after reading again`() throws {
    for seed in 0..<150 as Range<UInt64> {
      let count = 3 + Int(seed % 60)
      let graph = try GraphSketch.random(seed: seed, nodes: count, edges: count * 2, roots: 1 + Int(seed % 3)).graph()
      let back = try read(try written(graph)).graph
      let before = try DominatorTree(graph: graph, progress: progress).retainedSizes(graph.shallowSizes)
      let after = try DominatorTree(graph: back, progress: progress).retainedSizes(back.shallowSizes)
      let reachable = try Reachability(graph: graph, progress: progress)
      for node in 0..<count where reachable.contains(node) && !isShared(node, graph, reachable) {
        #expect(before[node] == after[node + 2], "seed \(seed) node \(node)")
      }
    }
  }

  /// Whether garbage holds something that a node reaches, which in a file counts as held by something unknown.
  private func isShared(_ node: Int, _ graph: HeapGraph, _ reachable: Reachability) -> Bool {
    (0..<graph.nodeCount).contains { !reachable.contains($0) }
  }

  @Test func `a file of V8 is written as it was read`() throws {
    var sketch = SnapshotSketch()
    let global = sketch.node("object", "global", size: 40)
    let user = sketch.node("object", "Object", size: 28)
    let name = sketch.node("string", "Ann", size: 24)
    sketch.edge(0, "shortcut", "1", global)
    sketch.edge(global, "property", "user", user)
    sketch.edge(user, "property", "name", name)
    sketch.edge(user, "hidden", "3", name)
    let first = try read(sketch.text).graph
    let second = try read(try written(first)).graph
    for graph in [first, second] {
      #expect((0..<graph.nodeCount).map { graph.label(of: $0) } == ["(roots)#1", "global#3", "Object#5", "(string)#7"])
      #expect((0..<graph.edgeCount).map(graph.slotName) == [".[[shortcut 1]]", ".user", ".name", ".[[part 3]]"])
      #expect(graph.text(of: 3) == "Ann")
    }
  }

  @Test func `redacted strings keep their length and are the same where they were`() throws {
    var sketch = GraphSketch()
    let list = sketch.node(.array, "Array", id: 1)
    let texts = ["secret", "secret", "other!", "h\u{E9}llo"]
    for (index, _) in texts.enumerated() { sketch.edge(list, UInt32(index), sketch.node(.string, "")) }
    sketch.root("list", list)
    let graph = try sketch.graph()
    let text = try written(graph, contents: .redacted, text: { texts[$0 - 1] })
    #expect(!text.contains("secret") && !text.contains("other!"))
    let back = try read(text).graph
    let found = (3...6).map { back.text(of: $0) ?? "" }
    #expect(found[0] == found[1] && found[0] != found[2])
    #expect(found.map(\.count) == [6, 6, 6, 5])
    // What V8 stores as names, too, is no way around it.
    let again = try written(try read(try written(graph, text: { texts[$0 - 1] })).graph, contents: .redacted)
    #expect(!again.contains("secret"))
  }

  @Test func `a part is written without references out of it`() throws {
    let graph = try sketch().graph()
    let back = try read(try written(graph, included: { $0 < 3 })).graph
    #expect(back.nodeCount == 5)
    #expect(back.edges(of: 3).map(back.slotName) == ["[0]"])
  }

  @Test func `sizes that the format cannot hold are capped and counted`() throws {
    var builder = HeapGraph.Builder()
    builder.addNode(.object, id: 1, shallowSize: 5_000_000_000)
    builder.addRoot(.globalVariable, name: builder.string("big"), to: 0)
    let graph = try builder.finish()
    let descriptor = open("/dev/null", O_WRONLY)
    defer { close(descriptor) }
    #expect(try HeapSnapshotWriter(graph).write(to: descriptor).cappedSizes == 1)
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    #expect(throws: HeapSnapshotError.unreadable(reason: "No space left on device")) {
      try HeapSnapshotWriter(graph).write(to: full)
    }
  }
}
