import CVMReport
import CVMRuntime

/// Where somebody is in a lesson.
struct LessonRun {
  var lesson: Lesson
  /// Of the built-in ones.
  var number: Int?
  /// The step that waits, or that comes next.
  var step = 0
  var hintsGiven = 0
  /// Lines that did not solve the task.
  var tries = 0
  /// The objects that a task's variables referred to when it began.
  var watched: [String: UInt64] = [:]
  /// It was said that one of them got lost, which must stay.
  var isLossTold = false
  /// The lesson does something itself.
  var isBusy = false

  /// The task that waits.
  var task: Lesson.Task? {
    guard step < lesson.steps.count, case .task(let task) = lesson.steps[step].step else { return nil }
    return task
  }
}

extension Session {
  // MARK: Going on

  func startLesson(_ lesson: Lesson, number: Int?) {
    teaching.lesson = LessonRun(lesson: lesson, number: number)
    let head = number.map { "Lesson \($0) of \(Lessons.all.count): " } ?? "Lesson: "
    say(head + lesson.title)
    say("Aim: \(lesson.aim)")
    goOn()
  }

  /// Shows and runs steps up to the next task, or to the end.
  func goOn() {
    teaching.lesson?.isBusy = true
    defer { teaching.lesson?.isBusy = false }
    while let run = teaching.lesson {
      guard run.step < run.lesson.steps.count else { return finishLesson(run) }
      switch run.lesson.steps[run.step].step {
      case .text(let text): say("\n" + text)
      case .run(let line): runForLearner(line)
      case .predict(let prediction): askInLesson(prediction)
      case .task(let task): return begin(task)
      }
      teaching.lesson?.step += 1
    }
  }

  private func begin(_ task: Lesson.Task) {
    let picture = picture()
    var watched: [String: UInt64] = [:]
    for name in task.lost + task.alive + task.collected { watched[name] = picture?.variable(name)?.content.target }
    teaching.lesson?.watched = watched
    teaching.lesson?.hintsGiven = 0
    teaching.lesson?.isLossTold = false
    teaching.lesson?.tries = 0
    showTask(task)
  }

  func showTask(_ task: Lesson.Task) { say("\nYour turn: \(task.text)   (:learn hint, :learn skip)") }

  private func finishLesson(_ run: LessonRun) {
    teaching.lesson = nil
    guard let number = run.number else {
      say("\nThat was \(run.lesson.title).")
      return
    }
    teaching.finishedLessons.insert(run.lesson.id)
    LessonProgress.write(teaching.finishedLessons, in: options.stateFolder)
    let next =
      number < Lessons.all.count
      ? "   Next: :learn \(number + 1)  \(Lessons.titles[number])" : "   That was the last one: :quiz goes on."
    say("\nLesson \(number) is done.\(next)")
  }

  /// A line of the lesson, shown as if it had been typed.
  private func runForLearner(_ line: String) {
    console.flush()
    write("\n\(EditedInput.prompt)\(line)\n")
    if line.hasPrefix(":") { command(line) } else { evaluate(line) }
  }

  func say(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      for part in TextLayout.wrapped(
        TextLayout.printable(String(line), isASCII: options.isASCII), to: options.width)
      {
        write(ResultColors.note(part, options) + "\n")
      }
    }
  }

  // MARK: Predictions

  private func askInLesson(_ prediction: Lesson.Prediction) {
    write("\n\(EditedInput.prompt)\(prediction.statement)\n")
    let before = picture()
    let firstID = machine.lastObjectID
    console.holdBack()
    console.isSealed = true
    defer {
      console.isSealed = false
      console.release()
    }
    let status =
      prediction.statement.hasPrefix(":") ? command(prediction.statement) : evaluate(prediction.statement)
    guard status == .done, let probe = LessonProbe(prediction, self, before, firstID) else { return }
    var question = PredictionQuestion(
      kind: .value, text: probe.text, truth: probe.truth, reason: prediction.because)
    for idea in prediction.ideas {
      if let answer = probe.truth(idea.answer) {
        question.ideas.append(.init(answer: answer, name: idea.remark, remark: idea.remark))
      }
    }
    tell("Before this runs: \(probe.text)")
    guard askForLine != nil else {
      tell("It is \(probe.truth.text). \(prediction.because)")
      return
    }
    let hint = "A question waits. Answer it, or :learn skip shows the answer, :learn stop ends the lesson."
    let ends = [":learn skip", ":learn stop", ":quit", ":q"]
    guard let (answer, isEnd) = askAnswer(endedBy: ends, hint: hint) else { return }
    if !isEnd { return _ = judge(question, answer, head: "") }
    if answer == ":learn skip" { return tell("It is \(probe.truth.text). \(prediction.because)") }
    teaching.lesson = nil
    tell("The lesson is stopped. :learn begins it again, :quit leaves.")
  }

  // MARK: Tasks

  /// Looks whether what was just typed solved the task that waits.
  func checkLesson() {
    guard let run = teaching.lesson, !run.isBusy, let task = run.task, waiting == nil else { return }
    guard holds(task, run.watched) else {
      teaching.lesson?.tries += 1
      if tellsLoss(task, run) { return }
      if let tries = teaching.lesson?.tries, tries == 3 || tries % 8 == 0 {
        say("Not yet: \(task.text)   (:learn hint)")
      }
      return
    }
    say("Done. \(task.done)")
    teaching.lesson?.step += 1
    goOn()
  }

  /// Says once when an object is out of reach without which the task can't be solved.
  private func tellsLoss(_ task: Lesson.Task, _ run: LessonRun) -> Bool {
    let alive = task.alive.isEmpty ? [] : picture()?.aliveIDs ?? []
    let lost = task.alive.first { name in run.watched[name].map { !alive.contains($0) } ?? false }
    teaching.lesson?.isLossTold = lost != nil
    guard let lost, !run.isLossTold else { return false }
    say("The object that \(lost) referred to is out of reach now, and the task needs it: :undo brings it back.")
    return true
  }

  /// Whether the heap is as a task wants it, however that came about.
  func holds(_ task: Lesson.Task, _ watched: [String: UInt64]) -> Bool {
    if !task.lost.isEmpty || !task.alive.isEmpty || !task.collected.isEmpty {
      guard let picture = picture() else { return false }
      let alive = picture.aliveIDs
      func isThere(_ name: String) -> Bool { watched[name].map(alive.contains) ?? false }
      for name in task.lost where watched[name] == nil || isThere(name) { return false }
      for name in task.alive where !isThere(name) { return false }
      let all = Set(PictureCapture(machine, hidden: results.boundNames)?.picture().objects.map(\.id) ?? [])
      for name in task.collected {
        guard let id = watched[name], !all.contains(id) else { return false }
      }
    }
    return task.checks.allSatisfy(isTrue)
  }

  /// Whether an expression is true; it leaves no trace, and no error is shown.
  func isTrue(_ expression: String) -> Bool { quietValue(expression).map(machine.isTruthy) ?? false }

  /// The value of an expression; nil after an error, which nobody sees.
  func quietValue(_ expression: String) -> Value? {
    console.holdBack()
    defer { console.discardHeld() }
    return machine.withoutTakingIDs { quietly(expression) }
  }
}

/// What a question of a lesson asks about the heap after its statement.
struct LessonProbe {
  let text: String
  let truth: PredictionQuestion.Truth

  init?(_ prediction: Lesson.Prediction, _ session: Session, _ before: ReferencePicture?, _ firstID: UInt64) {
    switch prediction.ask {
    case "new objects":
      text = "how many new objects does it make?"
      truth = .count(Int(session.machine.lastObjectID - firstID))
    case "out of reach":
      guard let before, let after = session.picture() else { return nil }
      text = "how many objects get out of reach?"
      truth = .count(PictureDifference(from: before, to: after).lost.count)
    default:
      guard let value = session.machine.withoutTakingIDs({ session.quietly(prediction.ask) }) else { return nil }
      text = "what is  \(prediction.ask)  afterwards?"
      let machine = session.machine
      truth = .value(value.isObject ? machine.preview(value, limit: 60) : machine.literal(value, limit: 60))
    }
  }

  /// An answer of the same kind.
  func truth(_ answer: String) -> PredictionQuestion.Truth? {
    if case .count = truth { return Int(answer).map { .count($0) } }
    return .value(answer)
  }
}
