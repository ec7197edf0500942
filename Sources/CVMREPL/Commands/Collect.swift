import CVMHeapGraph
import CVMReport

/// `:gc`: collects, and says what was freed.
enum CollectCommand: Command {
  static let spec = CommandSpec(
    name: "gc", category: .alive, options: [.init("no-repl", "forgets $1, $2 ... and _ first")],
    summary: "collects garbage, and says what was freed",
    discussion: "What the prompt showed stays alive under its name ($1, _) unless --no-repl is given.",
    examples: [.init(":gc --no-repl", setup: ["let o = {x: 1}", "o = null"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    if call.has("no-repl") {
      session.results.forget(in: session.machine)
      session.heapChanged()
    }
    let dump = try session.heapDump()
    let clock = Stopwatch()
    session.machine.collect()
    let seconds = clock.seconds
    let report = try session.analysing { progress throws(AnalysisError) in
      try CollectionReport(before: dump.graph, seconds: seconds, progress: progress)
    }
    session.heapChanged()
    let options = session.options.rendering
    return CommandAnswer(text: { report.text(options: options) }, json: { report.json(isASCII: options.isASCII) })
  }
}
