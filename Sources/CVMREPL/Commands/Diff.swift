import CVMHeapGraph
import CVMReport

/// `:diff`: what differs between two moments, or two heaps.
enum DiffCommand: Command {
  static let spec = CommandSpec(
    name: "diff", category: .time, argument: "FROM [TO [LATER]]", kind: .checkpoint, rule: .optional,
    options: [
      .init("classes", "a line for each class, as --by CLASS-FIGURE does"),
      .init("objects", "a line for each object and slot, also where there are many"),
      .init("system", "by class: the classes of the machine's own parts, too, which are one line otherwise"),
    ],
    table: .init(
      ["change", "id", "object", "slot", "old", "new", "class", "added", "gone", "changed", "bytes", "retained"],
      rowLimit: 40),
    summary: "shows what differs between two moments or heaps, down to slots",
    discussion:
      "Objects that are new (+), gone (-) and changed (~), and variables. A moment is the number of the statement before it "
      + "(0 is the start), a checkpoint (c2, or its name, or a file), a branch, now, or a heap that is open (:use lists "
      + "them). Without arguments: what the last statement did. By class: --classes, or --by retained, bytes, added, "
      + "gone, changed or class. Files of one process have the same ids for the same objects; they lack numbers, so only "
      + "references and texts are compared. With three moments: what was born between the first two and is alive "
      + "in the third. :growth compares more.",
    examples: [
      .init(":diff", setup: ["let p = {x: 1}", "p.x = 5"]), .init(":diff 0 now --json"),
      .init(":diff 0 now --by retained"),
    ])

  /// The columns of classes.
  private static let classColumns = ["class", "added", "gone", "changed", "bytes", "retained"]

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let words = CommandCall.words(call.argument[...])
    guard words.count <= 3 else { throw .usage("Usage: \(spec.usage)") }
    guard let history = session.machine.history else { throw .notFound("There is no history here.") }
    if call.has("classes"), call.has("objects") { throw .usage("--classes and --objects exclude each other") }
    if words.isEmpty, history.undoableCount == 0 { throw .notFound("No statement was run yet.") }
    var sides: [DiffSide] = []
    for word in words { sides.append(try side(word, session)) }
    let from = words.first ?? "before [\(session.currentStatement)]"
    if sides.isEmpty { sides.append(.moment(.steps(-1))) }
    if sides.count == 1 { sides.append(.moment(.steps(0))) }
    let names = [from] + (words.count > 1 ? Array(words.dropFirst()) : ["now"])
    if sides.count == 3 { return try HeapDifferences.survivors(sides, names, call, session) }
    let wantsClasses = call.has("classes") || call.has("system") || call.value("by").map(classColumns.contains) ?? false
    guard case .moment(let first) = sides[0], case .moment(let second) = sides[1] else {
      return try HeapDifferences.compare(sides, names, wantsClasses: wantsClasses, call, session)
    }
    if wantsClasses { return try HeapDifferences.compare(sides, names, wantsClasses: true, call, session) }
    return try between(first, second, names, call, session)
  }

  private static func between(
    _ first: Moment, _ second: Moment, _ names: [String], _ call: CommandCall, _ session: Session
  ) throws(CommandError) -> CommandAnswer {
    let difference = try HeapDifference.between(first, second, in: session)
    let options = session.options
    let title = names.joined(separator: " -> ")
    let table = call.arranged(difference.table)
    return CommandAnswer(
      text: {
        let head = TextLayout.padded(title, to: max(options.width - displayWidth(difference.figures) - 2, 8))
        let lines = [head + difference.figures] + difference.lines(width: options.width, rowLimit: call.rowLimit)
        return lines.map { $0 + "\n" }.joined()
      },
      json: {
        JSONWriter.text(isASCII: options.isASCII) { writer in
          writer.report("diff") { writer in
            writer.member("from", names[0])
            writer.member("to", names[1])
            difference.write(to: &writer)
          }
        }
      }, rows: { table })
  }

  static func side(_ word: String, _ session: Session) throws(CommandError) -> DiffSide {
    if let heap = session.openedHeaps[word] {
      // What is known about the heap in use need not be found out again.
      if session.openedHeaps.nameInUse == word, let inUse = session.openedHeaps.inUse { return .heap(inUse) }
      return .heap(HeapInUse(heap))
    }
    if word == OpenedHeaps.live { return .moment(.steps(0)) }
    return .moment(try moment(word, session))
  }

  private static func moment(_ word: String, _ session: Session) throws(CommandError) -> Moment {
    if word == "now" || word == session.branches.current { return .steps(0) }
    if let branch = session.parkedBranch(named: word) { return .branch(branch) }
    if Int(word) == nil, !word.hasPrefix("[") { return .checkpoint(try session.checkpoint(for: word)) }
    return .steps(try Moments.steps(to: Moments.statement(word), in: session))
  }
}

/// One of what is compared.
enum DiffSide {
  case moment(Moment)
  /// A heap from a file.
  case heap(HeapInUse)
}

/// `:fx`: an effects line after each statement.
enum EffectsCommand: Command {
  static let spec = CommandSpec(
    name: "fx", category: .time, argument: "on|off", kind: .choice(["on", "off"]), rule: .optional,
    summary: "says after each statement what it did to the heap",
    examples: [.init(":fx on")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    guard ["", "on", "off"].contains(call.argument) else { throw .usage(":fx on or :fx off") }
    if !call.argument.isEmpty { session.options.showsEffects = call.argument == "on" }
    let shows = session.options.showsEffects
    return CommandAnswer("Effects are \(shows ? "" : "not ")shown.", "fx", options: session.options.rendering) {
      $0.member("on", shows)
    }
  }
}
