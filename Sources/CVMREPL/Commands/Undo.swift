import CVMReport
import CVMRuntime

/// `:undo`: takes statements back.
enum UndoCommand: Command {
  static let spec = CommandSpec(
    name: "undo", category: .time, argument: "N", rule: .optional,
    summary: "takes the last statement back, or the last N",
    discussion: "Everything that it did to the heap is undone, also what a collection freed since. What was printed or "
      + "written to files stays: it is named.",
    examples: [.init(":undo", setup: ["let a = [1]", "a.push(2)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let count = try Travel.count(call)
    guard session.machine.history?.undoableCount ?? 0 > 0 else {
      let forgotten = session.machine.history?.forgottenCount ?? 0
      throw .notFound(
        forgotten > 0
          ? "Nothing left to undo: the \(Numbers.grouped(UInt64(forgotten))) oldest steps were given up for room."
          : session.beganEmpty
            ? "Nothing to undo yet."
            : "Nothing to undo: the history of this heap begins after [\(session.firstStatement)].")
    }
    return Travel.run(session, "undid", "undo", by: -count)
  }
}

/// `:redo`: does undone statements again.
enum RedoCommand: Command {
  static let spec = CommandSpec(
    name: "redo", category: .time, argument: "N", rule: .optional,
    summary: "brings back what :undo took back", discussion: "A new statement ends this.",
    examples: [.init(":redo", setup: ["let a = [1]", "a.push(2)", ":undo"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let count = try Travel.count(call)
    guard session.machine.history?.redoableCount ?? 0 > 0 else { throw .notFound("Nothing to do again.") }
    return Travel.run(session, "did again", "redo", by: count)
  }
}

/// `:goto`: goes to the moment after a statement.
enum GotoCommand: Command {
  static let spec = CommandSpec(
    name: "goto", category: .time, argument: "N", rule: .required,
    summary: "goes back or forth to the moment after statement N", discussion: "0 is the start of the session.",
    examples: [.init(":goto 1", setup: ["let a = [1]", "a.push(2)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let number = try Moments.statement(call.argument)
    if let statement = session.dropStoppedRun() {
      session.console.writeError("Gave [\(statement.number)] up, which stood still.\n")
    }
    let steps = try Moments.steps(to: number, in: session)
    if steps == 0 {
      let place = session.currentStatement
      let sentence = place == number ? "Already at [\(number)]." : "Already at [\(place)]. \(Travel.noStep(number))"
      return CommandAnswer(sentence, "goto", options: session.options.rendering) { $0.member("statement", place) }
    }
    return Travel.run(session, steps < 0 ? "undid" : "did again", "goto", by: steps, to: number)
  }
}

/// What going back and forth has in common.
enum Travel {
  static func count(_ call: CommandCall) throws(CommandError) -> Int {
    if call.argument.isEmpty { return 1 }
    guard let count = Int(call.argument), count > 0 else {
      throw .usage("How many statements? \(call.argument.prefix(40)) is not a number above 0.")
    }
    return count
  }

  /// Why nobody can go to the moment after a statement.
  static func noStep(_ number: Int) -> String {
    "[\(number)] is no step of this history: it changed nothing, or was undone and replaced."
  }

  /// Makes a number of steps, back when negative, and says what happened.
  static func run(
    _ session: Session, _ verb: String, _ command: String, by steps: Int, to number: Int? = nil
  ) -> CommandAnswer {
    var steps = steps
    var dropped: [String] = []
    if steps < 0, let statement = session.dropStoppedRun() {
      dropped = ["undid [\(statement.number)], which stood still"]
      steps += 1
    }
    let difference = HeapDifference.acrossTravel(session, by: steps)
    var records: [StatementRecord] = []
    for _ in 0..<abs(steps) {
      guard let record = steps < 0 ? session.stepBack() : session.stepForward() else { break }
      records.append(record)
    }
    let place = "now at [\(session.currentStatement)]"
    let width = session.options.width
    var lines =
      records.count > 3 ? ["\(verb) \(records.count) steps, the last: \(records[records.count - 1].title)"] : []
    if lines.isEmpty { lines = records.map { "\(verb) \($0.title)" } }
    lines = lines.map { TextLayout.ellipsized(TextLayout.printable($0), to: width, isASCII: true) }
    lines = dropped + lines
    lines.append("\(place)\(steps < 0 ? "   (:redo to return)" : "")")
    if let number, number > 0, number != session.currentStatement { lines.append("  " + noStep(number)) }
    if let difference { lines += difference.summaryLines(limit: 4, width: width) }
    let printed = records.reduce(0) { $0 + $1.printedLines }
    if steps < 0, printed > 0 {
      lines.append("  not undone: \(printed) \(printed == 1 ? "line" : "lines") printed to the screen")
    }
    let written = records.flatMap(\.writtenPaths)
    if steps < 0, !written.isEmpty {
      lines.append("  not undone: \(written.map { TextLayout.printable($0) }.joined(separator: ", ")) written")
    }
    if session.waiting != nil {
      lines.append("Paused at CC: \(session.machine.vm.text(session.machine.pausedPrompt))   (:answer TEXT, :abort)")
    }
    let statement = session.currentStatement
    return CommandAnswer(
      text: { lines.map { $0 + "\n" }.joined() },
      json: {
        JSONWriter.text(isASCII: session.options.isASCII) { writer in
          writer.report(command) { writer in
            writer.member("steps", records.count)
            writer.member("statement", statement)
            writer.member("linesPrinted", printed)
            writer.list("filesWritten") { for path in written { $0.string(path) } }
          }
        }
      })
  }
}
