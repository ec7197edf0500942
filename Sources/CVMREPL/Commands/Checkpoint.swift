import CVMHeapGraph
import CVMReport
import CVMRuntime
import CVMSnapshot

/// `:checkpoint`: keeps the state of this moment, and says what it takes.
enum CheckpointCommand: Command {
  static let spec = CommandSpec(
    name: "checkpoint", category: .time, argument: "[NAME] [FILE]", rule: .optional,
    options: [
      .init("top", value: "N", "shows N classes"),
      .init("compare", "shows both sizes, and what would be lost with each variable's value written out in full"),
      .init("verify", "restores it in a second machine and compares the hashes"),
      .init("image", "takes only the image of the heap, at once, without saying what it takes"),
    ],
    summary: "keeps this moment for :restore, in a file if one is named; shows what it takes",
    discussion:
      "The portable encoding writes each object once. Beside it: what it would take if each variable's value were "
      + "written out in full, as CVM once stored them. A file's name ends in .cvmsnap or has a / in it; one that ends in .json "
      + "gets execution JSON, which people and other programs read. What the session "
      + "keeps for itself is an image: the heap's pages as they are, which :restore maps in.",
    examples: [.init(":checkpoint", setup: ["let p = {x: 1, y: 2}", "let pts = [p, p]"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let top = try call.count("top") ?? 10
    let (name, file) = try CheckpointNames.parse(call.argument)
    if call.has("image") { return try keepImage(name, file, call, session) }
    let asJSON = file.map(CheckpointNames.isJSON) ?? false
    let checkpoint = try session.makeCheckpoint(withNotes: asJSON)
    var written = 0
    if let file {
      do throws(SnapshotError) {
        if asJSON {
          let text = try ExecutionJSON.text(of: checkpoint)
          try ExecutionJSON.write(text, to: file)
          written = text.count
        } else {
          written = try checkpoint.write(to: file, compresses: true)
        }
      } catch {
        throw CommandError(status: .error, message: "\(error)")
      }
    }
    let kept = try session.keep(checkpoint, name: name, file: file)
    if call.has("verify") { try session.verify(kept, checkpoint) }
    var report = try report(of: checkpoint, top: top, in: session)
    report.name = kept.title
    report.compares = call.has("compare")
    report.remarks = ["hash \(kept.hashText)\(call.has("verify") ? ", verified in a second machine" : "")"]
    if let file {
      report.remarks.append(
        "written to \(file)" + (written == checkpoint.byteCount ? "" : ", \(ByteCount.text(UInt64(written)))"))
    }
    let options = session.options.rendering
    let finished = report
    // A learner asks for the moment, not for its bytes.
    if session.isInLesson, file == nil, !session.options.isJSON, !call.hasOptions {
      let back = name.isEmpty ? "c\(kept.number)" : name
      return CommandAnswer(
        "checkpoint \(kept.title): all objects and variables as they are now.   :restore \(back) brings them back.",
        "checkpoint", options: options
      ) { $0.member("name", kept.title) }
    }
    return CommandAnswer(
      text: { finished.text(options: options) }, json: { finished.json(isASCII: options.isASCII) })
  }

  private static func keepImage(
    _ name: String, _ file: String?, _ call: CommandCall, _ session: Session
  ) throws(CommandError) -> CommandAnswer {
    guard file == nil else { throw .usage("An image is for this session only; :checkpoint NAME FILE writes a file.") }
    let watch = Stopwatch()
    let kept = try session.keep(nil, name: name, file: nil)
    let seconds = watch.seconds
    if call.has("verify") { try session.verify(kept, try session.makeCheckpoint()) }
    let verified = call.has("verify") ? ", verified in a second machine" : ""
    let text =
      "\(kept.title)  image of \(ByteCount.text(UInt64(kept.byteCount)))  \(Numbers.duration(seconds: seconds))\(verified)"
    return CommandAnswer(text, "checkpoint", options: session.options.rendering) { writer in
      writer.member("name", kept.title)
      writer.member("image", kept.byteCount)
      writer.member("seconds", seconds)
      writer.member("verified", call.has("verify"))
    }
  }

  /// What a checkpoint of this moment takes; its parts add up to the file.
  private static func report(
    of checkpoint: Checkpoint, top: Int, in session: Session
  ) throws(CommandError) -> CheckpointReport {
    let dump = try session.sizedDump(checkpoint.state)
    return try session.analysing { progress throws(AnalysisError) in
      var report = try CheckpointReport(graph: dump.graph, inlineCosts: dump.inlineCosts, top: top, progress: progress)
      let state = checkpoint.state
      func add(_ name: String, _ bytes: Int) {
        guard bytes > 0 else { return }
        if let place = report.parts.firstIndex(where: { $0.name == name }) {
          report.parts[place].bytes += UInt64(bytes)
        } else {
          report.parts.append(.init(name, UInt64(bytes)))
        }
      }
      add("code", state.bytes(of: .code).count + state.bytes(of: .opcodes).count)
      add("source", state.bytes(of: .sources).count)
      add("frames", state.bytes(of: .frames).count)
      add("other", checkpoint.byteCount - report.parts.reduce(0) { $0 + Int($1.bytes) })
      report.bytes = UInt64(checkpoint.byteCount)
      return report
    }
  }
}

/// `:checkpoints`: lists what was kept.
enum CheckpointsCommand: Command {
  static let spec = CommandSpec(
    name: "checkpoints", category: .time, summary: "lists the checkpoints of this session",
    examples: [.init(":checkpoints", setup: ["let a = [1]", ":checkpoint before"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let kept = session.checkpoints
    let options = session.options.rendering
    if kept.isEmpty {
      return CommandAnswer("No checkpoint yet: :checkpoint [NAME] [FILE] makes one.", "checkpoints", options: options) {
        $0.list("rows") { _ in }
      }
    }
    let table = ResultTable(
      columns: [
        .init("c#", .left), .init("name", .left, isFlexible: true), .init("at", .left), .init("size"),
        .init("hash", .left), .init("file", .left, isFlexible: true),
      ],
      rows: kept.map {
        [
          .text("c\($0.number)"), .text($0.name), .text("[\($0.statement)]"), .bytes(UInt64($0.byteCount)),
          .text($0.hashText), .text($0.file ?? ""),
        ]
      })
    return CommandAnswer(AnalysisResult(name: "checkpoints", body: .table(table)), options: options)
  }
}

/// `:restore`: goes back to a checkpoint.
enum RestoreCommand: Command {
  static let spec = CommandSpec(
    name: "restore", category: .time, argument: "NAME|FILE", kind: .checkpoint, rule: .required,
    summary: "replaces the heap by that of a checkpoint: c3, its name, or a file",
    discussion: "Numbers of statements and results go on. What could be undone before can't be any more.",
    examples: [.init(":restore c1", setup: ["let a = [1]", ":checkpoint", "a.push(2)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let kept = try session.checkpoint(for: call.argument)
    let (sentence, members) = try restore(kept, title: kept.number == 0 ? call.argument : kept.title, in: session)
    return CommandAnswer(sentence, "restore", options: session.options.rendering, members)
  }

  /// Goes on with a checkpoint; a sentence that says so, and the same for programs.
  static func restore(
    _ kept: KeptCheckpoint, title: String, in session: Session
  ) throws(CommandError) -> (String, (inout JSONWriter) -> Void) {
    let losesHistory = session.machine.history?.undoableCount ?? 0 > 0
    try session.restore(kept)
    let machine = session.machine
    let waiting = session.waiting != nil
    let sentence =
      "restored \(title): \(machine.globalBindings.count) variables, last object #\(machine.lastObjectID)"
      + (losesHistory ? ". Earlier statements can't be undone any more" : "")
      + (waiting ? ". Paused at CC: \(machine.vm.text(machine.pausedPrompt))   (:answer TEXT, :abort)" : "")
    return (
      sentence,
      { writer in
        writer.member("name", title)
        writer.member("lastObject", machine.lastObjectID)
        writer.member("paused", waiting)
      }
    )
  }
}

/// Names and files on the command line.
enum CheckpointNames {
  static func isFile(_ word: String) -> Bool { word.hasSuffix(".cvmsnap") || isJSON(word) || word.contains("/") }
  /// Files that hold execution JSON.
  static func isJSON(_ word: String) -> Bool { word.hasSuffix(".json") }

  /// `[NAME] [FILE]`
  static func parse(_ argument: String) throws(CommandError) -> (name: String, file: String?) {
    var words = argument.split(separator: " ").map(String.init)
    let file = words.last.flatMap { isFile($0) ? $0 : nil }
    if file != nil { words.removeLast() }
    guard words.count <= 1 else { throw .usage("A checkpoint's name is one word: \(argument.prefix(40))") }
    let name = words.first ?? ""
    guard Int(name.dropFirst()) == nil || name.first != "c" else {
      throw .usage("\(name.prefix(40)) looks like the number of a checkpoint; take another name")
    }
    return (name, file)
  }
}
