import CVMReport

/// `:learn`: a guided tour of references.
enum LearnCommand: Command {
  static let spec = CommandSpec(
    name: "learn", category: .teach, argument: "LESSON", kind: .file, rule: .optional,
    options: [.init("lint", "only checks the lesson of a file")],
    summary: "a guided tour of references: ten lessons at this prompt",
    discussion:
      "Alone it goes on, or lists the lessons. :learn 3 begins the third, :learn FILE one of your own. In a lesson "
      + ":learn hint helps, :learn skip solves the task for you, :learn again starts anew, :learn stop ends. What "
      + "counts is what the heap looks like, not how you got there.",
    examples: [.init(":learn"), .init(":learn 2"), .init(":learn list")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    try session.requireLiveHeap(":learn")
    if session.teaching.finishedLessons.isEmpty {
      session.teaching.finishedLessons = LessonProgress.read(in: session.options.stateFolder)
    }
    let word = call.argument
    if call.has("lint") { return try lint(word, session) }
    switch word {
    case "list": return list(session)
    case "": return session.teaching.lesson == nil ? list(session) : state(session) { session.repeatTask() }
    case "hint": return try inLesson(session) { session.giveHint() }
    case "skip", "next": return try inLesson(session) { session.skipTask() }
    case "again":
      return try inLesson(session) {
        guard let run = session.teaching.lesson else { return }
        session.startLesson(run.lesson, number: run.number)
      }
    case "stop":
      return try inLesson(session) {
        session.teaching.lesson = nil
        session.say("The lesson is over; what you made stays. :learn lists the lessons.")
      }
    default: break
    }
    if let number = Int(word) {
      guard (1...Lessons.all.count).contains(number) else {
        throw .notFound("There are lessons 1 to \(Lessons.all.count): :learn list")
      }
      let lesson = try Self.read(Lessons.all[number - 1], "lesson \(number)")
      return state(session) { session.startLesson(lesson, number: number) }
    }
    let lesson = try file(word)
    return state(session) { session.startLesson(lesson, number: nil) }
  }

  private static func file(_ word: String) throws(CommandError) -> Lesson {
    let path = Redirection.expanded(word)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path) } catch { throw .notFound("Cannot read \(error.message)") }
    return try read(String(decoding: bytes, as: UTF8.self), path)
  }

  private static func read(_ text: String, _ name: String) throws(CommandError) -> Lesson {
    do throws(Lesson.Problem) { return try Lesson(text) } catch {
      throw .usage("\(name):\(error.line): \(error.message)")
    }
  }

  private static func inLesson(_ session: Session, _ body: () -> Void) throws(CommandError) -> CommandAnswer {
    guard session.teaching.lesson != nil else { throw .notFound("No lesson is on: :learn lists them.") }
    return state(session, body)
  }

  /// Lets the lesson speak, and tells programs where it is.
  private static func state(_ session: Session, _ body: () -> Void) -> CommandAnswer {
    body()
    let run = session.teaching.lesson
    return CommandAnswer(
      text: { "" },
      json: {
        JSONWriter.text(isASCII: session.options.isASCII) { writer in
          writer.report("learn") { writer in
            if let run {
              writer.member("lesson", run.lesson.title)
              writer.member("step", run.step + 1)
              writer.member("steps", run.lesson.steps.count)
              if let task = run.task { writer.member("task", task.text) }
            }
          }
        }
      })
  }

  private static func list(_ session: Session) -> CommandAnswer {
    let done = session.teaching.finishedLessons
    let lessons = Lessons.titles.enumerated().map { ($0 + 1, $1, done.contains(Lessons.id($1))) }
    let next = lessons.first { !$0.2 }
    let width = session.options.width
    return CommandAnswer(
      text: {
        var lines = lessons.map { "  \($0 < 10 ? " " : "")\($0)  \($1)\($2 ? "  (done)" : "")" }
        lines.insert("Ten lessons of about five minutes each:", at: 0)
        lines.append(
          next.map { "Begin with :learn \($0.0)   (:learn stop ends a lesson, :learn FILE is one of your own)" }
            ?? "All done. :quiz asks more; :learn FILE is a lesson of your own.")
        return lines.flatMap { TextLayout.wrapped($0, to: width) }.map { $0 + "\n" }.joined()
      },
      json: {
        JSONWriter.text(isASCII: session.options.isASCII) { writer in
          writer.report("learn") { writer in
            writer.list("lessons") { writer in
              for (number, title, isDone) in lessons {
                writer.object { writer in
                  writer.member("number", number)
                  writer.member("title", title)
                  writer.member("done", isDone)
                }
              }
            }
          }
        }
      })
  }

  private static func lint(_ word: String, _ session: Session) throws(CommandError) -> CommandAnswer {
    guard !word.isEmpty else { throw .usage(":learn --lint FILE") }
    let lesson = try file(word)
    let problems = LessonLinter(lesson).problems()
    let tasks = lesson.steps.count { if case .task = $0.step { true } else { false } }
    var answer = CommandAnswer(
      text: {
        problems.map { "\(word):\($0.line): \($0.message)\n" }.joined()
          + (problems.isEmpty ? "\(lesson.title): \(lesson.steps.count) steps, \(tasks) tasks, no problems.\n" : "")
      },
      json: {
        JSONWriter.text(isASCII: session.options.isASCII) { writer in
          writer.report("learn") { writer in
            writer.member("lesson", lesson.title)
            writer.list("problems") { writer in
              for problem in problems {
                writer.object { writer in
                  writer.member("line", problem.line)
                  writer.member("message", problem.message)
                }
              }
            }
          }
        }
      })
    answer.status = problems.isEmpty ? .done : .error
    return answer
  }
}

extension Session {
  fileprivate func repeatTask() {
    guard let run = teaching.lesson else { return }
    say("\(run.lesson.title), step \(run.step + 1) of \(run.lesson.steps.count).")
    if let task = run.task { showTask(task) }
  }

  fileprivate func giveHint() {
    guard let run = teaching.lesson, let task = run.task else { return }
    guard run.hintsGiven < task.hints.count else {
      say(task.hints.isEmpty ? "There is no hint." : "That were all hints. :learn skip solves it for you.")
      return
    }
    teaching.lesson?.hintsGiven += 1
    say("Hint: \(task.hints[run.hintsGiven])")
  }

  /// Solves the task that waits as the lesson says, and goes on.
  fileprivate func skipTask() {
    guard let run = teaching.lesson, let task = run.task else { return }
    teaching.lesson?.isBusy = true
    for line in task.solution {
      write("\(EditedInput.prompt)\(line)\n")
      if line.hasPrefix(":") { command(line) } else { evaluate(line) }
    }
    say(task.done)
    teaching.lesson?.step += 1
    goOn()
  }
}
