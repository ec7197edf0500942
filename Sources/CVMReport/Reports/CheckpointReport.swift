import CVMHeapGraph

/// What a checkpoint would take, and why: by kind, by class, by variable, and against the inline encoding.
public struct CheckpointReport: Sendable {
  /// A part of the file, such as the strings.
  public struct Part: Sendable, Equatable {
    public var name: String
    public var bytes: UInt64

    public init(_ name: String, _ bytes: UInt64) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// An object that keeps much of the checkpoint alive.
  public struct Culprit: Sendable, Equatable {
    public var label: String
    public var path: String
    public var id: NodeID?
    public var bytes: UInt64
  }

  public var name: String
  public var bytes: UInt64
  public var parts: [Part]
  public var classes: [ClassFigures]
  public var objectCount: UInt64
  public var biggest: [Culprit]
  /// What the variables would take with each value written out in full.
  public var inline: InlineSize
  /// Where a value contains itself, if one does.
  public var cycle: String?
  /// Ways to values that several places hold, in pairs: written out in full they would be values of their own.
  public var aliases: [[String]] = []
  /// How many such values there are.
  public var sharedCount = 0
  /// Whether both encodings are to be compared in full.
  public var compares = false
  public var top: Int
  /// What else is to be said, such as the hash and the file.
  public var remarks: [String] = []

  /// Explains the portable size of a graph; parts that are not objects (code, frames, header) come from the writer.
  public init(
    graph: HeapGraph, name: String = "", parts: [Part]? = nil, inlineCosts: [UInt32]? = nil, top: Int = 10,
    progress: Progress
  ) throws(AnalysisError) {
    self.name = name
    self.top = top
    let sizes = graph.snapshotSizes ?? graph.shallowSizes
    let tree = try DominatorTree(graph: graph, progress: progress)
    let census = try HeapCensus(graph: graph, wantsRetained: false, progress: progress)
    classes = census.ranked(by: graph.snapshotSizes == nil ? .shallow : .snapshot)
    if graph.snapshotSizes == nil { for index in classes.indices { classes[index].snapshot = classes[index].shallow } }
    objectCount = census.programObjects.objects
    self.parts = parts ?? Self.parts(of: graph, sizes, tree)
    bytes = self.parts.reduce(0) { $0 &+ $1.bytes }
    let paths = try Reachability(graph: graph, keepsPaths: true, progress: progress)
    biggest = Self.culprits(of: graph, tree, tree.retainedSizes(sizes), paths)
    let inlining = try InlineSizing(graph: graph, ownCosts: inlineCosts, progress: progress)
    inline = inlining.total
    aliases = inlining.aliases.map { [graph.text(of: $0.first), graph.text(of: $0.second)] }
    sharedCount = inlining.sharedCount
    cycle = inlining.cycle.map { cycle in
      let start = graph.text(of: cycle.path)
      return "\(start)\(cycle.loop.map(graph.slotName).joined()) is \(start) itself"
    }
  }

  private static func parts(of graph: HeapGraph, _ sizes: SizeColumn, _ tree: DominatorTree) -> [Part] {
    var parts = [
      Part("objects", 0), Part("strings", 0), Part("closures and scopes", 0), Part("code", 0), Part("frames", 0),
      Part("other", 0),
    ]
    for node in 0..<graph.nodeCount where tree.isReachable(node) && !graph.isBuiltIn(node) {
      let part =
        switch graph.kind(of: node) {
        case .string, .symbol, .bigInt: 1
        case .closure, .scope, .variableCell: 2
        case .code: 3
        case .frame: 4
        case let kind where kind.category == .object: 0
        default: 5
        }
      parts[part].bytes &+= sizes[node]
    }
    return parts.filter { $0.bytes > 0 }
  }

  /// The largest objects that nothing else holds, which together are the whole heap.
  private static func culprits(
    of graph: HeapGraph, _ tree: DominatorTree, _ retained: RetainedSizes, _ paths: Reachability
  ) -> [Culprit] {
    var best: [(node: Int, bytes: UInt64)] = []
    for node in 0..<graph.nodeCount
    where tree.isReachable(node) && tree.immediateDominator(of: node) == nil && !graph.isBuiltIn(node) {
      let bytes = retained[node]
      if bytes == 0 { continue }
      if best.count == 3, bytes <= best[2].bytes { continue }
      best.append((node, bytes))
      best.sort { ($0.bytes, $1.node) > ($1.bytes, $0.node) }
      if best.count > 3 { best.removeLast() }
    }
    return best.map { node, bytes in
      Culprit(
        label: graph.label(of: node), path: paths.path(to: node).map(graph.text) ?? "", id: graph.id(of: node),
        bytes: bytes)
    }
  }

  // MARK: Text

  /// The answer for people.
  public func text(options: RenderOptions = RenderOptions()) -> String {
    let title = name.isEmpty ? "checkpoint" : "checkpoint \(name)"
    var lines = ["\(title): \(options.bytes(bytes)) in the portable encoding"]
    if !remarks.isEmpty { lines.append("  " + remarks.joined(separator: ", ")) }
    if !parts.isEmpty {
      lines.append("  " + parts.map { "\($0.name) \(options.bytes($0.bytes))" }.joined(separator: "  "))
    }
    if !biggest.isEmpty {
      lines.append(
        "  biggest: "
          + biggest.map { "\($0.label) \($0.path.isEmpty ? "" : $0.path + " ")\(options.bytes($0.bytes))" }
          .joined(separator: ", "))
    }
    lines += compares ? comparison(options) : ["  " + inlineSentence(options)]
    var result = lines.flatMap { TextLayout.wrapped(options.text($0), to: options.width, indent: "    ") }
    if !classes.isEmpty { result += [""] + TerminalRenderer(options: options).lines(of: table) }
    return result.map { $0 + "\n" }.joined()
  }

  /// Both sizes, and what the inline encoding loses.
  private func comparison(_ options: RenderOptions) -> [String] {
    var lines = ["  portable  \(options.bytes(bytes))"]
    switch inline {
    case .bytes(let size):
      lines.append("  inline    \(options.bytes(size)), variables alone (--storage inline adds code and frames)")
    case .beyondCounting: lines.append("  inline    more than 16 EB")
    case .endless: lines.append("  inline    impossible: " + (cycle ?? "a value contains itself"))
    }
    if sharedCount == 0 { return lines + ["  Nothing is lost: no object is held in two places."] }
    lines.append(
      "  Inline loses the identity of \(Numbers.counted(UInt64(sharedCount), "object")) that several places hold:")
    lines += aliases.map { "    \($0[0]) and \($0[1]) would be two objects" }
    if sharedCount > aliases.count {
      lines.append("    and \(Numbers.grouped(UInt64(sharedCount - aliases.count))) more")
    }
    return lines
  }

  private func inlineSentence(_ options: RenderOptions) -> String {
    let subject = "with each variable's value written out in full"
    switch inline {
    case .endless:
      return "\(subject) it could not be stored: " + (cycle ?? "a value contains itself")
    case .beyondCounting: return "\(subject): more than 16 EB"
    case .bytes(let size):
      guard bytes > 0, size > 0 else { return "\(subject): \(options.bytes(size))" }
      let ratio = Double(size) / Double(bytes)
      let comparison =
        ratio >= 1.1
        ? ", \(Numbers.fixed(ratio, decimals: ratio < 100 ? 1 : 0)) times as much"
        : ratio > 0.9 ? ", about the same" : ", \(Numbers.fixed(1 / ratio, decimals: ratio > 0.01 ? 1 : 0)) times less"
      return "\(subject): \(options.bytes(size))\(comparison)"
    }
  }

  private var table: ResultTable {
    let total = classes.reduce(UInt64(0)) { $0 &+ $1.snapshot }
    return ResultTable(
      columns: [
        .init("class", .left, isFlexible: true), .init("n", title: "objects"), .init("share", title: "%"),
        .init("snapshot"),
      ],
      rows: classes.prefix(top).map {
        [
          .text($0.name), .count($0.objects), .share(total == 0 ? 0 : Double($0.snapshot) / Double(total)),
          .bytes($0.snapshot),
        ]
      }, totalRowCount: classes.count, isNumbered: true)
  }

  // MARK: JSON

  /// The report for programs, on one line.
  public func json(isASCII: Bool = false) -> String {
    var writer = JSONWriter(isASCII: isASCII)
    writer.report("checkpoint") { writer in
      if !name.isEmpty { writer.member("name", name) }
      writer.member("objects", objectCount)
      writer.member("portable", bytes)
      writer.group("parts") { writer in for part in parts { writer.member(part.name, part.bytes) } }
      switch inline {
      case .bytes(let size): writer.member("inline", size)
      case .beyondCounting: writer.member("inline", "beyond counting")
      case .endless:
        writer.member("inline", "endless")
        if let cycle { writer.member("cycle", cycle) }
      }
      if compares {
        writer.member("shared", sharedCount)
        writer.list("aliases") { writer in
          for alias in aliases { writer.array { writer in for path in alias { writer.string(path) } } }
        }
      }
      writer.list("biggest") { writer in
        for culprit in biggest {
          writer.object { writer in
            writer.member("id", id: culprit.id)
            writer.member("label", culprit.label)
            writer.member("path", culprit.path)
            writer.member("bytes", culprit.bytes)
          }
        }
      }
      writer.list("rows") { writer in
        for figures in classes.prefix(top) {
          writer.object { writer in
            writer.member("class", figures.name)
            writer.member("n", figures.objects)
            writer.member("snapshot", figures.snapshot)
          }
        }
      }
    }
    return writer.text
  }
}
