import CVMReport

/// Something that a person shall know before it is seen.
struct PredictionQuestion: Equatable {
  enum Kind: String { case newObjects, identity, value, lost }

  enum Truth: Equatable {
    case count(Int)
    case yesNo(Bool)
    /// As a program writes it.
    case value(String)

    var text: String {
      switch self {
      case .count(let count): "\(count)"
      case .yesNo(let yes): yes ? "yes" : "no"
      case .value(let text): text
      }
    }
  }

  /// What somebody believes who gives a wrong answer.
  struct Idea: Equatable {
    var answer: Truth
    /// A few words to count it by: `a copy where none is made`.
    var name: String
    /// What is said: `You expected a copy.`
    var remark: String
  }

  var kind: Kind
  var text: String
  var truth: Truth
  /// Why it is so.
  var reason: String
  /// Beliefs behind wrong answers; one without a match says nothing.
  var ideas: [Idea] = []

  enum Verdict: Equatable { case right, wrong(Idea?), skipped, unreadable }

  func judge(_ answer: String) -> Verdict {
    let text = CommandCall.trimmed(answer[...])
    if text.isEmpty || text == "?" || text == "-" { return .skipped }
    guard let given = read(text) else { return .unreadable }
    if Self.isSame(given, truth) { return .right }
    return .wrong(ideas.first { Self.isSame($0.answer, given) })
  }

  /// What can be answered, for somebody who answered something else.
  var wanted: String {
    switch truth {
    case .count: "a number is asked for"
    case .yesNo: "yes or no is asked for"
    case .value: "a value is asked for: a number, true, false, null, undefined, or a text in quotes"
    }
  }

  private static let numbers = ["none": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5]

  private func read(_ text: String) -> Truth? {
    let word = text.lowercased()
    switch truth {
    case .count:
      return (Int(text) ?? Self.numbers[word] ?? (word == "no" ? 0 : nil)).map { .count($0) }
    case .yesNo:
      if ["y", "yes", "true", "same"].contains(word) { return .yesNo(true) }
      return ["n", "no", "false", "different"].contains(word) ? .yesNo(false) : nil
    case .value(let truth):
      if Self.isPlainValue(truth), let number = Self.numbers[word] { return .value("\(number)") }
      return Self.isPlainValue(truth) && !isValue(text) ? nil : .value(text)
    }
  }

  /// Whether it is a number, true, false, null or undefined.
  private static func isPlainValue(_ text: String) -> Bool {
    let words = ["true", "false", "null", "undefined"]
    return Double(text) != nil || words.contains(text) || (text.hasSuffix("n") && Int(text.dropLast()) != nil)
  }

  /// Whether somebody may mean it as a value; `foo` is none, where a number is asked for.
  private func isValue(_ text: String) -> Bool {
    let word = text.lowercased()
    if Self.isPlainValue(word) || ["yes", "no"].contains(word) { return true }
    if let first = text.first, "'\"`[{".contains(first) { return true }
    if word.contains("error") || word.contains("throw") { return true }
    return ideas.contains { Self.isSame($0.answer, .value(text)) }
  }

  private static func isSame(_ a: Truth, _ b: Truth) -> Bool {
    guard case .value(let left) = a, case .value(let right) = b else { return a == b }
    if let x = Double(left), let y = Double(right) { return x == y }
    return plain(left) == plain(right)
  }

  /// Without quotes and spaces, which nobody has to type.
  private static func plain(_ text: String) -> String {
    let yes = ["yes": "true", "no": "false"]
    let bare = text.filter { !$0.isWhitespace && $0 != "'" && $0 != "\"" && $0 != "`" }
    return yes[bare.lowercased()] ?? bare
  }

  /// The answers of one line, between commas that stand outside of quotes and brackets.
  static func answers(in line: String) -> [String] {
    var scanner = BracketScanner()
    var parts = [""]
    for character in line {
      if character == ",", scanner.isOutside {
        parts.append("")
        continue
      }
      scanner.take(character)
      parts[parts.count - 1].append(character)
    }
    return parts
  }
}

/// How well somebody predicts.
struct PredictionScore: Equatable {
  private(set) var right = 0
  private(set) var asked = 0
  private(set) var ideas: [String: Int] = [:]

  var text: String { "Score \(right) of \(asked)." }

  /// The wrong idea that came most often.
  var frequentIdea: (name: String, count: Int)? {
    ideas.min { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  mutating func note(_ verdict: PredictionQuestion.Verdict) {
    switch verdict {
    case .right:
      right += 1
      asked += 1
    case .wrong(let idea):
      asked += 1
      if let idea { ideas[idea.name, default: 0] += 1 }
    case .unreadable, .skipped: break
    }
  }
}

extension Session {
  /// Shows what is true, and what a wrong answer tells; the verdict counts.
  func judge(_ question: PredictionQuestion, _ answer: String, head: String) -> PredictionQuestion.Verdict {
    let verdict = question.judge(answer)
    teaching.score.note(verdict)
    let truth = question.truth.text
    let text =
      switch verdict {
      case .right: "right, \(truth). \(question.reason)"
      case .wrong(let idea): "no: \(truth). \(question.reason)" + (idea.map { " \($0.remark)" } ?? "")
      case .skipped, .unreadable: "it is \(truth). \(question.reason)"
      }
    tell(head + text)
    return verdict
  }

  /// A remark of the teacher, at once, whatever is held back.
  func tell(_ text: String, indent: String = "   ") {
    for line in TextLayout.wrapped(
      TextLayout.printable(text, isASCII: options.isASCII), to: options.width, indent: indent)
    {
      if options.isJSON { console.writeError(line + "\n") } else { console.writeNow(line + "\n") }
    }
  }

  /// Asks for a line; nil when there is nobody, or no line any more.
  func askLine(_ prompt: String) -> String? {
    console.flushNow()
    return askForLine?(prompt)
  }

  /// What came back from somebody who was asked.
  enum Answers {
    case given([String])
    case ended(by: String)
    /// Ctrl-C, or there is no line any more.
    case none
  }

  /// Asks until each question has an answer that can be read as one; after the third line that can't, they are skipped,
  /// in a script after the first.
  func askAnswers(_ questions: [PredictionQuestion], endedBy commands: [String], hint: String) -> Answers {
    for _ in 0..<(asksOnce ? 1 : 3) {
      guard let (text, isEnd) = askAnswer(endedBy: commands, hint: hint) else { return .none }
      if isEnd { return .ended(by: text) }
      let answers = questions.count == 1 ? [text] : PredictionQuestion.answers(in: text)
      guard let problem = Self.problem(answers, questions) else { return .given(answers) }
      tell("That is no answer: \(problem). (Enter skips it.)")
    }
    return .given([])
  }

  private static func problem(_ answers: [String], _ questions: [PredictionQuestion]) -> String? {
    if answers.count > questions.count { return "\(questions.count) are asked for, and \(answers.count) came" }
    for (number, answer) in answers.enumerated() where questions[number].judge(answer) == .unreadable {
      return (questions.count == 1 ? "" : "to \(number + 1)) ") + questions[number].wanted
    }
    return nil
  }

  /// Asks until a line is no command, or one of those that end the question; nil when there is no line any more.
  private func askAnswer(endedBy commands: [String], hint: String) -> (text: String, isEnd: Bool)? {
    while let line = askLine("> ") {
      let text = CommandCall.trimmed(line[...])
      if commands.contains(text) { return (text, true) }
      guard text.hasPrefix(":") else { return (line, false) }
      tell(hint)
    }
    return nil
  }
}
