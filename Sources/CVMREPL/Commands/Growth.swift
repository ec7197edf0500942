import CVMHeapGraph
import CVMReport

/// `:growth`: which classes grow over several moments.
enum GrowthCommand: Command {
  static let spec = CommandSpec(
    name: "growth", category: .time, argument: "A B C ...", kind: .checkpoint, rule: .optional,
    options: [
      .init("bytes", "bytes instead of objects"),
      .init("system", "the classes of the machine's own parts, too, which are one line otherwise"),
    ],
    table: .init(["growth", "class", "added"]),
    summary: "classes over any number of moments or heaps, what only grows first",
    discussion:
      "Moments are given as for :diff, the oldest first: checkpoints (c2, a name, a file), numbers of statements, branches, "
      + "now, heaps that are open. Without them all open heaps are taken, in the order in which they were opened, or else "
      + "all checkpoints (or the start) and now. A class marked with * never lost an object from one moment to the next, and has more in "
      + "the end.",
    examples: [
      .init(
        ":growth",
        setup: [
          "let log = []", ":checkpoint", "log.push({line: 1}, {line: 2})", ":checkpoint",
          "log.push({line: 3}); log.length",
        ])
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let words = CommandCall.words(call.argument[...])
    let names = words.isEmpty ? usual(session) : words
    guard names.count > 1 else { throw .usage("Growth needs two moments or more: :growth c1 c2 now") }
    var moments: [HeapCensus] = []
    for name in names {
      let side = try DiffCommand.side(name, session)
      moments.append(
        try HeapDifferences.look(side, session) { heap throws(CommandError) in
          try session.analysing { progress throws(AnalysisError) in
            try HeapCensus(graph: heap.graph, wantsRetained: false, analyses: heap.analyses, progress: progress)
          }
        })
    }
    return answer(HeapGrowth(moments, foldsSystem: !call.has("system")), names, call, session.options.rendering)
  }

  private static func usual(_ session: Session) -> [String] {
    let heaps = session.openedHeaps.all.map(\.name)
    if heaps.count > 1 { return heaps }
    let checkpoints = session.checkpoints.map { "c\($0.number)" }
    return (checkpoints.isEmpty ? ["0"] : checkpoints) + ["now"]
  }

  private static func answer(
    _ growth: HeapGrowth, _ names: [String], _ call: CommandCall, _ options: RenderOptions
  ) -> CommandAnswer {
    let isBytes = call.has("bytes")
    let columns =
      [
        ResultTable.Column("class", .left, isFlexible: true), .init("onlyGrows", title: "", .left),
        .init("growth", title: "growth"), .init("added", title: "more"),
      ] + names.map { ResultTable.Column($0, title: $0) }
    let rows = growth.rows.map { row -> [ResultCell] in
      [.text(row.name), .flag(row.onlyGrows), .delta(row.growth), .delta(row.addedObjects)]
        + (isBytes ? row.bytes.map(ResultCell.bytes) : row.objects.map(ResultCell.count))
    }
    let table = ResultTable(columns: columns, rows: rows, isNumbered: true)
    let only = growth.rows.count { $0.onlyGrows }
    let totals = growth.total.bytes.map { ByteCount.text($0, isExact: options.isExact) }
    let result = AnalysisResult(
      name: "growth",
      heading: [
        "\(names.count) moments: \(totals.joined(separator: " -> "))",
        "\(Numbers.counted(UInt64(only), "class", plural: "classes")) only grew (*), "
          + "\(Numbers.grouped(UInt64(growth.rows.count - only))) changed otherwise, "
          + "\(Numbers.grouped(UInt64(growth.unchanged))) stayed what they were.",
      ],
      facts: [
        .init("moments", .count(UInt64(names.count))), .init("onlyGrew", .count(UInt64(only))),
        .init("changed", .count(UInt64(growth.rows.count))), .init("unchanged", .count(UInt64(growth.unchanged))),
        .init("growth", .delta(growth.total.growth)),
      ], body: .table(table))
    let isSorted = call.value("by") != nil
    func arranged(_ table: ResultTable) -> ResultTable {
      isSorted ? call.arranged(table) : table.first(call.rowLimit)
    }
    let shown = arranged(table)
    var readable = result
    var texts = shown
    texts.rows = shown.rows.map { row in
      var row = row
      if case .flag(let onlyGrows) = row[1] { row[1] = .text(onlyGrows ? "*" : "") }
      if case .delta(let bytes) = row[2] { row[2] = .text(bytes == 0 ? "0 B" : HeapDifferences.size(bytes)) }
      return row
    }
    readable.body = texts.rows.isEmpty ? .text([]) : .table(texts)
    var exact = result
    exact.body = .table(shown)
    return CommandAnswer(
      text: { [readable] in TerminalRenderer(options: options).render(readable) },
      json: { [exact] in JSONRenderer(isASCII: options.isASCII).render(exact) }, rows: { shown })
  }
}

extension ResultTable {
  /// The first rows.
  func first(_ count: Int) -> ResultTable {
    var table = self
    table.totalRowCount = max(totalRowCount, rows.count)
    table.rows = Array(rows.prefix(count))
    return table
  }
}
