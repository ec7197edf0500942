import CVMHeapGraph

/// What `:heap` answers for a heap of any size: counts, sizes, and the classes that matter.
public struct HeapOverview: Sendable {
  /// How many roots of each kind there are.
  public struct RootCounts: Sendable, Equatable {
    public var globals = 0
    public var frames = 0
    public var repl = 0
  }

  public var census: HeapCensus
  public var roots = RootCounts()
  public var order: ClassHistogram.Order
  /// How many classes are shown.
  public var top: Int
  /// The epoch of the heap.
  public var epoch: UInt64?
  /// How long the analysis took.
  public var seconds: Double?
  public var isPartial: Bool
  /// The figures of the whole heap, where only a part is told about.
  public private(set) var whole: ClassFigures?

  /// Analyses a graph.
  public init(
    graph: HeapGraph, order: ClassHistogram.Order = .retained, top: Int = 20, includesBuiltIns: Bool = false,
    roots selection: RootSelection = RootSelection(), wantsRetained: Bool = true, epoch: UInt64? = nil,
    only own: OwnObjects? = nil, analyses: GraphAnalyses? = nil, progress: Progress
  ) throws(AnalysisError) {
    census = try HeapCensus(
      graph: graph, roots: selection, wantsRetained: wantsRetained, includesBuiltIns: includesBuiltIns, only: own,
      analyses: analyses, progress: progress)
    if own != nil {
      let all = try HeapCensus(
        graph: graph, roots: selection, wantsRetained: false, analyses: analyses, progress: progress)
      whole = all.total
    }
    self.order = order
    self.top = top
    self.epoch = epoch
    isPartial = wantsRetained && !census.hasRetained
    var frames: Set<UInt32> = []
    for root in graph.roots {
      switch root.kind {
      case .globalVariable: roots.globals += 1
      case .frameLocal: frames.insert(root.frame)
      case .repl: roots.repl += selection.includesREPL ? 1 : 0
      case .builtIn, .internalRoot: break
      }
    }
    roots.frames = frames.count
  }

  // MARK: Text

  /// The table for experts.
  public func expertText(options: RenderOptions = RenderOptions()) -> String {
    let shown = Array(census.ranked(by: order).prefix(top))
    let table = table(of: shown)
    var lines = headerLines(options)
    lines.append("")
    lines += TerminalRenderer(options: options).lines(of: table)
    lines.append(footer(shown))
    if isPartial { lines.append("(interrupted: retained sizes are missing)") }
    return lines.flatMap { TextLayout.wrapped($0, to: options.width) }.map { $0 + "\n" }.joined()
  }

  /// The classes with their figures, ranked.
  public var table: ResultTable {
    var table = table(of: Array(census.ranked(by: order).prefix(top)))
    table.totalRowCount = census.classes.count
    return table
  }

  private func table(of classes: [ClassFigures]) -> ResultTable {
    ResultTable(columns: columns, rows: classes.map(cells), isNumbered: true)
  }

  private func headerLines(_ options: RenderOptions) -> [String] {
    let counts = [
      Numbers.counted(UInt64(roots.globals), "global"), Numbers.counted(UInt64(roots.frames), "frame"),
      "\(Numbers.grouped(UInt64(roots.repl))) REPL",
    ]
    var lines = [
      "\(Numbers.counted(census.total.objects, "object"))  \(options.bytes(census.total.shallow))   "
        + "roots: \(counts.joined(separator: ", "))"
    ]
    if let whole {
      lines[0] =
        "the program's: \(Numbers.grouped(census.total.objects)) of \(Numbers.counted(whole.objects, "object")), "
        + "\(options.bytes(census.total.shallow)) of \(options.bytes(whole.shallow))"
    }
    if census.hasSnapshot { lines.append("snapshot would be \(options.bytes(census.total.snapshot))") }
    var parts: [String] = []
    let cost = [seconds.map(Numbers.duration), epoch.map { "heap epoch \($0)" }].compactMap { $0 }
    if census.hasRetained, !cost.isEmpty { parts.append("retained: " + cost.joined(separator: ", ")) }
    if census.garbage.objects > 0 {
      parts.append(
        "garbage: \(Numbers.counted(census.garbage.objects, "object")), "
          + "\(options.bytes(census.garbage.shallow)), not counted")
    }
    if !parts.isEmpty { lines.append(parts.joined(separator: "     ")) }
    return lines
  }

  private func footer(_ shown: [ClassFigures]) -> String {
    if census.classes.isEmpty { return "-- no classes: no objects made by you yet" }
    let bytes = shown.reduce(UInt64(0)) { $0 &+ $1.shallow }
    let share = census.total.shallow == 0 ? 1 : Double(bytes) / Double(census.total.shallow)
    return "-- \(Numbers.grouped(UInt64(shown.count))) of "
      + "\(Numbers.counted(UInt64(census.classes.count), "class", plural: "classes")), "
      + "\(Numbers.fixed(share * 100, decimals: 1)) % of bytes"
  }

  private var columns: [ResultTable.Column] {
    var columns: [ResultTable.Column] = [
      .init("class", .left, isFlexible: true), .init("n", title: "objects"), .init("share", title: "%"),
      .init("shallow"),
    ]
    if census.hasRetained { columns.append(.init("retained")) }
    if census.hasSnapshot { columns.append(.init("snapshot")) }
    return columns
  }

  private func cells(_ figures: ClassFigures) -> [ResultCell] {
    let share = census.total.objects == 0 ? 0 : Double(figures.objects) / Double(census.total.objects)
    var cells: [ResultCell] = [
      .text(figures.name), .count(figures.objects), .share(share), .bytes(figures.shallow),
    ]
    if census.hasRetained { cells.append(.bytes(figures.retained)) }
    if census.hasSnapshot { cells.append(.bytes(figures.snapshot)) }
    return cells
  }

  // MARK: JSON

  /// The report for programs, on one line.
  public func json(isASCII: Bool = false) -> String {
    var writer = JSONWriter(isASCII: isASCII)
    writer.report("heap") { writer in
      if let epoch { writer.member("epoch", epoch) }
      writer.member("objects", census.total.objects)
      writer.member("bytes", census.total.shallow)
      if census.hasSnapshot { writer.member("snapshot", census.total.snapshot) }
      writer.group("program") { $0.figures(census.programObjects) }
      writer.group("builtIn") { $0.figures(census.builtIns) }
      writer.group("garbage") { $0.figures(census.garbage) }
      writer.group("roots") { writer in
        writer.member("globals", roots.globals)
        writer.member("frames", roots.frames)
        writer.member("repl", roots.repl)
      }
      if let whole { writer.group("whole") { $0.figures(whole) } }
      if isPartial { writer.member("partial", true) }
      writer.member("classes", census.classes.count)
      writer.list("rows") { writer in
        for figures in census.ranked(by: order).prefix(top) { row(figures, &writer) }
      }
    }
    return writer.text
  }

  private func row(_ figures: ClassFigures, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("class", figures.name)
      writer.member("n", figures.objects)
      writer.member("shallow", figures.shallow)
      if census.hasRetained { writer.member("retained", figures.retained) }
      if census.hasSnapshot { writer.member("snapshot", figures.snapshot) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func figures(_ figures: ClassFigures) {
    member("n", figures.objects)
    member("bytes", figures.shallow)
  }
}
