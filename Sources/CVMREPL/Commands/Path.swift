import CVMHeapGraph
import CVMReport
import CVMRuntime

/// `:path`, `:why`: why an object is alive.
enum PathCommand: Command {
  static let spec = CommandSpec(
    name: "path", aliases: ["why"], category: .alive, argument: "OBJECT", kind: .object, rule: .required,
    options: [
      .withoutPrompt,
      .init("all", "all independent paths, each whole"),
      .init("quick", "the shortest path alone, which takes a fraction of the time in a heap of millions"),
    ],
    table: .init(["path", "slot", "object", "id", "shallow", "retained"], rowLimit: .max),
    summary: "why an object is alive: the shortest path to it, and what would free it",
    discussion:
      "Independent paths share no object. Each cut is tested: it says exactly what would be freed if this reference alone "
      + "were gone. What the prompt holds ($1, _) counts only where nothing else holds the object.",
    examples: [
      .init(":why p.next", setup: ["let other = [p.next]"]), .init(":path p --all"),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    if call.has("quick") {
      if call.has("all") { throw .usage("--quick and --all exclude each other") }
      if let (node, heap) = try session.nodeInPart(call.argument) {
        return try quick(call, node, heap, RootSelection(includesREPL: false), session)
      }
    }
    let (node, heap) = try session.node(call.argument)
    let selection = try session.roots(holding: [node], heap, call)
    if call.has("quick") { return try quick(call, node, heap, selection, session) }
    // Each further path walks the whole heap again.
    let limit = call.has("all") ? 50 : heap.graph.edgeCount > 4_000_000 ? 2 : 4
    var report = try session.analysing { progress throws(AnalysisError) in
      let unread = try heap.unreadCaptures(progress: progress)
      return try WhyReport(
        analyses: heap.analyses, node: node, argument: call.argument, selection: selection, limit: limit,
        unreadEdges: Dictionary(unread.map { ($0.edge, $0.variable) }, uniquingKeysWith: { first, _ in first }),
        progress: progress)
    }
    report.showsAll = call.has("all")
    return answer(report, call, session)
  }

  private static func quick(
    _ call: CommandCall, _ node: Int, _ heap: HeapInUse, _ selection: RootSelection, _ session: Session
  ) throws(CommandError) -> CommandAnswer {
    let report = try session.analysing { progress throws(AnalysisError) in
      try WhyReport(
        shortestPathTo: node, analyses: heap.analyses, argument: call.argument, selection: selection, progress: progress
      )
    }
    return answer(report, call, session)
  }

  private static func answer(_ report: WhyReport, _ call: CommandCall, _ session: Session) -> CommandAnswer {
    let options = session.options.rendering
    return CommandAnswer(
      text: { report.text(options: options) }, json: { report.json(isASCII: options.isASCII) },
      rows: { call.arranged(report.table) })
  }
}

extension Session {
  /// Finds an object, and of the live heap only the part that the shortest way to it leads through; nil where that takes
  /// more than the heap as it is known already, or where nothing but the prompt holds it.
  fileprivate func nodeInPart(_ text: String) throws(CommandError) -> (node: Int, heap: HeapInUse)? {
    // An expression must not run twice.
    guard openedHeaps.inUse == nil, !hasHeapDump, text.first != "(" else { return nil }
    let id = NodeID(parsing: text)
    let value: Value
    if let id {
      guard let known = machine.object((id.number, id.isInternal)) else { return nil }
      value = known
    } else {
      value = try resolve(text).value
    }
    guard value.isObject || value.isString || value.isSymbol, !hasHeapDump else { return nil }
    let part = try dumping { () throws(HeapGraphError) -> HeapDump? in
      try machine.makeHeapDump(upTo: value, promptNames: results.boundNames)
    }
    guard let part, let node = part.node(of: value) else { return nil }
    let heap = HeapInUse(part, of: machine)
    let isHeld = try analysing { progress throws(AnalysisError) in
      try heap.analyses.reachability(roots: RootSelection(includesREPL: false), progress: progress).contains(node)
    }
    return isHeld ? (node, heap) : nil
  }

  /// The program's roots where they hold something, and those of the prompt only where nothing else does.
  func roots(
    holding nodes: [Int], _ heap: HeapInUse, _ call: CommandCall
  ) throws(CommandError) -> RootSelection {
    let withoutPrompt = RootSelection(includesREPL: false)
    if call.has("no-repl") { return withoutPrompt }
    let isHeld = try analysing { progress throws(AnalysisError) in
      nodes.contains(where: try heap.analyses.reachability(roots: withoutPrompt, progress: progress).contains)
    }
    return isHeld ? withoutPrompt : RootSelection()
  }
}

/// `:retained`: what an object keeps alive.
enum RetainedCommand: Command {
  static let spec = CommandSpec(
    name: "retained", category: .alive, argument: "OBJECT", kind: .object, rule: .required,
    options: [.withoutPrompt],
    table: .init(["class", "n", "bytes", "share"]),
    summary: "what an object keeps alive alone, by class",
    examples: [.init(":retained p")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let (node, heap) = try session.node(call.argument)
    let selection = call.roots
    var result = try session.analysing { progress throws(AnalysisError) in
      try RetainedObjects(node: node, roots: selection).run(with: heap.analyses, progress: progress)
    }
    result.heading = heading(heap.graph, node, result.facts, session.options.rendering)
    let unread = try session.analysing { progress throws(AnalysisError) in
      try heap.unreadCaptures(progress: progress).filter { $0.closure == node }
    }
    for capture in unread {
      let target = heap.graph.label(of: heap.graph.target(ofEdge: capture.edge))
      result.notes.append("It captured `\(capture.variable)` (\(target)), which no living code reads.")
    }
    return CommandAnswer(arranging: result, as: call, options: session.options.rendering)
  }

  private static func heading(
    _ graph: HeapGraph, _ node: Int, _ facts: [AnalysisResult.Fact], _ options: RenderOptions
  ) -> [String] {
    let label = graph.label(of: node)
    var (objects, bytes, share): (UInt64, UInt64, Double) = (0, 0, 0)
    for fact in facts {
      switch (fact.key, fact.value) {
      case ("objects", .count(let count)): objects = count
      case ("bytes", .bytes(let count)): bytes = count
      case ("share", .share(let part)): share = part
      case ("isReachable", .flag(false)): return ["Nothing holds \(label): the next collection frees it."]
      default: break
      }
    }
    let size = ByteCount.text(bytes, isExact: options.isExact)
    let part = "\(size) with itself (\(Numbers.percent(share)) % of the heap)"
    if objects == 0 { return ["\(label) keeps nothing else alive: \(part)."] }
    return ["\(label) keeps \(Numbers.counted(objects, "object")) alive, \(part).", "Nothing else holds them."]
  }
}

/// `:dom`: who keeps most alive, as a tree.
enum DominatorsCommand: Command {
  static let spec = CommandSpec(
    name: "dom", category: .alive, argument: "OBJECT", kind: .object, rule: .optional,
    options: [
      .init("depth", value: "N", "how many levels; 3 unless told"),
      .init("top", value: "N", "tells N objects of each level apart, 5 unless told; the rest is folded by class"),
      .withoutPrompt,
    ],
    table: .init(["object", "id", "class", "n", "shallow", "retained", "share"], rowLimit: 5),
    summary: "who keeps most alive: the dominator tree, folded",
    discussion:
      "An object stands below the nearest object without which it would be freed. --csv and --jsonl give one level: what "
      + "stands directly below OBJECT.",
    examples: [.init(":dom"), .init(":dom p --depth 2")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let node = call.argument.isEmpty ? nil : try session.node(call.argument).node
    let heap = try session.heapInUse()
    let selection = call.roots
    let depth = try call.count("depth") ?? 3
    let report = try session.analysing { progress throws(AnalysisError) in
      try DominatorReport(
        analyses: heap.analyses, node: node, roots: selection, depth: depth, width: min(call.rowLimit, 1000),
        progress: progress)
    }
    let options = session.options.rendering
    return CommandAnswer(
      text: { TerminalRenderer(options: options).render(report.result) },
      json: { JSONRenderer(isASCII: options.isASCII).render(report.result) }, rows: { call.arranged(report.table) })
  }
}

extension CommandAnswer {
  /// A result whose table is sorted and cut as the call says.
  init(arranging result: AnalysisResult, as call: CommandCall, options: RenderOptions) {
    var result = result
    if case .table(let table) = result.body { result.body = .table(call.arranged(table)) }
    self.init(result, options: options)
  }

  /// As above; of the table, people see only some columns, so that those have room.
  init(arranging result: AnalysisResult, showing keys: [String], as call: CommandCall, options: RenderOptions) {
    self.init(arranging: result, as: call, options: options)
    guard case .table(let table) = result.body else { return }
    var narrow = result
    var shown = call.arranged(table)
    let places = keys.compactMap { key in shown.columns.firstIndex { $0.key == key } }
    shown.columns = places.map { shown.columns[$0] }
    shown.rows = shown.rows.map { row in places.map { row[$0] } }
    narrow.body = shown.rows.isEmpty ? .text([]) : .table(shown)
    text = { [narrow] in TerminalRenderer(options: options).render(narrow) }
  }
}
