import CVMHeapGraph
import CVMReport

/// `:leaks`: where much accumulates.
enum LeaksCommand: Command {
  static let spec = CommandSpec(
    name: "leaks", category: .alive,
    options: [
      .init("share", value: "PERCENT", "from which part of the heap on an object is a suspect; 10 unless told"),
      .withoutPrompt,
    ],
    table: .init(["suspect", "id", "retained", "share", "n", "members", "path"], rowLimit: 3),
    summary: "where much accumulates, and who holds it: suspects for leaks",
    discussion:
      "A suspect keeps a large part of the heap alive, and nothing below it keeps most of that alone. It is said what "
      + "accumulates there, and over which path it is held.",
    examples: [.init(":leaks", setup: ["let cache = new Map(); for (let i = 0; i < 500; i++) cache.set(i, {i: [i]})"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let heap = try session.heapInUse()
    let selection = call.roots
    let percent = try call.count("share") ?? 10
    guard percent <= 100 else { throw .usage("--share needs a percentage from 1 to 100") }
    let found = try session.analysing { progress throws(AnalysisError) in
      try LeakSuspects(
        analyses: heap.analyses, roots: selection, share: Double(percent) / 100, progress: progress)
    }
    let options = session.options.rendering
    var report = LeakReport(found, of: heap.graph, top: call.has("by") ? .max : call.rowLimit)
    report.unread = try session.analysing { progress throws(AnalysisError) in
      let sizes = try heap.analyses.retainedSizes(roots: selection, progress: progress)
      return try heap.unreadCaptures(progress: progress).map {
        ($0.variable, $0.closure, sizes[heap.graph.target(ofEdge: $0.edge)])
      }
      .filter { $0.2 > 0 }.sorted { ($0.2, $1.1) > ($1.2, $0.1) }
    }
    return CommandAnswer(
      text: { [report] in report.text(options: options) },
      json: { [report] in report.json(isASCII: options.isASCII) }, rows: { [report] in call.arranged(report.table) })
  }
}

/// `:roots`: what keeps objects alive from outside of the heap.
enum RootsCommand: Command {
  static let spec = CommandSpec(
    name: "roots", category: .alive,
    options: [
      .init("built-ins", "those of the library and the machine, too"),
      .withoutPrompt,
    ],
    table: .init(["name", "kind", "object", "id", "shallow", "retained"]),
    summary: "what keeps objects alive: variables, running calls, the prompt, the machine",
    examples: [.init(":roots"), .init(":roots --by retained --top 5")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let heap = try session.heapInUse()
    let graph = heap.graph
    let selection = call.roots
    let sizes = try session.analysing { progress throws(AnalysisError) in
      try heap.analyses.retainedSizes(roots: selection, progress: progress)
    }
    let shown = graph.roots.indices.filter { index in
      let kind = graph.roots[index].kind
      let isLibrarys = kind == .builtIn || (kind == .internalRoot && graph.rootNode == nil)
      return (call.has("built-ins") || !isLibrarys) && (selection.includesREPL || kind != .repl)
    }
    let rows = shown.map { index -> [ResultCell] in
      let target = Int(graph.roots[index].target)
      return [
        .text(graph.rootName(index)), .text(graph.rootDescription(index)), .text(graph.label(of: target)),
        graph.id(of: target).map(ResultCell.object) ?? .none, .bytes(graph.shallowSizes[target]),
        .bytes(sizes[target]),
      ]
    }
    let table = ResultTable(
      columns: [
        .init("name", .left, isFlexible: true), .init("kind", .left, isFlexible: true),
        .init("object", .left, isFlexible: true), .init("id", .left), .init("shallow"), .init("retained"),
      ], rows: rows, isNumbered: true)
    let result = AnalysisResult(
      name: "roots", heading: ["\(Numbers.counted(UInt64(rows.count), "root"))"],
      facts: [.init("roots", .count(UInt64(rows.count)))], body: .table(table))
    return CommandAnswer(arranging: result, as: call, options: session.options.rendering)
  }
}
