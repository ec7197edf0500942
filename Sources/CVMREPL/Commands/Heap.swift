import CVMHeapGraph
import CVMReport
import CVMSnapshot

/// `:heap`: what is in the heap.
enum HeapCommand: Command {
  static let spec = CommandSpec(
    name: "heap", category: .look,
    options: [
      .init("all", "all classes, built-in objects too"),
      .init(
        "by", value: "FIGURE", "ranks classes by a figure; by retained unless told",
        choices: ClassHistogram.Order.allCases.map(\.rawValue)),
      .withoutPrompt,
      .init("expert", "the table, also for a small heap"),
      .init("teach", "the drawing, also for a large heap"),
    ],
    table: .init(ClassHistogram.Order.allCases.map(\.rawValue)),
    summary: "what is in the heap, as a drawing or a table",
    examples: [
      .init(":heap", setup: ["let p = {x: 1, y: 2}", "let pts = [p, p]"]), .init(":heap --by snapshot --top 5"),
    ])

  /// From this many objects on a table says more than a drawing.
  static let drawingLimit: UInt64 = 200

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    var order = ClassHistogram.Order.retained
    if let known = call.value("by").flatMap(ClassHistogram.Order.init) { order = known }
    let top = call.rowLimit
    let roots = call.roots
    let inUse = session.openedHeaps.inUse
    let dump = inUse == nil ? try session.sizedDump(try? session.machine.portableState(isInterruptible: true)) : nil
    guard let graph = inUse?.graph ?? dump?.graph else { throw .notFound("There is no heap.") }
    let options = session.options.rendering
    let clock = Stopwatch()
    let overview = try session.analysing { progress throws(AnalysisError) in
      var overview = try HeapOverview(
        graph: graph, order: order, top: top, includesBuiltIns: call.has("all"), roots: roots,
        analyses: inUse?.analyses, progress: progress)
      overview.seconds = clock.seconds
      return overview
    }
    let isSmall = overview.census.programObjects.objects <= drawingLimit && !call.has("all") && call.value("by") == nil
    let wantsDrawing =
      switch session.options.mode {
      case .auto: isSmall
      case .teach: isSmall || (!call.has("all") && call.value("by") == nil)
      case .expert: false
      }
    if call.has("teach") || (wantsDrawing && !call.has("expert") && !call.has("top")) {
      let drawing = try session.analysing { progress throws(AnalysisError) in
        HeapDrawing(
          scene: try HeapScene(
            graph: graph, texts: inUse?.texts ?? dump?.texts(of: session.machine) ?? ObjectTexts(), progress: progress),
          options: options
        ).text()
      }
      return CommandAnswer(
        text: { drawing }, json: { overview.json(isASCII: options.isASCII) }, rows: { overview.table })
    }
    return CommandAnswer(
      text: { overview.expertText(options: options) }, json: { overview.json(isASCII: options.isASCII) },
      rows: { overview.table })
  }
}
