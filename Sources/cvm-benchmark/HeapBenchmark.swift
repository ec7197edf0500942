import CVMHeapGraph
import Glibc

/// The analyses of heaps of growing size, with two random references from each node: the worst case for caches.
struct HeapBenchmark {
  private var sizes: [Int] = []
  private var folder = "/tmp"

  init(arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--folder" {
        folder = rest.popFirst() ?? folder
      } else if let size = Int(argument) {
        sizes.append(size)
      }
    }
    if sizes.isEmpty { sizes = [50_000, 500_000, 5_000_000] }
  }

  func run() {
    var columns: [[Figure]] = []
    for size in sizes { columns.append(measure(size)) }
    let heading = pad("work", 44) + sizes.map { pad("\($0)", 14, right: true) }.joined()
    print(heading)
    for row in columns[0].indices {
      print(pad(columns[0][row].name, 44) + columns.map { pad($0[row].text, 14, right: true) }.joined())
    }
  }

  private struct Figure {
    var name: String
    var text: String
  }

  private func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(1, width - text.count))
    return right ? spaces + text : text + spaces
  }

  // MARK: Measuring

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private func milliseconds(_ seconds: Double) -> String {
    let value = (seconds * 10_000).rounded() / 10
    return "\(value) ms"
  }

  private func timed<Result>(_ name: String, _ figures: inout [Figure], _ body: () throws -> Result) -> Result {
    let start = Self.now()
    do {
      let result = try body()
      figures.append(Figure(name: name, text: milliseconds(Self.now() - start)))
      return result
    } catch {
      print("\(name): \(error)")
      exit(1)
    }
  }

  /// The most memory that the process had since `resetPeak`, in bytes.
  private func peak() -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("VmHWM:") { return (Int(text.filter(\.isNumber)) ?? 0) * 1024 }
    }
    return 0
  }

  private func resetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5\n", file)
    fclose(file)
  }

  private func measure(_ count: Int) -> [Figure] {
    var figures: [Figure] = []
    let graph = timed("build the graph", &figures) { try random(count) }
    let progress = Progress()
    _ = timed("class table without retained sizes", &figures) {
      try HeapCensus(graph: graph, wantsRetained: false, progress: progress)
    }
    let target = count / 3
    _ = timed("shortest path of one object, no index", &figures) {
      try Reachability(graph: graph, keepsPaths: true, progress: progress).path(to: target)
    }
    let reachable = try? Reachability(graph: graph, keepsPaths: true, progress: progress)
    _ = timed("shortest path of one object, indexed", &figures) { reachable?.path(to: target) }
    resetPeak()
    let before = peak()
    let whole = Self.now()
    let tree = timed("dominators", &figures) { try DominatorTree(graph: graph, progress: progress) }
    let retained = timed("retained sizes", &figures) { tree.retainedSizes(graph.shallowSizes) }
    let distances = timed("distances", &figures) { try Distances(graph: graph, progress: progress) }
    figures.append(
      Figure(name: "dominators, retained sizes and distances", text: milliseconds(Self.now() - whole)))
    figures.append(Figure(name: "  bytes a node at the peak", text: "\((peak() - before) / count)"))
    precondition(retained.total > 0 && distances[target] != nil)
    _ = timed("retained size of one object by deletion", &figures) {
      try Reachability(graph: graph, removedNode: target, progress: progress)
    }
    files(graph, count, &figures)
    return figures
  }

  private func files(_ graph: HeapGraph, _ count: Int, _ figures: inout [Figure]) {
    let path = "\(folder)/cvm-benchmark-\(getpid()).heapsnapshot"
    defer { unlink(path) }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    resetPeak()
    var before = peak()
    var start = Self.now()
    guard let outcome = try? HeapSnapshotWriter(graph).write(to: descriptor) else {
      print("cannot write \(path)")
      exit(1)
    }
    var seconds = Self.now() - start
    close(descriptor)
    let megabytes = Double(outcome.bytes) / 1e6
    figures.append(Figure(name: "write .heapsnapshot", text: milliseconds(seconds)))
    figures.append(Figure(name: "  megabytes", text: "\(Int(megabytes))"))
    figures.append(Figure(name: "  MB/s", text: "\(Int(megabytes / seconds))"))
    figures.append(Figure(name: "  bytes a node extra", text: "\((peak() - before) / count)"))
    resetPeak()
    before = peak()
    start = Self.now()
    guard let file = try? HeapSnapshotFile(path: path) else {
      print("cannot read \(path)")
      exit(1)
    }
    seconds = Self.now() - start
    precondition(file.graph.nodeCount == outcome.nodes && file.remarks.isEmpty)
    figures.append(Figure(name: "open .heapsnapshot", text: milliseconds(seconds)))
    figures.append(Figure(name: "  MB/s", text: "\(Int(megabytes / seconds))"))
    let extra = peak() - before - outcome.bytes
    figures.append(Figure(name: "  bytes a node beyond the file's size", text: "\(extra / count)"))
  }

  // MARK: The graph

  private func random(_ count: Int) throws -> HeapGraph {
    var state: UInt64 = 1
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    // A tree over shuffled nodes makes all of them alive; its leaves refer to any two.
    var labels = (0..<UInt32(count)).map { $0 }
    for index in stride(from: count - 1, to: 0, by: -1) { labels.swapAt(index, Int(next() % UInt64(index + 1))) }
    var places = [UInt32](repeating: 0, count: count)
    for (place, label) in labels.enumerated() { places[Int(label)] = UInt32(place) }
    var builder = HeapGraph.Builder()
    builder.reserve(nodes: count, edges: 2 * count)
    let names = ["left", "right"].map { builder.string($0) }
    let classes = (0..<200).map { builder.string("Class\($0)") }
    for index in 0..<count {
      builder.addNode(.object, className: classes[index % 200], id: UInt64(index + 1), shallowSize: 40)
      let place = Int(places[index])
      for child in 1...2 {
        let below = 2 * place + child
        let target = below < count ? labels[below] : UInt32(truncatingIfNeeded: next() % UInt64(count))
        builder.addEdge(.property, named: names[child - 1], to: target)
      }
    }
    builder.addRoot(.globalVariable, name: builder.string("tree"), to: labels[0])
    return try builder.finish()
  }
}
