import CVMReport

/// Goes through a lesson as a learner would, and finds what would not work.
struct LessonLinter {
  private let lesson: Lesson

  init(_ lesson: Lesson) { self.lesson = lesson }

  /// What is wrong, in the order of the lesson's lines.
  func problems() -> [Lesson.Problem] {
    let session = Session.scratch()
    var problems: [Lesson.Problem] = []
    var hasTask = false
    for (line, step) in lesson.steps {
      func note(_ message: String) { problems.append(Lesson.Problem(line: line, message: message)) }
      switch step {
      case .text: continue
      case .run(let code):
        if Self.run(code, session) != .done { note("`\(code)` fails.") }
      case .predict(let prediction): check(prediction, session, note)
      case .task(let task):
        hasTask = true
        check(task, session, note)
      }
    }
    if !hasTask { problems.append(Lesson.Problem(line: 1, message: "The lesson has no `task:`.")) }
    return problems
  }

  private static func run(_ line: String, _ session: Session) -> ExitStatus {
    line.hasPrefix(":") ? session.command(line) : session.evaluate(line)
  }

  private func check(_ prediction: Lesson.Prediction, _ session: Session, _ note: (String) -> Void) {
    let before = session.picture()
    let firstID = session.machine.lastObjectID
    guard Self.run(prediction.statement, session) == .done else { return note("`\(prediction.statement)` fails.") }
    guard let probe = LessonProbe(prediction, session, before, firstID) else {
      return note("`ask: \(prediction.ask)` has no value after `\(prediction.statement)`.")
    }
    if prediction.because.isEmpty { note("The prediction has no `because:`.") }
    let question = PredictionQuestion(kind: .value, text: "", truth: probe.truth, reason: "")
    for idea in prediction.ideas where question.judge(idea.answer) == .right {
      note("`idea: \(idea.answer)` is the right answer.")
    }
  }

  private func check(_ task: Lesson.Task, _ session: Session, _ note: (String) -> Void) {
    var watched: [String: UInt64] = [:]
    let picture = session.picture()
    for name in task.lost + task.alive + task.collected {
      watched[name] = picture?.variable(name)?.content.target
      if watched[name] == nil { note("`\(name)` refers to no object when the task begins.") }
    }
    if session.holds(task, watched) { note("The task is solved before anything is typed.") }
    if task.hints.isEmpty { note("The task has no `hint:`.") }
    for wrong in task.wrong {
      guard let copy = try? session.scratchCopy() else { continue }
      _ = Self.run(wrong, copy)
      if copy.holds(task, watched) { note("`wrong: \(wrong)` solves the task.") }
    }
    guard !task.solution.isEmpty else { return note("The task has no `solution:`.") }
    for line in task.solution where Self.run(line, session) != .done { note("`solution: \(line)` fails.") }
    if !session.holds(task, watched) { note("The solution does not solve the task.") }
  }
}
