import CVMTestSupport
import Foundation
import Testing

@testable import CVMREPL

/// The tour: its lessons, their tasks, and lessons of one's own.
@Suite struct LessonTests {
  @Test(arguments: 0..<Lessons.all.count)
  func `each lesson of the tour can be gone through, and its checks tell right from wrong`(number: Int) throws {
    let lesson = try Lesson(Lessons.all[number])
    #expect(LessonLinter(lesson).problems() == [])
    let kinds = lesson.steps.map(\.step)
    #expect(kinds.contains { if case .task = $0 { true } else { false } })
    #expect(kinds.contains { if case .predict = $0 { true } else { false } })
    #expect(lesson.title == Lessons.titles[number])
  }

  @Test func `there are ten, each with its aim`() throws {
    #expect(Lessons.all.count == 10)
    #expect(Set(try Lessons.all.map { try Lesson($0).id }).count == 10)
  }

  /// A learner whose answers to predictions are given.
  private func learner(_ answer: @escaping (String) -> String = { _ in "1" }) -> TestSession {
    let session = TestSession()
    session.session.askForLine = answer
    return session
  }

  @Test func `a lesson's question can be skipped, and the lesson stopped there`() throws {
    var answers = [":heap", ":learn skip"]
    let session = learner { _ in answers.isEmpty ? ":learn stop" : answers.removeFirst() }
    var text = session(":learn 2")
    while let task = session.session.teaching.lesson?.task {
      for line in task.solution { text += session(line) }
    }
    #expect(text.contains("A question waits. Answer it, or :learn skip"))
    #expect(text.contains("\nIt is 4. a and b are ONE array."))
    #expect(text.contains("The lesson is stopped.") || text.contains("Lesson 2 is done."))
    #expect(!text.contains("that is no answer"))
  }

  @Test func `whoever loses the object of a task hears how to get it back`() throws {
    let session = learner()
    session(":learn 2")
    session("let b = a")
    let task = try #require(session.session.teaching.lesson?.task)
    #expect(task.alive == ["a"])
    #expect(session("a = []").contains("The object that a referred to is out of reach now"))
    #expect(!session("a.length").contains("out of reach now"))
    session(":undo")
    session(":undo")
    #expect(session("a.length = 0").contains("Done."))
  }

  @Test(arguments: 1...10)
  func `a script goes through a lesson with right, wrong and odd answers`(number: Int) throws {
    let session = learner { _ in "odd, really" }
    var text = session(":learn \(number)")
    #expect(text.contains("Lesson \(number) of 10: \(Lessons.titles[number - 1])"))
    #expect(text.contains("Aim: "))
    var rounds = 0
    while let task = session.session.teaching.lesson?.task, rounds < 10 {
      rounds += 1
      let step = try #require(session.session.teaching.lesson?.step)
      for odd in ["1 + 1", "null.x", "let odd = {", ":vars", ":nonsense", ":learn hint"] {
        session(odd)
        #expect(session.session.teaching.lesson?.step == step, "\(odd) solved: \(task.text)")
      }
      // What is wrong does not count, and is taken back for what is right.
      if let wrong = task.wrong.first, task.lost.isEmpty, task.alive.isEmpty, task.collected.isEmpty,
        !wrong.contains("function"), !wrong.hasPrefix(":")
      {
        session(wrong)
        #expect(session.session.teaching.lesson?.step == step, "\(wrong) solved: \(task.text)")
        session(":undo")
      }
      text = ""
      for line in task.solution { text += session(line) }
      #expect(text.contains("Done."), "\(task.text)\n\(text)")
    }
    #expect(session.session.teaching.lesson == nil)
    #expect(text.contains("Lesson \(number) is done."))
  }

  @Test func `any right solution counts`() {
    for solution in ["let b = a", "var b = [a][0]", "const b = (x => x)(a)", "let o = {a}, {a: b} = o"] {
      let session = learner()
      session(":learn 2")
      #expect(session(solution).contains("Done."), "\(solution)")
    }
  }

  @Test func `a prediction is asked before its statement runs, and judged`() {
    let session = learner { prompt in prompt == "> " ? "3" : "" }
    session(":learn 2")
    let text = session("let b = a")
    #expect(text.contains("Before this runs: what is  a.length  afterwards?"))
    #expect(text.contains("no: 4. a and b are ONE array."))
    #expect(text.contains("You expected a copy."))
    let question = text.range(of: "what is  a.length"), result = text.range(of: "= 4\n")
    #expect(question != nil && result != nil && question!.lowerBound < result!.lowerBound)
    #expect(session(":predict").contains("Score 0 of 2"))
  }

  @Test func `hints come one by one, and skip solves the task`() {
    let session = learner()
    session(":learn 2")
    #expect(session(":learn hint").contains("Hint: An assignment copies the arrow."))
    #expect(session(":learn hint").contains("Hint: let b = a"))
    #expect(session(":learn hint").contains("all hints"))
    #expect(session(":learn skip").contains("Two names, one array."))
    #expect(session(":learn").contains("Your turn"))
    #expect(session(":learn again").contains("Lesson 2 of 10"))
    #expect(session(":learn stop").contains("is over"))
    #expect(session.session.command(":learn hint") == .notFound)
  }

  @Test func `after three tries the task is said again, and not at each`() {
    let session = learner()
    session(":learn 2")
    #expect(!session("1").contains("Not yet"))
    #expect(!session("2").contains("Not yet"))
    #expect(session("3").contains("Not yet"))
    #expect(!session("4").contains("Not yet"))
  }

  @Test func `progress is kept where state is kept`() throws {
    let scratch = try ScratchDirectory()
    func session() -> TestSession {
      let session = TestSession { $0.stateFolder = scratch.path + "/state" }
      session.session.askForLine = { _ in "" }
      return session
    }
    let first = session()
    #expect(first(":learn").contains("Begin with :learn 1"))
    first(":learn 1")
    while first.session.teaching.lesson != nil { first(":learn skip") }
    let second = session()
    #expect(second(":learn").contains(" 1  Values and references  (done)"))
    #expect(second.output == "" && second(":learn").contains("Begin with :learn 2"))
    #expect(TestSession()(":learn").contains("Begin with :learn 1"))
  }

  @Test func `without somebody who answers the lesson goes on`() {
    let session = TestSession()
    session(":learn 2")
    #expect(session("let b = a").contains("It is 4."))
  }

  @Test func `a piped session can take a lesson`() throws {
    let outcome = try pipe(":learn 2\nlet b = a\n3\n2\na.length = 0\n")
    #expect(outcome.output.contains("Lesson 2 is done."))
  }

  // MARK: One's own

  private static let own = """
    lesson: Own
    aim: Try it.
    # A remark.

    Some text
    over two lines.

    run: let a = []
    predict: let b = a
      ask: new objects
      because: Only the arrow.
      idea: 1 => You expected a copy.
    task: Push a 1.
      check: a[0] === 1
      check: a === b
      alive: a
      hint: push
      solution: b.push(1)
      wrong: a = [1]
      done: Both see it.
    """

  @Test func `a file is a lesson`() throws {
    let scratch = try ScratchDirectory()
    let path = try scratch.write("own.lesson", Self.own)
    let session = learner()
    #expect(session.session.command(":learn --lint \(path)") == .done, "\(session.errors)")
    #expect(session.output.contains("Own: 4 steps, 1 tasks, no problems."))
    let text = session(":learn \(path)")
    #expect(text.contains("Some text over two lines."))
    #expect(text.contains("no: 0. Only the arrow. You expected a copy."))
    #expect(session("a.unshift(1)").contains("Done. Both see it."))
  }

  @Test(arguments: [
    ("aim: x", "begins with `lesson: TITLE`"), ("lesson: x", "needs a line `aim: ...`"),
    ("lesson: x\naim: y", "has no steps"), ("lesson: x\naim: y\ntask: z", "needs an indented `check: EXPRESSION`"),
    ("lesson: x\naim: y\npredict: z", "needs an indented `ask: EXPRESSION`"),
    ("lesson: x\naim: y\nrun: z\n  check: w", "stands below a `task:`"),
    ("lesson: x\naim: y\ntask: z\n  chek: w", "An indented line is one of"),
    ("lesson: x\naim: y\ntask:", "Nothing stands behind `task:`"),
    ("lesson: x\naim: y\npredict: z\n  idea: w", "idea: WRONG ANSWER => "),
  ])
  func `a text that is no lesson is refused with its line`(text: String, message: String) throws {
    let problem = #expect(throws: Lesson.Problem.self) { try Lesson(text) }
    #expect(problem?.message.contains(message) == true, "\(problem?.message ?? "")")
  }

  @Test(arguments: [
    ("run: let a = []", "run: null.x", "fails"), ("  check: a[0] === 1\n", "", "solved before anything"),
    ("  solution: b.push(1)", "  solution: 1", "does not solve"), ("  hint: push\n", "", "no `hint:`"),
    ("  wrong: a = [1]", "  wrong: a.push(1)", "`wrong: a.push(1)` solves"),
    ("  idea: 1 =>", "  idea: 0 =>", "is the right answer"), ("  alive: a", "  alive: nothing", "refers to no object"),
  ])
  func `the linter finds what would not work`(old: String, new: String, message: String) throws {
    let lesson = try Lesson(Self.own.replacing(old, with: new))
    let problems = LessonLinter(lesson).problems()
    #expect(problems.contains { $0.message.contains(message) }, "\(problems)")
  }
}
