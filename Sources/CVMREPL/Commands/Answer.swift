import CVMReport

/// `:answer`: answers the `CC` that a program waits at.
enum AnswerCommand: Command {
  static let spec = CommandSpec(
    name: "answer", category: .run, argument: "TEXT", kind: .code, rule: .optional,
    summary: "gives a program that waits at a CC its answer, and lets it go on",
    discussion: "The answer is the rest of the line, as it is.",
    examples: [.init(":answer blue", setup: ["let colour = CC('Which colour?')"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    guard session.waiting != nil else { throw .notFound("No program waits for an answer.") }
    let status = session.answer(call.argument)
    return state("answer", status, session)
  }

  /// Says to programs whether a question waits.
  static func state(_ command: String, _ status: ExitStatus, _ session: Session) -> CommandAnswer {
    let question = session.waiting == nil ? nil : session.machine.vm.text(session.machine.pausedPrompt)
    var answer = CommandAnswer("", command, options: session.options.rendering) { writer in
      writer.member("waiting", question != nil)
      if let question { writer.member("question", question) }
    }
    answer.status = status
    return answer
  }
}

/// `:abort`: gives up the statement that waits or stands still.
enum AbortCommand: Command {
  static let spec = CommandSpec(
    name: "abort", category: .run,
    summary: "gives up a statement that waits or stands still, and undoes it",
    examples: [.init(":abort", setup: ["let colour = CC('Which colour?')"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    if let statement = session.dropStoppedRun() {
      session.console.writeError("Gave [\(statement.number)] up. Nothing was changed (statement rolled back).\n")
      return AnswerCommand.state("abort", .done, session)
    }
    guard session.waiting != nil else {
      throw .notFound("No program waits for an answer, and none stands still.")
    }
    _ = session.abort()
    return AnswerCommand.state("abort", .done, session)
  }
}

/// `:pause`: what to type instead of an answer, so that the paused heap can be looked at.
enum PauseCommand: Command {
  static let spec = CommandSpec(
    name: "pause", category: .run, summary: "typed at a CC's question: keeps the program waiting, to look at its heap",
    discussion: "Then every command works on the paused program; :answer TEXT goes on.",
    examples: [.init(":pause", setup: ["let colour = CC('Which colour?')"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    guard session.waiting != nil else { throw .notFound("No program waits for an answer.") }
    session.sayWaiting()
    return AnswerCommand.state("pause", .done, session)
  }
}

/// `:failed`: looks at the heap as the failed statement left it.
enum FailedCommand: Command {
  static let spec = CommandSpec(
    name: "failed", category: .time, argument: "on|off", kind: .choice(["on", "off"]), rule: .optional,
    summary: "shows the heap as the failed statement had left it",
    discussion: "The next statement leaves it again.",
    examples: [.init(":failed", setup: ["let a = [1]", "a.push(2); null.x"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    guard let history = session.machine.history, history.hasFailure else {
      throw .notFound("No statement failed since the last one that did not.")
    }
    guard ["", "on", "off"].contains(call.argument) else { throw .usage(":failed on or :failed off") }
    let shows = call.argument != "off"
    history.showFailure(shows)
    session.heapChanged()
    let text =
      shows
      ? "The heap is now as the failed statement left it. The next statement or :failed off leaves it."
      : "The heap is as before the failed statement."
    return CommandAnswer(text, "failed", options: session.options.rendering) { $0.member("shown", shows) }
  }
}
