import CVMHeapGraph
import CVMReport
import CVMRuntime
import Glibc

/// A heap, or a part of it, on its way into a file.
struct HeapExport {
  enum Format {
    case heapSnapshot, dot, csv, jsonLines, svg, html

    init?(path: String) {
      switch path.split(separator: ".").last {
      case "heapsnapshot": self = .heapSnapshot
      case "dot", "gv": self = .dot
      case "csv": self = .csv
      case "jsonl": self = .jsonLines
      case "svg": self = .svg
      case "html", "htm": self = .html
      default: return nil
      }
    }

    /// How many objects a picture has unless told.
    var pictureLimit: Int {
      switch self {
      case .svg: 80
      case .html: 1500
      default: 200
      }
    }
  }

  struct Outcome {
    var nodes = 0
    var edges = 0
    var bytes = 0
    var remarks: [String] = []
  }

  let heap: HeapInUse
  /// The nodes to write; nil for all.
  var part: Set<Int>?
  /// The part is a sample, of which pictures show what stands between its objects, too.
  var isSample = false
  let contents: HeapSnapshotWriter.Contents
  /// How many objects a picture may have.
  let pictureLimit: Int
  let root: Int?
  let depth: Int?
  /// Whether pictures of a foreign dump show what is not the program's, too.
  var showsAll = false

  init(
    heap: HeapInUse, part: Set<Int>?, contents: HeapSnapshotWriter.Contents, pictureLimit: Int, root: Int?, depth: Int?
  ) {
    (self.heap, self.part, self.contents) = (heap, part, contents)
    (self.pictureLimit, self.root, self.depth) = (pictureLimit, root, depth)
  }

  private var graph: HeapGraph { heap.graph }

  func write(_ format: Format, to descriptor: Int32, _ progress: Progress) throws(HeapSnapshotError) -> Outcome {
    switch format {
    case .heapSnapshot: return try writeSnapshot(to: descriptor, progress)
    case .csv: return try writeLines(to: descriptor, progress, header: Self.csvHeader, csvLine)
    case .jsonLines: return try writeLines(to: descriptor, progress, header: "", jsonLine)
    case .dot: return try writePicture(to: descriptor, progress)
    case .svg: return try writePicture(to: descriptor, progress) { SVGRenderer(title: $0).render($1) }
    case .html: return try writePicture(to: descriptor, progress, breadth: 24) { HTMLRenderer(title: $0).render($1) }
    }
  }

  private func text(of node: Int) -> String? { heap.text(of: node) }

  private func writeSnapshot(to descriptor: Int32, _ progress: Progress) throws(HeapSnapshotError) -> Outcome {
    var included: ((Int) -> Bool)?
    if let part {
      included = { part.contains($0) }
    } else if graph.rootNode == nil {
      // Such files hold what is alive.
      do throws(AnalysisError) { included = try heap.analyses.reachability(progress: progress).contains } catch {
        throw .cancelled
      }
    }
    let writer = HeapSnapshotWriter(graph, contents: contents, included: included, text: text(of:))
    let written = try writer.write(to: descriptor, progress: progress)
    var outcome = Outcome(nodes: written.nodes, edges: written.edges, bytes: written.bytes)
    if written.cappedSizes > 0 {
      outcome.remarks.append(
        "\(Numbers.counted(UInt64(written.cappedSizes), "size")) above 4,294,967,295 bytes became that, the format's largest."
      )
    }
    return outcome
  }

  // MARK: Lines

  private static let csvHeader = "id,class,kind,shallow,retained,distance,references,value\n"

  private struct Figures {
    let retained: RetainedSizes
    let distances: Distances
  }

  private func writeLines(
    to descriptor: Int32, _ progress: Progress, header: String, _ line: (Int, Figures, inout Outcome) -> String
  ) throws(HeapSnapshotError) -> Outcome {
    let figures: Figures
    do throws(AnalysisError) {
      figures = Figures(
        retained: try heap.analyses.retainedSizes(progress: progress),
        distances: try Distances(graph: graph, progress: progress))
    } catch { throw .cancelled }
    var outcome = Outcome()
    var buffer = Array(header.utf8)
    for node in 0..<graph.nodeCount where part?.contains(node) ?? (graph.id(of: node) != nil) {
      if progress.isCancelled { throw .cancelled }
      outcome.nodes += 1
      buffer += line(node, figures, &outcome).utf8
      if buffer.count > 1 << 18 { try flush(&buffer, to: descriptor, &outcome) }
    }
    try flush(&buffer, to: descriptor, &outcome)
    return outcome
  }

  private func flush(_ buffer: inout [UInt8], to descriptor: Int32, _ outcome: inout Outcome) throws(HeapSnapshotError)
  {
    let failure = writeAllBytes(descriptor, buffer)
    if failure != 0 { throw .unreadable(reason: String(cString: strerror(failure))) }
    outcome.bytes += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  private func csvLine(_ node: Int, _ figures: Figures, _ outcome: inout Outcome) -> String {
    outcome.edges += graph.edges(of: node).count
    let cells: [ResultCell] = [
      graph.id(of: node).map(ResultCell.object) ?? .none, .text(graph.className(of: node)),
      .text("\(graph.kind(of: node))"), .count(graph.shallowSizes[node]), .count(figures.retained[node]),
      figures.distances[node].map { .count(UInt64($0)) } ?? .none, .count(UInt64(graph.edges(of: node).count)),
      .text(value(of: node) ?? ""),
    ]
    let table = ResultTable(columns: cells.indices.map { .init("\($0)") }, rows: [cells])
    let text = CSVRenderer.render(AnalysisResult(name: "", body: .table(table)))
    return String(text[text.index(after: text.firstIndex(of: "\n")!)...])
  }

  private func value(of node: Int) -> String? {
    guard graph.kind(of: node) == .string, let text = text(of: node) else { return nil }
    switch contents {
    case .upTo(let limit): return text.utf8.count <= limit ? text : String(text.prefix(limit))
    case .redacted: return HeapSnapshotWriter.redacted(text)
    }
  }

  private func jsonLine(_ node: Int, _ figures: Figures, _ outcome: inout Outcome) -> String {
    let edges = graph.edges(of: node).filter { part?.contains(graph.target(ofEdge: $0)) ?? true }
    outcome.edges += edges.count
    return JSONWriter.text { writer in
      writer.object { writer in
        writer.member("node", node)
        if let id = graph.id(of: node) { writer.member("id", id.description) }
        writer.member("class", graph.className(of: node))
        writer.member("kind", "\(graph.kind(of: node))")
        writer.member("shallow", graph.shallowSizes[node])
        writer.member("retained", figures.retained[node])
        if let distance = figures.distances[node] { writer.member("distance", distance) }
        if let value = value(of: node) { writer.member("value", value) }
        writer.list("references") { writer in
          for edge in edges {
            writer.object { writer in
              writer.member("slot", slotName(edge))
              writer.member("to", graph.target(ofEdge: edge))
              if !graph.isStrong(edge) { writer.member("weak", true) }
            }
          }
        }
      }
      writer.newline()
    }
  }

  /// A slot; the keys of maps are texts of the program.
  private func slotName(_ edge: Int) -> String {
    if contents == .redacted, graph.edgeKind(edge) == .namedMapValue { return graph.fieldName(edge) }
    return graph.slotName(edge)
  }

  // MARK: Pictures

  private func writePicture(
    to descriptor: Int32, _ progress: Progress, breadth: Int = 3, _ render: (String, HeapPicture) -> String
  ) throws(HeapSnapshotError) -> Outcome {
    let sample = isSample ? part : nil
    let picture: HeapPicture
    do throws(AnalysisError) {
      let own = try ownObjects(progress)
      picture = try HeapPicture(
        analyses: heap.analyses, texts: heap.texts,
        scope: HeapPicture.Scope(
          root: root, limit: pictureLimit, depth: depth, part: sample.map { sample in { sample.contains($0) } },
          isRedacted: contents == .redacted, breadth: breadth, own: own), progress: progress)
    } catch { throw .cancelled }
    let title = root.map { "\(graph.label(of: $0)) in \(heap.name)" } ?? "heap \(heap.name)"
    var outcome = Outcome(nodes: picture.objectCount, edges: picture.arrows.count)
    if picture.foldedCount > 0 {
      outcome.remarks.append(
        "\(Numbers.counted(UInt64(picture.foldedCount), "box", plural: "boxes")) of folded objects.")
    }
    var buffer = Array(render(title, picture).utf8)
    try flush(&buffer, to: descriptor, &outcome)
    return outcome
  }

  /// What a picture of a whole foreign dump is about; nil for any other.
  private func ownObjects(_ progress: Progress) throws(AnalysisError) -> OwnObjects? {
    guard graph.rootNode != nil, !graph.hasOwnIDs, root == nil, !isSample, !showsAll else { return nil }
    let own = try heap.analyses.ownObjects(progress: progress)
    return own.count > 0 ? own : nil
  }

  /// The objects that keep most, with the references between them.
  private func writePicture(to descriptor: Int32, _ progress: Progress) throws(HeapSnapshotError) -> Outcome {
    let sizes: RetainedSizes
    let own: OwnObjects?
    do throws(AnalysisError) {
      sizes = try heap.analyses.retainedSizes(progress: progress)
      own = try ownObjects(progress)
    } catch { throw .cancelled }
    let candidates = (0..<graph.nodeCount).filter {
      (own?.contains($0) ?? true) && (part?.contains($0) ?? true) && sizes[$0] > 0
        && graph.kind(of: $0).category == .object && !graph.isBuiltIn($0)
    }
    var chosen = candidates.sorted { (sizes[$0], $1) > (sizes[$1], $0) }.prefix(pictureLimit).map { $0 }
    if let root, !chosen.contains(root) { chosen = [root] + chosen.dropLast() }
    let shown = Set(chosen)
    var outcome = Outcome(nodes: chosen.count)
    var text =
      "digraph heap {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\", fontsize=10];\n"
      + "  edge [fontname=\"sans-serif\", fontsize=9];\n"
    for node in chosen {
      let label = "\(graph.label(of: node))\n\(ByteCount.text(sizes[node]))"
      text += "  n\(node) [label=\(Self.quoted(label))];\n"
      for edge in graph.edges(of: node) where graph.isStrong(edge) {
        let target = graph.target(ofEdge: edge)
        guard shown.contains(target) else { continue }
        outcome.edges += 1
        text += "  n\(node) -> n\(target) [label=\(Self.quoted(slotName(edge)))];\n"
      }
    }
    for (index, root) in graph.roots.enumerated()
    where shown.contains(Int(root.target)) && root.kind != .builtIn && root.kind != .internalRoot {
      text +=
        "  r\(index) [label=\(Self.quoted(graph.rootName(index))), shape=plaintext];\n  r\(index) -> n\(root.target);\n"
    }
    text += "}\n"
    if candidates.count > chosen.count {
      outcome.remarks.append(
        "\(Numbers.grouped(UInt64(chosen.count))) of \(Numbers.counted(UInt64(candidates.count), "object")), those that keep most (--top)."
      )
    }
    var buffer = Array(text.utf8)
    try flush(&buffer, to: descriptor, &outcome)
    return outcome
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.prefix(120) {
      switch character {
      case "\"", "\\": result += "\\\(character)"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result + "\""
  }
}
