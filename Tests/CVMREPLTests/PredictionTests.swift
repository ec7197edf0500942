import Foundation
import Testing

@testable import CVMREPL

/// Being asked before a result is shown, and quizzes.
@Suite struct PredictionTests {
  private func asked(_ answers: String..., statements: [String]) -> (TestSession, String) {
    let session = TestSession()
    var waiting = answers
    session.session.askForLine = { _ in waiting.isEmpty ? nil : waiting.removeFirst() }
    for statement in statements.dropLast() { session(statement) }
    session(":predict on")
    return (session, session(statements.last ?? ""))
  }

  @Test func `the questions come before the result, and the answers from the real run`() {
    let (_, text) = asked("3, no", statements: ["let a = [1, 2, 3]", "const b = a; b.push(4)"])
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "Before this runs (answers with a comma between):")
    #expect(lines[1] == "  1) what is b.length afterwards?" || lines[1] == "  1) what is a.length afterwards?")
    #expect(lines[2] == "  2) is b === a afterwards? (yes or no)")
    #expect(lines[3].hasPrefix("1) no: 4."))
    #expect(text.contains("You expected a copy"))
    #expect(text.contains("2) no: yes. Both are #1"))
    #expect(text.contains("Score 0 of 2."))
    #expect(lines.last == "$2 = 4")
  }

  @Test func `a command at a question is no answer to it`() {
    let (session, text) = asked(":help", ":q", "yes", statements: ["let a = {x: 1}", "let b = a"])
    #expect(text.components(separatedBy: "A question waits.").count == 3)
    #expect(text.contains("Score 1 of 1."))
    #expect(!session.session.isFinished)
  }

  @Test(arguments: [
    ("let a = {x: 1}, b = a", "b.x = 5", "what is a.x", "1", "no: 5.", "You expected a copy"),
    ("let a = {x: 1}, b = {...a}", "b.x = 5", "what is a.x", "5", "no: 1.", "You expected one object"),
    ("let a = {i: {}}", "let b = {...a}", "is b.i === a.i", "no", "no: yes.", "You expected a deep copy."),
    ("let a = {x: 1}", "let b = a", "is b === a", "no", "no: yes.", "You expected a copy."),
    ("let a = {x: 1}", "let b = {x: 1}", "is b === a", "yes", "no: no.", "equal content does not make them one"),
    ("let n = 1, m = n", "m = 2", "what is n", "2", "no: 1.", "values are copied"),
    ("let a = {}, b = a", "a = null", "how many objects get out of reach", "1", "no: 0.", "one of its names"),
    ("let a = {}", "a = null", "how many objects get out of reach", "0", "no: 1.", "is garbage"),
    ("let a = [1]", "a.concat([])", "how many new objects", "0", "no: 2.", "an object of its own"),
  ])
  func `a wrong idea is named`(
    setup: String, statement: String, question: String, answer: String, verdict: String, idea: String
  ) {
    let (_, text) = asked(answer, statements: [setup, statement])
    let flat = text.split(separator: "\n").joined(separator: " ").replacing("    ", with: " ")
    #expect(flat.contains(question), "\(text)")
    #expect(flat.contains(verdict), "\(text)")
    #expect(flat.contains(idea), "\(text)")
  }

  @Test(arguments: ["1 + 1", "null.x", "console.log('x')", "let n = 1", "function f() {}"])
  func `nothing is asked where nothing moves`(statement: String) {
    let (_, text) = asked("1", statements: ["let a = [1]", statement])
    #expect(!text.contains("Before this runs") || statement.contains("function"), "\(text)")
  }

  @Test func `what a program prints is not seen before the answer`() {
    let session = TestSession("let a = [1]")
    var seen = ""
    session.session.askForLine = { _ in
      seen += session.output
      return "1"
    }
    session(":predict on")
    let rest = session("console.log('early'); let b = [a]")
    #expect(seen.contains("how many new objects") && !seen.contains("early"))
    #expect(rest.contains("early\n"))
  }

  @Test func `the program's effects are the same with and without questions`() throws {
    let lines = ["let a = [1], b = {a}", "b.a.push({x: a})", "a = null", "null.x", "({})", "b.a[1].x = 7"]
    let plain = TestSession()
    let watched = TestSession { $0.mode = .teach }
    watched.session.askForLine = { _ in "?" }
    watched(":predict on")
    watched(":view --each")
    for line in lines {
      plain(line)
      watched(line)
    }
    let hash = { (session: TestSession) in try session.json(":checkpoint")["hash"] as? String }
    #expect(try hash(plain) == hash(watched))
    #expect(plain(":undo").contains("now at") && watched(":undo").contains("now at"))
    #expect(plain("({})").contains("Object#6") && watched("({})").contains("Object#6"))
  }

  @Test func `a question of the program comes through, and then nothing is asked`() {
    let session = TestSession("let a = [1]")
    session.session.askForAnswer = { _ in
      #expect(session.output.contains("before"))
      return .text("yes")
    }
    session.session.askForLine = { _ in
      Issue.record("asked after the program had asked")
      return nil
    }
    session(":predict on")
    #expect(session("console.log('before'); let b = [a, CC('ok?')]").contains("[[1], 'yes']"))
  }

  @Test func `without anybody who answers nothing is asked`() {
    let session = TestSession("let a = [1]")
    session(":predict on")
    #expect(session("let b = [a]") == TestSession("let a = [1]")("let b = [a]"))
  }

  @Test func `a script answers with its next line, and the score is told`() throws {
    let outcome = try pipe(":predict on\nlet a = [1]\n1\nlet b = a\n:predict off\nlet c = a\n:predict\n")
    #expect(outcome.output.contains("right, 1. New: #1 Array."))
    #expect(outcome.output.contains("Nothing is asked any more. Score 1 of 1."))
    #expect(outcome.output.contains("$3 = [1]"))
  }

  @Test func `a script loses no more than one line to a question`() throws {
    let outcome = try pipe(":predict on\nlet a = [1]\nfoo\n'kept'\n")
    #expect(outcome.output.contains("That is no answer") && outcome.output.contains("it is 1."))
    #expect(outcome.output.contains("'kept'"))
  }

  @Test(arguments: [
    ("2", PredictionQuestion.Truth.count(2)), (" none ", .count(0)), ("y", .yesNo(true)), ("different", .yesNo(false)),
    ("\"x\"", .value("'x'")), ("1.0", .value("1")), ("undefined", .value("undefined")), ("[ 1,2 ]", .value("[1, 2]")),
  ])
  func `answers are read as people write them`(answer: String, truth: PredictionQuestion.Truth) {
    let question = PredictionQuestion(kind: .value, text: "", truth: truth, reason: "")
    #expect(question.judge(answer) == .right)
    #expect(question.judge("") == .skipped)
    #expect(question.judge("odd") != .right)
  }

  @Test(arguments: [
    ("foo", PredictionQuestion.Truth.value("5")), ("1, 2", .value("5")), ("yes", .count(1)), ("foo", .count(1)),
    ("2", .yesNo(true)), ("length", .value("undefined")), ("foo", .value("true")),
  ])
  func `what cannot be meant as an answer is none`(answer: String, truth: PredictionQuestion.Truth) {
    let question = PredictionQuestion(kind: .value, text: "", truth: truth, reason: "")
    #expect(question.judge(answer) == .unreadable)
  }

  @Test(arguments: [
    ("4", PredictionQuestion.Truth.value("5")), ("four", .value("5")), ("'4'", .value("5")), ("[1]", .value("5")),
    ("undefined", .value("5")), ("NaN", .value("5")), ("it throws", .value("5")), ("TypeError", .value("true")),
    ("no", .value("true")), ("foo", .value("'bar'")), ("foo", .value("[1, 2]")), ("5n", .value("6n")),
  ])
  func `what can be meant as an answer is judged`(answer: String, truth: PredictionQuestion.Truth) {
    let question = PredictionQuestion(kind: .value, text: "", truth: truth, reason: "")
    #expect(question.judge(answer) == .wrong(nil))
  }

  @Test func `what is no answer is asked again and not counted`() {
    let (_, text) = asked(
      "foo, bar", "yes, 0, 1", "yes, none", statements: ["let a = [1]", "let c = [a]", "let b = a"])
    #expect(text.contains("That is no answer: to 1) yes or no is asked for."))
    #expect(text.contains("That is no answer: 2 are asked for, and 3 came."))
    #expect(text.contains("1) right, yes.") && text.contains("2) right, 0."))
    #expect(text.contains("Score 2 of 2."))
  }

  @Test func `after three lines without an answer the question is skipped`() {
    let (_, text) = asked("foo", "bar", "baz", "1", statements: ["let a = {}", "let b = a"])
    #expect(text.contains("it is yes.") && text.contains("Score 0 of 0.") && text.contains("$2 = {}"))
  }

  @Test(arguments: QuizTemplate.topics)
  func `a quiz asks again what is no answer`(topic: String) {
    let session = TestSession()
    var asked = 0
    session.session.askForLine = { _ in
      asked += 1
      return asked == 1 ? "foo bar baz, 1, 2" : "q"
    }
    let text = session(":quiz \(topic)")
    #expect(text.contains("That is no answer:") && text.contains("Score 0 of 0."), "\(text)")
  }

  @Test(arguments: [
    ("let a = [1]", "if (a.length > 5) a = {}", "0. No literal, no copy and no `new` ran in it."),
    ("let a = [1]", "a.map(String)", "1. New: #2 Array."),
  ])
  func `how many objects are made is asked, and why is true`(setup: String, statement: String, reason: String) {
    let (_, text) = asked("", "", statements: [setup, statement])
    #expect(text.contains("it is " + reason), "\(text)")
  }

  // MARK: Quiz

  @Test(arguments: QuizTemplate.topics)
  func `three questions of a topic are of three kinds`(topic: String) {
    #expect(QuizTemplate.all.count { $0.topic == topic } >= 3)
    let session = TestSession()
    session.session.askForLine = { _ in "" }
    let text = session(":quiz \(topic) --count 3")
    let reasons = text.split(separator: "\n").filter { $0.hasPrefix("it is ") }
    #expect(Set(reasons.map { $0.drop { $0 != "." } }).count == 3, "\(text)")
  }

  @Test func `each template can be asked with any names, and its trap is wrong`() throws {
    for (number, template) in QuizTemplate.all.enumerated() {
      for seed in 0..<4 {
        var names = QuizNames(SeededNumbers(seed: UInt64(seed)))
        let item = template.make(&names)
        let quiz = try #require(QuizQuestion(item), "template \(number): \(item.setup) \(item.statement)")
        if let trap = item.trap {
          #expect(quiz.question.judge(trap.answer) != .right, "template \(number): \(item.statement)")
        }
        #expect(quiz.question.judge(quiz.question.truth.text) == .right)
      }
    }
    #expect(Set(QuizTemplate.all.map(\.topic)) == Set(QuizTemplate.topics))
  }

  @Test func `a quiz gets harder, differs each time, and leaves the heap alone`() {
    let session = TestSession("let a = [1]")
    session.session.askForLine = { _ in "0" }
    let first = session(":quiz")
    #expect(first.contains("5 of 5"))
    #expect(session(":quiz") != first)
    #expect(session(":vars").split(separator: "\n").count == 1)
    #expect(session("({})").contains("Object#2"))
    #expect(session(":quiz garbage --count 1").contains("out of reach"))
    #expect(session.session.command(":quiz nonsense") == .usage)
  }

  @Test func `q ends a quiz`() {
    let session = TestSession()
    session.session.askForLine = { _ in "q" }
    #expect(!session(":quiz").contains("2 of 5"))
  }
}
