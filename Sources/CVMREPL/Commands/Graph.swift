import CVMHeapGraph
import CVMReport
import CVMRuntime

/// `:graph`: an object and what it holds, drawn.
enum GraphCommand: Command {
  static let spec = CommandSpec(
    name: "graph", category: .look, argument: "OBJECT", kind: .object, rule: .required,
    options: [
      .init("depth", value: "N", "how many references deep; 3 unless told"),
      .init("top", value: "N", "at most N lines of a tree; 100 unless told"),
      .init("tree", "as a tree, also when there are few objects"),
    ],
    summary: "draws an object and what it holds",
    discussion:
      "Few objects are drawn as boxes, each once: all that refers to one object ends in arrows to the same box. More "
      + "are drawn as a tree, where an object that was there before is only named. What the last statement changed is "
      + "marked with *, what is out of reach with x.",
    examples: [
      .init(":graph pts", setup: ["let pts = [p, p]"]),
      .init(":graph ring --depth 5", setup: ["let ring = {}", "ring.next = {next: ring}"]),
    ])

  private static let boxLimit = 12

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let (node, heap) = try session.node(call.argument)
    let graph = heap.graph
    let depth = try call.count("depth") ?? 3
    let limit = try call.count("top") ?? 100
    let name = call.argument
    let texts = heap.texts
    var result = try session.analysing { progress throws(AnalysisError) in
      try ObjectTree(node: node, name: name, depth: depth, limit: limit).run(on: graph, progress: progress)
    }
    result.name = "graph"
    describe(&result, heap, session.machine)
    let options = session.options.rendering
    var drawing =
      try call.has("tree") || graph.kind(of: node).category == .primitive
      ? nil
      : session.analysing { progress throws(AnalysisError) in
        try HeapScene(
          graph: graph, texts: texts, from: node, name: isName(name) ? name : "", depth: depth,
          limit: boxLimit, progress: progress)
      }
    if heap.live != nil, let picture = session.picture(), let difference = session.lastDifference(to: picture) {
      let dead = Set(picture.objects.filter { $0.life != .alive }.map(\.id))
      drawing?.mark(difference, dead: dead) { graph.id(of: $0)?.number }
    }
    return CommandAnswer(
      text: { [result, drawing] in
        guard let drawing, drawing.objects.count > 1 || drawing.objects[0].names.count > 1 else {
          return TerminalRenderer(options: options).render(result)
        }
        return HeapDrawing(scene: drawing, options: options).drawingText(
          heading: heading(drawing), style: session.coloured)
      },
      json: { [result] in JSONRenderer(isASCII: options.isASCII).render(result) })
  }

  private static func isName(_ text: String) -> Bool {
    ObjectPath(text) != nil && text.first != "_" && text.first != "$"
  }

  private static func isCut(_ result: AnalysisResult) -> Bool {
    result.facts.contains(.init("isCutOff", .flag(true)))
  }

  private static func heading(_ scene: HeapScene) -> String {
    "\(Numbers.counted(scene.objectCount, "object")), \(Numbers.counted(scene.bytes, "byte"))"
      + (scene.isCutOff ? " (more behind them: --depth)" : "")
  }

  /// Puts the values of objects beside their names in the tree.
  private static func describe(_ result: inout AnalysisResult, _ heap: HeapInUse, _ machine: Machine) {
    guard case .tree(var tree) = result.body else { return }
    for index in tree.lines.indices {
      guard !tree.lines[index].isRepeated, let identity = tree.lines[index].identity,
        let node = Int(identity.dropFirst()), heap.graph.kind(of: node).category == .object
      else { continue }
      let label = heap.graph.label(of: node)
      let preview =
        heap.live.map { machine.preview($0.value(of: node), limit: 44) } ?? heap.graph.preview(of: node, limit: 44)
      tree.lines[index].label = "\(label) \(preview)"
    }
    result.body = .tree(tree)
    if isCut(result) { result.notes.append("-- there is more: --depth N, --top N") }
  }
}
