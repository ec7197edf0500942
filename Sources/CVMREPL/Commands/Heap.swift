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
      .init("mine", "of a file by V8 only what is the program's, nothing of Node's own"),
      .init("quick", "of the live heap only objects and bytes of each class, at once; recent garbage is counted, too"),
      .withoutPrompt,
      .init("expert", "the table, also for a small heap"),
      .init("teach", "the drawing, also for a large heap"),
    ],
    table: .init(ClassHistogram.Order.allCases.map(\.rawValue)),
    summary: "what is in the heap, as a drawing or a table",
    discussion:
      "--mine leaves out what Node itself made. It is decided by what would go without the program: the functions of its "
      + "scripts (those not called node:...) with their scopes, objects of its classes, its own properties of the global "
      + "object, the exports of modules, and what only these hold. Packages from node_modules count as the program's.",
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
    if call.has("quick") { return try quick(order, call, session) }
    let inUse = session.openedHeaps.inUse
    let dump = inUse == nil ? try session.sizedDump(try? session.machine.portableState(isInterruptible: true)) : nil
    guard let graph = inUse?.graph ?? dump?.graph else { throw .notFound("There is no heap.") }
    let options = session.options.rendering
    if call.has("mine"), graph.rootNode == nil || graph.hasOwnIDs {
      throw .usage("--mine is for files by V8 (:open app.heapsnapshot). Here all is the program's but what --all adds.")
    }
    let clock = Stopwatch()
    let overview = try session.analysing { progress throws(AnalysisError) in
      let own = call.has("mine") ? try inUse?.analyses.ownObjects(progress: progress) : nil
      var overview = try HeapOverview(
        graph: graph, order: order, top: top, includesBuiltIns: call.has("all"), roots: roots, only: own,
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
        ).text(style: session.coloured)
      }
      return CommandAnswer(
        text: { drawing }, json: { overview.json(isASCII: options.isASCII) }, rows: { overview.table })
    }
    return CommandAnswer(
      text: { overview.expertText(options: options) }, json: { overview.json(isASCII: options.isASCII) },
      rows: { overview.table })
  }

  /// Classes counted without a graph.
  private static func quick(
    _ order: ClassHistogram.Order, _ call: CommandCall, _ session: Session
  ) throws(CommandError) -> CommandAnswer {
    try session.requireLiveHeap(":heap --quick")
    for name in ["mine", "no-repl", "teach"] where call.has(name) {
      throw .usage("--quick and --\(name) exclude each other")
    }
    let clock = Stopwatch()
    let census = session.machine.quickCensus()
    let seconds = clock.seconds
    let classes =
      switch order {
      case .objects: census.classes.sorted { ($0.objects, $1.name) > ($1.objects, $0.name) }
      case .name: census.classes.sorted { $0.name < $1.name }
      default: census.classes
      }
    let all = max(census.total.objects, 1)
    let rows = classes.prefix(call.rowLimit).map { figures -> [ResultCell] in
      [
        .text(figures.name), .count(figures.objects), .share(Double(figures.objects) / Double(all)),
        .bytes(figures.shallow),
      ]
    }
    let table = ResultTable(
      columns: [
        .init("class", .left, isFlexible: true), .init("n", title: "objects"), .init("share", title: "%"),
        .init("shallow"),
      ], rows: rows, totalRowCount: classes.count, isNumbered: true)
    let options = session.options.rendering
    let recent = ByteCount.text(UInt64(clamping: census.bytesSinceCollection), isExact: options.isExact)
    let result = AnalysisResult(
      name: "heap",
      heading: [
        "\(Numbers.counted(census.total.objects, "object"))  \(ByteCount.text(census.total.shallow, isExact: options.isExact))   counted in \(Numbers.duration(seconds: seconds))"
      ],
      facts: [
        .init("objects", .count(census.total.objects)), .init("bytes", .bytes(census.total.shallow)),
        .init("sinceCollection", .bytes(UInt64(clamping: census.bytesSinceCollection))),
      ], body: .table(table),
      notes: ["Whether they are alive was not asked: of \(recent) made since the last :gc some may be garbage."])
    var answer = CommandAnswer(result, options: options)
    answer.rows = { table }
    return answer
  }
}
