import CVMHeapGraph
import CVMReport
import CVMRuntime

/// `:break`: places where programs stop.
enum BreakCommand: Command {
  static let spec = CommandSpec(
    name: "break", category: .debug, argument: "PLACE [if CONDITION]", codeMark: "if", rule: .optional,
    options: [.init("later", "waits for a function that is declared later")],
    table: .init(["number", "place", "condition", "hits"], rowLimit: 50),
    summary: "stops programs where a function or a line begins, or lists where they stop",
    discussion: "PLACE is a function (`f`, `Box.put`), a line of the source of a function (`f:12`), a line of a file "
      + "(`main.js:12`) or of a statement (`[3]:2`), or a line of the source where the program stands (`12`). "
      + "`:break throws` stops at exceptions that nothing catches, `:break throws all` at all, `:break throws off` at "
      + "none. `:break delete N` and `:break delete all` take breakpoints away.",
    examples: [
      .init(":break inc", setup: ["function inc(n) { return n + 1 }"]),
      .init(":break inc:1 if n > 3", setup: ["function inc(n) { return n + 1 }"]),
      .init(":break"), .init(":break delete all"), .init(":break throws"),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    guard session.canStop else { throw .notFound("There is no history here: programs do not stop.") }
    let words = call.argument.split(separator: " ").map(String.init)
    switch words.first {
    case nil:
      if call.code != nil { throw .usage("Where? :break PLACE if CONDITION") }
      return list(call, session)
    case "delete"?: return try delete(words.dropFirst(), session)
    case "throws"? where words.count > 1 || session.machine.globalBinding("throws") == nil:
      return try setThrows(words.dropFirst(), session)
    default: return try add(call, session)
    }
  }

  // MARK: Lists

  private static func list(_ call: CommandCall, _ session: Session) -> CommandAnswer {
    let breakpoints = session.stepper.breakpoints
    var rows = breakpoints.all.map { breakpoint -> [ResultCell] in
      let place = Breakpoint(number: 0, place: breakpoint.place, condition: nil).title
      return [
        .count(UInt64(breakpoint.number)), .text(place), breakpoint.condition.map { .text($0) } ?? .none,
        .count(UInt64(breakpoint.hits)),
      ]
    }
    if breakpoints.throwStops != .none {
      rows.append([.none, .text("throws"), .text(breakpoints.throwStops.rawValue), .none])
    }
    let columns = [
      ResultTable.Column("number", .right), ResultTable.Column("place", .left, isFlexible: true),
      ResultTable.Column("condition", .left, isFlexible: true), ResultTable.Column("hits", .right),
    ]
    if rows.isEmpty, call.rowLimit == spec.table?.rowLimit, !session.options.isJSON, !call.has("json") {
      return sentence("No breakpoints. :break FUNCTION sets one.", session)
    }
    return Frames.answer("break", call.arranged(ResultTable(columns: columns, rows: rows)), session)
  }

  private static func sentence(_ text: String, _ session: Session) -> CommandAnswer {
    CommandAnswer(text, "break", options: session.options.rendering) {
      $0.member("breakpoints", session.stepper.breakpoints.all.count)
    }
  }

  private static func delete(_ words: ArraySlice<String>, _ session: Session) throws(CommandError) -> CommandAnswer {
    guard let word = words.first else { throw .usage(":break delete N, or :break delete all") }
    if word == "all" {
      let count = session.stepper.breakpoints.all.count
      session.stepper.breakpoints.removeAll()
      session.stepper.breakpoints.throwStops = .none
      return sentence("\(Numbers.counted(UInt64(count), "breakpoint")) taken away.", session)
    }
    guard let number = Int(word), let removed = session.stepper.breakpoints.remove(number) else {
      throw .notFound("There is no breakpoint \(word.prefix(40)). :break lists them.")
    }
    return sentence("Breakpoint \(removed.number) at \(removed.title) taken away.", session)
  }

  private static func setThrows(_ words: ArraySlice<String>, _ session: Session) throws(CommandError) -> CommandAnswer {
    switch words.first ?? "uncaught" {
    case "uncaught":
      session.stepper.breakpoints.throwStops = .uncaught
      return sentence("Programs stop at exceptions that nothing catches.", session)
    case "all":
      session.stepper.breakpoints.throwStops = .all
      return sentence("Programs stop at all exceptions.", session)
    case "off", "none":
      session.stepper.breakpoints.throwStops = .none
      return sentence("Programs do not stop at exceptions.", session)
    default: throw .usage(":break throws uncaught, :break throws all or :break throws off")
    }
  }

  // MARK: Places

  private static func add(_ call: CommandCall, _ session: Session) throws(CommandError) -> CommandAnswer {
    if let condition = call.code, !FrameCondition(condition).isValid {
      throw .usage("The condition `\(condition.prefix(60))` is no expression.")
    }
    let place = try place(call.argument, session)
    let codes = session.machine.programCodes
    let found = Breakpoints.places(of: place, in: codes, session.machine)
    if found.isEmpty, !call.has("later") { throw missing(place, codes, session.machine) }
    let breakpoint = session.stepper.breakpoints.add(place, call.code)
    guard let first = found.first, let script = first.code.script,
      let part = script.steps.steps(of: first.code.block)[first.offset]
    else { return sentence("Breakpoint \(breakpoint.number) at \(breakpoint.title): not there yet.", session) }
    let line = script.file.line(at: part.start)
    let text = CommandCall.trimmed(script.file.text(in: script.file.range(ofLine: line))[...])
    var title = "Breakpoint \(breakpoint.number) at \(breakpoint.title)"
    if place != .line(source: script.displayName, Int(line)) { title += ", \(StopReport.shortName(script)):\(line)" }
    title += "  \(text)"
    return sentence(TextLayout.ellipsized(title, to: session.options.width, isASCII: true), session)
  }

  /// Why a place is not there, and what is.
  private static func missing(
    _ place: Breakpoint.Place, _ codes: ArraySlice<LoadedCode>, _ machine: Machine
  ) -> CommandError {
    switch place {
    case .function(let name):
      let names = functionNames(codes, machine)
      if names.contains(name) { return .notFound("\(name) has no statement to stop at.") }
      let question = Suggestions.question(name, among: names).map { " \($0)" } ?? ""
      let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
      let known = names.isEmpty ? "There are no functions yet." : "There are: \(shown)."
      return .notFound(
        "There is no function \(name.prefix(60)).\(question)\n\(known) --later waits for one that is declared later.")
    case .line(let source, let line):
      let count = codes.last { $0.source?.displayName == source }?.script?.file.lineCount ?? 0
      return .notFound(
        "No statement of \(source) begins on line \(line) or below: it has \(Numbers.counted(UInt64(count), "line")).")
    }
  }

  /// The functions of the program that breakpoints can name: variables, and methods of classes.
  private static func functionNames(_ codes: ArraySlice<LoadedCode>, _ machine: Machine) -> [String] {
    let object = machine.globalObjectProperty("Object").flatMap { machine.peek($0, "prototype") }
    let inherited = Set(object.map { machine.propertyNames(of: $0) } ?? [])
    var names: [String] = []
    for binding in machine.globalBindings {
      guard let value = binding.value, machine.isFunction(value), machine.loadedCode(of: value)?.source != nil else {
        continue
      }
      names.append(binding.name)
      guard let prototype = machine.peek(value, "prototype"), prototype.isObject else { continue }
      for name in machine.propertyNames(of: prototype) where name != "constructor" && !inherited.contains(name) {
        if let method = machine.peek(prototype, name), machine.isFunction(method) {
          names.append("\(binding.name).\(name)")
        }
      }
    }
    return names
  }

  private static func place(_ text: String, _ session: Session) throws(CommandError) -> Breakpoint.Place {
    let machine = session.machine
    if let line = Int(text) {
      guard let source = session.stoppedFrame?.code.source else {
        throw .usage("Line \(line) of what? :break f:\(line) or :break main.js:\(line)")
      }
      return .line(source: source.displayName, line)
    }
    if let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]) {
      let name = String(text[..<colon])
      if let function = Breakpoints.function(name, machine) {
        guard let source = machine.loadedCode(of: function)?.source else {
          throw .usage("\(name.prefix(60)) is built in: it has no lines")
        }
        return .line(source: source.displayName, line)
      }
      let names = Set(machine.programCodes.compactMap { $0.source?.displayName })
      let known = names.contains(name) ? name : names.filter { $0.hasSuffix("/" + name) }.sorted().first
      guard let known else {
        let all = functionNames(machine.programCodes, machine) + names.sorted()
        let question = Suggestions.question(name, among: all).map { " \($0)" } ?? ""
        throw .notFound("There is no function and no source \(name.prefix(60)).\(question)")
      }
      return .line(source: known, line)
    }
    if let function = Breakpoints.function(text, machine), machine.loadedCode(of: function)?.source == nil {
      throw .usage("\(text.prefix(60)) is built in: programs cannot stop in it")
    }
    guard ObjectPath(text) != nil else { throw .usage("\(text.prefix(60)) is no place: f, f:12 or main.js:12") }
    return .function(text)
  }
}
