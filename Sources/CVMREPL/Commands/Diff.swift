import CVMReport

/// `:diff`: what differs between two moments.
enum DiffCommand: Command {
  static let spec = CommandSpec(
    name: "diff", category: .time, argument: "FROM [TO]", kind: .checkpoint, rule: .optional,
    table: .init(["change", "id", "object", "slot", "old", "new"], rowLimit: 40),
    summary: "shows what differs between two moments, down to slots",
    discussion:
      "Objects that are new (+), gone (-) and changed (~), and variables. A moment is the number of the statement before it "
      + "(0 is the start), a checkpoint (c2, or its name, or a file), a branch, or now. "
      + "Without arguments: what the last statement did.",
    examples: [.init(":diff", setup: ["let p = {x: 1}", "p.x = 5"]), .init(":diff 0 now --json")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let words = CommandCall.words(call.argument[...])
    guard words.count <= 2 else { throw .usage("Usage: \(spec.usage)") }
    guard let history = session.machine.history else { throw .notFound("There is no history here.") }
    let now = session.currentStatement
    if words.isEmpty, history.undoableCount == 0 { throw .notFound("No statement was run yet.") }
    let first = try words.first.map { word throws(CommandError) in try moment(word, session) } ?? .steps(-1)
    let second = words.count == 2 ? try moment(words[1], session) : .steps(0)
    let difference = try HeapDifference.between(first, second, in: session)
    let from = words.first ?? "before [\(now)]"
    let to = words.count == 2 ? words[1] : "now"
    let options = session.options
    let title = "\(from) -> \(to)"
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
            writer.member("from", from)
            writer.member("to", to)
            difference.write(to: &writer)
          }
        }
      }, rows: { table })
  }

  private static func moment(_ word: String, _ session: Session) throws(CommandError) -> Moment {
    if word == "now" || word == session.branches.current { return .steps(0) }
    if let branch = session.parkedBranch(named: word) { return .branch(branch) }
    if Int(word) == nil, !word.hasPrefix("[") { return .checkpoint(try session.checkpoint(for: word)) }
    return .steps(try Moments.steps(to: Moments.statement(word), in: session))
  }
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
