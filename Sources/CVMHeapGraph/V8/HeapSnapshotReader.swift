import Glibc

/// A heap that V8 wrote: what Chrome's DevTools and Node save as `.heapsnapshot`.
public struct HeapSnapshotFile {
  public let graph: HeapGraph
  /// What the file lacks or says wrongly, in sentences.
  public let remarks: [String]

  /// Reads a file.
  public init(path: String, progress: Progress = Progress()) throws(HeapSnapshotError) {
    guard let file = MappedFile(path: path) else { throw .unreadable(reason: String(cString: strerror(errno))) }
    let reader = HeapSnapshotReader(file, progress)
    do throws(HeapSnapshotError) { graph = try reader.read() } catch {
      if file.isShort, error != .cancelled { throw Self.shortened }
      throw error
    }
    if file.isShort { throw Self.shortened }
    remarks = reader.remarks
  }
}

extension HeapSnapshotFile {
  private static let shortened = HeapSnapshotError.unreadable(reason: "the file became shorter while it was read")
}

/// Reads a file in two passes: where its parts are, with all strings, and then nodes and edges.
final class HeapSnapshotReader {
  let file: MappedFile
  let progress: Progress
  var remarks: [String] = []

  private struct Sections {
    var meta: SnapshotMeta?
    var metaOffset = 0
    var nodes: Range<Int>?
    var edges: Range<Int>?
  }

  init(_ file: MappedFile, _ progress: Progress) {
    self.file = file
    self.progress = progress
  }

  private var base: UnsafePointer<UInt8> { JSONCursor(file.bytes).base }

  func read() throws(HeapSnapshotError) -> HeapGraph {
    var cursor = JSONCursor(file.bytes)
    var sections = Sections()
    let strings = try findSections(&cursor, &sections)
    guard let meta = sections.meta else {
      throw .malformed(offset: file.bytes.count, reason: "the file has no `snapshot`")
    }
    let (nodeLayout, edgeLayout) = try meta.layouts(at: sections.metaOffset)
    guard let nodeRange = sections.nodes else {
      throw .malformed(offset: file.bytes.count, reason: "the file has no `nodes`")
    }
    guard let edgeRange = sections.edges else {
      throw .malformed(offset: file.bytes.count, reason: "the file has no `edges`")
    }
    let table = SnapshotTable(
      file: file, strings: strings, nodeTypes: meta.nodeTypes, edgeTypes: meta.edgeTypes, progress: progress)
    try table.readNodes(nodeRange, nodeLayout, expected: meta.nodeCount)
    try table.readEdges(edgeRange, edgeLayout, nodeFieldCount: nodeLayout.count, expected: meta.edgeCount)
    remarks += table.countRemarks(nodes: meta.nodeCount, edges: meta.edgeCount)
    return try table.graph(firstLibraryID: meta.firstLibraryID)
  }

  private func findSections(
    _ cursor: inout JSONCursor, _ sections: inout Sections
  ) throws(HeapSnapshotError) -> SnapshotStrings {
    var strings: SnapshotStrings?
    try cursor.expect("{", "at the beginning")
    var isComplete = cursor.take("}")
    while !isComplete {
      if cursor.peek() == nil, sections.nodes != nil, sections.edges != nil { break }
      let key = try cursor.text("at a key of the file")
      try cursor.expect(":", "behind `\(key)`")
      switch key {
      case "snapshot":
        sections.metaOffset = cursor.position
        sections.meta = try SnapshotMeta(&cursor)
      case "nodes": sections.nodes = try skipNumbers(&cursor, "`nodes`")
      case "edges": sections.edges = try skipNumbers(&cursor, "`edges`")
      case "strings": strings = try SnapshotStrings(&cursor, file, progress: progress)
      default: try cursor.skipValue("of `\(key)`")
      }
      if cursor.take(",") { continue }
      if cursor.take("}") {
        isComplete = true
      } else if cursor.isAtEnd, strings != nil {
        break
      } else {
        throw cursor.failure("expected `,` or `}` behind `\(key)`")
      }
    }
    if !isComplete {
      noteEnd(strings?.isCutOff ?? true, strings?.places.count ?? 0)
    } else if strings == nil {
      remarks.append("The file has no `strings`: all names are missing.")
    }
    return strings ?? SnapshotStrings()
  }

  private func skipNumbers(_ cursor: inout JSONCursor, _ place: String) throws(HeapSnapshotError) -> Range<Int> {
    let range = try cursor.skipNumbers(place)
    var start = range.lowerBound
    file.release(from: &start, to: range.upperBound)
    return range
  }

  private func noteEnd(_ isInStrings: Bool, _ count: Int) {
    remarks.append(
      isInStrings
        ? "The file is cut off at byte \(file.bytes.count), in `strings`: names from number \(count) on are missing."
        : "The file is cut off at byte \(file.bytes.count), behind `strings`: nothing that is needed is missing.")
  }
}
