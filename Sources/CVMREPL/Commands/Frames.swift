import CVMHeapGraph
import CVMReport
import CVMRuntime

/// `:locals`: the variables that a frame sees.
enum LocalsCommand: Command {
  static let spec = CommandSpec(
    name: "locals", category: .debug, argument: "N", rule: .optional,
    table: .init(["name", "value", "class", "id", "from"], rowLimit: 50),
    summary: "lists the variables where the program stands, or in frame N",
    examples: [.init(":locals", setup: ["function f(n) { let m = [n]; debugger; return m }", "f(1)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    if let over = Frames.postMortem(session) {
      let number = try Frames.number(call)
      guard number < over.frames.count else { throw .notFound("There is no frame \(number): :bt lists them.") }
      let frame = over.frames[number]
      return answer(frame.locals, "\(frame.title) had no variables there.", over.title, call, session)
    }
    let frame = try Frames.frame(call, session)
    let rows = Frames.locals(frame, session.machine)
    return answer(rows, "\(StopReport.name(frame)) has no variables here.", nil, call, session)
  }

  private static func answer(
    _ rows: [[ResultCell]], _ empty: String, _ head: String?, _ call: CommandCall, _ session: Session
  ) -> CommandAnswer {
    if rows.isEmpty, !session.options.isJSON, !call.has("json") {
      return CommandAnswer(
        (head.map { $0 + ": " } ?? "") + empty, "locals", options: session.options.rendering
      ) { $0.list("rows") { _ in } }
    }
    let columns = ["name", "value", "class", "id", "from"].map { ResultTable.Column($0, .left, isFlexible: true) }
    let table = call.arranged(ResultTable(columns: columns, rows: rows))
    return Frames.answer("locals", table, session, head: head)
  }
}

/// `:bt`: the calls that are going on.
enum BacktraceCommand: Command {
  static let spec = CommandSpec(
    name: "bt", aliases: ["backtrace", "where"], category: .debug,
    table: .init(["frame", "function", "place", "text"], rowLimit: 20),
    summary: "lists the calls that are going on where the program stands, innermost first",
    discussion:
      "After an uncaught error it lists the calls that were going on when it was thrown, as :locals lists their "
      + "variables, until the next statement runs.",
    examples: [.init(":bt", setup: ["function f(n) { debugger; return n ? f(n - 1) : 0 }", "f(1)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    if let over = Frames.postMortem(session) {
      let rows = over.frames.enumerated().map { number, frame -> [ResultCell] in
        [.count(UInt64(number)), .text(frame.title), .text(frame.place), .text(frame.text)]
      }
      let table = ResultTable(columns: columns, rows: rows)
      return Frames.answer("bt", call.arranged(table), session, head: over.title)
    }
    guard session.stopped != nil || session.waiting != nil else { throw Steps.noStop }
    let limit = call.rowLimit
    let sorts = call.value("by") != nil
    let frames = session.machine.stackFrames(limit: sorts ? .max : limit)
    let rows = frames.enumerated().map { number, frame -> [ResultCell] in
      let (place, text) = Frames.place(frame)
      return [
        .count(UInt64(number)), .text(StopReport.call(frame, session.machine)), .text(place), .text(text),
      ]
    }
    var table = ResultTable(columns: columns, rows: rows)
    table.totalRowCount = session.machine.stackDepth
    return Frames.answer("bt", call.arranged(table), session)
  }

  private static let columns = [
    ResultTable.Column("frame", .right), ResultTable.Column("function", .left, isFlexible: true),
    ResultTable.Column("place", .left, isFlexible: true), ResultTable.Column("text", .left, isFlexible: true),
  ]
}

enum Frames {
  /// The frame that an argument names: the innermost unless told.
  static func frame(_ call: CommandCall, _ session: Session) throws(CommandError) -> StackFrame {
    guard session.stopped != nil || session.waiting != nil else { throw Steps.noStop }
    let number = try number(call)
    let frames = session.machine.stackFrames(limit: number == .max ? number : number + 1)
    guard number < frames.count else { throw .notFound("There is no frame \(number): :bt lists them.") }
    return frames[number]
  }

  static func number(_ call: CommandCall) throws(CommandError) -> Int {
    if call.argument.isEmpty { return 0 }
    guard let number = Int(call.argument), number >= 0 else {
      throw .usage("Which frame? \(call.argument.prefix(40)) is not the number of one: :bt lists them.")
    }
    return number
  }

  /// What is left of the run that an uncaught exception ended last, where no other run is to be looked at.
  static func postMortem(_ session: Session) -> PostMortem? {
    session.stopped == nil && session.waiting == nil ? session.postMortem : nil
  }

  /// The rows of a frame's variables.
  static func locals(_ frame: StackFrame, _ machine: Machine) -> [[ResultCell]] {
    var rows: [[ResultCell]] = []
    func add(_ name: String, _ value: Value?, _ origin: String) {
      rows.append([
        .text(name), .text(value.map { machine.preview($0, limit: 200) } ?? "(no value yet)"),
        value.map { $0.isObject ? .text(machine.className(of: $0)) : .none } ?? .none,
        value.flatMap { machine.objectID(of: $0) }.map { .object(NodeID($0.number, isInternal: $0.isInternal)) }
          ?? .none, .text(origin),
      ])
    }
    if frame.this.isObject, frame.this != machine.globalThis { add("this", frame.this, "call") }
    for variable in frame.variables where !variable.isCaptured { add(variable.name, variable.value, "here") }
    for variable in frame.variables where variable.isCaptured { add(variable.name, variable.value, "outside") }
    return rows
  }

  /// `main.js:3`, and the line there.
  static func place(_ frame: StackFrame) -> (place: String, text: String) {
    guard let script = frame.code.script, let entry = frame.entry else { return ("", "") }
    let line = script.file.line(at: entry.caret)
    let text = CommandCall.trimmed(script.file.text(in: script.file.range(ofLine: line))[...])
    return ("\(script.displayName):\(line)", text)
  }

  static func answer(
    _ name: String, _ table: ResultTable, _ session: Session, head: String? = nil
  ) -> CommandAnswer {
    let options = session.options.rendering
    let result = AnalysisResult(name: name, body: .table(table))
    return CommandAnswer(
      text: {
        let lines = head.map { TextLayout.wrapped(options.printable($0), to: options.width, indent: "  ") } ?? []
        return lines.map { $0 + "\n" }.joined() + TerminalRenderer(options: options).render(result)
      },
      json: { JSONRenderer(isASCII: options.isASCII).render(result) }, rows: { table })
  }
}
