import CVMReport

/// `:predict`: asks before the result of a statement is shown.
enum PredictCommand: Command {
  static let spec = CommandSpec(
    name: "predict", category: .teach, argument: "on|off", kind: .choice(["on", "off", "reset"]), rule: .optional,
    summary: "asks what a statement will do before you see it, and keeps score",
    discussion:
      "How many new objects? Is a === b? What is b.x afterwards? How many objects get out of reach? The answers come "
      + "from what really happens. Answer with commas between, or with Enter to skip. :predict tells the score, "
      + ":predict reset forgets it.",
    examples: [.init(":predict on"), .init(":predict")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    switch call.argument {
    case "": break
    case "on": session.teaching.isPredicting = true
    case "off": session.teaching.isPredicting = false
    case "reset": session.teaching.score = PredictionScore()
    default: throw .usage(":predict on, :predict off, or :predict for the score")
    }
    let (isOn, score) = (session.teaching.isPredicting, session.teaching.score)
    let how = isOn ? "You are asked before each statement that moves references. " : "Nothing is asked. "
    var text = how + (score.asked > 0 || !isOn ? score.text : "")
    if let idea = score.frequentIdea { text += " The wrong idea that came most often: \(idea.name) (\(idea.count))." }
    return CommandAnswer(CommandCall.trimmed(text[...]), "predict", options: session.options.rendering) { writer in
      writer.member("on", isOn)
      writer.member("right", score.right)
      writer.member("asked", score.asked)
      writer.list("ideas") { writer in
        for (name, count) in score.ideas.sorted(by: { $0.key < $1.key }) {
          writer.object { writer in
            writer.member("idea", name)
            writer.member("count", count)
          }
        }
      }
    }
  }
}

extension Session {
  /// Asks about a statement that has run, whose output is still held back.
  func askPredictions(_ questions: [PredictionQuestion]) {
    guard !questions.isEmpty, askForLine != nil else { return }
    if questions.count == 1 {
      tell("Before this runs: \(questions[0].text)")
    } else {
      tell("Before this runs (answers with a comma between):")
      for (number, question) in questions.enumerated() { tell("  \(number + 1)) \(question.text)") }
    }
    let hint = "A question waits. Answer it, or :predict off ends them; then commands work again."
    var answers: [String] = []
    switch askAnswers(questions, endedBy: [":predict off"], hint: hint) {
    case .given(let given): answers = given
    case .none: break
    case .ended:
      teaching.isPredicting = false
      tell("Nothing is asked any more. \(teaching.score.text)")
      return
    }
    for (number, question) in questions.enumerated() {
      let answer = number < answers.count ? answers[number] : ""
      _ = judge(question, answer, head: questions.count == 1 ? "" : "\(number + 1)) ")
    }
    tell("\(teaching.score.text)" + (teaching.score.asked == 2 ? "   More of the kind: :quiz" : ""))
  }
}
