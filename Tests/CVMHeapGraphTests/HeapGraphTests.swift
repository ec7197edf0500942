import CVMHeapGraph
import CVMTestSupport
import Testing

@Suite struct HeapGraphTests {
  @Test func nodesKeepWhatTheyWereGiven() throws {
    var builder = HeapGraph.Builder()
    let shape = builder.string("{x, y}")
    builder.addNode(.object, className: shape, id: 12, shallowSize: 64)
    builder.addNode(.scope, id: 7, flags: .internalID, shallowSize: 24)
    builder.addBuiltIn(.object, name: builder.string("Array.prototype"), shallowSize: 40)
    builder.addNode(.string, shallowSize: 30)
    let graph = try builder.finish()

    #expect(graph.nodeCount == 4)
    #expect((0..<4).map(graph.label(of:)) == ["Object#12", "(scope)#i7", "Array.prototype", "(string)"])
    #expect(graph.className(of: 0) == "{x, y}")
    #expect((0..<4).map(graph.isProgramObject) == [true, false, false, false])
    #expect((0..<4).map { graph.shallowSizes[$0] } == [64, 24, 40, 30])
    #expect(graph.id(of: 2) == nil)
    let hasSnapshotSizes = graph.snapshotSizes != nil
    #expect(!hasSnapshotSizes)
  }

  @Test func objectsAreFoundByTheirNumberInTheirCounter() throws {
    var sketch = GraphSketch()
    sketch.node(id: 7)
    sketch.node(.scope, "", id: 7, internalID: true)
    let builtIn = sketch.builtIn("Math")
    let graph = try sketch.graph()

    #expect(graph.node(withID: NodeID(7)) == 0)
    #expect(graph.node(withID: NodeID(7, isInternal: true)) == 1)
    #expect(graph.node(withID: NodeID(8)) == nil)
    #expect(graph.node(withID: NodeID(0)) == nil)
    for number in 1..<20 as Range<UInt64> { #expect(graph.node(withID: NodeID(number)) != builtIn) }
  }

  @Test(arguments: [
    ("12", NodeID(12)), ("#12", NodeID(12)), ("@12", NodeID(12)), ("#i7", NodeID(7, isInternal: true)),
    ("i7", NodeID(7, isInternal: true)), ("", nil), ("#", nil), ("0", nil), ("-1", nil), ("12x", nil),
    ("99999999999999999999999", nil), ("+3", nil),
  ])
  func idsAreReadAsPrinted(text: String, id: NodeID?) {
    #expect(NodeID(parsing: text) == id)
  }

  @Test func sizesBeyondFourGigabytesAreExact() throws {
    var builder = HeapGraph.Builder()
    builder.addNode(.array, shallowSize: 5_000_000_000)
    builder.setSnapshotBytes(6_000_000_000)
    builder.addNode(.array, shallowSize: Int(UInt32.max))
    let graph = try builder.finish()
    #expect(graph.shallowSizes[0] == 5_000_000_000)
    #expect(graph.shallowSizes[1] == UInt64(UInt32.max))
    #expect(graph.snapshotSizes?[0] == 6_000_000_000)
    #expect(graph.snapshotSizes?[1] == 0)
  }

  @Test func edgesKeepTheirOrderAndKnowTheirSource() throws {
    var sketch = GraphSketch()
    let first = sketch.node()
    let empty = sketch.node()
    let last = sketch.node(.array, "Array")
    sketch.edge(last, 1, first)
    sketch.edge(first, "next", last)
    sketch.edge(last, 0, empty)
    let graph = try sketch.graph()
    #expect(graph.edges(of: first) == 0..<1)
    #expect(graph.edges(of: empty).isEmpty)
    #expect(graph.edges(of: last).map(graph.slotName) == ["[1]", "[0]"])
    #expect((0..<3).map(graph.source(ofEdge:)) == [first, last, last])
  }

  @Test func keysStandForNodesThatComeLater() throws {
    var builder = HeapGraph.Builder(targets: .keys)
    let name = builder.string("x")
    builder.addNode(.object, id: 1, shallowSize: 1, key: 0x4000)
    builder.addEdge(.property, named: name, to: 0x9000_0000)
    builder.addEdge(.property, named: name, to: 0x5000)
    builder.addEdge(.property, named: name, to: 0x4001)
    builder.addNode(.object, id: 2, shallowSize: 1, key: 0x9000_0000)
    builder.addEdge(.property, named: name, to: 0x4000)
    builder.addRoot(.globalVariable, name: name, to: 0x4000)
    builder.addRoot(.globalVariable, name: name, to: 0x8000)
    let graph = try builder.finish()
    #expect(graph.edgeCount == 2)
    #expect(graph.edges(of: 0).map(graph.target(ofEdge:)) == [1])
    #expect(graph.edges(of: 1).map(graph.target(ofEdge:)) == [0])
    #expect(graph.roots.map(\.target) == [0])
    #expect(graph.danglingEdgeCount == 3)
  }

  @Test func aGraphWithoutItsTargetsIsRefused() {
    #expect(throws: HeapGraphError.invalidTarget(edge: 0)) {
      var builder = HeapGraph.Builder()
      builder.addNode(.object, shallowSize: 1)
      builder.addEdge(.prototype, to: 1)
      _ = try builder.finish()
    }
    #expect(throws: HeapGraphError.invalidRoot(index: 0)) {
      var builder = HeapGraph.Builder()
      builder.addRoot(.internalRoot, name: 0, to: 0)
      _ = try builder.finish()
    }
    #expect(throws: HeapGraphError.duplicateKey(8)) {
      var builder = HeapGraph.Builder(targets: .keys)
      builder.addNode(.object, shallowSize: 1, key: 8)
      builder.addNode(.object, shallowSize: 1, key: 8)
      _ = try builder.finish()
    }
  }

  @Test func equalStringsAreStoredOnce() throws {
    var builder = HeapGraph.Builder()
    let numbers = (0..<2000).map { builder.string("name\($0 % 1000)") }
    let latin = [UInt8(0xE9), 0x41].withUnsafeBufferPointer { builder.string(latin1: $0) }
    let unicode = builder.string("éA")
    let graph = try builder.finish()
    #expect(Set(numbers).count == 1000)
    #expect(numbers[5] == numbers[1005])
    #expect(latin == unicode)
    #expect(graph.string(numbers[999]) == "name999")
    #expect(graph.string(0) == "")
  }

  @Test(
    arguments: [
      [0x41, 0xD83D], [0xDE00, 0xD83D], [0xD83D, 0xDE00], [0x7FF, 0x800, 0xFFFF], [],
    ] as [[UInt16]])
  func stringsKeepTheirUTF16(units: [UInt16]) throws {
    var builder = HeapGraph.Builder()
    let index = units.withUnsafeBufferPointer { builder.string(utf16: $0) }
    let graph = try builder.finish()
    #expect(graph.utf16(index) == units)
  }

  @Test func anEmptyHeapIsAGraphToo() throws {
    let graph = try HeapGraph.Builder().finish()
    #expect(graph.nodeCount == 0)
    #expect(try Reachability(graph: graph, progress: Progress()).count == 0)
    #expect(try DominatorTree(graph: graph, progress: Progress()).reachableCount == 0)
  }

  @Test func slotsAreWrittenAsProgramsWriteThem() throws {
    var sketch = GraphSketch()
    let node = sketch.node()
    sketch.edge(node, "x", node)
    sketch.edge(node, "a \"b\"", node)
    sketch.edge(node, "1a", node)
    sketch.edge(node, "größe", node)
    sketch.edge(node, 3, node)
    sketch.edge(node, "count", node, kind: .captured)
    sketch.edge(node, "\"k\"", node, kind: .namedMapValue)
    sketch.edge(node, 4, node, kind: .mapKey)
    sketch.edge(node, 0, node, kind: .prototype)
    sketch.edge(node, "secret", node, kind: .privateMember)
    let graph = try sketch.graph()
    #expect(
      graph.edges(of: node).map(graph.slotName) == [
        ".x", "[\"a \\\"b\\\"\"]", "[\"1a\"]", ".größe", "[3]", "`count`", "[[\"k\"]]", "[[key 4]]", ".[[Prototype]]",
        ".#secret",
      ])
  }
}
