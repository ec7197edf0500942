import CVMRuntime

/// `:back`: one step back.
enum BackCommand: Command {
  static let spec = CommandSpec(
    name: "back", category: .debug, argument: "N", rule: .optional,
    options: [Steps.unitOption, .init("over", "not into functions that were called")],
    summary: "goes back by one step, or by N",
    discussion:
      "The moment before is restored, and the program is run again up to where it shall stand: it gets the same "
      + "times, files and answers again, and what it had printed is not printed again.",
    examples: [.init(":back", setup: ["function f(n) { let m = n + 1; debugger; return m }", "f(1)"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    var plan = StepPlan(unit: try Steps.unit(call, session), count: try Steps.count(call))
    let frame = try Steps.frame(session)
    if call.has("over") { plan.depth = .notAbove(frame.base) }
    return Steps.answer(call, try session.goBack(plan), session)
  }
}

/// `:until`: to where a condition holds.
enum UntilCommand: Command {
  static let spec = CommandSpec(
    name: "until", category: .debug, argument: "CONDITION", kind: .code, rule: .required, options: [Steps.unitOption],
    summary: "goes on to the first step where a condition holds",
    discussion: "Where a name of the condition means nothing it does not hold.",
    examples: [
      .init(":until i == 3", setup: ["function f(n) { for (let i = 0; i < n; i++) n--; return n }", ":step f(9)"])
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    guard session.stopped != nil else { throw Steps.noStop }
    var plan = StepPlan(unit: try Steps.unit(call, session))
    plan.condition = try Steps.condition(call, session).text
    return Steps.answer(call, session.goOn(plan), session)
  }
}

/// `:back-until`: back to where a condition held.
enum BackUntilCommand: Command {
  static let spec = CommandSpec(
    name: "back-until", category: .debug, argument: "CONDITION", kind: .code, rule: .required,
    options: [Steps.unitOption], summary: "goes back to the last step where a condition held",
    discussion: "The condition must not call functions.",
    examples: [
      .init(
        ":back-until i == 1",
        setup: ["function f(n) { for (let i = 0; i < n; i++) n--; debugger; return n }", "f(9)"])
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    guard session.stopped != nil else { throw Steps.noStop }
    var plan = StepPlan(unit: try Steps.unit(call, session))
    let condition = try Steps.condition(call, session)
    guard !condition.calls else {
      throw .usage(":back-until takes a condition that calls nothing and assigns nothing.")
    }
    plan.condition = condition.text
    return Steps.answer(call, try session.goBack(plan), session)
  }
}
