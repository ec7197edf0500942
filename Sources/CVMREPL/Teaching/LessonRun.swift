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
  /// What is remembered of the task that waits.
  var watch: TaskWatch?
  /// How much of the task is reached.
  var progress = 0
  /// Remarks that are made once in a task.
  var told: Set<Once> = []
  enum Once { case loss, comparing, beginning }
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

  /// Begins a lesson on a heap of its own; `line` is what was typed for it.
  func startLesson(_ lesson: Lesson, number: Int?, _ line: String) {
    let head = (number.map { "Lesson \($0) of \(Lessons.all.count): " } ?? "Lesson: ") + lesson.title
    enterLessonHeap(line, head)
    teaching.lesson = LessonRun(lesson: lesson, number: number)
    let begun = number == nil ? nil : teaching.progress.begun[lesson.id]
    say(head)
    say("Aim: \(lesson.aim)")
    say("The lesson has a heap of its own; your session waits until it is over.")
    if let begun, begun < lesson.steps.count { repeatSteps(upTo: begun) }
    goOn()
  }

  /// Makes the heap of a lesson's step, as who follows the lesson has it there.
  private func repeatSteps(upTo step: Int) {
    guard let lesson = teaching.lesson?.lesson else { return }
    teaching.lesson?.isBusy = true
    console.holdBack()
    console.isSealed = true
    for step in lesson.steps[..<step].map(\.step) {
      var lines: [String] = []
      switch step {
      case .text: continue
      case .run(let line): lines = [line]
      case .predict(let prediction): lines = [prediction.statement]
      case .task(let task): lines = task.solution
      }
      for line in lines { if line.hasPrefix(":") { command(line) } else { evaluate(line) } }
    }
    console.isSealed = false
    console.discardHeld()
    teaching.lesson?.isBusy = false
    teaching.lesson?.step = step
    say(
      "\nYou were at step \(step + 1) of \(lesson.steps.count). What came before was done for you.   (:learn again begins anew)"
    )
    runForLearner(":view boxes")
  }

  /// Ends the lesson that is on, however far it is.
  func endLesson(_ sentence: String) {
    teaching.lesson = nil
    leaveLessonHeap()
    say("\(sentence) Your session is as it was before.")
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
    let watch = TaskWatch(task, self)
    teaching.lesson?.watch = watch
    teaching.lesson?.progress = progress(task, watch)
    teaching.lesson?.hintsGiven = 0
    teaching.lesson?.told = []
    noteProgress()
    showTask(task)
  }

  func showTask(_ task: Lesson.Task) {
    say("")
    say("Your turn: \(task.text)   (:learn hint, :learn skip)", strong: "Your turn:")
  }

  /// Remembers where a lesson of the tour goes on when it is left; before its first task is solved it begins anew.
  private func noteProgress() {
    guard let run = teaching.lesson, run.number != nil else { return }
    let isFirst = !run.lesson.steps[..<run.step].contains { if case .task = $0.step { true } else { false } }
    let step = isFirst ? nil : run.step
    guard teaching.progress.begun[run.lesson.id] != step else { return }
    teaching.progress.begun[run.lesson.id] = step
    teaching.progress.write(in: options.stateFolder)
  }

  private func finishLesson(_ run: LessonRun) {
    guard let number = run.number else { return endLesson("\nThat was \(run.lesson.title).") }
    teaching.progress.finished.insert(run.lesson.id)
    teaching.progress.begun[run.lesson.id] = nil
    teaching.progress.write(in: options.stateFolder)
    endLesson("\nLesson \(number) is done.")
    say(
      number < Lessons.all.count
        ? "Next: :learn \(number + 1)  \(Lessons.titles[number])" : "That was the last one: :quiz goes on.")
  }

  /// A line of the lesson, shown as if it had been typed.
  private func runForLearner(_ line: String) {
    console.flush()
    write("\n\(EditedInput.prompt)\(line)\n")
    if line.hasPrefix(":") { command(line) } else { evaluate(line) }
  }

  /// Text of a lesson; the words that it begins with can stand out.
  func say(_ text: String, strong: String = "") {
    var strong = options.usesColor ? strong : ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      for part in TextLayout.wrapped(
        TextLayout.printable(String(line), isASCII: options.isASCII), to: options.width)
      {
        guard !strong.isEmpty, part.hasPrefix(strong) else {
          write(part + "\n")
          continue
        }
        write("\u{1B}[1m\(strong)\u{1B}[0m" + part.dropFirst(strong.count) + "\n")
        strong = ""
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
    switch askAnswers([question], endedBy: ends, hint: hint) {
    case .given(let answers): _ = judge(question, answers.first ?? "", head: "")
    case .none, .ended(by: ":learn skip"): _ = judge(question, "", head: "")
    case .ended:
      console.isSealed = false
      console.discardHeld()
      endLesson("The lesson is stopped.")
    }
  }

  // MARK: Tasks

  /// Looks whether what was just typed solved the task that waits, and says what there is to say about it.
  func checkLesson(after line: String, _ status: ExitStatus) {
    guard let run = teaching.lesson, !run.isBusy, let task = run.task, var watch = run.watch, waiting == nil,
      stopped == nil
    else { return }
    let changed = watch.note(task, self)
    teaching.lesson?.watch = watch
    guard holds(task, watch) else {
      let progress = progress(task, watch)
      teaching.lesson?.progress = progress
      return remark(on: line, status, task, watch, changed: changed, progressed: progress > run.progress)
    }
    say("Done. \(task.done)", strong: "Done.")
    teaching.lesson?.step += 1
    goOn()
  }

  /// One sentence, where the line went a way that is recognised as a wrong one; else nothing.
  private func remark(
    on line: String, _ status: ExitStatus, _ task: Lesson.Task, _ watch: TaskWatch, changed: Bool, progressed: Bool
  ) {
    if tellsLoss(task, watch) || tellsBeginning(watch) { return }
    let isCommand = line.hasPrefix(":")
    // Who goes back in time has seen what was wrong.
    let says = isCommand ? line.hasPrefix(":gc") || line.hasPrefix(":checkpoint") : changed
    guard says else {
      if status == .done, !isCommand { tellComparing(line, task) }
      return
    }
    let before = isCommand ? nil : pictureBeforeLast()?.picture
    let difference = before.flatMap { before in picture().map { PictureDifference(from: before, to: $0) } }
    let remarks = TaskRemarks(session: self, task: task, watch: watch, difference: difference, isCommand: isCommand)
    if let text = remarks.authored { return say(text) }
    if let text = remarks.computed { return say(text) }
    if !progressed, !task.isTakenBack, remarks.isRelevant { say("Not yet: \(task.text)   (:learn hint)") }
  }

  /// What is true of the task now, where that can be told.
  func taskState(_ task: Lesson.Task, _ watch: TaskWatch) -> String? {
    let remarks = TaskRemarks(session: self, task: task, watch: watch, difference: nil)
    return remarks.authored ?? remarks.computed
  }

  private func isFirst(_ remark: LessonRun.Once) -> Bool { teaching.lesson?.told.insert(remark).inserted ?? false }

  /// Says that an object is out of reach without which the task can't be solved; again only after it was back.
  private func tellsLoss(_ task: Lesson.Task, _ watch: TaskWatch) -> Bool {
    let alive = task.needed.isEmpty ? [] : picture()?.aliveIDs ?? []
    guard let lost = task.needed.first(where: { name in watch.objects[name].map { !alive.contains($0) } ?? false })
    else {
      teaching.lesson?.told.remove(.loss)
      return false
    }
    guard isFirst(.loss) else { return false }
    say("The object that \(lost) referred to is out of reach now, and the task needs it: :undo brings it back.")
    return true
  }

  private func tellsBeginning(_ watch: TaskWatch) -> Bool {
    guard watch.isBeforeBeginning(self), isFirst(.beginning) else { return false }
    say("That went back to before the task began: :redo returns.")
    return true
  }

  /// Says once that a comparison changes nothing, where the task wants a change.
  private func tellComparing(_ line: String, _ task: Lesson.Task) {
    let compared = GoalExpression(line)
    guard compared.form != .other, !compared.names.isEmpty, !isTrue(line) else { return }
    let names = Set(task.checks.flatMap { GoalExpression($0).names })
    guard names.isSuperset(of: compared.names), isFirst(.comparing) else { return }
    say("Comparing only asks: it moves no arrow and changes no object.")
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
