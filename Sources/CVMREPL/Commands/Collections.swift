import CVMHeapGraph
import CVMReport

/// `:collections`: how full arrays, maps and sets are.
enum CollectionsCommand: Command {
  static let spec = CommandSpec(
    name: "collections", category: .look, argument: "CLASS", kind: .className, rule: .optional,
    options: [
      .init(
        "state", value: "STATE", "only those in a state",
        choices: CollectionFill.State.allCases.map { $0.rawValue.split(separator: " ").joined(separator: "-") }),
      .withoutPrompt,
    ],
    table: .init(["wasted", "class", "state", "holder", "n", "entries", "fill", "room", "bytes", "id"]),
    summary: "how full arrays, maps and sets are: empty ones, sparse ones, too much room",
    discussion:
      "Alike are collections of a class and state that the same kind of place holds. `wasted` is memory for entries that "
      + "are not there, and all of an empty collection. A heap from a file says which collections are empty, and how "
      + "many references the others hold, but not their room.",
    examples: [
      .init(":collections", setup: ["let users = [1, 2, 3].map(id => ({id, tags: [], seen: new Map()}))"]),
      .init(":collections Array --by n", setup: ["let lists = [[], [1]]"]), .init(":collections --state empty"),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let heap = try session.heapInUse()
    let graph = heap.graph
    let selection = call.roots
    let pattern = call.argument
    let state = call.value("state")
    let census = try session.analysing { progress throws(AnalysisError) in
      try CollectionCensus(
        graph: graph,
        fill: { node in
          if !pattern.isEmpty, !FindCommand.matches(pattern, graph.className(of: node)) { return nil }
          let fill = heap.dump.map { $0.fill(of: node) } ?? graph.fill(of: node)
          if let state, fill?.state.rawValue.replacingBlanks != state { return nil }
          return fill
        }, reachable: try heap.analyses.reachability(roots: selection, progress: progress), progress: progress)
    }
    if !pattern.isEmpty, state == nil, census.rows.isEmpty {
      throw .notFound("There is no array, map or set of a class \(pattern.prefix(40)).")
    }
    let isLive = heap.dump != nil
    let rows = census.rows.map { row -> [ResultCell] in
      [
        .text(row.className), .text(row.state.rawValue), .text(row.holder), .count(row.collections),
        .count(row.entries), isLive ? row.share.map(ResultCell.share) ?? .none : .none, .bytes(row.wasted),
        graph.id(of: row.example).map(ResultCell.object) ?? .none, isLive ? .count(row.room) : .none,
        .bytes(row.bytes),
      ]
    }
    let table = ResultTable(
      columns: [
        .init("class", .left, isFlexible: true), .init("state", .left),
        .init("holder", title: "held by", .left, isFlexible: true), .init("n"), .init("entries"),
        .init("fill", title: "full %"), .init("wasted"), .init("id", title: "e.g.", .left), .init("room"),
        .init("bytes"),
      ], rows: rows, isNumbered: true)
    let options = session.options.rendering
    func size(_ bytes: UInt64) -> String { ByteCount.text(bytes, isExact: options.isExact) }
    let heading =
      census.collections == 0
      ? "No array, map or set" + (state.map { " is \($0)." } ?? ".")
      : "\(Numbers.counted(census.collections, "array, map or set", plural: "arrays, maps and sets")), "
        + "\(size(census.bytes)); \(Numbers.grouped(census.empty)) empty; \(size(census.wasted)) wasted."
    let result = AnalysisResult(
      name: "collections", heading: [heading],
      facts: [
        .init("collections", .count(census.collections)), .init("bytes", .bytes(census.bytes)),
        .init("empty", .count(census.empty)), .init("wasted", .bytes(census.wasted)),
      ], body: .table(table))
    var answer = CommandAnswer(
      arranging: result,
      showing: isLive
        ? ["class", "state", "holder", "n", "entries", "fill", "wasted", "id"]
        : ["class", "state", "holder", "n", "entries", "bytes", "id"], as: call, options: options)
    answer.rows = { call.arranged(table) }
    return answer
  }
}

extension String {
  fileprivate var replacingBlanks: String { split(separator: " ").joined(separator: "-") }
}
