import CVMReport
import Glibc

/// `:learn`: a guided tour of references.
enum LearnCommand: Command {
  static let spec = CommandSpec(
    name: "learn", category: .teach, argument: "LESSON", kind: .file, rule: .optional,
    options: [.init("lint", "only checks the lesson of a file")],
    summary: "a guided tour of references: ten lessons at this prompt",
    discussion:
      "Alone it goes on, or lists the lessons. :learn 3 or :learn aliasing begins one, :learn FILE one of your own. In a "
      + "lesson :learn hint helps, :learn skip solves the task for you, :learn again starts anew, :learn stop ends. One of "
      + "the ten that was left goes on at the task where it was left. What "
      + "counts is what the heap looks like, not how you got there. A lesson has a heap of its own: when it is over, "
      + "your session is as it was.",
    examples: [.init(":learn"), .init(":learn 2"), .init(":learn list")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    try session.requireLiveHeap(":learn")
    if session.teaching.progress.isEmpty { session.teaching.progress = LessonProgress(in: session.options.stateFolder) }
    let word = call.argument
    if call.has("lint") { return try lint(word, session) }
    if word != "list", word != "stop" { try requireRest(session) }
    switch word {
    case "list": return list(session)
    case "": return session.teaching.lesson == nil ? list(session) : state(session) { session.repeatTask() }
    case "hint": return try inLesson(session) { session.giveHint() }
    case "skip", "next": return try inLesson(session) { session.skipTask() }
    case "again":
      return try inLesson(session) {
        guard let run = session.teaching.lesson else { return }
        session.teaching.progress.begun[run.lesson.id] = nil
        session.startLesson(run.lesson, number: run.number, ":learn again")
      }
    case "stop": return try inLesson(session) { session.endLesson("The lesson is over.") }
    default: break
    }
    if let number = try number(word) {
      let lesson = try Self.read(Lessons.all[number - 1], "lesson \(number)")
      return state(session) { session.startLesson(lesson, number: number, ":learn \(word)") }
    }
    let lesson = try file(word)
    return state(session) { session.startLesson(lesson, number: nil, ":learn \(word)") }
  }

  /// A lesson goes its way only where no program stands still or waits.
  private static func requireRest(_ session: Session) throws(CommandError) {
    if session.stopped != nil {
      throw .usage("A program stands still here: :continue lets it go on, :abort gives it up. Then :learn works.")
    }
    if session.waiting != nil {
      throw .usage("A program waits for an answer: :answer TEXT lets it go on, :abort gives it up. Then :learn works.")
    }
  }

  /// The built-in lesson that a word names, by number or by its title; nil where it may be a file.
  private static func number(_ word: String) throws(CommandError) -> Int? {
    let count = Lessons.all.count
    if let number = Int(word) {
      guard (1...count).contains(number) else {
        throw .notFound("There is no lesson \(number): there are 1 to \(count). :learn list says which.")
      }
      return number
    }
    let id = Lesson.id(word)
    let ids = Lessons.titles.map(Lesson.id)
    if let exact = ids.firstIndex(of: id) { return exact + 1 }
    if access(Redirection.expanded(word), F_OK) == 0 || word.contains("/") || word.contains(".") { return nil }
    let begun = ids.indices.filter { !id.isEmpty && ids[$0].hasPrefix(id) }
    if begun.count == 1 { return begun[0] + 1 }
    let near = Suggestions.question(id, among: ids).map { " \($0)" } ?? ""
    let list = ids.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: ", ")
    throw .notFound(
      "There is no lesson \(word.prefix(40)), and no file of that name.\(near)\nThere are, by number or name: \(list).")
  }

  private static func file(_ word: String) throws(CommandError) -> Lesson { try read(text(word), word) }

  private static func text(_ word: String) throws(CommandError) -> String {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(Redirection.expanded(word)) } catch {
      throw .notFound("Cannot read \(error.message)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func read(_ text: String, _ name: String) throws(CommandError) -> Lesson {
    do throws(Lesson.Problem) { return try Lesson(text) } catch {
      throw .usage("\(name):\(error.line):\(error.column): \(error.message)")
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
    let progress = session.teaching.progress
    let lessons = Lessons.titles.enumerated().map { ($0 + 1, $1, progress.finished.contains(Lessons.id($1))) }
    let next = lessons.first { !$0.2 }
    let width = session.options.width
    return CommandAnswer(
      text: {
        var lines = lessons.map { number, title, isDone in
          let state = progress.begun[Lessons.id(title)] != nil ? "  (begun)" : isDone ? "  (done)" : ""
          return "  \(number < 10 ? " " : "")\(number)  \(title)\(state)"
        }
        lines.insert("Ten lessons of about five minutes each:", at: 0)
        lines.append(
          next.map {
            (progress.begun[Lessons.id($0.1)] == nil ? "Begin" : "Go on")
              + " with :learn \($0.0)   (:learn stop ends a lesson, :learn FILE is one of your own)"
          }
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
    let text = try text(word)
    let reader = LessonReader(text)
    let lesson = try? Lesson(text)
    let problems = lesson.map { LessonLinter($0).problems() } ?? reader.problems
    let (title, steps) = (reader.title, reader.steps.count)
    let tasks = reader.steps.count { if case .task = $0.step { true } else { false } }
    var answer = CommandAnswer(
      text: {
        problems.map { "\(word):\($0.line):\($0.column): \($0.message)\n" }.joined()
          + (problems.isEmpty
            ? "\(title): \(Numbers.counted(UInt64(steps), "step")), \(Numbers.counted(UInt64(tasks), "task")), "
              + "no problems.\n"
            : "")
      },
      json: {
        JSONWriter.text(isASCII: session.options.isASCII) { writer in
          writer.report("learn") { writer in
            writer.member("lesson", title)
            writer.list("problems") { writer in
              for problem in problems {
                writer.object { writer in
                  writer.member("line", problem.line)
                  writer.member("column", problem.column)
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
    guard let task = run.task, let watch = run.watch else { return }
    showTask(task)
    if let state = taskState(task, watch) { say(state) }
  }

  fileprivate func giveHint() {
    guard let run = teaching.lesson, let task = run.task else { return }
    guard run.hintsGiven < task.hints.count else {
      say(task.hints.isEmpty ? "There is no hint." : "Those were all the hints. :learn skip solves it for you.")
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
