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
    var watch = TaskWatch(task, session)
    for name in task.variables where watch.objects[name] == nil {
      note("`\(name)` refers to no object when the task begins.")
    }
    if session.holds(task, watch) { note("The task is solved before anything is typed.") }
    if task.hints.isEmpty { note("The task has no `hint:`.") }
    var shown: Set<String> = []
    for wrong in task.wrong { check(wrong, of: task, watch, session, &shown, note) }
    for remark in task.remarks where !shown.contains(remark.condition) {
      note("No `wrong:` line leads to `when: \(remark.condition)`.")
    }
    guard !task.solution.isEmpty else { return note("The task has no `solution:`.") }
    for line in task.solution {
      if Self.run(line, session) != .done { note("`solution: \(line)` fails.") }
      _ = watch.note(task, session)
    }
    if !session.holds(task, watch) { note("The solution does not solve the task.") }
  }

  /// A wrong line must not solve the task, and the solution must still solve it afterwards.
  private func check(
    _ wrong: String, of task: Lesson.Task, _ watch: TaskWatch, _ session: Session, _ shown: inout Set<String>,
    _ note: (String) -> Void
  ) {
    guard let copy = try? session.scratchCopy() else { return }
    var watch = watch.moved(to: copy)
    _ = Self.run(wrong, copy)
    _ = watch.note(task, copy)
    if copy.holds(task, watch) { return note("`wrong: \(wrong)` solves the task.") }
    if solvesWithKept(wrong, task, session) {
      note(
        "`wrong: \(wrong)` solves the task for a learner who kept the objects in another variable: `same:` names the "
          + "variables that must still refer to theirs.")
    }
    if let remark = task.remarks.first(where: { copy.isTrue($0.condition) }) { shown.insert(remark.condition) }
    for line in task.solution {
      _ = Self.run(line, copy)
      _ = watch.note(task, copy)
    }
    if copy.holds(task, watch) || isExplained(task, watch, copy) { return }
    note("After `wrong: \(wrong)` the solution does not solve the task any more, and no `when:` says why.")
  }

  /// Whether a wrong line solves the task when all objects have another name; `alive:` is content with any.
  private func solvesWithKept(_ wrong: String, _ task: Lesson.Task, _ session: Session) -> Bool {
    guard !task.alive.isEmpty, let copy = try? session.scratchCopy() else { return false }
    let names = copy.picture()?.variables.filter { $0.content.target != nil }.map(\.name) ?? []
    var watch = TaskWatch(task, copy)
    _ = Self.run("let keptByTheLinter = [\(names.joined(separator: ", "))]", copy)
    _ = watch.note(task, copy)
    _ = Self.run(wrong, copy)
    _ = watch.note(task, copy)
    return copy.holds(task, watch)
  }

  /// Whether a learner hears why the task is not solved.
  private func isExplained(_ task: Lesson.Task, _ watch: TaskWatch, _ session: Session) -> Bool {
    let isLost = !task.needed.allSatisfy { session.holds(TaskGoal(kind: .alive, text: $0), watch) }
    return isLost || session.taskState(task, watch) != nil
  }
}
