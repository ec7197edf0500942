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
    let machine = session.machine
    let frame = try Frames.frame(call, session)
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
    if rows.isEmpty, !session.options.isJSON, !call.has("json") {
      return CommandAnswer(
        "\(StopReport.name(frame)) has no variables here.", "locals", options: session.options.rendering
      ) { $0.list("rows") { _ in } }
    }
    let columns = ["name", "value", "class", "id", "from"].map { ResultTable.Column($0, .left, isFlexible: true) }
    let table = call.arranged(ResultTable(columns: columns, rows: rows))
    return Frames.answer("locals", table, session)
  }
}

/// `:bt`: the calls that are going on.
enum BacktraceCommand: Command {
  static let spec = CommandSpec(
    name: "bt", aliases: ["backtrace", "where"], category: .debug,
    table: .init(["frame", "function", "place", "text"], rowLimit: 20),
    summary: "lists the calls that are going on where the program stands, innermost first",
    examples: [.init(":bt", setup: ["function f(n) { debugger; return n ? f(n - 1) : 0 }", "f(1)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
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
    let columns = [
      ResultTable.Column("frame", .right), ResultTable.Column("function", .left, isFlexible: true),
      ResultTable.Column("place", .left, isFlexible: true), ResultTable.Column("text", .left, isFlexible: true),
    ]
    var table = ResultTable(columns: columns, rows: rows)
    table.totalRowCount = session.machine.stackDepth
    return Frames.answer("bt", call.arranged(table), session)
  }
}

enum Frames {
  /// The frame that an argument names: the innermost unless told.
  static func frame(_ call: CommandCall, _ session: Session) throws(CommandError) -> StackFrame {
    guard session.stopped != nil || session.waiting != nil else { throw Steps.noStop }
    var number = 0
    if !call.argument.isEmpty {
      guard let given = Int(call.argument), given >= 0 else {
        throw .usage("Which frame? \(call.argument.prefix(40)) is not the number of one: :bt lists them.")
      }
      number = given
    }
    let frames = session.machine.stackFrames(limit: number == .max ? number : number + 1)
    guard number < frames.count else { throw .notFound("There is no frame \(number): :bt lists them.") }
    return frames[number]
  }

  /// `main.js:3`, and the line there.
  static func place(_ frame: StackFrame) -> (place: String, text: String) {
    guard let script = frame.code.script, let entry = frame.entry else { return ("", "") }
    let line = script.file.line(at: entry.caret)
    let text = CommandCall.trimmed(script.file.text(in: script.file.range(ofLine: line))[...])
    return ("\(script.displayName):\(line)", text)
  }

  static func answer(_ name: String, _ table: ResultTable, _ session: Session) -> CommandAnswer {
    let options = session.options.rendering
    let result = AnalysisResult(name: name, body: .table(table))
    return CommandAnswer(
      text: { TerminalRenderer(options: options).render(result) },
      json: { JSONRenderer(isASCII: options.isASCII).render(result) }, rows: { table })
  }
}
