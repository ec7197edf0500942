import CVMHeapGraph
import CVMReport
import CVMTestSupport
import Testing

@Suite struct ReferencesReportTests {
  @Test func everyHolderIsNamedWithItsSlot() throws {
    var heap = SketchedHeap.pointsInAnArray()
    heap.sketch.root("$1", 0, kind: .repl)
    let report = try heap.references(to: 0, origin: "[1] let p = {x: 1, y: 2}", wantsRetained: true)
    #expect(
      report.teachText() == """
        #12 Object {x: 1, y: 2}    made by [1] let p = {x: 1, y: 2}

        held by 3 references in 2 holders             holds 0 objects
          p        global variable                      .x  1   (a value, no arrow)
          pts[0]   Array#13                             .y  2
          pts[1]   Array#13
          also the prompt's $1
        Nothing else keeps it: without p it stays alive through pts.

        """)
    #expect(
      report.expertText() == """
        #12 Object  shallow 64 B  retained 64 B  distance 0  snapshot 9 B
        3 references from 2 holders
         #  from             field  count  example  retained
         1  Array#13         [*]        2  #13          72 B
         2  global variable  p          1
        also the prompt's $1
        Nothing else keeps it: without p it stays alive through pts.

        """)
    #expect(
      report.json() == """
        {"v":1,"cmd":"refs","id":12,"class":"{x, y}","preview":"{x: 1, y: 2}","shallow":64,"snapshot":9,\
        "retained":64,"distance":0,"references":3,"holders":2,"weak":0,"reachable":true,"in":[\
        {"name":"p","holder":"global variable"},{"name":"pts[0]","holder":"Array#13","id":13,"slot":"[0]"},\
        {"name":"pts[1]","holder":"Array#13","id":13,"slot":"[1]"}],"prompt":["$1"],"out":[\
        {"slot":".x","value":"1"},{"slot":".y","value":"2"}]}

        """)
  }

  @Test func whatHoldsItselfDependsOnItsVariable() throws {
    var heap = SketchedHeap()
    let node = heap.sketch.node(.object, "Node", id: 1)
    heap.sketch.edge(node, "self", node)
    heap.sketch.root("a", node)
    #expect(
      try heap.references(to: node).teachText()
        == """
        #1 Node

        held by 2 references in 2 holders             holds 1 object
          a        global variable                      .self -> #1 Node
          a.self   Node#1
        Only a keeps it alive: the other reference comes from objects that it keeps alive itself.

        """.replacing(
          "alive: the other reference comes from objects that it keeps alive itself.",
          with:
            "alive: the other reference comes from objects that it keeps\nalive itself."))
  }

  @Test func theSentenceTellsWhatTheObjectDependsOn() throws {
    var heap = SketchedHeap()
    let single = heap.point(id: 1)
    let prompt = heap.point(id: 2)
    let lost = heap.point(id: 3)
    let weak = heap.point(id: 4)
    heap.sketch.root("a", single)
    heap.sketch.root("$7", prompt, kind: .repl)
    heap.sketch.edge(single, "target", weak, kind: .weak)
    heap.sketch.edge(lost, "x", lost)
    #expect(try heap.references(to: single).teachText().hasSuffix("\nOnly a keeps it alive.\n"))
    #expect(try heap.references(to: prompt).teachText().hasSuffix("\nOnly the prompt's $7 keeps it alive.\n"))
    #expect(try heap.references(to: lost).teachText().hasSuffix("\nNothing holds it: :gc frees it.\n"))
    #expect(try heap.references(to: lost).referenceCount == 0)
    let weakReport = try heap.references(to: weak)
    #expect(weakReport.teachText().contains("held by nothing"))
    #expect(weakReport.teachText().contains("and 1 weak reference"))
  }

  @Test func aCapturedVariableIsNamedByItsFunction() throws {
    var heap = SketchedHeap()
    let held = heap.point(id: 1)
    let function = heap.sketch.node(.closure, "closure tick", id: 2, size: 40)
    let scope = heap.sketch.node(.scope, "", id: 1, internalID: true)
    heap.sketch.edge(function, "scope", scope, kind: .internalSlot)
    heap.sketch.edge(scope, "start", held, kind: .captured)
    heap.sketch.root("tick", function)
    #expect(
      try heap.references(to: held).teachText().contains("  `start`   captured by closure tick#2 "))
  }

  @Test func referencesRiseAndFallWithAssignments() throws {
    var heap = SketchedHeap()
    let object = heap.point(id: 1)
    heap.sketch.root("a", object)
    #expect(try heap.references(to: object).referenceCount == 1)
    heap.sketch.root("b", object)
    #expect(try heap.references(to: object).referenceCount == 2)
    let array = heap.array(id: 2, [object, object])
    #expect(try heap.references(to: object).referenceCount == 2, "the array itself is unreachable")
    heap.sketch.root("list", array)
    #expect(try heap.references(to: object).referenceCount == 4)
    #expect(try heap.references(to: object).holderCount == 3)
  }

  @Test func manyReferencesAreFoldedByClassAndField() throws {
    var heap = SketchedHeap()
    let parent = heap.sketch.node(.object, "Tree", id: 1)
    heap.sketch.root("tree", parent)
    let list = heap.array(id: 2, [])
    heap.sketch.root("list", list)
    for number in 0..<1_500 as Range<UInt64> {
      let child = heap.sketch.node(.object, "Node", id: number + 3)
      heap.sketch.edge(child, "parent", parent)
      heap.sketch.edge(list, UInt32(number), child)
    }
    let report = try heap.references(to: parent)
    #expect(report.referenceCount == 1_501)
    #expect(report.holderCount == 1_501)
    #expect(
      report.expertText() == """
        #1 Tree  shallow 16 B  distance 0  snapshot 0 B
        1,501 references from 1,501 holders
         #  from             field    count  example
         1  Node             .parent    999  #3
         2  global variable  tree         1
        (folded over the first 1,000)
        Nothing else keeps it: without tree it stays alive through list.

        """)
    #expect(report.teachText().contains("\n  ... 1,489 more\n"))
  }

  @Test func noSuchObjectIsAnError() throws {
    let graph = try SketchedHeap.pointsInAnArray().sketch.graph()
    #expect(throws: AnalysisError.noSuchNode(99)) {
      try ReferencesReport(graph: graph, node: 99, progress: Progress())
    }
    #expect(AnalysisError.noSuchObject(NodeID(999)).description == "Invalid heap reference: 999")
  }

  @Test(arguments: [40, 60, 80])
  func everyLineFits(width: Int) throws {
    let long = String(repeating: "veryLongName日本", count: 10)
    var heap = SketchedHeap()
    let node = heap.sketch.node(.object, long, id: 123_456_789_012)
    heap.previews[node] = long
    heap.slots[node] = (0..<30).map { .init("." + long + "\($0)", long) }
    heap.sketch.root(long, node)
    heap.sketch.root("$1", node, kind: .repl)
    for index in 0..<20 {
      let holder = heap.sketch.node(.object, long + "\(index)", id: UInt64(index + 1))
      heap.sketch.edge(holder, long, node)
      heap.sketch.edge(node, long, holder)
    }
    let report = try heap.references(to: node, origin: long, wantsRetained: true)
    for isASCII in [false, true] {
      let options = RenderOptions(width: width, isASCII: isASCII)
      expectWidth(of: report.teachText(options: options), atMost: width)
      expectWidth(of: report.expertText(options: options), atMost: width)
    }
  }
}

@Suite struct HeapOverviewTests {
  @Test func classesAreRankedByWhatTheyKeepAlive() throws {
    var overview = try HeapOverview(graph: SketchedHeap.ring().sketch.graph(), epoch: 41, progress: Progress())
    overview.seconds = 0.41
    #expect(
      overview.expertText() == """
        6 objects  320 B   roots: 5 globals, 0 frames, 0 REPL
        snapshot would be 23 B
        retained: 0.41 s, heap epoch 41     garbage: 1 object, 16 B, not counted

         #  class        objects   %  shallow  retained  snapshot
         1  Node               2  33     80 B     216 B       0 B
         2  Array              1  17     72 B     136 B       5 B
         3  {x, y}             2  33    128 B     128 B      18 B
         4  closure inc        1  17     40 B      40 B       0 B
        -- 4 of 4 classes, 100.0 % of bytes

        """)
    #expect(
      overview.json() == """
        {"v":1,"cmd":"heap","epoch":41,"objects":6,"bytes":320,"snapshot":23,"program":{"n":6,"bytes":320},\
        "builtIn":{"n":0,"bytes":0},"garbage":{"n":1,"bytes":16},"roots":{"globals":5,"frames":0,"repl":0},\
        "classes":4,"rows":[{"class":"Node","n":2,"shallow":80,"retained":216,"snapshot":0},\
        {"class":"Array","n":1,"shallow":72,"retained":136,"snapshot":5},\
        {"class":"{x, y}","n":2,"shallow":128,"retained":128,"snapshot":18},\
        {"class":"closure inc","n":1,"shallow":40,"retained":40,"snapshot":0}]}

        """)
  }

  @Test func builtInObjectsAreLeftOutUnlessAskedFor() throws {
    let graph = try SketchedHeap.pointsInAnArray().sketch.graph()
    let own = try HeapOverview(graph: graph, wantsRetained: false, progress: Progress())
    let all = try HeapOverview(graph: graph, includesBuiltIns: true, wantsRetained: false, progress: Progress())
    #expect(own.census.total.objects == 2)
    #expect(all.census.total.objects == 4)
    #expect(own.census.builtInObjects == 2)
  }

  @Test func longClassNamesAndExactSizesFit() throws {
    var heap = SketchedHeap()
    for index in 0..<30 {
      let name = String(repeating: "LongClassName\(index)長", count: 9)
      heap.sketch.root(name, heap.sketch.node(.object, name, id: UInt64(index + 1), size: 1 << 40, snapshot: 1 << 31))
    }
    let overview = try HeapOverview(graph: heap.sketch.graph(), progress: Progress())
    for width in [40, 60, 80] {
      expectWidth(of: overview.expertText(options: RenderOptions(width: width, isExact: true)), atMost: width)
      expectWidth(of: overview.expertText(options: RenderOptions(width: width, isASCII: true)), atMost: width)
    }
  }
}

@Suite struct CollectionReportTests {
  @Test func whatWasFreedIsNamed() throws {
    let report = try CollectionReport(
      before: SketchedHeap.ring().sketch.graph(), weakReferencesCleared: 3, seconds: 0.002, progress: Progress())
    #expect(
      report.text() == """
        reachable 6 objects   garbage 1 object (16 B)   freed in 2 ms
          freed: #9 Object
          weak references cleared: 3   longest path to a survivor: 3 steps

        """)
    #expect(
      report.json() == """
        {"v":1,"cmd":"gc","reachable":6,"freed":1,"freedBytes":16,"seconds":0.002,"weakCleared":3,"longestPath":3,\
        "classes":[{"class":"Object","n":1,"bytes":16}]}

        """)
  }

  @Test func muchGarbageIsCountedByClass() throws {
    var sketch = GraphSketch()
    for index in 0..<60 { sketch.node(.object, "Class\(index % 7)", id: UInt64(index + 1)) }
    let text = try CollectionReport(before: sketch.graph(), seconds: 0.2, progress: Progress()).text()
    #expect(text.contains("  freed: Class0 9, Class1 9, Class2 9, Class3 9, Class4 8, 2 more classes\n"))
    expectWidth(of: text, atMost: 80)
  }

  @Test func aCycleWithoutHolderIsGarbage() throws {
    var sketch = GraphSketch()
    let first = sketch.node(id: 1)
    let second = sketch.node(id: 2)
    sketch.edge(first, "other", second)
    sketch.edge(second, "other", first)
    let report = try CollectionReport(before: sketch.graph(), seconds: 0, progress: Progress())
    #expect(report.freedObjects == ["#1 Object", "#2 Object"])
  }
}

@Suite struct CheckpointReportTests {
  @Test func sizesAreExplained() throws {
    let report = try CheckpointReport(
      graph: SketchedHeap.pointsInAnArray().sketch.graph(), name: "before-import",
      parts: [.init("objects", 14), .init("code", 20)], progress: Progress())
    #expect(
      report.text() == """
        checkpoint before-import: 34 B in the portable encoding
          objects 14 B  code 20 B
          biggest: Object#12 p 9 B, Array#13 pts 5 B
          with each variable's value written out in full: 32 B, about the same

         #  class   objects   %  snapshot
         1  {x, y}        1  64       9 B
         2  Array         1  36       5 B

        """)
    #expect(
      report.json() == """
        {"v":1,"cmd":"checkpoint","name":"before-import","objects":2,"portable":34,"parts":{"objects":14,"code":20},\
        "inline":32,"biggest":[{"id":12,"label":"Object#12","path":"p","bytes":9},\
        {"id":13,"label":"Array#13","path":"pts","bytes":5}],"rows":[{"class":"{x, y}","n":1,"snapshot":9},\
        {"class":"Array","n":1,"snapshot":5}]}

        """)
  }

  @Test func aValueThatContainsItselfCannotBeWrittenInFull() throws {
    let report = try CheckpointReport(graph: SketchedHeap.ring().sketch.graph(), progress: Progress())
    #expect(report.inline == .endless)
    #expect(
      report.text().contains(
        """
          with each variable's value written out in full it could not be stored:
            head.next.next is head itself

        """))
    expectWidth(of: report.text(), atMost: 80)
  }
}
