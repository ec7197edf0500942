import CVMHeapGraph
import CVMReport
import CVMTestSupport

/// A heap drawn by hand, with the texts that the machine would give.
struct SketchedHeap {
  var sketch = GraphSketch()
  var previews: [Int: String] = [:]
  var slots: [Int: [ObjectTexts.PrimitiveSlot]] = [:]

  var texts: ObjectTexts {
    ObjectTexts(preview: { previews[$0] ?? "" }, primitiveSlots: { slots[$0] ?? [] })
  }

  mutating func point(id: UInt64, _ x: Int = 1, _ y: Int = 2) -> Int {
    let node = sketch.node(.object, "{x, y}", id: id, size: 64, snapshot: 9)
    previews[node] = "{x: \(x), y: \(y)}"
    slots[node] = [.init(".x", "\(x)"), .init(".y", "\(y)")]
    return node
  }

  mutating func array(id: UInt64, _ elements: [Int]) -> Int {
    let node = sketch.node(.array, "Array", id: id, size: 72, snapshot: 5)
    for (index, element) in elements.enumerated() { sketch.edge(node, UInt32(index), element) }
    return node
  }

  func drawing(width: Int = 80, limit: Int = 12, isASCII: Bool = false) throws -> String {
    let scene = try HeapScene(graph: sketch.graph(), texts: texts, limit: limit, progress: Progress())
    return HeapDrawing(scene: scene, options: RenderOptions(width: width, isASCII: isASCII)).text()
  }

  func references(to node: Int, origin: String = "", wantsRetained: Bool = false) throws -> ReferencesReport {
    try ReferencesReport(
      graph: sketch.graph(), node: node, texts: texts, origin: origin, wantsRetained: wantsRetained,
      progress: Progress())
  }

  /// `let p = {x: 1, y: 2}; let pts = [p, p]`
  static func pointsInAnArray() -> SketchedHeap {
    var heap = SketchedHeap()
    let point = heap.point(id: 12)
    let array = heap.array(id: 13, [point, point])
    heap.sketch.root("p", point)
    heap.sketch.root("pts", array)
    heap.sketch.builtIn("Array.prototype")
    heap.sketch.builtIn("Math")
    return heap
  }

  /// Two nodes in a ring, a list, two functions and an object that nothing holds.
  static func ring() -> SketchedHeap {
    var heap = SketchedHeap()
    let first = heap.point(id: 1)
    let second = heap.point(id: 2)
    let list = heap.array(id: 3, [first, second, first])
    let node = heap.sketch.node(.object, "Node", id: 4, size: 40)
    let other = heap.sketch.node(.object, "Node", id: 5, size: 40)
    heap.slots[node] = [.init(".value", "1")]
    heap.slots[other] = [.init(".value", "2")]
    heap.sketch.edge(node, "next", other)
    heap.sketch.edge(other, "next", node)
    heap.sketch.edge(other, "list", list)
    heap.sketch.root("head", node)
    heap.sketch.root("a", first)
    heap.sketch.root("b", first)
    let function = heap.sketch.node(.closure, "closure inc", id: 6, size: 40)
    heap.sketch.root("f", function)
    heap.sketch.root("g", function)
    heap.sketch.node(id: 9)
    return heap
  }
}
