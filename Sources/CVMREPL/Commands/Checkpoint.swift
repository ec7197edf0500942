import CVMHeapGraph
import CVMReport
import CVMSnapshot

/// `:checkpoint`: what a checkpoint of this moment would take.
enum CheckpointCommand: Command {
  static let spec = CommandSpec(
    name: "checkpoint", category: .time, options: [.init("top", value: "N", "shows N classes")],
    summary: "what a checkpoint would take, by kind and class",
    discussion:
      "The portable encoding writes each object once. Beside it: what it would take if each variable's value were "
      + "written out in full, as CVM once stored them.",
    examples: [.init(":checkpoint", setup: ["let p = {x: 1, y: 2}", "let pts = [p, p]"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let top = try call.count("top") ?? 10
    let (dump, sizes) = try session.sizedDump()
    let report = try session.analysing { progress throws(AnalysisError) in
      var report = try CheckpointReport(
        graph: dump.graph, inlineCosts: dump.inlineCosts, top: top, progress: progress)
      for (name, bytes) in [
        ("code", sizes.parts.code), ("source", sizes.parts.source),
        ("other", sizes.parts.header + sizes.parts.roots + sizes.parts.shapes),
      ] where bytes > 0 {
        if let place = report.parts.firstIndex(where: { $0.name == name }) {
          report.parts[place].bytes += UInt64(bytes)
        } else {
          report.parts.append(.init(name, UInt64(bytes)))
        }
        report.bytes += UInt64(bytes)
      }
      return report
    }
    let options = session.options.rendering
    return CommandAnswer(text: { report.text(options: options) }, json: { report.json(isASCII: options.isASCII) })
  }
}
