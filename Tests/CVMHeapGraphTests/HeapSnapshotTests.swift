import CVMHeapGraph
import CVMTestSupport
import Foundation
import Testing

/// Reading what V8 writes.
@Suite struct HeapSnapshotTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func read(_ text: String) throws -> HeapSnapshotFile { try read(Array(text.utf8)) }

  private func read(_ bytes: [UInt8]) throws -> HeapSnapshotFile {
    let path = scratch.path + "/\(UUID().uuidString).heapsnapshot"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    return try HeapSnapshotFile(path: path)
  }

  private func failure(_ text: String) -> HeapSnapshotError? {
    do {
      _ = try read(text)
      return nil
    } catch { return error as? HeapSnapshotError }
  }

  /// A global object with a list of two plain objects that share a string.
  private var sketch: SnapshotSketch {
    var sketch = SnapshotSketch()
    let roots = sketch.node("synthetic", "(GC roots)", size: 0)
    let global = sketch.node("object", "global", size: 40)
    let list = sketch.node("object", "Array", size: 24)
    let elements = sketch.node("array", "(object elements)", size: 40)
    let text = sketch.node("string", "hello ] \"world\" \u{1F600}\u{2028}", size: 32)
    let users = [1, 2].map { _ in sketch.node("object", "Object", size: 28) }
    let inc = sketch.node("closure", "inc", size: 64)
    sketch.edge(0, "element", "1", roots)
    sketch.edge(0, "shortcut", "2", global)
    sketch.edge(roots, "element", "7", list)
    sketch.edge(global, "property", "list", list)
    sketch.edge(global, "property", "inc", inc)
    sketch.edge(list, "internal", "elements", elements)
    for (index, user) in users.enumerated() {
      sketch.edge(list, "element", "\(index)", user)
      sketch.edge(elements, "internal", "\(index)", user)
      sketch.edge(user, "property", "id", text)
      sketch.edge(user, "property", "name", text)
      sketch.edge(user, "property", "__proto__", global)
    }
    sketch.edge(inc, "context", "count", list)
    sketch.edge(inc, "weak", "code", text)
    return sketch
  }

  private func isComplete(_ graph: HeapGraph) {
    #expect(graph.nodeCount == 9)
    #expect(graph.edgeCount == 18)
    #expect(graph.className(of: 2) == "global")
    #expect(graph.text(of: 5) == "hello ] \"world\" \u{1F600}\u{2028}")
    #expect(graph.className(of: 5) == "(string)")
    #expect(graph.className(of: 6) == "{id, name}")
    #expect(graph.label(of: 6) == "Object#13")
    #expect(graph.className(of: 8) == "closure inc")
    #expect(graph.kind(of: 3) == .array)
    #expect(graph.shallowSizes[3] == 64)
    #expect(graph.shallowSizes[4] == 0)
    #expect(graph.edges(of: 3).map(graph.slotName) == [".[[elements]]", "[0]", "[1]"])
    #expect(graph.edges(of: 6).map(graph.slotName) == [".id", ".name", ".[[Prototype]]"])
    #expect(graph.edges(of: 8).map(graph.isStrong) == [true, false])
  }

  // MARK: Forms

  @Test func `nodes, classes and references of a file are there`() throws {
    let file = try read(sketch.text)
    #expect(file.remarks.isEmpty)
    isComplete(file.graph)
    #expect(file.graph.node(withID: NodeID(13)) == 6)
    #expect(file.graph.roots.map { file.graph.string($0.name) } == ["(root)", "(GC roots)", "global"])
  }

  @Test(arguments: [
    ["snapshot", "nodes", "edges", "strings"], ["strings", "edges", "nodes", "snapshot"],
    ["nodes", "strings", "snapshot", "edges", "unknown"],
  ])
  func `the parts of a file may stand in any order`(sections: [String]) throws {
    var sketch = sketch
    sketch.sections = sections
    let file = try read(sketch.text)
    isComplete(file.graph)
    #expect(file.remarks.isEmpty)
  }

  @Test func `fields are found by their names`() throws {
    var sketch = sketch
    sketch.nodeFields = ["future", "edge_count", "id", "name", "self_size", "type"]
    sketch.edgeFields = ["to_node", "type", "future", "name_or_index"]
    isComplete(try read(sketch.text).graph)
    sketch.nodeFields = ["type", "name", "id", "self_size", "edge_count"]
    isComplete(try read(sketch.text).graph)
  }

  @Test func `white space may stand anywhere`() throws {
    var sketch = sketch
    sketch.separator = " \n\t, \r\n "
    isComplete(try read("\u{FEFF} " + sketch.text + "\n\n").graph)
  }

  @Test func `escapes in strings are read, lone surrogates survive`() throws {
    var sketch = SnapshotSketch()
    sketch.edge(0, "element", "1", sketch.node("string", "ESCAPE"))
    let text = sketch.text.replacingOccurrences(of: "ESCAPE", with: #"a\"\\\/\n\t\r\b\f\u00e9\ud83d\ude00\ud800z"#)
    let graph = try read(text).graph
    #expect(
      graph.utf16(try #require((1..<UInt32(graph.stringCount)).first { graph.string($0).hasPrefix("a\"") }))
        == Array("a\"\\/\n\t\r\u{8}\u{c}\u{e9}\u{1F600}".utf16) + [0xD800, 0x7A])
  }

  @Test func `sizes beyond 32 bits are kept`() throws {
    var sketch = SnapshotSketch()
    sketch.edge(0, "element", "1", sketch.node("native", "Big", size: 5_000_000_000))
    let graph = try read(sketch.text).graph
    #expect(graph.shallowSizes[1] == 5_000_000_000)
  }

  @Test(arguments: [",", "\n,", ",\n", " ,\r\n "])
  func `numbers of every length are read`(separator: String) throws {
    var sketch = SnapshotSketch()
    sketch.separator = separator
    var sizes = [0]
    for digits in 1...15 {
      let smallest = Int(String(repeating: "1", count: digits)) ?? 0
      sizes += [smallest, smallest * 9, Int("987654321234567".prefix(digits)) ?? 0]
    }
    for size in sizes { sketch.edge(0, "element", "\(size % 1_000_000_000)", sketch.node("native", "Big", size: size)) }
    let graph = try read(sketch.text).graph
    #expect((1...sizes.count).map { graph.shallowSizes[$0] } == sizes.map(UInt64.init))
    #expect(graph.edges(of: 0).map { Int(graph.edgeNames[$0]) } == sizes.map { $0 % 1_000_000_000 })
  }

  @Test func `strings of every length are read, with quotes and backslashes at every place`() throws {
    var sketch = SnapshotSketch()
    var texts: [String] = []
    for length in 0..<24 {
      let text = String("abcdefghijklmnopqrstuvwx".prefix(length))
      texts.append(text)
      for place in 0..<length {
        let index = text.index(text.startIndex, offsetBy: place)
        texts += ["\"", "\\", "\\\""].map { text[..<index] + $0 + text[index...] }
      }
    }
    for text in texts { sketch.edge(0, "element", "1", sketch.node("string", text)) }
    let graph = try read(sketch.text).graph
    #expect((1...texts.count).map { graph.text(of: $0) ?? "" } == texts)
  }

  // MARK: Damage

  @Test func `wrong counts are told`() throws {
    var sketch = sketch
    sketch.nodeCount = 10
    sketch.edgeCount = 17
    let file = try read(sketch.text)
    isComplete(file.graph)
    #expect(
      file.remarks == [
        "`node_count` says 10 nodes, and there are 9.", "`edge_count` says 17 edges, and there are 18.",
      ])
  }

  @Test func `an edge that leads nowhere is refused with its place`() throws {
    for (target, shown) in [("36", "36"), ("63", "63"), ("4294967297", "4294967297")] {
      let text = sketch.text.replacingOccurrences(of: "\"edges\":[1,1,7,", with: "\"edges\":[1,1,\(target),")
      let start = try #require(text.range(of: "\"edges\":["))
      let offset = text.utf8.distance(from: text.startIndex, to: start.upperBound)
      #expect(
        failure(text)
          == .malformed(offset: offset, reason: "edge 0 leads to \(shown), where no node of `nodes` begins"))
    }
  }

  @Test func `edges that do not fit the nodes are refused`() {
    let text = sketch.text
    let less = text.replacingOccurrences(of: "\"edges\":[1,1,7,", with: "\"edges\":[")
    #expect(failure(less)?.description.contains("18 edges by their `edge_count`, and `edges` holds 17") == true)
    let more = text.replacingOccurrences(of: "\"edges\":[1,1,7,", with: "\"edges\":[1,1,7,1,1,7,")
    #expect(failure(more)?.description.contains("here stands one more") == true)
  }

  @Test(arguments: [
    ("\"nodes\":[9", "\"nodes\":[-9", "`-` in `nodes`"), ("\"nodes\":[9", "\"nodes\":[9.5", "`.` in `nodes`"),
    ("\"nodes\":[9", "\"nodes\":[,9", "`,` in `nodes`"), ("\"nodes\":[9", "\"nodes\":[9 9", "`9` in `nodes`"),
    ("\"nodes\":[9", "\"nodes\":[99", "has the type 99"), ("\"edges\":[1", "\"edges\":[7", "has the type 7"),
    ("\"nodes\":[9", "\"nodes\":[12345678901234567890", "too large"), ("\"nodes\"", "\"nodez\"", "has no `nodes`"),
    ("\"snapshot\"", "\"snapshut\"", "has no `snapshot`"), ("\"self_size\"", "\"size\"", "has no `self_size`"),
    ("\"strings\":[", "\"strings\":[1,", "no string"), ("\"nodes\":[9", "\"nodes\":[0,9", "middle of a record"),
  ])
  func `what is no file of V8 is refused with a place and a reason`(part: String, broken: String, reason: String) {
    let error = failure(sketch.text.replacingOccurrences(of: part, with: broken))
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func `a file cut off in its strings opens, and says so`() throws {
    let text = sketch.text
    let cut = String(text.prefix(text.count - 12))
    let file = try read(cut)
    #expect(file.graph.nodeCount == 9)
    #expect(file.remarks.first?.contains("cut off at byte \(cut.utf8.count), in `strings`") == true)
  }

  @Test func `a file cut off anywhere is refused or opened with a remark`() throws {
    let bytes = Array(sketch.text.utf8)
    for length in 0..<bytes.count {
      do {
        let file = try read(Array(bytes[..<length]))
        #expect(!file.remarks.isEmpty, "\(length)")
        _ = try HeapCensus(graph: file.graph, progress: Progress())
      } catch let error as HeapSnapshotError {
        guard case .malformed(let offset, _) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(offset <= length)
      }
    }
  }

  @Test func `no damage makes the reader crash`() throws {
    let bytes = Array(sketch.text.utf8)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<damaged.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: damaged[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: damaged.remove(at: place)
        default: damaged.insert(Array("0123456789,[]{}\"\\".utf8).randomElement(using: &generator)!, at: place)
        }
      }
      guard let file = try? read(damaged) else { continue }
      _ = try HeapCensus(graph: file.graph, progress: Progress())
      _ = try Distances(graph: file.graph, progress: Progress())
      for node in 0..<file.graph.nodeCount { _ = file.graph.label(of: node) + (file.graph.text(of: node) ?? "") }
      for edge in 0..<file.graph.edgeCount { _ = file.graph.slotName(edge) }
    }
  }

  @Test func `what cannot be read is named`() {
    #expect(throws: HeapSnapshotError.unreadable(reason: "No such file or directory")) {
      try HeapSnapshotFile(path: scratch.path + "/none")
    }
    #expect(throws: HeapSnapshotError.unreadable(reason: "Is a directory")) { try HeapSnapshotFile(path: scratch.path) }
    #expect(failure("")?.description.contains("byte 0") == true)
  }

  @Test func `reading can be stopped`() throws {
    let path = try scratch.write("s.heapsnapshot", sketch.text)
    let progress = Progress()
    progress.cancel()
    #expect(throws: HeapSnapshotError.cancelled) { try HeapSnapshotFile(path: path, progress: progress) }
  }
}
