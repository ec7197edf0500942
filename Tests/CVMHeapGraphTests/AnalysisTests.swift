import CVMHeapGraph
import CVMTestSupport
import Testing

@Suite struct ClassHistogramTests {
  /// cache -> two entries, which share a string; a list of nodes that hold each other; garbage; a built-in.
  private func sketch() -> GraphSketch {
    var sketch = GraphSketch()
    let cache = sketch.node(.map, "Map", id: 1, size: 100, snapshot: 10)
    let first = sketch.node(.object, "{key, value}", id: 2, size: 40, snapshot: 4)
    let second = sketch.node(.object, "{key, value}", id: 3, size: 40, snapshot: 4)
    let shared = sketch.node(.string, "", size: 30, snapshot: 3)
    let outer = sketch.node(.object, "Node", id: 4, size: 8)
    let inner = sketch.node(.object, "Node", id: 5, size: 8)
    sketch.node(.array, "Array", id: 6, size: 7, snapshot: 1)
    sketch.builtIn("Math", size: 1000)
    sketch.edge(cache, 0, first, kind: .mapValue)
    sketch.edge(cache, 1, second, kind: .mapValue)
    sketch.edge(first, "value", shared)
    sketch.edge(second, "value", shared)
    sketch.edge(outer, "next", inner)
    sketch.root("cache", cache)
    sketch.root("list", outer)
    return sketch
  }

  @Test func eachClassIsCountedWithWhatItKeepsAlive() throws {
    let census = try HeapCensus(graph: sketch().graph(), progress: Progress())
    #expect(
      census.ranked(by: .retained) == [
        ClassFigures(name: "Map", objects: 1, shallow: 100, retained: 210, snapshot: 10),
        ClassFigures(name: "{key, value}", objects: 2, shallow: 80, retained: 80, snapshot: 8),
        ClassFigures(name: "(string)", objects: 1, shallow: 30, retained: 30, snapshot: 3),
        ClassFigures(name: "Node", objects: 2, shallow: 16, retained: 16, snapshot: 0),
      ])
    #expect(census.ranked(by: .objects).map(\.name) == ["Node", "{key, value}", "(string)", "Map"])
    #expect(census.total.objects == 6)
    #expect(census.total.shallow == 226)
    #expect(census.programObjects.objects == 5)
    #expect(census.garbage == ClassFigures(name: "", objects: 1, shallow: 7, snapshot: 1))
    #expect(census.garbageClasses.map(\.name) == ["Array"])
    #expect(census.builtIns.shallow == 1000)
  }

  @Test func theFirstClassesAreShownAndAllCounted() throws {
    let result = try ClassHistogram(order: .name, top: 2).run(on: sketch().graph(), progress: Progress())
    guard case .table(let table) = result.body else { return #expect(Bool(false), "not a table") }
    #expect(table.totalRowCount == 4)
    #expect(table.rows.map { $0[0] } == [.text("(string)"), .text("Map")])
    #expect(table.columns.map(\.key) == ["class", "n", "share", "shallow", "retained", "snapshot"])
    #expect(result.facts.first == .init("objects", .count(6)))
  }

  @Test func aClassThatHoldsItselfIsCountedOnce() throws {
    var sketch = GraphSketch()
    let nodes = (1...5).map { sketch.node(.object, "Node", id: UInt64($0), size: 10) }
    for (node, next) in zip(nodes, nodes.dropFirst()) { sketch.edge(node, "next", next) }
    sketch.root("head", nodes[0])
    sketch.root("third", nodes[2])
    let census = try HeapCensus(graph: sketch.graph(), progress: Progress())
    #expect(census.classes == [ClassFigures(name: "Node", objects: 5, shallow: 50, retained: 50)])
  }

  @Test func interruptedRetainedSizesLeaveTheCounts() throws {
    let graph = try GraphSketch.random(seed: 2, nodes: 80_000, edges: 250_000, roots: 400).graph()
    let progress = CancellingProgress(phase: "dominators")
    let result = try ClassHistogram().run(on: graph, progress: progress.progress)
    #expect(result.isPartial)
    guard case .table(let table) = result.body else { return #expect(Bool(false), "not a table") }
    #expect(!table.columns.map(\.key).contains("retained"))
    #expect(table.rows.count == 3)
  }

  @Test func analysesHaveDifferentNames() {
    let names = AnalysisRegistry.all.map { $0.spec.name }
    #expect(Set(names).count == names.count)
    #expect(names.contains("histogram"))
  }
}

/// Cancels when a phase begins.
private final class CancellingProgress: @unchecked Sendable {
  private(set) var progress = Progress()

  init(phase: String) {
    progress = Progress { [weak self] moment in
      if moment.phase == phase { self?.progress.cancel() }
    }
  }
}

@Suite struct ReferenceTests {
  @Test func referencesOfUnreachableHoldersDoNotCount() throws {
    var sketch = GraphSketch()
    let target = sketch.node(id: 1)
    let alive = sketch.node(.array, "Array", id: 2)
    let dead = sketch.node(id: 3)
    sketch.edge(alive, 0, target)
    sketch.edge(alive, 1, target)
    sketch.edge(alive, "ref", target, kind: .weak)
    sketch.edge(dead, "x", target)
    sketch.root("list", alive)
    sketch.root("a", target)
    sketch.root("_", target, kind: .repl)
    let graph = try sketch.graph()
    let list = try ReferenceList(graph: graph, node: target, progress: Progress())
    #expect(list.incoming == [.root(1), .edge(0), .edge(1)])
    #expect(list.holderCount == 2)
    #expect(list.fromREPL == [2])
    #expect(list.weak == [2])
    #expect(list.isReachable)
    #expect(try !ReferenceList(graph: graph, node: dead, progress: Progress()).isReachable)
  }

  @Test func theAnswerIsATable() throws {
    var sketch = GraphSketch()
    let target = sketch.node(id: 1)
    let holder = sketch.node(.array, "Array", id: 2)
    sketch.edge(holder, 0, target)
    sketch.root("list", holder)
    sketch.root("p", target, kind: .frameLocal, in: "tick")
    let result = try References(node: target).run(on: sketch.graph(), progress: Progress())
    #expect(result.heading == ["held by 2 references in 2 holders"])
    guard case .table(let table) = result.body else { return #expect(Bool(false), "not a table") }
    #expect(
      table.rows == [
        [.text("p"), .text("local variable of tick"), .none],
        [.text("[0]"), .text("Array#2"), .object(NodeID(2))],
      ])
  }

  @Test func aNodeThatDoesNotExistIsAnError() throws {
    let graph = try GraphSketch().graph()
    #expect(throws: AnalysisError.noSuchNode(0)) { try References(node: 0).run(on: graph, progress: Progress()) }
    #expect(throws: AnalysisError.noSuchNode(-1)) { try RootPath(node: -1).run(on: graph, progress: Progress()) }
    #expect(throws: AnalysisError.noSuchNode(5)) { try RetainedObjects(node: 5).run(on: graph, progress: Progress()) }
    #expect(throws: AnalysisError.noSuchNode(5)) { try ObjectTree(node: 5).run(on: graph, progress: Progress()) }
  }
}

@Suite struct PathTests {
  private func sketch() -> (sketch: GraphSketch, target: Int) {
    var sketch = GraphSketch()
    let app = sketch.node(id: 1)
    let cache = sketch.node(.map, "Map", id: 2)
    let target = sketch.node(id: 3)
    let long = sketch.node(id: 4)
    let longer = sketch.node(id: 5)
    let first = sketch.node(id: 6)
    sketch.edge(first, "next", long)
    sketch.edge(long, "next", longer)
    sketch.edge(longer, "next", target)
    sketch.edge(app, "cache", cache)
    sketch.edge(cache, "\"k12\"", target, kind: .namedMapValue)
    sketch.root("z", first)
    sketch.root("app", app)
    sketch.root("_", app, kind: .repl)
    return (sketch, target)
  }

  @Test func theShortestPathIsWrittenAsAnExpression() throws {
    let (sketch, target) = sketch()
    let result = try RootPath(node: target).run(on: sketch.graph(), progress: Progress())
    #expect(result.heading == ["Object#3 is alive because of app.cache[[\"k12\"]]"])
    #expect(result.facts.contains(.init("distance", .count(2))))
    guard case .tree(let tree) = result.body else { return #expect(Bool(false), "not a tree") }
    #expect(tree.lines.map(\.link) == ["app", ".cache", "[[\"k12\"]]"])
    #expect(tree.lines.map(\.label) == ["Object#1", "Map#2", "Object#3"])
    #expect(tree.lines.map(\.depth) == [0, 1, 2])
  }

  @Test func aClassCanBeWrittenOutInline() throws {
    var sketch = GraphSketch()
    let constructor = sketch.node(.closure, "class A", id: 1)
    let prototype = sketch.node(.object, "A.prototype", id: 2)
    sketch.edge(constructor, "prototype", prototype)
    sketch.edge(prototype, "constructor", constructor)
    sketch.root("A", constructor)
    let sizes = try InlineSizing(graph: sketch.graph(), progress: Progress())
    #expect(sizes.cycle == nil)
  }

  @Test func withoutOneOfTwoVariablesThePathStartsAtTheOther() throws {
    var sketch = GraphSketch()
    let array = sketch.node(.array, "Array", id: 1)
    sketch.root("a", array)
    sketch.root("b", array)
    let without = try Reachability(
      graph: sketch.graph(), without: [.root(0)], keepsPaths: true, progress: Progress())
    #expect(without.path(to: array)?.root == 1)
  }

  @Test func withoutOneReferenceThereMayBeAnotherPath() throws {
    let (sketch, target) = sketch()
    let graph = try sketch.graph()
    let whole = try Reachability(graph: graph, keepsPaths: true, progress: Progress())
    let path = try #require(whole.path(to: target))
    let cut = try #require(path.edges.last)
    let second = try Reachability(graph: graph, without: [.edge(cut)], keepsPaths: true, progress: Progress())
    #expect(second.path(to: target).map(graph.text) == "z.next.next.next")
    let third = try Reachability(graph: graph, without: [.edge(cut), .root(0)], progress: Progress())
    #expect(!third.contains(target))
    let removed = try Reachability(graph: graph, removedNode: 0, keepsPaths: true, progress: Progress())
    #expect(removed.path(to: target).map(graph.text) == "z.next.next.next")
    #expect(!removed.contains(0))
  }

  @Test func whatNothingHoldsHasNoPath() throws {
    var sketch = GraphSketch()
    let lost = sketch.node(id: 9)
    let result = try RootPath(node: lost).run(on: sketch.graph(), progress: Progress())
    #expect(result.body == .text(["Nothing holds Object#9: the next collection frees it."]))
  }

  @Test func anObjectRetainsWhatOnlyItReaches() throws {
    let (sketch, _) = sketch()
    let result = try RetainedObjects(node: 3).run(on: sketch.graph(), progress: Progress())
    #expect(result.facts.contains(.init("objects", .count(1))))
    #expect(result.facts.contains(.init("bytes", .bytes(32))))
  }

  @Test func aTreeShowsSharedObjectsOnce() throws {
    var sketch = GraphSketch()
    let shared = sketch.node(id: 1)
    let list = sketch.node(.array, "Array", id: 2)
    sketch.edge(list, 0, shared)
    sketch.edge(list, 1, shared)
    sketch.edge(shared, "self", list)
    let result = try ObjectTree(node: list, name: "list").run(on: sketch.graph(), progress: Progress())
    guard case .tree(let tree) = result.body else { return #expect(Bool(false), "not a tree") }
    #expect(tree.lines.map(\.link) == ["list", "[0]", ".self", "[1]"])
    #expect(tree.lines.map(\.isRepeated) == [false, false, true, true])
    let shallow = try ObjectTree(node: list, depth: 0).run(on: sketch.graph(), progress: Progress())
    #expect(shallow.facts == [.init("isCutOff", .flag(true))])
  }
}

@Suite struct InlineSizeTests {
  @Test func sharedValuesAreWrittenAsOftenAsTheyAreHeld() throws {
    var sketch = GraphSketch()
    let leaf = sketch.node(id: 1, size: 10)
    let pair = sketch.node(.array, "Array", id: 2, size: 1)
    let four = sketch.node(.array, "Array", id: 3, size: 1)
    sketch.edge(pair, 0, leaf)
    sketch.edge(pair, 1, leaf)
    sketch.edge(four, 0, pair)
    sketch.edge(four, 1, pair)
    sketch.root("a", four)
    sketch.root("b", pair)
    sketch.root("$1", four, kind: .repl)
    let graph = try sketch.graph()
    let sizes = try InlineSizing(graph: graph, progress: Progress())
    #expect(sizes.size(of: pair) == .bytes(21))
    #expect(sizes.size(of: four) == .bytes(43))
    #expect(sizes.total == .bytes(64))
    let costs = try InlineSizing(graph: graph, ownCosts: [100, 2, 3], progress: Progress())
    #expect(costs.total == .bytes(2 * 202 + 3 + 202))
    #expect(throws: AnalysisError.invalidColumn(expected: 3, found: 1)) {
      try InlineSizing(graph: graph, ownCosts: [1], progress: Progress())
    }
  }

  @Test func doublingSixtyFourTimesIsBeyondCounting() throws {
    var sketch = GraphSketch()
    let nodes = (0..<70).map { sketch.node(.array, "Array", id: UInt64($0 + 1), size: 1) }
    for (node, next) in zip(nodes, nodes.dropFirst()) {
      sketch.edge(node, 0, next)
      sketch.edge(node, 1, next)
    }
    sketch.root("a", nodes[0])
    let graph = try sketch.graph()
    let sizes = try InlineSizing(graph: graph, progress: Progress())
    #expect(sizes.size(of: nodes[69]) == .bytes(1))
    #expect(sizes.size(of: nodes[10]) == .bytes((1 << 60) - 1))
    #expect(sizes.total == .beyondCounting)
  }

  @Test func aValueThatContainsItselfIsEndlessAndSoIsWhatHoldsIt() throws {
    var sketch = GraphSketch()
    let outer = sketch.node(id: 1, size: 1)
    let first = sketch.node(id: 2, size: 1)
    let second = sketch.node(id: 3, size: 1)
    let beside = sketch.node(id: 4, size: 1)
    sketch.edge(outer, "beside", beside)
    sketch.edge(outer, "inside", first)
    sketch.edge(first, "next", second)
    sketch.edge(second, "back", first)
    sketch.root("beside", beside)
    sketch.root("a", outer)
    let graph = try sketch.graph()
    let sizes = try InlineSizing(graph: graph, progress: Progress())
    #expect([outer, first, second].map(sizes.size(of:)) == [.endless, .endless, .endless])
    #expect(sizes.size(of: beside) == .bytes(1))
    #expect(sizes.total == .endless)
    let cycle = try #require(sizes.cycle)
    #expect(graph.text(of: cycle.path) == "a.inside")
    #expect(cycle.loop.map(graph.slotName) == [".next", ".back"])
    let result = try InlineSizes().run(on: graph, progress: Progress())
    #expect(result.notes == ["a.inside contains itself through .next.back."])
  }

  @Test func prototypesAndWeakReferencesAreNotWritten() throws {
    var sketch = GraphSketch()
    let object = sketch.node(id: 1, size: 1)
    sketch.edge(object, 0, object, kind: .prototype)
    sketch.edge(object, "target", object, kind: .weak)
    sketch.root("a", object)
    #expect(try InlineSizing(graph: sketch.graph(), progress: Progress()).total == .bytes(1))
  }

  @Test(arguments: 0..<40) func `counting without ways finds what ways lead to`(seed: Int) throws {
    let size = seed < 30 ? 5 + seed * 9 : 3000
    let graph = try GraphSketch.random(
      seed: UInt64(seed), nodes: size, edges: size * (1 + seed % 3), roots: 1 + seed % 4
    ).graph()
    let reachable = try Reachability(graph: graph, progress: Progress())
    let census = try HeapCensus(graph: graph, wantsRetained: false, progress: Progress())
    let whole = try HeapCensus(graph: graph, progress: Progress())
    #expect(census.total.objects == UInt64(reachable.count))
    #expect(census.total.shallow == whole.total.shallow && census.garbage == whole.garbage)
    #expect(census.classes.map(\.objects) == whole.classes.map(\.objects))
  }

  @Test func `a chain against the order of nodes is followed to its end`() throws {
    let count = 50_000
    var sketch = GraphSketch()
    for number in 0..<count { sketch.node(id: UInt64(number + 1)) }
    for number in 1..<count { sketch.edge(number, "next", number - 1) }
    sketch.root("head", count - 1)
    let census = try HeapCensus(graph: sketch.graph(), wantsRetained: false, progress: Progress())
    #expect(census.total.objects == UInt64(count))
  }
}
