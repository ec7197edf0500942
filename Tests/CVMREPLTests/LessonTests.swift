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
    #expect(text.contains("\nit is 4. a and b are ONE array."))
    #expect(text.contains("The lesson is stopped.") || text.contains("Lesson 2 is done."))
    #expect(!text.contains("that is no answer"))
  }

  @Test func `whoever loses the object of a task hears how to get it back`() throws {
    let session = learner()
    session(":learn 2")
    session("let b = a")
    let task = try #require(session.session.teaching.lesson?.task)
    #expect(task.same == ["a"])
    #expect(session("a = []").contains("The object that a referred to is out of reach now"))
    #expect(!session("a.length").contains("out of reach now"))
    session(":undo")
    #expect(!session(":undo").contains("The task asks"))
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
      if let wrong = task.wrong.first, task.lost.isEmpty, task.alive.isEmpty, task.same.isEmpty, task.collected.isEmpty,
        !task.isTakenBack,
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
    #expect(session(":learn hint").contains("Those were all the hints."))
    #expect(session(":learn skip").contains("Two names, one array."))
    #expect(session(":learn").contains("Your turn"))
    #expect(session(":learn again").contains("Lesson 2 of 10"))
    #expect(session(":learn stop").contains("The lesson is over. Your session is as it was before."))
    #expect(session.session.command(":learn hint") == .notFound)
  }

  /// A session of somebody whose progress is kept.
  private func session(in scratch: ScratchDirectory) -> TestSession {
    let session = TestSession { $0.stateFolder = scratch.path + "/state" }
    session.session.askForLine = { _ in "" }
    return session
  }

  @Test func `progress is kept where state is kept`() throws {
    let scratch = try ScratchDirectory()
    let first = session(in: scratch)
    #expect(first(":learn").contains("Begin with :learn 1"))
    first(":learn 1")
    while first.session.teaching.lesson != nil { first(":learn skip") }
    let second = session(in: scratch)
    #expect(second(":learn").contains(" 1  Values and references  (done)"))
    #expect(second.output == "" && second(":learn").contains("Begin with :learn 2"))
    #expect(TestSession()(":learn").contains("Begin with :learn 1"))
  }

  @Test func `a lesson that was left goes on at its task, also in another session`() throws {
    let scratch = try ScratchDirectory()
    let first = session(in: scratch)
    first(":learn 6")
    first(":learn stop")
    // Nothing was solved yet.
    #expect(!first(":learn 6").contains("You were at step"))
    first("grid[1] = [0, 0, 0]")
    let step = first.session.teaching.lesson?.step
    first(":learn stop")
    let second = session(in: scratch)
    #expect(second(":learn").contains(" 6  Nested sharing  (begun)"))
    let text = second(":learn 6")
    #expect(
      text.contains("You were at step \((step ?? 0) + 1) of") && text.contains("Your turn: Make `cells`"), "\(text)")
    #expect(!text.contains("Your turn: Replace") && !text.contains("Before this runs"))
    #expect(second.session.teaching.lesson?.step == step)
    #expect(second("grid[0] !== grid[1]").contains("true"))
    #expect(second("let cells = [[], [], []]").contains("Lesson 6 is done."))
    #expect(session(in: scratch)(":learn").contains(" 6  Nested sharing  (done)"))
    second(":learn 6")
    second("grid[1] = [0, 0, 0]")
    #expect(second(":learn again").contains("Your turn: Replace"))
  }

  @Test(arguments: 1...10)
  func `each task of a lesson can be gone on with`(number: Int) throws {
    let session = learner { _ in "" }
    session(":learn \(number)")
    while let task = session.session.teaching.lesson?.task {
      let other = learner { _ in "" }
      other.session.teaching.progress = session.session.teaching.progress
      other(":learn \(number)")
      #expect(other.session.teaching.lesson?.step == session.session.teaching.lesson?.step)
      var text = ""
      for line in task.solution { text += other(line) }
      #expect(text.contains("Done."), "\(task.text)\n\(text)")
      session(":learn skip")
    }
  }

  @Test func `a checkpoint in a lesson is told without bytes`() {
    let session = learner()
    session(":learn 10")
    let text = session(":checkpoint start").replacing("\n", with: " ")
    #expect(text.contains(":restore start brings them back") && !text.contains(" B"), "\(text)")
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

  // MARK: A heap of its own

  @Test func `a lesson leaves the session as it was`() throws {
    let session = learner()
    session("let a = 'mine'")
    session("let b = {x: 1}")
    session(":checkpoint home")
    session(":break total --later")
    session("b.x = 2")
    session(":undo")
    let before = session(":vars") + session(":history --session") + session(":view flat")
    let text = session(":learn 2")
    #expect(text.contains("The lesson has a heap of its own; your session waits until it is over."))
    #expect(!session(":view flat").contains("mine"))
    #expect(!session(":history --session").contains("b.x"))
    #expect(session(":break").contains("no breakpoints") || !session(":break").contains("total"))
    session("let b = a")
    #expect(session("a.length").contains("4"))
    #expect(session(":learn stop").contains("Your session is as it was before."))
    #expect(session("a").contains("'mine'"))
    #expect(before.contains("home") && session(":checkpoints").contains("home"))
    #expect(session(":break").contains("total"))
    #expect(session(":redo").contains("did again [3] b.x = 2"))
    #expect(session(":history --session").contains(":learn 2"))
    #expect(!session(":history --session").contains("let b = a"))
  }

  @Test func `a lesson that is done leaves the session as it was, too`() {
    let session = learner()
    session("let a = 'mine'")
    session(":learn 2")
    session("let b = a")
    #expect(session("a.length = 0").contains("Lesson 2 is done. Your session is as it was before.\nNext: :learn 3"))
    #expect(session("a").contains("'mine'"))
    #expect(session.session.statementNumber == 2)
  }

  @Test func `what would replace the session waits for the end of the lesson`() throws {
    let scratch = try ScratchDirectory()
    let session = learner()
    session("let mine = 1")
    session(":save \(scratch.path)/mine.cvms")
    session(":learn 2")
    for line in [":reset", ":open \(scratch.path)/mine.cvms"] {
      #expect(session.session.command(line) != .done)
      #expect(session.errors.contains(":learn stop ends it first"))
    }
    #expect(session.session.command(":save") == .usage)
    #expect(session(":learn").contains("Your turn"))
    session(":learn stop")
    #expect(session(":save").contains("mine.cvms: 1 statement"))
  }

  @Test func `a lesson waits until no program stands still`() {
    let session = learner()
    session(":step 1 + 1")
    for line in [":learn", ":learn 2", ":learn again"] {
      #expect(session.session.command(line) == .usage)
      #expect(session.errors.contains("A program stands still here: :continue lets it go on"))
    }
    session(":abort")
    #expect(session(":learn 2").contains("Lesson 2 of 10"))
  }

  @Test func `lessons have names, and a wrong one says which there are`() {
    let session = learner()
    #expect(session(":learn aliasing").contains("Lesson 2 of 10"))
    #expect(session(":learn clos").contains("Lesson 8 of 10"))
    #expect(session(":learn const is not frozen").contains("Lesson 3 of 10"))
    #expect(session.session.command(":learn one") == .notFound)
    #expect(session.errors.contains("There are, by number or name: 1 values-and-references, 2 aliasing,"))
    #expect(session.session.command(":learn equallity") == .notFound)
    #expect(session.errors.contains("Did you mean equality ?"))
    #expect(session.session.command(":learn 11") == .notFound)
    #expect(session.errors.contains("there are 1 to 10"))
  }

  @Test(arguments: [
    (2, 1, "let keep = a", "a = []", "a is #3 now, and is to be #1, as when the task began: :undo takes that back."),
    (3, 0, "let keep = list", "const list = ['changed']", "list is #2 now, and is to be #1"),
    (3, 1, "let keep = point", "let point = {x: 1, tags: ['old']}", "and is to be #3, as when the task began"),
    (7, 0, "let keep = p", "p = r = q", "p is #2 now, and is to be #1"),
  ])
  func `another object is no solution, even when the first is kept elsewhere`(
    lesson: Int, task: Int, keep: String, wrong: String, remark: String
  ) throws {
    let session = learner(at: task, of: lesson)
    let step = session.session.teaching.lesson?.step
    session(keep)
    let text = session(wrong).replacing("\n", with: " ")
    #expect(session.session.teaching.lesson?.step == step, "\(text)")
    #expect(text.contains(remark), "\(text)")
  }

  @Test func `what is no answer is asked again, and Ctrl-C shows the answer without counting`() {
    var answers: [String?] = ["foo", "4, 5", "four"]
    let session = TestSession()
    session.session.askForLine = { _ in answers.isEmpty ? nil : answers.removeFirst() }
    session(":learn 2")
    let text = session("let b = a")
    #expect(text.components(separatedBy: "That is no answer: a value is asked for").count == 3)
    #expect(text.contains("right, 4."))
    #expect(text.contains("it is 4. Only the arrow of b moved") || text.contains("it is 4. Only the arrow"))
    #expect(session(":predict").contains("Score 1 of 1."))
  }

  @Test func `the text of a lesson is as bright as results, what is to be done stands out`() {
    let session = TestSession { $0.usesColor = true }
    let text = session(":learn 2")
    #expect(text.contains("\nAim: See that assigning") && text.contains("\u{1B}[1mYour turn:\u{1B}[0m Make `b`"))
    #expect(session("let b = a").contains("\u{1B}[1mDone.\u{1B}[0m Two names"))
  }

  // MARK: Remarks

  @Test(arguments: [
    (2, ["let b = [...a]"], "b is #2, a is #1: two arrays, however alike. The task asks for ONE."),
    (2, ["let c = a"], "You made c. The task asks for a variable called b."),
    (2, ["let b = 5"], "a is an arrow to #1, but b is 5, a value."),
    (2, ["let b", "b == a"], "Comparing only asks"),
    (2, ["let b = [1]", ":undo 2"], "That went back to before the task began: :redo returns."),
    (5, ["let copy = user"], "copy and user are ONE object, #2. The task asks for two."),
    (7, ["r = q"], "q and r are ONE object now, but r has left p."),
    (3, ["list.push(0)", "list[1] = 'changed'"], "list[0] is 1 now, and is to be 'changed'."),
    (6, ["grid[1].fill(5)"], "grid[0] and grid[1] are ONE array"),
    (10, ["game.score = 0"], "No checkpoint start keeps the moment before."),
    (10, ["game.score = 0", ":checkpoint start"], "The checkpoint start was made too late"),
  ])
  func `a line that goes a wrong way gets one sentence`(number: Int, lines: [String], remark: String) {
    let session = learner()
    session(":learn \(number)")
    var text = ""
    for line in lines { text = session(line).replacing("\n", with: " ") }
    #expect(text.contains(remark), "\(text)")
    #expect(!text.contains("Not yet"))
  }

  @Test func `where nothing went a wrong way nothing is said`() {
    let session = learner()
    session(":learn 2")
    for line in [
      "1 + 1", "a", "a.length", "a === a", "let other = 5; other = 6", ":vars", ":view", "null.x", "let x = {",
    ] {
      let text = session(line)
      #expect(!text.contains("Not yet") && !text.contains("task"), "\(line): \(text)")
    }
    #expect(session("a.push(9)").contains("Not yet: Make `b` a second name"))
    #expect(session(":learn").contains("Your turn: Make `b`"))
  }

  @Test func `a step ahead is not called a mistake`() {
    let session = learner()
    session(":learn 9")
    session("b = null")
    #expect(!session("big = null").contains("Not yet"))
    #expect(
      session(":gc").replacing("\n", with: " ").contains("of the prompt still holds it: :gc --no-repl leaves that out.")
    )
    #expect(session(":gc --no-repl").contains("Done."))
  }

  /// Ways to solve the tasks of the lessons.
  private static let right: [(lesson: Int, task: Int, lines: [String])] = [
    (1, 0, ["const dog = {name: 'Rex'}"]), (1, 0, ["let dog = {...cat}"]),
    (1, 0, ["class Dog { name = 'Rex' }", "let dog = new Dog()"]), (1, 0, ["let dog = {}", "dog.name = 'Rex'"]),
    (1, 1, ["let {age} = cat"]), (1, 1, ["let age", "age = cat['age']"]),
    (2, 0, ["let b = a"]), (2, 0, ["var b = [a][0]"]), (2, 0, ["const b = (x => x)(a)"]),
    (2, 0, ["let o = {a}, {a: b} = o"]),
    (2, 1, ["a.splice(0)"]), (2, 1, ["while (a.length) a.pop()"]), (2, 1, ["let c = a; c.length = 0"]),
    (3, 0, ["list.splice(0, 1, 'changed')"]), (3, 0, ["let l = list", "l[0] = 'changed'"]),
    (3, 0, ["list.fill('changed')"]),
    (3, 1, ["point.tags[1] = 'old'"]), (3, 1, ["let {tags} = point", "tags.unshift('old')"]),
    (4, 0, ["const reset = o => { o.size = 0 }", "reset(tree)"]), (4, 0, ["let reset = o => o.size = 0; reset(tree)"]),
    (4, 0, ["function reset(o) { Object.assign(o, {size: 0}) }", "reset(tree)"]),
    (4, 1, ["const renamed = (o, name) => Object.assign({}, o, {name})"]),
    (4, 1, ["function renamed(o, n) { let c = structuredClone(o); c.name = n; return c }"]),
    (5, 0, ["let copy = Object.assign({}, user)"]), (5, 0, ["let copy = {name: user.name, address: user.address}"]),
    (5, 1, ["let deep = JSON.parse(JSON.stringify(user))"]),
    (5, 1, ["let deep = {...user, address: {...user.address}}"]),
    (6, 0, ["grid[1] = Array(3).fill(0)"]), (6, 0, ["grid.pop()", "grid.push([0, 0, 0])"]),
    (6, 0, ["grid = [grid[0], [0, 0, 0]]"]), (6, 1, ["let cells = [[], [], []]"]),
    (6, 1, ["let cells = []", "for (let i = 0; i < 3; i++) cells.push([])"]),
    (7, 0, ["q = p"]), (7, 0, ["q = r"]), (7, 0, ["p = q = r"]),
    (7, 1, ["function samePoint(a, b) { return a.x == b.x }"]), (7, 1, ["let samePoint = ({x}, {x: y}) => x === y"]),
    (8, 0, ["const one = counter()", "const two = counter()", "two()", "for (let i = 0; i < 3; i++) one()"]),
    (8, 1, ["let numbers = [0, 1, 2].map(n => () => n)"]), (8, 1, ["let numbers = [() => 0, () => 1, () => 2]"]),
    (9, 0, ["b = {}"]), (9, 0, ["b = 'gone'"]), (9, 1, ["big = keep", ":gc --no-repl"]),
    (9, 1, ["big = 0; 1", ":gc --no-repl"]),
    (10, 0, [":checkpoint start", "game.score -= 10"]), (10, 1, [":restore c1"]), (10, 1, [":undo"]),
    (10, 2, ["game.score = 5", "game.score = 6", ":undo 2"]),
    (10, 2, [":checkpoint x", "game.score = 7", ":restore x"]),
  ]

  /// Ways that go wrong at first, and how they end well.
  private static let detours: [(lesson: Int, task: Int, wrong: [String], right: [String])] = [
    (1, 0, ["let dog = cat", "dog.name = 'Rex'"], ["dog = {name: 'Rex'}"]),
    (1, 1, ["let age = cat"], ["age = cat.age"]),
    (2, 0, ["let b = a.slice()", "let b2 = a"], ["b = a"]), (2, 1, ["a = []"], [":undo", "a.length = 0"]),
    (3, 0, ["const list = ['changed']"], [":undo", "list[0] = 'changed'"]),
    (4, 0, ["tree = {size: 3}", "tree.size = 0"], ["function reset(o) { o.size = 0 }"]),
    (
      4, 0, ["function reset(o) { o = {size: 0} }", "reset(tree)", "tree = {size: 7}"],
      ["reset = o => { o.size = 0 }", "reset(tree)"]
    ),
    (
      4, 1, ["function renamed(o, name) { o.name = name }", "renamed(tree, 'b')"],
      ["function renamed(o, name) { return {...o, name} }"]
    ),
    (5, 0, ["let copy = user"], ["copy = {...user}"]),
    (5, 1, ["let deep = {...user}"], ["deep.address = {...user.address}"]),
    (6, 0, ["grid[0] = [0, 0, 0]", "grid[1].fill(1)"], ["grid[1].fill(0)"]),
    (6, 1, ["let cells = Array(3).fill([])"], ["cells = cells.map(() => [])"]),
    (7, 0, ["r = q"], [":undo", "q = r"]), (7, 0, ["r = q"], ["r = q = p"]),
    (
      8, 0, ["let one = counter(), two = one", "one(); one(); one(); one(); one()"],
      ["let one = counter(), two = counter()", "one(); one(); one(); two()"]
    ),
    (
      8, 1, ["let numbers = []", "for (var k = 0; k < 3; k++) numbers.push(() => k)"],
      ["numbers.length = 0", "for (let k = 0; k < 3; k++) numbers.push(() => k)"]
    ),
    (9, 0, ["let c = b; b = null"], ["c = null"]),
    (9, 1, ["keep = null; big = null"], [":undo", "big = null", ":gc --no-repl"]),
    (10, 0, ["game.score = 0", ":checkpoint start"], ["game.score = 10", ":checkpoint start", "game.score = 0"]),
    (10, 1, ["game.score = 10"], [":restore start"]),
    (10, 2, ["game.score = 1; game.score = 10"], ["game.score = 3", ":undo"]),
  ]

  /// A session in a lesson, at one of its tasks.
  private func learner(at task: Int, of lesson: Int) -> TestSession {
    let session = learner()
    session(":learn \(lesson)")
    for _ in 0..<task { session(":learn skip") }
    return session
  }

  @Test(arguments: 0..<right.count)
  func `any right solution counts`(number: Int) throws {
    let (lesson, task, lines) = Self.right[number]
    let session = learner(at: task, of: lesson)
    for line in lines.dropLast() { #expect(!session(line).contains("Done."), "\(line)") }
    #expect(session(lines[lines.count - 1]).contains("Done."), "\(lesson).\(task) \(lines)")
  }

  @Test(arguments: 0..<detours.count)
  func `a right solution counts after wrong ones`(number: Int) throws {
    let (lesson, task, wrong, right) = Self.detours[number]
    let session = learner(at: task, of: lesson)
    for line in wrong { #expect(!session(line).contains("Done."), "\(lesson).\(task) \(line)") }
    for line in right.dropLast() { #expect(!session(line).contains("Done."), "\(line)") }
    #expect(session(right[right.count - 1]).contains("Done."), "\(lesson).\(task) \(right)")
  }

  @Test(arguments: 1...10)
  func `no wrong line solves a task, and each of them gets a sentence`(number: Int) throws {
    let session = learner()
    session(":learn \(number)")
    while let run = session.session.teaching.lesson, let task = run.task {
      for wrong in task.wrong {
        let copy = learner()
        copy(":learn \(number)")
        while let other = copy.session.teaching.lesson, other.step < run.step { copy(":learn skip") }
        let text = copy(wrong)
        #expect(copy.session.teaching.lesson?.step == run.step, "\(wrong) solved: \(task.text)")
        let said = text.split(separator: "\n").last.map(String.init) ?? ""
        // A change is a part of what such a task asks.
        guard copy.session.teaching.lesson?.watch?.hasMoved == true, !task.isTakenBack else { continue }
        #expect(!said.hasPrefix("$") && !said.hasPrefix("]"), "nothing is said about \(wrong): \(text)")
      }
      session(":learn skip")
    }
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
      check: a[1] === undefined
      same: a
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
    #expect(session.output.contains("Own: 4 steps, 1 task, no problems."))
    let text = session(":learn \(path)")
    #expect(text.contains("Some text over two lines."))
    #expect(text.contains("no: 0. Only the arrow. You expected a copy."))
    #expect(session("a.unshift(1)").contains("Done. Both see it."))
  }

  @Test func `the linter tells line and column, and its status is that of a script`() throws {
    let scratch = try ScratchDirectory()
    let misspelt = try scratch.write("a.lesson", Self.own.replacing("task:", with: "taks:"))
    let session = learner()
    #expect(session.session.command(":learn --lint \(misspelt)") == .error)
    #expect(session.output == "\(misspelt):13:1: `taks:` is no word of a lesson: did you mean `task:`?\n")
    let two = try scratch.write(
      "b.lesson", Self.own.replacing("hint:", with: "hnt:").replacing("  ask:", with: "\task :"))
    #expect(session.session.command(":learn --lint \(two)") == .error)
    #expect(session.output.split(separator: "\n").count == 2)
    #expect(session.session.command(":learn \(misspelt)") == .usage)
    #expect(session.session.command(":learn --lint \(scratch.path)/none.lesson") == .notFound)
  }

  @Test(arguments: [
    ("aim: x", "begins with `lesson: TITLE`"), ("lesson: x", "needs a line `aim: ...`"),
    ("lesson: x\naim: y", "has no steps"), ("lesson: x\naim: y\ntask: z", "needs an indented `check: EXPRESSION`"),
    ("lesson: x\naim: y\npredict: z", "needs an indented `ask: EXPRESSION`"),
    ("lesson: x\naim: y\nrun: z\n  check: w", "stands below a `task:`"),
    ("lesson: x\naim: y\ntask: z\n  chek: w", "did you mean `check:`?"),
    ("lesson: x\naim: y\ntask: z\n  nonsense", "An indented line is one of"),
    ("lesson: x\naim: y\ntaks: z\n  check: w", "did you mean `task:`?"),
    ("lesson: x\naim: y\nTask: z\n  check: w", "did you mean `task:`?"),
    ("lesson: x\naim: y\ntask: z\ncheck: w", "`check:` is indented"),
    ("lesson: x\naim: y\ntask: z\n  check: w ===", "is no expression"),
    ("lesson: x\naim: y\ntask: z\n  when: w", "when: EXPRESSION => "),
    ("lesson: x\naim: y\ntask: z\n  moment: now", "is `taken back`, not `now`"),
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
    ("  idea: 1 =>", "  idea: 0 =>", "is the right answer"), ("  same: a", "  alive: nothing", "refers to no object"),
    (
      "  same: a\n  hint: push\n  solution: b.push(1)\n  wrong: a = [1]",
      "  alive: a\n  hint: push\n  solution: b.push(1)\n  wrong: a = b = [1]",
      "for a learner who kept the objects in another variable: `same:` names"
    ),
    ("  hint: push", "  hint: push\n  when: a[0] === 2 => Not a 2.", "No `wrong:` line leads to `when: a[0] === 2`"),
  ])
  func `the linter finds what would not work`(old: String, new: String, message: String) throws {
    let lesson = try Lesson(Self.own.replacing(old, with: new))
    let problems = LessonLinter(lesson).problems()
    #expect(problems.contains { $0.message.contains(message) }, "\(problems)")
  }
}
