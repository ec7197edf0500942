import CVMHeapGraph
import CVMReport

/// `:open`: a file of any kind that can be looked at or gone on with.
enum OpenCommand: Command {
  static let spec = CommandSpec(
    name: "open", category: .session, argument: "FILE", kind: .file, rule: .required,
    summary: "opens a file of any kind: a heap to look at, or a state to go on with",
    discussion:
      "What a file is, is told by its content. A heap from a file stands beside the live one: :use changes between them. "
      + "A checkpoint replaces the live heap.",
    examples: [.init(":open saved.cvmsnap", setup: [":checkpoint saved.cvmsnap"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let clock = Stopwatch()
    switch try FileKinds.open(Redirection.expanded(call.argument), in: session) {
    case .session(let sentence, let members):
      session.openedHeaps.use(nil)
      return CommandAnswer(sentence, "open", options: session.options.rendering, members)
    case .heap(let heap):
      session.openedHeaps.add(heap)
      return answer(heap, seconds: clock.seconds, session.options.rendering)
    }
  }

  static func answer(_ heap: OpenedHeap, seconds: Double, _ options: RenderOptions) -> CommandAnswer {
    let graph = heap.graph
    return CommandAnswer(
      text: {
        var lines = [
          "\(heap.name): \(heap.kind), \(Numbers.counted(UInt64(graph.nodeCount), "object")), "
            + "\(Numbers.counted(UInt64(graph.edgeCount), "reference")), \(Numbers.duration(seconds: seconds))"
        ]
        lines += heap.remarks
        lines.append("Commands look at it now: :heap  :leaks  :find CLASS. :use live goes back.")
        return lines.flatMap {
          TextLayout.wrapped(TextLayout.printable($0, isASCII: options.isASCII), to: options.width)
        }.map { $0 + "\n" }.joined()
      },
      json: {
        JSONWriter.text(isASCII: options.isASCII) { writer in
          writer.report("open") { writer in
            writer.member("name", heap.name)
            writer.member("kind", heap.kind)
            writer.member("objects", graph.nodeCount)
            writer.member("references", graph.edgeCount)
            writer.list("remarks") { writer in for remark in heap.remarks { writer.string(remark) } }
          }
        }
      })
  }
}

/// `:use`: which of the open heaps commands look at.
enum UseCommand: Command {
  static let spec = CommandSpec(
    name: "use", category: .look, argument: "NAME", kind: .heapName, rule: .optional,
    options: [.init("close", "forgets the heap instead")],
    summary: "chooses the heap that commands look at: `live`, or one from a file; lists them",
    discussion:
      "NAME is that of an open heap, a checkpoint (c2, its name or its file), which is opened to be looked at beside the "
      + "live heap and not restored, or a .heapsnapshot. Statements run on the live heap, whichever is looked at.",
    examples: [.init(":use"), .init(":use live")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let options = session.options.rendering
    let clock = Stopwatch()
    guard !call.argument.isEmpty else {
      if call.has("close") { throw .usage("--close needs the name of a heap") }
      return CommandAnswer(list(session), options: options)
    }
    let name = call.argument
    if name == OpenedHeaps.live {
      if call.has("close") { throw .usage("The live heap stays. :reset empties it.") }
      session.openedHeaps.use(nil)
    } else {
      guard let heap = session.openedHeaps[name] else {
        if !call.has("close"), let opened = try opened(name, session) {
          session.openedHeaps.add(opened)
          return OpenCommand.answer(opened, seconds: clock.seconds, options)
        }
        let names = [OpenedHeaps.live] + session.openedHeaps.all.map(\.name)
        let question = Suggestions.question(name, among: names).map { " \($0)" } ?? " :use lists them."
        throw .notFound("No open heap is called \(name.prefix(40)).\(question)")
      }
      if call.has("close") { session.openedHeaps.close(heap) } else { session.openedHeaps.use(heap) }
    }
    let used = session.openedHeaps.nameInUse
    return CommandAnswer(
      used == OpenedHeaps.live ? "Commands look at the live heap." : "Commands look at \(used).", "use",
      options: options
    ) { $0.member("name", used) }
  }

  /// The heap of a checkpoint, or of a file that has nothing but a heap; nil where there is no such thing.
  private static func opened(_ name: String, _ session: Session) throws(CommandError) -> OpenedHeap? {
    if let kept = session.checkpoint(named: name) { return try OpenedHeap(kept, path: name, in: session) }
    let path = Redirection.expanded(name)
    guard let beginning = try? FileBeginning(path) else { return nil }
    if CheckpointFileKind.recognizes(beginning) || ExecutionJSONFileKind.recognizes(beginning) {
      let kept = try session.checkpoint(for: path.contains("/") ? path : "./" + path)
      return try OpenedHeap(kept, path: path, in: session)
    }
    guard HeapSnapshotFileKind.recognizes(beginning) || FirstCVMExecutionFileKind.recognizes(beginning) else {
      throw .usage("\(path) is no heap alone: :open goes on with what it holds.")
    }
    guard case .heap(let heap) = try FileKinds.open(path, in: session) else { return nil }
    return heap
  }

  private static func list(_ session: Session) -> AnalysisResult {
    let used = session.openedHeaps.nameInUse
    let live: [ResultCell] = [
      .text(OpenedHeaps.live), .text("the heap of this session"), .none, .flag(used == OpenedHeaps.live), .text(""),
    ]
    let rows = session.openedHeaps.all.map { heap -> [ResultCell] in
      [
        .text(heap.name), .text(heap.kind), .count(UInt64(heap.graph.nodeCount)), .flag(used == heap.name),
        .text(heap.path),
      ]
    }
    return AnalysisResult(
      name: "use", facts: [.init("name", .text(used))],
      body: .table(
        ResultTable(
          columns: [
            .init("heap", .left), .init("kind", .left, isFlexible: true), .init("objects"),
            .init("used", title: "in use", .left), .init("file", .left, isFlexible: true),
          ], rows: [live] + rows)))
  }
}
