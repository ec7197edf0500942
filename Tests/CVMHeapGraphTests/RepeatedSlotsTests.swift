import CVMTestSupport
import Testing

@testable import CVMHeapGraph

/// What a person calls one reference, V8 writes more than once.
@Suite struct RepeatedSlotsTests {
  private let scratch: ScratchDirectory
  private let progress = Progress()

  init() throws { scratch = try ScratchDirectory() }

  private func graph(_ sketch: SnapshotSketch) throws -> HeapGraph {
    try HeapSnapshotFile(path: try scratch.write("s.heapsnapshot", sketch.text)).graph
  }

  private func edge(_ graph: HeapGraph, _ source: Int, _ slot: String) throws -> Int {
    try #require(graph.edges(of: source).first { graph.slotName($0) == slot })
  }

  /// global.cache, with the store and the cell of the variable; global.list[0] and [1], with the elements behind them.
  private struct Sketched {
    var sketch = SnapshotSketch()
    let global, store, cell, cache, list, elements, item, log: Int

    init() {
      global = sketch.node("object", "global")
      store = sketch.node("array", "(object properties)", size: 100)
      cell = sketch.node("hidden", "system / PropertyCell")
      cache = sketch.node("object", "Cache", size: 1000)
      list = sketch.node("object", "Array")
      elements = sketch.node("array", "(object elements)", size: 40)
      item = sketch.node("object", "Item", size: 500)
      log = sketch.node("object", "Log")
      sketch.edge(0, "element", "1", global)
      sketch.edge(global, "property", "cache", cache)
      sketch.edge(global, "internal", "properties", store)
      sketch.edge(store, "internal", "7", cell)
      sketch.edge(cell, "internal", "value", cache)
      sketch.edge(global, "property", "list", list)
      sketch.edge(store, "internal", "8", list)
      sketch.edge(global, "property", "log", log)
      sketch.edge(list, "element", "0", item)
      sketch.edge(list, "internal", "elements", elements)
      sketch.edge(elements, "internal", "2", item)
    }
  }

  @Test func `a global variable is one reference, although a cell holds it, too`() throws {
    let made = Sketched()
    let graph = try graph(made.sketch)
    let analyses = GraphAnalyses(graph)
    let reference = HeapReference.edge(try edge(graph, made.global, ".cache"))
    let deletion = try VirtualDeletion(analyses: analyses, cuts: [reference], progress: progress)
    #expect(deletion.freed == [made.cache])
    #expect(deletion.repetitions == 1)
    let effect = try #require(try CutEffects([reference], analyses: analyses, progress: progress).effects.first)
    #expect(effect.objects == 1 && effect.bytes == 1000)
    let paths = try IndependentPaths(to: made.cache, analyses: analyses, limit: 5, progress: progress)
    #expect(paths.paths.count == 1 && paths.isComplete)
  }

  @Test func `an element is one reference, although the store behind the array holds it, too`() throws {
    let made = Sketched()
    let graph = try graph(made.sketch)
    let reference = HeapReference.edge(try edge(graph, made.list, "[0]"))
    let deletion = try VirtualDeletion(analyses: GraphAnalyses(graph), cuts: [reference], progress: progress)
    #expect(deletion.freed == [made.item])
  }

  @Test func `another slot of the same object keeps what the store holds`() throws {
    var made = Sketched()
    made.sketch.edge(made.list, "element", "1", made.item)
    let graph = try graph(made.sketch)
    let first = HeapReference.edge(try edge(graph, made.list, "[0]"))
    let second = HeapReference.edge(try edge(graph, made.list, "[1]"))
    let analyses = GraphAnalyses(graph)
    #expect(try VirtualDeletion(analyses: analyses, cuts: [first], progress: progress).freed.isEmpty)
    #expect(try CutEffects([first], analyses: analyses, progress: progress).effects[0].objects == 0)
    #expect(try VirtualDeletion(analyses: analyses, cuts: [first, second], progress: progress).freed == [made.item])
  }

  @Test func `another object keeps what the store holds`() throws {
    var made = Sketched()
    made.sketch.edge(made.log, "property", "last", made.item)
    let graph = try graph(made.sketch)
    let analyses = GraphAnalyses(graph)
    let reference = HeapReference.edge(try edge(graph, made.list, "[0]"))
    #expect(try VirtualDeletion(analyses: analyses, cuts: [reference], progress: progress).freed.isEmpty)
    let paths = try IndependentPaths(to: made.item, analyses: analyses, limit: 5, progress: progress)
    #expect(Set(paths.paths.map { graph.text(of: $0) }) == ["global.list[0]", "global.log.last"])
    #expect(paths.isComplete)
  }
}
