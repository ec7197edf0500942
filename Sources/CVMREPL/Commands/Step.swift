import CVMReport
import CVMRuntime

/// `:step`: one step, also into functions that are called.
enum StepCommand: Command {
  static let spec = CommandSpec(
    name: "step", category: .debug, argument: "N|STATEMENT", kind: .code, rule: .optional, options: [Steps.unitOption],
    summary: "goes on by one step, or runs a statement up to its first step",
    discussion: "A step is a statement, also one of a function that is called; with --by expression or --by "
      + "instruction it is less; then the instruction that comes next is shown, too. At a terminal an empty line repeats the last step.",
    examples: [
      .init(":step inc(1)", setup: ["function inc(n) { return n + 1 }"]),
      .init(":step", setup: ["function f(n) { debugger; return n + 1 }", "f(1)"]),
      .init(":step --by instruction 3", setup: ["function f(n) { debugger; return n + 1 }", "f(1)"]),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    var plan = StepPlan(unit: try Steps.unit(call, session))
    if session.stopped == nil {
      guard !call.argument.isEmpty, Int(call.argument) == nil else {
        throw .notFound("No program stands still. :step STATEMENT runs a statement step by step.")
      }
      guard session.canStop else { throw .notFound("There is no history here, which steps need.") }
      return Steps.answer(call, session.evaluate(call.argument, stepping: plan), session)
    }
    if !call.argument.isEmpty, Int(call.argument) == nil {
      throw .usage(
        "A program stands still already: :continue lets it go on, :abort gives it up. Then :step runs another.")
    }
    plan.count = try Steps.count(call)
    return Steps.answer(call, session.goOn(plan), session)
  }
}

/// `:next`: one step, but not into functions that are called.
enum NextCommand: Command {
  static let spec = CommandSpec(
    name: "next", category: .debug, argument: "N", rule: .optional, options: [Steps.unitOption],
    summary: "goes on by one step, over the functions that it calls",
    examples: [.init(":next", setup: ["function f(n) { debugger; return n + 1 }", "f(1)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    var plan = StepPlan(unit: try Steps.unit(call, session), count: try Steps.count(call))
    plan.depth = .notAbove(try Steps.frame(session).base)
    return Steps.answer(call, session.goOn(plan), session)
  }
}

/// `:finish`: to the end of the function.
enum FinishCommand: Command {
  static let spec = CommandSpec(
    name: "finish", category: .debug, summary: "goes on until the function has returned, and shows what",
    examples: [.init(":finish", setup: ["function f(n) { debugger; return n + 1 }", "f(1)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    var plan = StepPlan(unit: .instruction)
    plan.depth = .below(try Steps.frame(session).base)
    session.stepper.shownUnit = .statement
    return Steps.answer(call, session.goOn(plan), session)
  }
}

/// `:continue`: to the next breakpoint.
enum ContinueCommand: Command {
  static let spec = CommandSpec(
    name: "continue", category: .debug, summary: "lets the program go on to the next breakpoint, or to its end",
    examples: [.init(":continue", setup: ["function f(n) { debugger; return n + 1 }", "f(1)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    guard session.stopped != nil else { throw Steps.noStop }
    session.stepper.shownUnit = .statement
    return Steps.answer(call, session.goOn(.free), session)
  }
}

/// What the commands that step have in common.
enum Steps {
  static let unitOption = CommandSpec.Option(
    "by", value: "UNIT", "what a step is", choices: StepUnit.allCases.map(\.rawValue))

  static let noStop = CommandError.notFound(
    "No program stands still. :break FUNCTION, :step STATEMENT or a `debugger` statement stop one.")

  static func unit(_ call: CommandCall, _ session: Session) throws(CommandError) -> StepUnit {
    let unit = call.value("by").flatMap(StepUnit.init) ?? .statement
    session.stepper.shownUnit = unit
    return unit
  }

  static func count(_ call: CommandCall) throws(CommandError) -> Int {
    if call.argument.isEmpty { return 1 }
    guard let count = Int(call.argument), count > 0 else {
      throw .usage("How many steps? \(call.argument.prefix(40)) is not a number above 0.")
    }
    return count
  }

  static func condition(_ call: CommandCall, _ session: Session) throws(CommandError) -> FrameCondition {
    let condition = session.stepper.condition(call.argument)
    guard condition.isValid else { throw .usage("The condition `\(call.argument.prefix(60))` is no expression.") }
    return condition
  }

  static func frame(_ session: Session) throws(CommandError) -> StackFrame {
    guard session.stopped != nil else { throw noStop }
    guard let frame = session.stoppedFrame else { throw .notFound("The run stands in no function of the program.") }
    return frame
  }

  /// What an empty line does at the next prompt.
  private static func noteRepeat(_ call: CommandCall, _ session: Session) {
    guard ["step", "next", "back"].contains(call.spec.name) else {
      session.stepper.repeated = nil
      return
    }
    var line = ":" + call.spec.name
    if let unit = call.value("by") { line += " --by " + unit }
    if call.has("over") { line += " --over" }
    if let count = Int(call.argument) { line += " \(count)" }
    session.stepper.repeated = line
  }

  /// Says to programs where the run stands now.
  static func answer(_ call: CommandCall, _ status: ExitStatus, _ session: Session) -> CommandAnswer {
    let frame = session.stoppedFrame
    noteRepeat(call, session)
    var answer = CommandAnswer("", call.spec.name, options: session.options.rendering) { writer in
      writer.member("stopped", session.stopped != nil)
      guard let frame else { return }
      writer.member("function", StopReport.name(frame))
      guard let script = frame.code.script, let range = StopReport.range(of: frame, script) else { return }
      writer.member("source", script.displayName)
      writer.member("line", Int(script.file.line(at: range.start)))
      writer.member("text", script.file.text(in: range))
    }
    answer.status = status
    return answer
  }
}
