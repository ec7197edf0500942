import CVMHeapGraph
import CVMReport
import CVMRuntime

/// `:find`: objects of a class, of a size, with a property, or for which a function says true.
enum FindCommand: Command {
  static let spec = CommandSpec(
    name: "find", category: .look, argument: "QUERY", kind: .className, codeMark: "where",
    rule: .optional,
    options: [
      .init("has", value: "PROPERTY", "objects that have a property, own or inherited"),
      .init("with", value: "PROPERTY=VALUE", "objects of which a property has a value"),
      .init("min-size", value: "SIZE", "objects that take at least a size, such as 1KB"),
    ],
    table: .init(["id", "class", "shallow", "retained", "value"]),
    summary: "finds objects by class, size, property or a function",
    discussion:
      "A QUERY is `CLASS`, `CLASS where FUNCTION` or `where FUNCTION`. CLASS may hold a star: *Error; (string) finds strings; `row 3` is what that row of the last table is about. The function behind `where` is asked about each object, such as "
      + "`n => n.kids.length > 3`; what it makes takes no ids. Of a heap from a file objects with the same slots, three "
      + "references deep, are asked about; numbers are not in such files. --by retained computes what each keeps alive. To send "
      + "the answer elsewhere put the function in parentheses.",
    examples: [
      .init(
        ":find Node where n => n.kids.length > 1",
        setup: ["class Node { constructor(...kids) { this.kids = kids } }", "let n = new Node(new Node(), new Node())"]
      ), .init(":find Object --has x --by retained"), .init(":find --with x=1 | wc -l"),
    ])

  private struct Match {
    let node: Int
    /// What it is in the live heap.
    let value: Value
  }

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let heap = try session.heapInUse()
    let graph = heap.graph
    let reachable = try session.analysing { progress throws(AnalysisError) in
      try heap.analyses.reachability(progress: progress)
    }
    let query = try subject(of: call, session)
    let isOfPrimitives = query.map(isOfPrimitives) ?? false
    var nodes = (0..<graph.nodeCount).filter { node in
      let isAsked = isOfPrimitives ? graph.isProgramPrimitive(node) : graph.isProgramObject(node)
      return isAsked && reachable.contains(node)
    }
    if let query { nodes = try choose(query, among: nodes, graph) }
    let considered = nodes.count
    if let text = call.value("min-size") {
      guard let size = Quantity.bytes(text) else { throw .usage("--min-size needs a size such as 1KB") }
      nodes.removeAll { graph.shallowSizes[$0] < size }
    }
    let machine = session.machine
    if let name = call.value("has") {
      nodes.removeAll { node in
        heap.live.map { machine.peek($0.value(of: node), name) == nil } ?? (graph.slot(name, of: node) == nil)
      }
    }
    if let text = call.value("with") { try keep(&nodes, with: text, heap, machine) }
    var matches = nodes.map { Match(node: $0, value: heap.live?.value(of: $0) ?? .undefined) }
    var failures = Failures()
    if let code = call.code, heap.live != nil { try ask(code, about: &matches, &failures, session) }
    if let code = call.code, heap.live == nil {
      let answers = try HeapQuestion(session: session, heap: heap).answers(code, about: nodes)
      matches = answers.matches.map { Match(node: $0, value: .undefined) }
      failures = Failures(count: answers.failures, first: answers.firstFailure)
    }
    return try answer(matches, considered, failures, call, heap, session)
  }

  // MARK: Choosing

  /// What is looked for: the argument, or what a row of the last table is about.
  static func subject(
    of call: CommandCall, _ session: Session
  ) throws(CommandError) -> RowArgument.Subject? {
    if let row = RowArgument(call.argument) { return try session.subject(of: row) }
    return call.argument.isEmpty ? nil : .className(call.argument)
  }

  /// Strings, symbols and BigInts stand in tables as (string), (symbol) and (bigint).
  private static func isOfPrimitives(_ query: RowArgument.Subject) -> Bool {
    if case .className(let name) = query { name.hasPrefix("(") } else { false }
  }

  /// The objects that are looked for.
  static func choose(
    _ query: RowArgument.Subject, among nodes: [Int], _ graph: HeapGraph
  ) throws(CommandError) -> [Int] {
    switch query {
    case .object(let id): nodes.filter { graph.id(of: $0) == id }
    case .className(let name), .name(let name): try ofClass(name, nodes, graph)
    }
  }

  private static func ofClass(_ text: String, _ nodes: [Int], _ graph: HeapGraph) throws(CommandError) -> [Int] {
    let isQuoted = text.count > 2 && ["\"", "'"].contains(text.prefix(1)) && text.hasSuffix(text.prefix(1))
    let pattern = isQuoted ? String(text.dropFirst().dropLast()) : text
    var known: [StringIndex: Bool] = [:]
    let found = nodes.filter { node in
      let index = graph.classNames[node]
      // Objects of a kind without a class name of their own differ by kind.
      if index == 0 { return matches(pattern, graph.className(of: node)) }
      if let answer = known[index] { return answer }
      let answer = matches(pattern, graph.className(of: node)) || matches(pattern, graph.shortClassName(of: node))
      known[index] = answer
      return answer
    }
    if found.isEmpty {
      let names = Set(nodes.map { graph.shortClassName(of: $0) })
      let question = Suggestions.question(pattern, among: names.sorted()).map { " " + $0 } ?? ""
      let isName = ObjectPath(String(pattern)).map { $0.steps.isEmpty } ?? false
      let property = question.isEmpty && isName ? " Those with such a property: :find --has \(pattern.prefix(40))" : ""
      throw .notFound("There is no object of a class \(pattern.prefix(40)).\(question)\(property)")
    }
    return found
  }

  /// Whether a name fits a pattern in which stars stand for anything.
  static func matches(_ pattern: String, _ name: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return pattern == name }
    guard name.hasPrefix(parts[0]) else { return false }
    var rest = name.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }

  private static func keep(
    _ nodes: inout [Int], with text: String, _ heap: HeapInUse, _ machine: Machine
  ) throws(CommandError) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw .usage("--with needs a property and a value: --with name='x'") }
    nodes.removeAll { node in
      let literal: String
      if let live = heap.live {
        guard let value = machine.peek(live.value(of: node), parts[0]) else { return true }
        literal = machine.literal(value, limit: 200)
      } else {
        guard let slot = heap.graph.slot(parts[0], of: node) else { return true }
        literal = heap.graph.literal(slot, limit: 200)
      }
      return literal != parts[1] && literal.dropFirst().dropLast() != parts[1]
        && "\"\(literal.dropFirst().dropLast())\"" != parts[1]
    }
  }

  // MARK: Asking

  /// Objects about which the function could not be asked.
  private struct Failures {
    var count = 0
    var first = ""
  }

  private static func ask(
    _ code: String, about matches: inout [Match], _ failures: inout Failures, _ session: Session
  ) throws(CommandError) {
    let machine = session.machine
    // The objects stay alive whatever the function does.
    machine.hostRoots.append(("(question)", machine.makeHostArray(matches.map(\.value))))
    let mark = session.results.mark
    defer {
      session.takeBackExpression(mark)
      session.results.keepExpression(.undefined, in: machine)
      machine.hostRoots.removeAll { $0.name == "(question)" }
    }
    var kept: [Match] = []
    var failure: CommandError?
    var failed = Failures()
    machine.withoutTakingIDs {
      guard let function = session.quietly(Session.asExpression(code)), machine.isFunction(function) else {
        failure = .usage("Behind `where` stands a function, such as n => n.x > 1")
        return
      }
      for match in matches {
        switch machine.call(function, this: .undefined, arguments: [match.value]) {
        case .completed(let answer): if machine.isTruthy(answer) { kept.append(match) }
        case .threw(let error):
          if failed.count == 0 { failed.first = machine.isError(error) ? machine.errorTitle(error) : "" }
          failed.count += 1
        case .paused: failure = .usage("The function must not call CC.")
        case .stopped(.interrupted): failure = .interrupted
        case .stopped(let reason): failure = CommandError(status: .limit, message: "Stopped: \(reason.message).")
        }
        machine.abandonRun()
        if failure != nil { return }
      }
    }
    if let failure { throw failure }
    failures = failed
    matches = kept
  }

  // MARK: Answering

  private static func answer(
    _ matches: [Match], _ considered: Int, _ failures: Failures, _ call: CommandCall, _ heap: HeapInUse,
    _ session: Session
  ) throws(CommandError) -> CommandAnswer {
    let graph = heap.graph
    let column = call.value("by") ?? "id"
    var retained: RetainedSizes?
    if column == "retained" {
      retained = try session.analysing { progress throws(AnalysisError) in
        try heap.analyses.retainedSizes(progress: progress)
      }
    }
    let sorted = sort(matches, by: column, graph, retained)
    let machine = session.machine
    var columns: [ResultTable.Column] = [.init("id", .left), .init("class", .left, isFlexible: true), .init("shallow")]
    if retained != nil { columns.append(.init("retained")) }
    columns.append(.init("value", .left, isFlexible: true))
    let rows = sorted.prefix(call.rowLimit).map { match -> [ResultCell] in
      var row: [ResultCell] = [
        graph.id(of: match.node).map(ResultCell.object) ?? .none, .text(graph.shortClassName(of: match.node)),
        .bytes(graph.shallowSizes[match.node]),
      ]
      if let retained { row.append(.bytes(retained[match.node])) }
      let isLive = heap.live != nil
      row.append(.text(isLive ? machine.preview(match.value, limit: 100) : graph.preview(of: match.node, limit: 100)))
      return row
    }
    var table = ResultTable(columns: columns, rows: rows, totalRowCount: matches.count, isNumbered: true)
    if column == "value" { table = call.arranged(table) }
    let bytes = matches.reduce(UInt64(0)) { $0 &+ graph.shallowSizes[$1.node] }
    var heading = "\(Numbers.grouped(UInt64(matches.count))) of \(Numbers.counted(UInt64(considered), "object"))"
    heading += ", \(ByteCount.text(bytes))"
    var notes: [String] = []
    if failures.count > 0 {
      notes.append("The question failed for \(Numbers.counted(UInt64(failures.count), "object")): \(failures.first)")
    }
    if matches.isEmpty, considered > 0, heap.live == nil, call.code != nil || call.has("with") || call.has("has") {
      notes.append("Numbers are not in a heap from a file: a question about one finds nothing.")
    }
    let result = AnalysisResult(
      name: "find", heading: [heading],
      facts: [
        .init("matches", .count(UInt64(matches.count))), .init("considered", .count(UInt64(considered))),
        .init("bytes", .bytes(bytes)), .init("failures", .count(UInt64(failures.count))),
      ], body: .table(table), notes: notes)
    var answer = CommandAnswer(result, options: session.options.rendering)
    answer.rows = { table }
    return answer
  }

  private static func sort(
    _ matches: [Match], by column: String, _ graph: HeapGraph, _ retained: RetainedSizes?
  ) -> [Match] {
    let number = { (match: Match) in graph.id(of: match.node)?.number ?? 0 }
    let byID = matches.sorted { number($0) < number($1) }
    func ordered(_ figure: (Match) -> UInt64) -> [Match] {
      byID.map { ($0, figure($0)) }.sorted { ($0.1, number($1.0)) > ($1.1, number($0.0)) }.map(\.0)
    }
    switch column {
    case "shallow": return ordered { graph.shallowSizes[$0.node] }
    case "retained": return ordered { retained?[$0.node] ?? 0 }
    case "class":
      return byID.map { ($0, graph.shortClassName(of: $0.node)) }
        .sorted { ($0.1, number($0.0)) < ($1.1, number($1.0)) }.map(\.0)
    default: return byID
    }
  }
}
