import CVMHeapGraph
import CVMRuntime

/// A heap from a file, to be looked at beside the live one.
final class OpenedHeap {
  /// What `:use` calls it.
  var name: String
  let path: String
  /// What the file is: `heap snapshot of V8`.
  let kind: String
  let graph: HeapGraph
  /// What is to be known about the file, such as parts that it lacks; sentences.
  let remarks: [String]
  /// The machine's heap behind the graph, where there is one: that of a checkpoint.
  let dump: HeapDump?

  init(
    name: String, path: String, kind: String, graph: HeapGraph, remarks: [String] = [], dump: HeapDump? = nil
  ) {
    self.dump = dump
    self.name = name
    self.path = path
    self.kind = kind
    self.graph = graph
    self.remarks = remarks
  }

  /// The heap of a checkpoint, which is not gone on with.
  convenience init(_ kept: KeptCheckpoint, path: String, in session: Session) throws(CommandError) {
    let (machine, record) = try session.restored(kept)
    // What the prompt held belongs to no heap that is only looked at.
    machine.hostRoots = []
    guard let dump = try? machine.makeHeapDump(promptNames: Set(record.boundNames), includesGarbage: false) else {
      throw .interrupted
    }
    self.init(
      name: kept.file == nil ? path : Self.name(for: path), path: path, kind: "checkpoint", graph: dump.graph,
      dump: dump)
  }

  /// A name for a file: its last part without what follows the last dot.
  static func name(for path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }
}

/// The heaps that are open together, and which of them commands look at.
struct OpenedHeaps {
  private(set) var all: [OpenedHeap] = []
  /// Nil for the live heap.
  private(set) var inUse: HeapInUse?
  /// The name of the heap that is in use.
  private(set) var nameInUse = Self.live

  static let live = "live"

  subscript(name: String) -> OpenedHeap? { all.first { $0.name == name } }

  /// Adds a heap under a name of its own, and uses it. One that was opened from the same file is replaced.
  mutating func add(_ heap: OpenedHeap) {
    if let known = all.firstIndex(where: { $0.path == heap.path }) {
      heap.name = all[known].name
      all[known] = heap
    } else {
      let wanted = heap.name
      var number = 2
      while heap.name == Self.live || self[heap.name] != nil {
        heap.name = "\(wanted)-\(number)"
        number += 1
      }
      all.append(heap)
    }
    use(heap)
  }

  mutating func use(_ heap: OpenedHeap?) {
    inUse = heap.map { HeapInUse($0) }
    nameInUse = heap?.name ?? Self.live
  }

  mutating func close(_ heap: OpenedHeap) {
    all.removeAll { $0 === heap }
    if nameInUse == heap.name { use(nil) }
  }
}
