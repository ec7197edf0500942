import CVMHeapGraph
import CVMReport
import CVMTestSupport
import Testing

@Suite struct HeapDrawingTests {
  @Test func namesAndSlotsPointToTheSameObject() throws {
    #expect(
      try SketchedHeap.pointsInAnArray().drawing() == """
        2 objects made by you, 136 bytes. (2 built in: :heap --all)

          names           objects
          p ------------> #12 Object {x: 1, y: 2}         <-+  3 arrows end here
          pts ----------> #13 Array [0] --------------------+
                                    [1] --------------------+

        pts[0], pts[1] and p are ONE object: pts[0].x = 5 changes p.x too.
        Next: :refs 12   :show p

        """)
  }

  @Test func severalNamesJoinUnderTheFirst() throws {
    var heap = SketchedHeap()
    let array = heap.array(id: 13, [])
    heap.previews[array] = "[1, 2, 3, 4]"
    heap.sketch.root("a", array)
    heap.sketch.root("b", array)
    #expect(
      try heap.drawing() == """
        1 object made by you, 72 bytes.

          names           objects
          a ------------> #13 Array [1, 2, 3, 4]
          b --------------^

        a and b are ONE array: a.push(4) changes b too.
        Next: :refs 13   :show a

        """)
  }

  @Test func arrowsToDifferentObjectsTakeDifferentLanes() throws {
    #expect(
      try SketchedHeap.ring().drawing() == """
        6 objects made by you, 320 bytes.

          names           objects
          a ------------> #1 Object {x: 1, y: 2}          <-+      4 arrows end here
          b --------------^                                 |
                          #2 Object {x: 1, y: 2}          <-|-+
                          #3 Array                        <-|-|-+
                                   [0] ---------------------+ | |
                                   [1] ---------------------|-+ |
                                   [2] ---------------------+   |
          head ---------> #4 Node .value 1                <---+ |  2 arrows end here
                                  .next --------------------+ | |
                          #5 Node .value 2                <-+ | |
                                  .next ----------------------+ |
                                  .list ------------------------+
          f ------------> #6 function inc
          g --------------^

        head.next.list[0], head.next.list[2], a and b are ONE object:
        head.next.list[0].x = 5 changes b.x too.
        head.next.next and head are ONE object: head.next.next.value = 5 changes
        head.value too.
        f and g are ONE function.
        Nothing holds #9 Object: :gc frees it.
        Next: :refs 1   :show a

        """)
  }

  @Test func aNarrowTerminalGetsArrowsInWords() throws {
    #expect(
      try SketchedHeap.pointsInAnArray().drawing(width: 60) == """
        2 objects made by you, 136 bytes. (2 built in: :heap --all)

          names           objects
          p ------------> #12 Object {x: 1, y: 2}
          pts ----------> #13 Array [0] -> #12
                                    [1] -> #12

        pts[0], pts[1] and p are ONE object: pts[0].x = 5 changes
        p.x too.
        Next: :refs 12   :show p

        """)
  }

  @Test func aFunctionPointsToWhatItCaptured() throws {
    var heap = SketchedHeap()
    let held = heap.point(id: 1)
    let function = heap.sketch.node(.closure, "closure tick", id: 2, size: 40)
    let scope = heap.sketch.node(.scope, "", id: 1, internalID: true)
    heap.sketch.edge(function, "scope", scope, kind: .internalSlot)
    heap.sketch.edge(scope, "start", held, kind: .captured)
    heap.sketch.root("tick", function)
    let text = try heap.drawing()
    #expect(text.contains("  tick ---------> #2 function tick `start` --"))
    #expect(text.hasPrefix("2 objects made by you"))
  }

  @Test func anEmptyHeapSaysSo() throws {
    var heap = SketchedHeap()
    heap.sketch.builtIn("Math")
    #expect(try heap.drawing() == "No objects made by you yet. (1 built in: :heap --all)\n")
  }

  @Test func whatOnlyThePromptHoldsIsNamedAfterIt() throws {
    var heap = SketchedHeap()
    heap.sketch.root("$1", heap.point(id: 1), kind: .repl)
    #expect(try heap.drawing().contains("  $1 -----------> #1 Object {x: 1, y: 2}\n"))
  }

  @Test func manyObjectsAreCountedAndTheFirstDrawn() throws {
    var heap = SketchedHeap()
    for number in 1...30 as ClosedRange<UInt64> { heap.sketch.root("v\(number)", heap.point(id: number)) }
    let text = try heap.drawing(limit: 5)
    #expect(text.contains("#5 Object"))
    #expect(!text.contains("#6 Object"))
    #expect(text.contains("... and 25 more objects.\n"))
  }

  @Test(arguments: [40, 55, 71, 72, 80, 100])
  func noLineIsLongerThanTheTerminal(width: Int) throws {
    for seed in 0..<40 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var heap = SketchedHeap()
      let names = ["p", "aVeryLongVariableNameThatNeverSeemsToEnd", "日本語の変数名はとても長いです", "e\u{301}👩‍👩‍👧", "x\u{1B}[31m"]
      let count = 1 + Int(seed % 14)
      for index in 0..<count {
        let node = heap.point(id: UInt64(index + 1), 1 << 40)
        heap.previews[node] = String(repeating: "preview 日本 ", count: Int(seed % 5))
      }
      for _ in 0..<Int(seed) {
        heap.sketch.edge(
          Int.random(in: 0..<count, using: &generator), names.randomElement(using: &generator) ?? "",
          Int.random(in: 0..<count, using: &generator))
      }
      for (index, name) in names.enumerated() { heap.sketch.root(name + "\(index)", index % count) }
      for isASCII in [false, true] {
        let text = try heap.drawing(width: width, isASCII: isASCII)
        expectWidth(of: text, atMost: width)
        #expect(!text.unicodeScalars.contains("\u{1B}"))
        if isASCII { #expect(text.utf8.allSatisfy { $0 < 0x80 }) }
      }
    }
  }
}

/// Each line of a text fits into a number of columns.
func expectWidth(of text: String, atMost width: Int, sourceLocation: SourceLocation = #_sourceLocation) {
  for line in text.split(separator: "\n") {
    #expect(displayWidth(line) <= width, "\(line)", sourceLocation: sourceLocation)
    #expect(!line.hasSuffix(" "), "\(line)", sourceLocation: sourceLocation)
  }
}
