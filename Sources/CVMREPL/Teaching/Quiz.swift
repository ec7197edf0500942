import CVMReport
import CVMRuntime

/// `:quiz`: questions about code with fresh names, each harder than the one before.
enum QuizCommand: Command {
  static let spec = CommandSpec(
    name: "quiz", category: .teach, argument: "TOPIC", kind: .choice(QuizTemplate.topics), rule: .optional,
    options: [.init("count", value: "N", "how many questions; 5 unless told")],
    summary: "asks what code does to references, harder each time",
    discussion:
      "Topics: \(QuizTemplate.topics.joined(separator: ", ")). Each question is run on a heap of its own: yours stays as "
      + "it is. Enter skips a question, q ends.",
    examples: [.init(":quiz"), .init(":quiz closures --count 2")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let topic = call.argument
    guard topic.isEmpty || QuizTemplate.topics.contains(topic) else {
      throw .usage("There is no topic \(topic.prefix(40)). Topics: \(QuizTemplate.topics.joined(separator: ", "))")
    }
    let count = min(try call.count("count") ?? 5, 50)
    let start = session.teaching.score
    let asked = session.quiz(topic, count)
    let (right, total) = (session.teaching.score.right - start.right, session.teaching.score.asked - start.asked)
    let text =
      session.askForLine == nil
      ? "Nobody can answer here: :quiz needs somebody who types."
      : "\(right) of \(total) right. \(session.teaching.score.text)"
    return CommandAnswer(text, "quiz", options: session.options.rendering) { writer in
      writer.member("questions", asked)
      writer.member("right", right)
      writer.member("asked", total)
    }
  }
}

/// A question of the quiz with what is true.
struct QuizQuestion {
  var code: [String]
  var question: PredictionQuestion

  /// Runs a question on a heap of its own; nil when it cannot be asked.
  init?(_ item: QuizTemplate.Item) {
    let scratch = Session.scratch()
    for line in item.setup { guard scratch.evaluate(line) == .done else { return nil } }
    guard let probe = ScratchProbe(scratch, running: item.statement, item.ask) else { return nil }
    code = item.setup + [item.statement]
    question = PredictionQuestion(kind: probe.kind, text: probe.text, truth: probe.truth, reason: item.reason)
    if let trap = item.trap {
      let answer: PredictionQuestion.Truth =
        if case .count = probe.truth { .count(Int(trap.answer) ?? -1) } else { .value(trap.answer) }
      question.ideas = [PredictionQuestion.Idea(answer: answer, name: trap.name, remark: trap.remark)]
    }
  }
}

/// What a statement does on a heap that nobody sees.
struct ScratchProbe {
  let kind: PredictionQuestion.Kind
  let text: String
  let truth: PredictionQuestion.Truth

  init?(_ scratch: Session, running statement: String, _ ask: QuizTemplate.Ask) {
    let before = scratch.picture()
    let firstID = scratch.machine.lastObjectID
    guard scratch.evaluate(statement) == .done, let before, let after = scratch.picture() else { return nil }
    switch ask {
    case .newObjects:
      kind = .newObjects
      text = "How many new objects does the last line make?"
      truth = .count(Int(scratch.machine.lastObjectID - firstID))
    case .lost:
      kind = .lost
      text = "How many objects get out of reach with the last line?"
      truth = .count(PictureDifference(from: before, to: after).lost.count)
    case .expression(let code):
      guard let value = scratch.quietly(code) else { return nil }
      kind = .value
      text = "What is \(code) then?"
      truth = .value(
        value.isObject ? scratch.machine.preview(value, limit: 60) : scratch.machine.literal(value, limit: 60))
    }
  }
}

extension Session {
  /// Asks a number of questions; how many there were.
  fileprivate func quiz(_ topic: String, _ count: Int) -> Int {
    guard askForLine != nil else { return 0 }
    var asked = 0
    var recent: [String] = []
    for number in 0..<count {
      guard let item = nextItem(topic, number, of: count, &recent), let quiz = QuizQuestion(item) else { continue }
      tell("\(number + 1) of \(count)")
      for line in quiz.code { tell("    " + line, indent: "      ") }
      tell(quiz.question.text)
      let ends = ["q", ":q", ":quit", "quit"]
      let hint = "A question waits. Answer it, or q ends the quiz."
      guard case .given(let answers) = askAnswers([quiz.question], endedBy: ends, hint: hint) else { return asked }
      asked += 1
      _ = judge(quiz.question, answers.first ?? "", head: "")
    }
    return asked
  }

  /// A question of the level that is due, of another kind than those before.
  private func nextItem(
    _ topic: String, _ number: Int, of count: Int, _ recent: inout [String]
  ) -> QuizTemplate.Item? {
    let pool = QuizTemplate.all.enumerated().filter { topic.isEmpty || $0.element.topic == topic }
    let levels = Set(pool.map(\.element.level)).sorted()
    guard !levels.isEmpty else { return nil }
    let level = levels[min(number * levels.count / max(count, 1), levels.count - 1)]
    var numbers = teaching.random
    let fitting = pool.filter { $0.element.level == level }
    let fresh = fitting.filter { !recent.contains("\($0.offset)") }
    guard let chosen = (fresh.isEmpty ? fitting : fresh).randomElement(using: &numbers) else { return nil }
    recent.append("\(chosen.offset)")
    var names = QuizNames(SeededNumbers(seed: numbers.next()))
    teaching.random = numbers
    return chosen.element.make(&names)
  }
}
