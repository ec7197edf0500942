import Glibc

/// Writes a graph as a `.heapsnapshot` that Chrome's DevTools opens.
public struct HeapSnapshotWriter {
  /// What becomes of the contents of strings.
  public enum Contents: Sendable, Equatable {
    /// At most a number of characters.
    case upTo(Int)
    /// Other characters, of which as many; equal strings stay equal.
    case redacted
  }

  private let graph: HeapGraph
  private let contents: Contents
  private let text: (Int) -> String?
  /// Nodes that are left out with their edges.
  private let included: ((Int) -> Bool)?

  /// `text` gives the content of a string node.
  public init(
    _ graph: HeapGraph, contents: Contents = .upTo(1024), included: ((Int) -> Bool)? = nil,
    text: ((Int) -> String?)? = nil
  ) {
    self.graph = graph
    self.contents = contents
    self.included = included
    self.text = text ?? { graph.text(of: $0) }
  }

  /// What was written.
  public struct Outcome: Sendable, Equatable {
    public var nodes: Int
    public var edges: Int
    public var bytes: Int
    /// Sizes that are larger than the format can hold.
    public var cappedSizes: Int
  }

  /// Writes to an open file.
  public func write(to descriptor: Int32, progress: Progress = Progress()) throws(HeapSnapshotError) -> Outcome {
    let plan = SnapshotPlan(graph, included: included, isRedacted: contents == .redacted)
    var output = OutputBuffer(descriptor)
    var capped = 0
    head(plan, &output)
    output.text("\"nodes\":[")
    try nodes(plan, &output, &capped, progress)
    output.text("],\n\"edges\":[")
    try edges(plan, &output, progress)
    output.text("],\n\"strings\":[")
    try strings(plan, &output, progress)
    output.text("]}\n")
    output.flush()
    if output.failure != 0 { throw .unreadable(reason: String(cString: strerror(output.failure))) }
    return Outcome(nodes: plan.nodeCount, edges: plan.edgeCount, bytes: output.byteCount, cappedSizes: capped)
  }

  private func head(_ plan: SnapshotPlan, _ output: inout OutputBuffer) {
    func list(_ texts: [String]) -> String { texts.map { "\"\($0)\"" }.joined(separator: ",") }
    output.text(
      "{\"snapshot\":{\"meta\":{\"node_fields\":[\(list(["type", "name", "id", "self_size", "edge_count"]))],"
        + "\"node_types\":[[\(list(V8Form.nodeTypes))],\(list(["string", "number", "number", "number"]))],"
        + "\"edge_fields\":[\(list(["type", "name_or_index", "to_node"]))],"
        + "\"edge_types\":[[\(list(V8Form.edgeTypes))],\(list(["string_or_number", "node"]))]},"
        + (graph.hasOwnIDs ? "\"cvm\":{\"version\":1,\"library\":\(plan.firstFreeID)}," : "\"cvm\":{\"version\":1},")
        + "\"node_count\":\(plan.nodeCount),\"edge_count\":\(plan.edgeCount),\"trace_function_count\":0},\n")
  }

  private func tell(
    _ phase: String, _ done: Int, of total: Int, _ output: borrowing OutputBuffer, _ progress: Progress
  ) throws(HeapSnapshotError) {
    if output.failure != 0 { throw .unreadable(reason: String(cString: strerror(output.failure))) }
    do throws(AnalysisError) { try progress.report(phase, done, of: max(total, 1)) } catch { throw .cancelled }
  }

  // MARK: Nodes

  private func nodes(
    _ plan: SnapshotPlan, _ output: inout OutputBuffer, _ capped: inout Int, _ progress: Progress
  ) throws(HeapSnapshotError) {
    if let roots = plan.extraRoots {
      record(&output, 9, UInt64(plan.nameOfRoot), 1, 0, UInt64(roots.program.count + 1), isFirst: true)
      record(&output, 9, UInt64(plan.nameOfMachine), 2, 0, UInt64(roots.machine.count))
    }
    var isFirst = plan.extraRoots == nil
    var stringNumber = 0
    for node in 0..<graph.nodeCount {
      if node & 0xFFFF == 0 { try tell("nodes", node, of: graph.nodeCount, output, progress) }
      guard plan.isIncluded(node) else { continue }
      let kind = graph.kind(of: node)
      let name: Int
      if kind == .string, plan.writesContents {
        name = plan.firstContent + stringNumber
        stringNumber += 1
      } else if kind == .string {
        name = plan.ownText(of: node)
      } else {
        name = plan.name(of: node, kind)
      }
      var size = graph.shallowSizes.unchecked(node)
      if size > UInt64(UInt32.max) {
        size = UInt64(UInt32.max)
        capped += 1
      }
      record(
        &output, UInt64(V8Form.type(of: kind, inForeign: graph.rootNode != nil)), UInt64(name), plan.id(of: node), size,
        UInt64(plan.edgeCount(of: node)), isFirst: isFirst)
      isFirst = false
    }
  }

  @inline(__always) private func record(
    _ output: inout OutputBuffer, _ type: UInt64, _ name: UInt64, _ id: UInt64, _ size: UInt64, _ edges: UInt64,
    isFirst: Bool = false
  ) {
    if !isFirst { output.byte(0x2C) }
    output.number(type)
    output.byte(0x2C)
    output.number(name)
    output.byte(0x2C)
    output.number(id)
    output.byte(0x2C)
    output.number(size)
    output.byte(0x2C)
    output.number(edges)
    output.byte(0x0A)
  }

  // MARK: Edges

  private func edges(
    _ plan: SnapshotPlan, _ output: inout OutputBuffer, _ progress: Progress
  ) throws(HeapSnapshotError) {
    var isFirst = true
    func edge(_ type: UInt8, _ name: Int, _ target: Int) {
      if !isFirst { output.byte(0x2C) }
      isFirst = false
      output.number(UInt64(type))
      output.byte(0x2C)
      output.number(UInt64(name))
      output.byte(0x2C)
      output.number(UInt64(target * 5))
      output.byte(0x0A)
    }
    if let roots = plan.extraRoots {
      for (name, target) in roots.program { edge(2, name, target) }
      edge(1, roots.program.count + 1, 1)
      for (name, target) in roots.machine { edge(2, name, target) }
    }
    for node in 0..<graph.nodeCount {
      if node & 0xFFFF == 0 { try tell("edges", node, of: graph.nodeCount, output, progress) }
      guard plan.isIncluded(node) else { continue }
      for number in graph.edges(of: node) {
        guard let target = plan.number(of: graph.target(ofEdge: number)) else { continue }
        let form = plan.form(ofEdge: number)
        edge(form.type, form.name, target)
      }
    }
  }

  // MARK: Strings

  private func strings(
    _ plan: SnapshotPlan, _ output: inout OutputBuffer, _ progress: Progress
  ) throws(HeapSnapshotError) {
    for index in 0..<graph.stringCount {
      if index & 0xFFFF == 0 { try tell("strings", index, of: plan.firstContent, output, progress) }
      if index > 0 { output.byte(0x2C) }
      if plan.isWritten(index) {
        graph.strings.withBytes(of: StringIndex(index)) { output.string($0) }
      } else {
        output.text("\"\"")
      }
      output.byte(0x0A)
    }
    for text in plan.extraStrings {
      output.byte(0x2C)
      write(text, &output)
    }
    guard plan.writesContents else { return }
    for node in 0..<graph.nodeCount where graph.kind(of: node) == .string && plan.isIncluded(node) {
      if node & 0xFFFF == 0 { try tell("texts", node, of: graph.nodeCount, output, progress) }
      output.byte(0x2C)
      output.byte(0x0A)
      write(content(of: node), &output)
    }
  }

  private func write(_ text: String, _ output: inout OutputBuffer) {
    var text = text
    text.withUTF8 { output.string($0) }
  }

  private func content(of node: Int) -> String {
    guard let text = text(node) else { return "(concatenated string)" }
    switch contents {
    case .upTo(let limit):
      return text.utf8.count <= limit ? text : String(text.prefix(limit))
    case .redacted: return Self.redacted(text)
    }
  }

  /// A text of other letters that is as long, the same for the same text.
  public static func redacted(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var count = 0
    for unit in text.utf16 {
      hash = (hash ^ UInt64(unit)) &* 0x100_0000_01B3
      count += 1
    }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    for _ in 0..<count {
      hash ^= hash << 13
      hash ^= hash >> 7
      hash ^= hash << 17
      result.append(UInt8(ascii: "a") + UInt8(hash >> 32 & 0xFF) % 26)
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Names of types as V8 numbers them, and what of a graph becomes which.
enum V8Form {
  static let nodeTypes = [
    "hidden", "array", "string", "object", "code", "closure", "regexp", "number", "native", "synthetic",
    "concatenated string", "sliced string", "symbol", "bigint", "object shape",
  ]
  static let edgeTypes = ["context", "element", "property", "internal", "hidden", "shortcut", "weak"]

  /// Parts of the live heap are never `hidden` or `array`, whose sizes DevTools would count to their owners.
  static func type(of kind: NodeKind, inForeign isForeign: Bool) -> UInt8 {
    switch kind {
    case .internalObject where isForeign: 0
    case .elements where isForeign: 1
    case .rootGroup: 9
    case .closure, .nativeFunction: 5
    case .regExp: 6
    case .string: 2
    case .symbol: 12
    case .bigInt: 13
    case .number: 7
    case .code: 4
    case .shape: 14
    case .variableCell, .elements, .frame, .accessorPair, .internalObject: 8
    default: 3
    }
  }
}
