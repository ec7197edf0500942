import CVMHeapGraph
import CVMReport

/// `:strings`: texts that are in the heap more than once, and who holds them.
enum StringsCommand: Command {
  static let spec = CommandSpec(
    name: "strings", category: .look, argument: "TEXT", kind: .text, rule: .optional,
    options: [.withoutPrompt],
    table: .init(["wasted", "string", "copies", "bytes", "holder", "id"]),
    summary: "strings that are there more than once, what that wastes, and who holds them",
    discussion:
      "Strings are equal when their characters are. With a TEXT, which may hold a star, only strings like it, also those "
      + "that are there once; when it is one string, all places that hold it. Of files by V8 the beginnings of long "
      + "strings and their sizes are compared, since they hold no more.",
    examples: [
      .init(":strings", setup: ["let rows = [1, 2, 3].map(n => ({n, kind: ['in', 'voice'].join('')}))"]),
      .init(":strings *voice --json", setup: ["let word = ['in', 'voice'].join('')"]),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let heap = try session.heapInUse()
    let selection = call.roots
    let pattern = call.argument.isEmpty ? nil : unquoted(call.argument)
    let contents = heap.stringContents
    let found = try session.analysing { progress throws(AnalysisError) in
      try RepeatedStrings(
        graph: heap.graph, contents: contents,
        reachable: try heap.analyses.reachability(roots: selection, progress: progress),
        isWanted: pattern.map { pattern in { FindCommand.matches(pattern, $0) } }, progress: progress)
    }
    if let pattern, found.matching.isEmpty {
      throw .notFound("There is no string \(pattern.prefix(60)).")
    }
    let groups = pattern == nil ? found.repeated : found.matching
    // Who holds them is worth knowing of what is shown.
    let wantsAll = ["holder", "id"].contains(call.value("by"))
    let shown = Array(arranged(groups, call, contents).prefix(wantsAll ? .max : call.rowLimit))
    let holders = try session.analysing { progress throws(AnalysisError) in
      try found.holders(of: shown, progress: progress)
    }
    let options = session.options.rendering
    if pattern != nil, shown.count == 1, groups.count == 1 {
      return CommandAnswer(
        arranging: places(of: shown[0], holders[0], contents, heap.graph, options), as: call, options: options)
    }
    let rows = zip(shown, holders).map { group, holders -> [ResultCell] in
      [
        .text(literal(contents.text(group.node) ?? "")), .count(UInt64(group.copies)), .bytes(group.bytes),
        .bytes(group.wasted), .text(title(holders)),
        holders.lazy.compactMap { $0.example.flatMap(heap.graph.id(of:)) }.first.map(ResultCell.object) ?? .none,
      ]
    }
    let table = ResultTable(
      columns: [
        .init("string", .left, isFlexible: true), .init("copies"), .init("bytes"), .init("wasted"),
        .init("holder", title: "held by", .left, isFlexible: true), .init("id", title: "e.g.", .left),
      ], rows: rows, totalRowCount: groups.count, isNumbered: true)
    let result = AnalysisResult(
      name: "strings", heading: [heading(found, options)], facts: facts(found),
      body: .table(table), notes: notes(found, heap))
    var answer = CommandAnswer(
      arranging: result, showing: ["string", "copies", "wasted", "holder", "id"], as: call, options: options)
    answer.rows = { call.arranged(table) }
    return answer
  }

  /// Quotes around the text keep blanks.
  private static func unquoted(_ text: String) -> String {
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      return String(text.dropFirst().dropLast())
    }
    return text
  }

  private static func literal(_ text: String) -> String {
    let cut = text.count > 200 ? String(text.prefix(200)) + "..." : text
    return "\"\(TextLayout.printable(cut))\""
  }

  private static func arranged(
    _ groups: [RepeatedStrings.Group], _ call: CommandCall, _ contents: StringContents
  ) -> [RepeatedStrings.Group] {
    switch call.value("by") {
    case "copies": groups.sorted { ($0.copies, $1.node) > ($1.copies, $0.node) }
    case "bytes": groups.sorted { ($0.bytes, $1.node) > ($1.bytes, $0.node) }
    case "string":
      groups.map { ($0, contents.text($0.node) ?? "") }.sorted { ($0.1, $0.0.node) < ($1.1, $1.0.node) }.map(\.0)
    default: groups
    }
  }

  private static func title(_ holders: [RepeatedStrings.Holder]) -> String {
    guard let first = holders.first else { return "" }
    return "\(first.title) \(first.slot)" + (holders.count > 1 ? " +\(holders.count - 1)" : "")
  }

  /// All places that hold one string.
  private static func places(
    of group: RepeatedStrings.Group, _ holders: [RepeatedStrings.Holder], _ contents: StringContents,
    _ graph: HeapGraph, _ options: RenderOptions
  ) -> AnalysisResult {
    let rows = holders.map { holder -> [ResultCell] in
      [
        .text(holder.title), .text(holder.slot), .count(UInt64(holder.references)),
        holder.example.flatMap(graph.id(of:)).map(ResultCell.object) ?? .none,
      ]
    }
    let text = literal(contents.text(group.node) ?? "")
    let number = Numbers.counted(UInt64(group.copies), "string")
    let bytes = ByteCount.text(group.bytes, isExact: options.isExact)
    let wasted = ByteCount.text(group.wasted, isExact: options.isExact)
    return AnalysisResult(
      name: "strings",
      heading: [TextLayout.ellipsized(text, to: options.width), "\(number), \(bytes), \(wasted) wasted. Held by:"],
      facts: [
        .init("text", .text(contents.text(group.node) ?? "")), .init("copies", .count(UInt64(group.copies))),
        .init("bytes", .bytes(group.bytes)), .init("wasted", .bytes(group.wasted)),
      ],
      body: .table(
        ResultTable(
          columns: [
            .init("holder", .left, isFlexible: true), .init("slot", .left, isFlexible: true),
            .init("copies", title: "references"), .init("id", title: "e.g.", .left),
          ], rows: rows, isNumbered: true)))
  }

  private static func heading(_ found: RepeatedStrings, _ options: RenderOptions) -> String {
    let all =
      "\(Numbers.counted(UInt64(found.strings), "string")), \(ByteCount.text(found.bytes, isExact: options.isExact))"
    guard found.copies > 0 else { return "\(all). None is there twice." }
    let share = Numbers.percent(found.bytes == 0 ? 0 : Double(found.wasted) / Double(found.bytes))
    return
      "\(all). \(Numbers.grouped(UInt64(found.repeated.count))) are there more than once: "
      + "\(Numbers.counted(UInt64(found.copies), "copy", plural: "copies")), "
      + "\(ByteCount.text(found.wasted, isExact: options.isExact)) wasted (\(share) %)."
  }

  private static func facts(_ found: RepeatedStrings) -> [AnalysisResult.Fact] {
    [
      .init("strings", .count(UInt64(found.strings))), .init("bytes", .bytes(found.bytes)),
      .init("repeated", .count(UInt64(found.repeated.count))), .init("copies", .count(UInt64(found.copies))),
      .init("wasted", .bytes(found.wasted)), .init("notCompared", .count(UInt64(found.unknown))),
    ]
  }

  private static func notes(_ found: RepeatedStrings, _ heap: HeapInUse) -> [String] {
    guard found.unknown > 0 else { return [] }
    let number = Numbers.counted(UInt64(found.unknown), "string")
    return [
      heap.dump == nil
        ? "Not compared: \(number), parts of others or long, whose text the file does not say."
        : "Not compared: \(number) still made of parts (by +), which stand in memory once."
    ]
  }
}
