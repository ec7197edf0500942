import CVMHeapGraph
import CVMReport

/// `:refs`: who holds an object, and what it holds.
enum RefsCommand: Command {
  static let spec = CommandSpec(
    name: "refs", category: .look, argument: "OBJECT", kind: .object, rule: .required,
    options: [
      .withoutPrompt,
      .init("expert", "sizes, and references folded by class and field"),
      .init("teach", "sentences, also in the mode for experts"),
    ],
    table: .init(["name", "holder", "id", "slot", "class"]),
    summary: "who holds an object, by which slots, and what it holds",
    discussion: "The count of references is exact. The names that the prompt gives ($1, _) are told apart.",
    examples: [.init(":refs p", setup: ["let p = {x: 1, y: 2}", "let pts = [p, p]"]), .init(":refs 1 --expert")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let (node, heap) = try session.node(call.argument)
    let isExpert = call.has("expert") || (session.options.mode == .expert && !call.has("teach"))
    let id = heap.live == nil ? nil : heap.graph.id(of: node)
    let origin = id.flatMap { $0.isInternal ? nil : session.maker(of: $0.number) }
    let report = try session.analysing { progress throws(AnalysisError) in
      try ReferencesReport(
        graph: heap.graph, node: node, texts: heap.texts, origin: origin?.title ?? "",
        includesREPL: call.roots.includesREPL, wantsRetained: isExpert, analyses: heap.analyses, progress: progress)
    }
    let options = session.options.rendering
    var shown = report
    shown.rowLimit = call.has("top") || call.wantsAllRows ? call.rowLimit : nil
    return CommandAnswer(
      text: { [shown] in isExpert ? shown.expertText(options: options) : shown.teachText(options: options) },
      json: { report.json(isASCII: options.isASCII) }, rows: { call.arranged(report.table) })
  }
}
