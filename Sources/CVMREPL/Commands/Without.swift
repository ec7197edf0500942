import CVMHeapGraph
import CVMReport

/// `:without`: what would go with all objects of a class.
enum WithoutCommand: Command {
  static let spec = CommandSpec(
    name: "without", category: .alive, argument: "CLASS", kind: .className, rule: .required,
    options: [.withoutPrompt],
    table: .init(["class", "n", "bytes", "share"]),
    summary: "what would be freed if there were no objects of a class",
    discussion:
      "The heap stays as it is. CLASS may hold a star: *Cache; `row 3` is the class of that row of the last table.",
    examples: [
      .init(
        ":without Node",
        setup: ["class Node { constructor() { this.kids = [] } }", "let tree = [new Node(), new Node()]"])
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let heap = try session.heapInUse()
    let graph = heap.graph
    let reachable = try session.analysing { progress throws(AnalysisError) in
      try heap.analyses.reachability(progress: progress)
    }
    let nodes = (0..<graph.nodeCount).filter { reachable.contains($0) && !graph.isBuiltIn($0) }
    let query = try FindCommand.subject(of: call, session) ?? .className(call.argument)
    let chosen = try FindCommand.choose(query, among: nodes, graph)
    let selection = try session.roots(holding: chosen, heap, call)
    guard !chosen.isEmpty else { throw .notFound("There are no objects of the class \(call.argument.prefix(60))") }
    let deletion = try session.analysing { progress throws(AnalysisError) in
      try VirtualDeletion(analyses: heap.analyses, roots: selection, nodes: chosen, progress: progress)
    }
    let options = session.options.rendering
    let gone = Numbers.counted(UInt64(deletion.removed.count), "\(call.argument) object")
    let others = Numbers.counted(UInt64(deletion.freed.count), "other object")
    let heading =
      "Virtual: without \(gone) \(others) would go, too: \(ByteCount.text(deletion.bytes, isExact: options.isExact)) in all."
    return CommandAnswer(
      arranging: deletion.result("without", heading: [heading]), as: call, options: options)
  }
}

/// `:cut`: what would be freed if one reference were gone.
enum CutCommand: Command {
  static let spec = CommandSpec(
    name: "cut", category: .alive, argument: "REFERENCE", kind: .object, rule: .required,
    options: [.withoutPrompt],
    table: .init(["class", "n", "bytes", "share"]),
    summary: "what would be freed if one reference were gone",
    discussion:
      "The heap stays as it is. What the prompt holds ($1, _) counts only where nothing else does. Of a file by V8 what is "
      + "one reference of the program and two in the file (the object's and its store's) is cut as one. A REFERENCE is a variable (p), a path whose last step counts (app.cache[\"k\"]), or an id with "
      + "a slot as :show and :refs write it (12.x, 12[0], 12.[[table]]).",
    examples: [.init(":cut p.next"), .init(":cut p")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let heap = try session.heapInUse()
    let cuts = try references(call.argument, heap, session)
    let selection = try session.roots(holding: cuts.map { heap.graph.target(of: $0) }, heap, call)
    let deletion = try session.analysing { progress throws(AnalysisError) in
      try VirtualDeletion(analyses: heap.analyses, roots: selection, cuts: cuts, progress: progress)
    }
    let options = session.options.rendering
    let heading: String
    if deletion.freed.isEmpty {
      heading = try otherwise(cuts, selection, heap, call.argument, session)
    } else {
      heading =
        "Virtual: without \(call.argument) \(Numbers.counted(UInt64(deletion.freed.count), "object")) would go: "
        + "\(ByteCount.text(deletion.bytes, isExact: options.isExact))."
    }
    var result = deletion.result("cut", heading: [heading])
    if deletion.repetitions > 0 {
      result.notes.append("V8 writes the slot twice (object and store): both were cut.")
    }
    return CommandAnswer(arranging: result, as: call, options: options)
  }

  /// Why nothing would go.
  private static func otherwise(
    _ cuts: Set<HeapReference>, _ selection: RootSelection, _ heap: HeapInUse, _ name: String, _ session: Session
  ) throws(CommandError) -> String {
    let graph = heap.graph
    guard let cut = cuts.first else { return "" }
    let target = graph.target(of: cut)
    let left = try session.analysing { progress throws(AnalysisError) in
      try Reachability(
        graph: graph, roots: selection, without: heap.analyses.repeatedSlots(progress: progress).adding(to: cuts),
        keepsPaths: true, progress: progress)
    }
    guard let path = left.path(to: target) else {
      return "Nothing would go: \(graph.label(of: target)) is garbage already."
    }
    return "Nothing would go: without \(name) \(graph.label(of: target)) stays alive through \(graph.text(of: path))."
  }

  private static func references(
    _ text: String, _ heap: HeapInUse, _ session: Session
  ) throws(CommandError) -> Set<HeapReference> {
    let graph = heap.graph
    let roots = graph.roots.indices.filter { graph.rootName($0) == text }
    if !roots.isEmpty { return Set(roots.map(HeapReference.root)) }
    // An id, and a slot as it is written.
    let body = text.first == "#" || text.first == "@" ? text.dropFirst() : text[...]
    let isID = body.startIndex != text.startIndex || text.first?.isNumber == true
    let number = isID ? body.prefix { $0.isNumber || $0 == "i" } : ""
    if !number.isEmpty, let id = NodeID(parsing: number), let owner = graph.node(withID: id) {
      let slot = String(body[number.endIndex...])
      let edges = graph.edges(of: owner).filter { graph.slotName($0) == slot && graph.isStrong($0) }
      guard !edges.isEmpty else {
        throw .notFound("\(graph.label(of: owner)) holds nothing at \(slot.prefix(60)). :show lists its slots.")
      }
      return Set(edges.map(HeapReference.edge))
    }
    if let property = ObjectPath(text)?.globalProperty(in: graph), graph.isStrong(property) { return [.edge(property)] }
    guard let path = ObjectPath(text), let last = path.steps.last else {
      throw .notFound(
        "\(text.prefix(60)) is no reference: give a variable, a path (app.cache) or an id with a slot (12.x)")
    }
    let owner = try session.node(ObjectPath(root: path.root, steps: path.steps.dropLast()).text).node
    guard let edge = ObjectPath.edge(last, from: owner, in: graph), graph.isStrong(edge) else {
      throw .notFound("\(graph.label(of: owner)) holds no object there: \(text.prefix(60))")
    }
    return [.edge(edge)]
  }
}

extension VirtualDeletion {
  /// For a command.
  func result(_ name: String, heading: [String]) -> AnalysisResult {
    var facts: [AnalysisResult.Fact] = [
      .init("removed", .count(UInt64(removed.count))), .init("freed", .count(UInt64(freed.count))),
      .init("bytes", .bytes(bytes)),
    ]
    if let snapshotBytes { facts.append(.init("snapshot", .bytes(snapshotBytes))) }
    return AnalysisResult(
      name: name, heading: heading, facts: facts, body: classes.isEmpty ? .text([]) : .table(table(top: .max)))
  }
}
