import CVMHeapGraph
import CVMReport
import Glibc

/// `:export`: the heap as a file for other tools.
enum ExportCommand: Command {
  static let spec = CommandSpec(
    name: "export", category: .look, argument: "FILE", kind: .file, rule: .required,
    options: [
      .init("root", value: "OBJECT", "only an object and what it holds"),
      .init("depth", value: "N", "at most N references away from the root"),
      .init("strings", value: "N", "at most N characters of each string, or full; 1024 unless told"),
      .init(
        "redact", value: "strings", "other letters in place of strings; equal ones stay equal", choices: ["strings"]),
      .init("sample", value: "SHARE", "only a part of the objects, such as 10%, the same each time"),
      .init("top", value: "N", "at most N objects in a picture: .svg 80, .dot 200, .html 1500 unless told"),
      .init("all", "in pictures of a file by V8 what is Node's own, too"),
    ],
    summary: "writes the heap as .heapsnapshot, .svg, .html, .dot, .csv or .jsonl",
    discussion:
      "The ending of the name decides. A .heapsnapshot opens in the memory panel of Chrome's DevTools; .csv has a line for "
      + "each object; .jsonl, too, with its references. Pictures show the objects that keep most, below those that keep them: "
      + ".svg as a file for any viewer, .html as one page to look around in, open and search, .dot for Graphviz. Of a "
      + "--root they show what it refers to; of a whole file by V8 what is the program's (:help heap says how that is decided).",
    examples: [
      .init(":export heap.csv"), .init(":export heap.html"),
      .init(":export part.heapsnapshot --root p --redact strings"),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let path = Redirection.expanded(call.argument)
    let heap: HeapInUse
    var root: Int?
    if let text = call.value("root") {
      let found = try session.node(text)
      (heap, root) = (found.heap, found.node)
    } else {
      heap = try session.heapInUse()
    }
    let depth = try call.count("depth")
    let part = try root.map { root throws(CommandError) in try reached(from: root, depth, heap, session) }
    guard let format = HeapExport.Format(path: path) else {
      throw .usage(
        "\(path.prefix(60)) has no ending that says the form: .heapsnapshot, .svg, .html, .dot, .csv or .jsonl")
    }
    var export = HeapExport(
      heap: heap, part: part, contents: try contents(call), pictureLimit: try call.count("top") ?? format.pictureLimit,
      root: root, depth: depth)
    if let text = call.value("sample") {
      let share = try share(text)
      export.part = try session.analysing { progress throws(AnalysisError) in
        try HeapSample(share: share, keepsPaths: format == .heapSnapshot).nodes(
          of: heap.graph, from: root, within: part, progress: progress)
      }
      export.isSample = true
    }
    export.showsAll = call.has("all")
    let clock = Stopwatch()
    let outcome = try write(export, format, to: path, session)
    return answer(path, outcome, clock.seconds, session.options.rendering)
  }

  private static func contents(_ call: CommandCall) throws(CommandError) -> HeapSnapshotWriter.Contents {
    if call.has("redact") { return .redacted }
    guard let text = call.value("strings") else { return .upTo(1024) }
    if text == "full" { return .upTo(.max) }
    guard let count = Int(text), count >= 0 else { throw .usage("--strings needs a number of characters, or full") }
    return .upTo(count)
  }

  /// `10%` or `0.1`
  private static func share(_ text: String) throws(CommandError) -> Double {
    let isPercentage = text.hasSuffix("%")
    guard let number = Double(isPercentage ? String(text.dropLast()) : text), number.isFinite,
      case let share = isPercentage ? number / 100 : number, share > 0, share <= 1
    else { throw .usage("--sample needs a part such as 10% or 0.1") }
    return share
  }

  /// What an object reaches.
  private static func reached(
    from root: Int, _ depth: Int?, _ heap: HeapInUse, _ session: Session
  ) throws(CommandError) -> Set<Int> {
    let graph = heap.graph
    return try session.analysing { progress throws(AnalysisError) in
      var seen: Set<Int> = [root]
      var level = [root]
      var distance = 0
      while !level.isEmpty, distance < depth ?? .max {
        var next: [Int] = []
        for node in level {
          if progress.isCancelled { throw .cancelled }
          for edge in graph.edges(of: node) where graph.isStrong(edge) {
            let target = graph.target(ofEdge: edge)
            if !graph.isBuiltIn(target), seen.insert(target).inserted { next.append(target) }
          }
        }
        level = next
        distance += 1
      }
      return seen
    }
  }

  /// Writes beside the file and then in its place, so that no half of a file is ever there.
  private static func write(
    _ export: HeapExport, _ format: HeapExport.Format, to path: String, _ session: Session
  ) throws(CommandError) -> HeapExport.Outcome {
    let draft = path + ".part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .notFound("Cannot write \(path): \(String(cString: strerror(errno)))") }
    var failure: String?
    var outcome = HeapExport.Outcome()
    do throws(CommandError) {
      outcome = try session.analysing { progress throws(AnalysisError) in
        do throws(HeapSnapshotError) { return try export.write(format, to: descriptor, progress) } catch {
          if error == .cancelled { throw .cancelled }
          failure = "\(error)"
          return HeapExport.Outcome()
        }
      }
    } catch {
      close(descriptor)
      unlink(draft)
      throw error
    }
    if close(descriptor) != 0, failure == nil { failure = String(cString: strerror(errno)) }
    if failure == nil, rename(draft, path) != 0 { failure = String(cString: strerror(errno)) }
    if let failure {
      unlink(draft)
      throw CommandError(status: .error, message: "Cannot write \(path): \(failure)")
    }
    return outcome
  }

  private static func answer(
    _ path: String, _ outcome: HeapExport.Outcome, _ seconds: Double, _ options: RenderOptions
  ) -> CommandAnswer {
    var sentence =
      "\(path): \(Numbers.counted(UInt64(outcome.nodes), "object")), "
      + "\(Numbers.counted(UInt64(outcome.edges), "reference")), "
      + "\(ByteCount.text(UInt64(outcome.bytes), isExact: options.isExact)), \(Numbers.duration(seconds: seconds))."
    for remark in outcome.remarks { sentence += " " + remark }
    return CommandAnswer(sentence, "export", options: options) { writer in
      writer.member("file", path)
      writer.member("objects", outcome.nodes)
      writer.member("references", outcome.edges)
      writer.member("bytes", outcome.bytes)
    }
  }
}
